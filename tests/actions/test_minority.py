"""What loses above the share that was set goes on beside the text, in the words of its movers."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from facilitate.store.outcomes import load_record
from facilitate.store.rows import Document
from tests.actions.test_motions import ballot_on, put, voted
from tests.people import Hall

FIFTH = {"minority": "1/5"}
MOVED = "Every council builds twice as many homes as it needs."


def recorded(hall: Hall) -> list[tuple[str | None, str, str]]:
    """The minority positions as the outcome of the document has them."""
    with hall.reads() as session:
        found = load_record(session, session.scalars(select(Document)).one()).minority_positions
    return [(position.passage, position.text, position.sentence) for position in found]


def test_lost_motion_above_the_share_goes_on_beside_the_text(talking: Hall) -> None:
    motion = put(talking, MOVED)
    ballot = ballot_on(talking, motion, rules=FIFTH)
    assert "with at least 20 % is recorded" in talking.sees("desk")["ballot"][ballot]["rule"]
    assert voted(talking, ballot, "for", "against", "against", "against") == "lost"
    result = talking.sees("delegates")["ballot"][ballot]["result"]
    assert "1 for “For” are recorded as a minority position." in result["sentence"]
    [position] = result["minority"]
    assert (position["key"], position["text"], position["by_movers"]) == ("for", MOVED, False)
    said = "1 of 4 for “For”, 25 %; from 20 % on it is recorded as a minority position."
    assert position["sentence"] == said
    reference = talking.sees("themes")["ballot"][ballot]["passage"]
    assert recorded(talking) == [(reference, MOVED, f"Ballot 1: {said}")]
    own = {"ballot": ballot, "option": "for", "text": "  We would build more. "}
    talking.as_("Thea").does("write-minority-position", own)
    assert recorded(talking)[0][1] == "We would build more."
    assert talking.sees("delegates")["ballot"][ballot]["result"]["minority"][0]["by_movers"] is True


def test_those_against_a_carried_motion_may_be_a_minority_too(talking: Hall) -> None:
    motion = put(talking, MOVED)
    ballot = ballot_on(talking, motion, rules=FIFTH)
    assert voted(talking, ballot, "for", "for", "for", "against") == "carried"
    before = talking.sees("themes")["motion"][motion]["before"]
    assert [text for _, text, _ in recorded(talking)] == [before]


@pytest.mark.parametrize("votes", [("for",) * 4, ("for", "for", "for", "abstain")])
def test_nothing_goes_on_where_the_share_is_not_reached(talking: Hall, votes: tuple[str, ...]) -> None:
    ballot = ballot_on(talking, put(talking, MOVED), rules=FIFTH)
    voted(talking, ballot, *votes)
    assert recorded(talking) == []
    words = {"ballot": ballot, "option": "against", "text": "Ours."}
    assert talking.as_("Amara").is_refused("write-minority-position", words) == "no-minority-position"


def test_sounding_leaves_no_position_and_words_are_not_empty(talking: Hall) -> None:
    sounding = ballot_on(talking, None, rules=FIFTH, purpose="sounding")
    voted(talking, sounding, "for", "against", "against", "against")
    assert talking.sees("delegates")["ballot"][sounding]["result"]["minority"] == []
    ballot = ballot_on(talking, None, rules=FIFTH)
    voted(talking, ballot, "for", "against", "against", "against")
    empty = {"ballot": ballot, "option": "for", "text": "  "}
    assert talking.as_("Amara").is_refused("write-minority-position", empty) == "text-missing"
    assert talking.sees("delegates")["ballot"][ballot]["result"]["minority"][0]["text"] == "Shall this be?"
