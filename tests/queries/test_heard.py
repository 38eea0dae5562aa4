"""What a table hears of the others, and a screen shows: the newest of each passage, while a round goes on."""

from __future__ import annotations

from typing import Any

from facilitate.domain.comments import HEARD
from tests.cast import SCREEN
from tests.people import Hall
from tests.queries.test_told import Followers

ECHO = "table:2+echo"


def known(followers: Followers, audience: str = ECHO) -> dict[str, Any]:
    """The comments that a device of an audience holds."""
    return {key: value for (kind, key), value in followers.known[audience].items() if kind == "comment"}


def earlier(followers: Followers, hall: Hall) -> int:
    """How many came before those that table 2 hears, as it is told."""
    bounds = followers.known[ECHO]["heard", "heard"]["passages"]
    return int(bounds[hall.passage("HOU-1.1")]["earlier"])


def test_a_table_hears_the_newest_points_and_is_told_how_many_came_before(talking: Hall) -> None:
    femi, screen = talking.as_("Femi"), f"screen:{talking.as_(SCREEN).id}"
    femi.says("From table two")
    first = talking.as_("Fay").says("The first of all")
    followers, said = Followers(talking), [first]
    femi.does("respond-to-comment", {"comment": first, "response": "ours-too"})
    for _ in range(4):
        said += [talking.as_("Sol").says("One more") for _ in range((HEARD + 20) // 4)]
        assert followers.differences() == []
        assert len(known(followers)) <= HEARD + 1
    assert set(known(followers)) == {first, *said[-HEARD:]}
    assert known(followers)[first]["response"] == "ours-too"
    # The table's own point and what it answered are not among those that it cannot see.
    assert earlier(followers, talking) == len(said) - HEARD - 1 == 20
    assert len(known(followers, screen)) == HEARD
    talking.as_("Sol").does("withdraw-comment", {"comment": said[-1]})
    femi.does("respond-to-comment", {"comment": first, "response": None})
    assert followers.differences() == []
    assert set(known(followers)) == set(said[-HEARD:-1])
    assert earlier(followers, talking) == 21


def test_what_was_heard_goes_with_its_round_and_comes_back_with_it(talking: Hall) -> None:
    point = talking.as_("Fay").says("From table one")
    talking.as_("Femi").says("From table two")
    talking.as_("Femi").does("respond-to-comment", {"comment": point, "response": "we-differ"})
    followers = Followers(talking)
    assert set(known(followers)) == {point}
    assert talking.presses() == "end-round"
    assert followers.differences() == []
    assert known(followers) == {}
    late = talking.as_("Fay").says("Typed late")
    assert followers.differences() == []
    assert known(followers) == {}
    talking.as_("Amara").does("undo-step", {"track": talking.track})
    assert followers.differences() == []
    assert set(known(followers)) == {point, late}
    assert known(followers)[point]["response"] == "we-differ"


def test_a_block_s_tables_hear_nothing_on_the_passages_of_another_block(hall: Hall) -> None:
    block = {"reach": "block", "first": 1, "last": 2}
    given = [{"passage": "HOU-1.1", **block}, {"passage": "HOU-1.2", "reach": "all"}]
    track = hall.sees("desk")["track"][hall.track]["name"]
    row = {"track": track, "kind": "round", "title": "In blocks", "planned": "2027-03-27T10:00", "minutes": 9}
    hall.office("write-programme", {"tracks": [{"name": track}], "items": [row | {"assignments": given}]})
    hall.reaches("In blocks")
    followers = Followers(hall)
    here, everywhere = hall.as_("Fay").says("For two tables"), hall.as_("Fay").says("For all", "HOU-1.2")
    for name in ("Femi", "Sol"):
        for passage in ("HOU-1.1", "HOU-1.2"):
            hall.as_(name).says(f"Said by {name}", passage)
    assert followers.differences() == []
    assert {here, everywhere} <= set(known(followers))
    assert everywhere in known(followers, "table:3+echo")
    assert here not in known(followers, "table:3+echo")
