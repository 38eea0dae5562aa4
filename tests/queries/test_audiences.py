"""Who is told what, and who is not: every kind of thing, every audience, by people with names."""

from __future__ import annotations

from typing import Any

import pytest

from facilitate.domain.people import audiences_of
from facilitate.queries import KINDS, SEES, snapshot
from facilitate.queries.view import View, viewer_of
from facilitate.store.rows import MissingPoint
from tests.actions.test_motions import ballot_on, drafted, put
from tests.actions.test_themes import named
from tests.cast import CAST, SCREEN
from tests.people import Hall

PUBLIC = {"event", "track", "item", "document", "passage", "theme", "motion", "ballot", "order"}
# Which kinds reach which audience, written by hand; what is not named here must not reach it.
TABLE = {
    "delegates": PUBLIC,
    "table": {"table", "comment", "writing"},
    "echo": {"comment", "heard", "call"},
    "block": {"table", "missing", "call"},
    "questions": {"document", "passage", "question"},
    "themes": PUBLIC | {"table", "comment", "missing", "submission"},
    "desk": PUBLIC
    | {"question", "table", "screen", "missing", "submission", "room", "balance", "hub", "kiosk"},
    "screen": PUBLIC | {"question", "table", "comment", "heard", "screen", "room"},
    "tellers": {"confidence"},
    "person": {"me", "vote", "missing"},
    "commission": {"event", "document"},
}
OF_ROLE = {
    "Amara": {"delegates", "block:*", "desk"},
    "Clement": {"delegates", "block:*", "desk"},
    "Tess": {"delegates", "desk", "tellers"},
    "Thea": {"delegates", "themes"},
    "Ari": {"delegates", "block:*"},
    "Bea": {"delegates", "block:B"},
    "Fay": {"delegates", "table:1", "table:1+echo"},
    "Femi": {"delegates", "table:2", "table:2+echo"},
    "Sol": {"delegates", "table:3", "table:3+echo"},
    "Dara": {"delegates", "table:1"},
    "Dora": {"delegates", "table:2"},
    "Absalom": {"delegates", "table:2"},
    "Attila": {"delegates"},
    "Rex": {"delegates", "questions:Housing"},
    "Ria": {"delegates", "questions:*"},
    "Sigrid": {"delegates", "commission:Housing"},
    "Olu": set(),
}


def everything(hall: Hall, audience: str) -> str:
    """All that an audience can read, as one text to look for words in."""
    return repr(hall.sees(audience))


@pytest.mark.parametrize("name", [each[0] for each in CAST if each[0] in OF_ROLE])
def test_everybody_is_in_the_audiences_of_their_roles_and_in_no_other(hall: Hall, name: str) -> None:
    person = hall.as_(name)
    assert set(audiences_of(person.actor, echo=True)) == OF_ROLE[name] | {f"person:{person.id}"}


def test_devices_are_in_their_own_audiences_alone(hall: Hall) -> None:
    laptop, screen = hall.as_("Laptop of table 2"), hall.as_(SCREEN)
    assert audiences_of(laptop.actor, echo=True) == ["delegates", "table:2", "table:2+echo"]
    assert audiences_of(screen.actor, echo=True) == [f"screen:{screen.id}"]


def test_each_audience_is_told_of_its_kinds_and_of_no_other() -> None:
    assert {audience: set(kinds) for audience, kinds in SEES.items()} == TABLE


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_each_query_says_in_prose_who_sees_what(kind: str) -> None:
    said = KINDS[kind].__doc__ or ""
    assert len(said.split()) >= 8 and said.strip().endswith("."), kind


@pytest.mark.parametrize("audience", ["delegates", "themes", "desk", "table:1", "table:1+echo"])
def test_a_snapshot_holds_the_audience_s_kinds(talking: Hall, audience: str) -> None:
    assert set(talking.sees(audience)) == TABLE[viewer_of(audience).kind]


def test_the_facilitator_of_table_two_reads_nothing_of_table_one_before_its_own_first_point(
    talking: Hall,
) -> None:
    talking.as_("Fay").says("Said in confidence by table one")
    assert all("in confidence" not in repr(seen) for seen in talking.as_("Femi").sees().values())
    assert all("in confidence" not in repr(seen) for seen in talking.as_("Dora").sees().values())
    talking.as_("Femi").says("We speak")
    assert "in confidence" in everything(talking, "table:2+echo")
    assert all("in confidence" not in repr(seen) for seen in talking.as_("Dora").sees().values())
    assert all("in confidence" not in repr(seen) for seen in talking.as_("Sol").sees().values())


def test_another_table_hears_the_words_but_not_the_device_nor_what_became_of_them(talking: Hall) -> None:
    point = talking.as_("Laptop of table 1").says("Heard elsewhere", "HOU-1.1")
    named(talking, "A name for it", point)
    talking.as_("Femi").says("We speak")
    heard = talking.sees("table:2+echo")["comment"][point]
    assert heard["text"] == "Heard elsewhere" and heard["table"] == 1
    assert (heard["device"], heard["n"], heard["theme_names"]) == (None, None, [])
    own = talking.sees("table:1")["comment"][point]
    assert own["device"] and own["n"] == 1 and own["theme_names"] == ["A name for it"]


def test_a_withdrawn_point_is_not_echoed_nor_on_the_wall(talking: Hall) -> None:
    point = talking.as_("Fay").says("Taken back")
    talking.as_("Femi").says("We speak")
    talking.as_("Fay").does("withdraw-comment", {"comment": point})
    screen = talking.as_(SCREEN).id
    assert point not in talking.sees("table:2+echo")["comment"]
    assert point not in talking.sees(f"screen:{screen}")["comment"]
    assert point in talking.sees("table:1")["comment"] and point in talking.sees("themes")["comment"]


def test_the_wall_shows_the_points_on_the_passages_before_the_room(talking: Hall) -> None:
    here, elsewhere = talking.as_("Fay").says("Here"), talking.as_("Fay").says("Elsewhere", "HOU-1.3")
    screen = talking.as_(SCREEN).id
    assert set(talking.sees(f"screen:{screen}")["comment"]) == {here}
    shown = {"screen": screen, "scene": "passage", "passage": talking.passage("HOU-1.3")}
    talking.as_("Amara").does("set-scene", shown)
    seen = talking.sees(f"screen:{screen}")
    assert set(seen["comment"]) == {here, elsewhere}
    assert talking.passage("HOU-1.3") in seen["passage"]
    assert talking.passage("HOU-1.3") not in talking.sees("delegates")["passage"]


def test_no_table_is_named_where_the_event_names_none(talking: Hall) -> None:
    point = talking.as_("Fay").says("Whoever said it")
    theme = named(talking, "A theme", point)
    talking.as_("Thea").does("choose-quote", {"theme": theme, "comment": point})
    talking.as_("Femi").says("We speak")
    motion = put(talking, "Rents are frozen.", comments=[point])
    talking.office("set-event", {"settings": {"names_tables": False}})
    screen = f"screen:{talking.as_(SCREEN).id}"
    for audience in (screen, "table:2+echo"):
        heard = talking.sees(audience)["comment"][point]
        assert (heard["table"], heard["ref"]) == (None, None)
    for audience in ("delegates", screen):
        assert talking.sees(audience)["theme"][theme]["quote"]["table"] is None
        assert "1/1" not in repr(talking.sees(audience)["motion"][motion])
    for audience in ("themes", "table:1"):
        assert talking.sees(audience)["comment"][point]["table"] == 1
    assert "1/1" in repr(talking.sees("themes")["motion"][motion])


def test_drafts_of_motions_and_ballots_are_for_theme_team_and_desk(talking: Hall) -> None:
    motion = drafted(talking, "A wording nobody has put.")
    ballot = ballot_on(talking, put(talking, "Rents are frozen."))
    screen = f"screen:{talking.as_(SCREEN).id}"
    for audience in ("delegates", screen):
        seen = talking.sees(audience)
        assert motion not in seen["motion"] and ballot not in seen["ballot"]
    for audience in ("themes", "desk"):
        seen = talking.sees(audience)
        assert motion in seen["motion"] and ballot in seen["ballot"]


def test_a_missing_point_is_its_delegate_s_and_the_staff_s_without_a_name(talking: Hall) -> None:
    asked = {"item": talking.new_id(), "text": "Nobody wrote it down"}
    talking.as_("Dara").does("report-missing", asked)
    dara, dev = talking.as_("Dara").id, talking.as_("Dev").id
    assert asked["item"] in talking.sees(f"person:{dara}")["missing"]
    assert talking.sees(f"person:{dev}")["missing"] == {}
    for audience in ("themes", "desk"):
        point = talking.sees(audience)["missing"][asked["item"]]
        assert point["text"] == "Nobody wrote it down"
        assert dara not in repr(point) and "Dara" not in repr(point)
    assert talking.row(MissingPoint, asked["item"]).person_id == dara
    for name in ("Fay", "Dev", "Attila", "Sigrid"):
        assert all("Nobody wrote" not in repr(seen) for seen in talking.as_(name).sees().values())


def test_a_person_s_own_stream_says_nothing_of_anybody_else(talking: Hall) -> None:
    ballot = ballot_on(talking, None)
    talking.as_("Amara").does("announce-ballot", {"ballot": ballot})
    talking.as_("Amara").does("open-ballot", {"ballot": ballot})
    talking.as_("Dara").does("cast-vote", {"ballot": ballot, "choice": "against"})
    for name in ("Dara", "Dev"):
        seen: dict[str, Any] = talking.sees(f"person:{talking.as_(name).id}")
        assert seen["me"]["me"]["name"] == name
        assert list(seen["vote"]) == [ballot]
        assert "against" not in repr(seen)
    others = {each[0] for each in CAST} - {"Dev"}
    dev = everything(talking, f"person:{talking.as_('Dev').id}")
    assert not any(name in dev for name in others)
    assert talking.sees("person:nobody-has-this-id")["me"] == {}


def test_nobody_is_told_a_name_in_the_public_streams(talking: Hall) -> None:
    names = {each[0] for each in CAST}
    for audience in ("delegates", "table:1", "table:1+echo", "commission:Housing"):
        assert not any(name in everything(talking, audience) for name in names)


def test_the_chair_s_button_is_for_the_desk(talking: Hall) -> None:
    assert talking.sees("desk")["track"][talking.track]["step"] is not None
    for audience in ("delegates", "themes", f"screen:{talking.as_(SCREEN).id}"):
        track = talking.sees(audience)["track"][talking.track]
        assert (track["step"], track["undo"]) == (None, None)


def test_the_room_reads_only_the_passages_that_it_deals_with(talking: Hall) -> None:
    playing = {talking.passage("HOU-1.1"), talking.passage("HOU-1.2")}
    assert set(talking.sees("delegates")["passage"]) == playing
    assert len(talking.sees("themes")["passage"]) == len(talking.sees("desk")["passage"]) == 4


def test_an_unknown_audience_gets_nothing(talking: Hall) -> None:
    with talking.reads() as session, pytest.raises(KeyError):
        snapshot(View(session, talking.clock.moment), "everything:please")
