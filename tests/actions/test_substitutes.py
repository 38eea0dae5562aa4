"""A substitute takes over a delegate's place: seat, delegation, vote; the badge dies, a stamp stays."""

from __future__ import annotations

from typing import Any

import pytest

from facilitate.domain.codes import code_hash
from facilitate.store.rows import Credential, JournalEntry, Person
from tests.actions.stamped import opened as stamped
from tests.actions.test_ballots import casts, opened
from tests.actions.test_motions import ballot_on
from tests.cast import KEY
from tests.people import Hall, refused

ILL = {"delegate": "Dara", "name": "Sasha", "email": "", "reason": "Dara is ill"}


def replaced(hall: Hall, **other: Any) -> dict[str, Any]:
    """The clerk lets somebody take over Dara's place."""
    return hall.office("replace-delegates", {"rows": [ILL | other]})


def told(hall: Hall, name: str, ballot: str) -> Any:
    """What somebody's own device says of their vote."""
    return hall.sees(f"person:{hall.as_(name).id}")["vote"][ballot]


def test_seat_delegation_and_vote_pass_on_and_the_badge_dies(talking: Hall) -> None:
    with talking.reads() as session:
        before = session.query(Credential).filter_by(person_id=talking.as_("Dara").id).one().code_hash
    assert replaced(talking)["stays"] == 0
    sasha, dara = talking.as_("Sasha").actor, talking.as_("Dara").actor
    assert {role.value for role in sasha.roles} == {"delegate"}
    assert (sasha.table, talking.row(Person, sasha.person).present) == (1, True)
    assert sasha.delegation == talking.as_("Dev").actor.delegation
    assert {role.value for role in dara.roles} == {"attendee"} and dara.table is None
    with talking.reads() as session:
        assert session.query(Credential).filter_by(person_id=dara.person).one().code_hash != before
        codes = session.query(Credential).filter_by(person_id=sasha.person).one()
        assert codes.code_hash and codes.code_hash != code_hash(KEY, "")
        entry = session.query(JournalEntry).filter_by(action="delegate-replaced").one()
        assert entry.reason == "Dara is ill" and entry.subject == f"person:{dara.person}"
    ballot = opened(talking)
    assert casts(talking, "Sasha", ballot, "for") == "in"
    assert casts(talking, "Dara", ballot, "for") == "not-your-role"
    assert told(talking, "Dara", ballot)["why"].startswith("A substitute has taken over your place")


@pytest.mark.parametrize("when", ["announced", "open"])
def test_a_vote_that_is_not_used_yet_passes_on_in_a_running_ballot(talking: Hall, when: str) -> None:
    ballot, amara = ballot_on(talking, None), talking.as_("Amara")
    assert amara.does("announce-ballot", {"ballot": ballot})["entitled"] == 4
    if when == "open":
        amara.does("open-ballot", {"ballot": ballot})
    assert replaced(talking)["stays"] == 0
    assert talking.sees("delegates")["ballot"][ballot]["entitled"] == 4
    assert told(talking, "Sasha", ballot)["entitled"] is True
    assert told(talking, "Dara", ballot)["entitled"] is False
    if when == "announced":
        amara.does("open-ballot", {"ballot": ballot})
    assert casts(talking, "Sasha", ballot, "for") == "in"


def test_a_vote_that_is_in_stays_and_the_substitute_votes_from_the_next_announcement_on(
    talking: Hall,
) -> None:
    ballot = opened(talking)
    assert casts(talking, "Dara", ballot, "for") == "in"
    assert replaced(talking)["stays"] == 1
    assert told(talking, "Dara", ballot)["voted"] is True
    assert "from the next announcement on" in told(talking, "Sasha", ballot)["why"]
    assert casts(talking, "Sasha", ballot, "for") == "not-entitled"
    talking.as_("Amara").does("close-ballot", {"ballot": ballot})
    assert casts(talking, "Sasha", opened(talking), "for") == "in"


def test_a_stamp_that_was_taken_keeps_its_vote_and_nobody_gets_a_second_one(talking: Hall) -> None:
    ballot = stamped(talking, "Dara", "Dev")
    assert replaced(talking)["stays"] == 1
    refusal = ballot.fetch("Sasha").refusal
    assert refusal is not None and refusal.code == "not-on-the-roll"
    assert "taken a stamp" in told(talking, "Sasha", ballot.id)["why"]
    assert talking.sees("desk")["ballot"][ballot.id]["issued"] == 2
    assert replaced(talking, delegate="Dora", name="Sid")["stays"] == 0
    assert ballot.fetch("Sid").refusal is None
    gone = ballot.fetch("Dora").refusal
    assert gone is not None and gone.code in ("not-on-the-roll", "not-your-role")


def test_somebody_who_is_here_in_another_role_takes_over_and_a_delegate_cannot(talking: Hall) -> None:
    replaced(talking, name="Attila", here=True)
    assert {role.value for role in talking.as_("Attila").actor.roles} == {"attendee", "delegate"}
    with refused("votes-already"):
        replaced(talking, delegate="Dev", name="Dora", here=True)
    with refused("person-not-found"):
        replaced(talking, delegate="Dev", name="Nobody", here=True)


@pytest.mark.parametrize(("other", "code"), [
    ({"reason": " "}, "reason-missing"), ({"name": ""}, "name-missing"),
    ({"name": "x" * 121}, "name-too-long"),
    ({"delegate": "Amara"}, "delegate-not-found"), ({"delegation": "WRK"}, "delegate-not-found"),
])  # fmt: skip
def test_a_substitution_that_says_too_little_is_refused(talking: Hall, other: Any, code: str) -> None:
    with refused(code):
        replaced(talking, **other)


def test_all_or_nothing_and_nobody_is_replaced_twice(talking: Hall) -> None:
    rows = [ILL, ILL | {"delegate": "Dev", "name": ""}]
    with refused("name-missing"):
        talking.office("replace-delegates", {"rows": rows})
    assert {role.value for role in talking.as_("Dara").actor.roles} == {"delegate"}
    replaced(talking)
    with refused("replaced-already"):
        replaced(talking)
    replaced(talking, delegate="Sasha", name="Sunniva")
    assert casts(talking, "Sunniva", opened(talking), "for") == "in"
