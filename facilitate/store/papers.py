"""Hall: the electorate frozen, the turnout counted and the papers taken from the box, once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from facilitate.domain.counting import count_numbers
from facilitate.domain.electorate import VoterFacts, why_not
from facilitate.domain.hands import Declaration, declare
from facilitate.domain.majority import rules_from_dict
from facilitate.domain.people import Role
from facilitate.store.rows import Ballot, Elector, GrantRow, Paper, Person, Voted
from facilitate.store.writer import Transaction


def voter_facts(session: Session) -> dict[str, VoterFacts]:
    """What decides about each person's vote, as it is now.

    Shape: person id to facts, for everybody who holds a role.
    """
    roles: dict[str, set[str]] = {}
    for person, role in session.execute(
        select(GrantRow.person_id, GrantRow.role).where(GrantRow.person_id.is_not(None))
    ):
        roles.setdefault(str(person), set()).add(role)
    present = dict(session.execute(select(Person.id, Person.present)).all())
    return {
        person: VoterFacts(roles=frozenset(held), present=present[person]) for person, held in roles.items()
    }


def freeze_electorate(tx: Transaction, ballot: Ballot) -> int:
    """Write down who may vote, and say how many they are."""
    entitled = [person for person, facts in voter_facts(tx.session).items() if why_not(facts) is None]
    if entitled:
        tx.session.execute(insert(Elector), [{"ballot_id": ballot.id, "person_id": p} for p in entitled])
    return len(entitled)


def count_present(tx: Transaction) -> int:
    """How many delegates are present."""
    query = (
        select(func.count(Person.id.distinct()))
        .join(GrantRow, GrantRow.person_id == Person.id)
        .where(GrantRow.role == Role.DELEGATE.value, Person.present.is_(True))
    )
    return tx.session.scalar(query) or 0


def turnout_of(session: Session, ballot: str) -> int:
    """How many have voted; never how they are split."""
    return session.scalar(select(func.count()).select_from(Voted).where(Voted.ballot_id == ballot)) or 0


def take_count(session: Session, ballot: Ballot) -> dict[str, Any]:
    """The result of what lies in the box, or of the hands that were declared.

    Errors: `more-papers-than-entitled`, `present-not-known`.
    """
    rules = rules_from_dict(ballot.rules)
    declared = ballot.declared or {}
    if "declaration" in declared:
        return declare(Declaration(declared["declaration"])).as_dict()
    if "counts" in declared:
        # Where nobody keeps a roll, whoever raised a hand was there and might.
        present = ballot.present or sum(declared["counts"].values())
        return count_numbers(declared["counts"], rules, present, present, ballot.casting).as_dict()
    numbers = dict(
        session.execute(
            select(Paper.choice, func.count()).where(Paper.ballot_id == ballot.id).group_by(Paper.choice)
        ).all()
    )
    return count_numbers(numbers, rules, ballot.entitled or 0, ballot.present, ballot.casting).as_dict()
