"""Who is on the roll of a ballot: frozen at its announcement, each person once, and told why not."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from facilitate.store.rows import Person
from tests.actions.test_ballots import VOTERS, casts, opened, result
from tests.actions.test_motions import ballot_on
from tests.people import Hall


@pytest.mark.parametrize("name", ["Absalom", "Attila", "Fay", "Amara"])
def test_whoever_is_absent_or_has_no_vote_is_told_why(talking: Hall, name: str) -> None:
    ballot = opened(talking)
    assert casts(talking, name, ballot, "for") in ("not-entitled", "not-your-role")
    person = talking.as_(name).id
    told = talking.sees(f"person:{person}")["vote"][ballot]
    assert told["entitled"] is False and told["voted"] is False and told["why"]


@pytest.mark.parametrize("when", ["announced", "open"])
def test_whoever_comes_after_the_announcement_votes_from_the_next_ballot_on(talking: Hall, when: str) -> None:
    ballot, absalom, amara = ballot_on(talking, None), talking.as_("Absalom"), talking.as_("Amara")
    assert amara.does("announce-ballot", {"ballot": ballot})["entitled"] == 4
    if when == "open":
        amara.does("open-ballot", {"ballot": ballot})
    assert "present" in talking.sees(f"person:{absalom.id}")["vote"][ballot]["why"]
    talking.office("set-presence", {"people": [absalom.id], "present": True})
    assert "after this ballot was announced" in talking.sees(f"person:{absalom.id}")["vote"][ballot]["why"]
    if when == "announced":
        amara.does("open-ballot", {"ballot": ballot})
    assert casts(talking, "Absalom", ballot, "for") == "not-entitled"
    assert result(talking, ballot)["not_voted"] == 4
    again = opened(talking)
    assert casts(talking, "Absalom", again, "for") == "in"


@pytest.mark.parametrize("when", ["announced", "open"])
def test_whoever_leaves_after_the_announcement_keeps_the_vote(talking: Hall, when: str) -> None:
    ballot = ballot_on(talking, None)
    talking.as_("Amara").does("announce-ballot", {"ballot": ballot})
    if when == "open":
        talking.as_("Amara").does("open-ballot", {"ballot": ballot})
    talking.office("set-presence", {"people": [talking.as_("Dara").id], "present": False})
    if when == "announced":
        talking.as_("Amara").does("open-ballot", {"ballot": ballot})
    assert casts(talking, "Dara", ballot, "for") == "in"
    assert talking.sees("delegates")["ballot"][ballot]["entitled"] == 4


def test_a_ballot_taken_back_gets_a_new_roll_when_it_is_announced_again(talking: Hall) -> None:
    ballot, absalom, amara = ballot_on(talking, None), talking.as_("Absalom"), talking.as_("Amara")
    amara.does("announce-ballot", {"ballot": ballot})
    amara.does("recall-ballot", {"ballot": ballot})
    talking.office("set-presence", {"people": [absalom.id], "present": True})
    assert talking.sees("delegates")["ballot"][ballot]["entitled"] == 5
    assert amara.does("announce-ballot", {"ballot": ballot})["entitled"] == 5
    amara.does("open-ballot", {"ballot": ballot})
    assert casts(talking, "Absalom", ballot, "for") == "in"


def test_a_person_in_two_delegations_votes_once(talking: Hall) -> None:
    twice = [
        {"name": "Dilys", "roles": ["delegate"], "delegation": code, "email": "dilys@example.org"}
        for code in ("NOR", "WRK")
    ]
    talking.office("import-people", {"rows": twice})
    with talking.reads() as session:
        first, second = sorted(session.scalars(select(Person.id).where(Person.name == "Dilys")))
    ballot = ballot_on(talking, None)
    assert talking.as_("Amara").does("announce-ballot", {"ballot": ballot})["entitled"] == 5
    assert talking.sees(f"person:{first}")["vote"][ballot]["entitled"] is True
    assert "two delegations" in talking.sees(f"person:{second}")["vote"][ballot]["why"]


def test_a_ballot_of_one_section_is_for_its_delegates_alone(talking: Hall) -> None:
    ballot = opened(talking, electorate={"sections": ["union"]})
    assert [casts(talking, name, ballot, "for") for name in VOTERS] == ["not-entitled"] * 2 + ["in"] * 2
    assert "other sections" in talking.sees(f"person:{talking.as_('Dara').id}")["vote"][ballot]["why"]
    assert result(talking, ballot)["not_voted"] == 0
