"""Hall: the roll of a ballot: who may vote as things are, and the electorate frozen at the announcement."""

from __future__ import annotations

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from facilitate.domain.ballots import BallotState
from facilitate.domain.electorate import VoterFacts, electorate_from_dict, roll_of
from facilitate.domain.people import Role
from facilitate.store.rows import Ballot, Delegation, Elector, GrantRow, Person
from facilitate.store.writer import Transaction

_FROZEN = (BallotState.ANNOUNCED, BallotState.OPEN, BallotState.CLOSED, BallotState.PROVISIONAL)
_TO_COME = (BallotState.DRAFT, BallotState.RECALLED)


def voter_facts(session: Session) -> dict[str, VoterFacts]:
    """What decides about each person's vote, as it is now.

    Shape: person id to facts, for everybody who holds a role.
    """
    roles: dict[str, set[str]] = {}
    for person, role in session.execute(
        select(GrantRow.person_id, GrantRow.role).where(GrantRow.person_id.is_not(None))
    ):
        roles.setdefault(str(person), set()).add(role)
    people = session.execute(
        select(
            Person.id, Person.name, Person.email, Person.present, Person.replaced_by, Delegation.section
        ).outerjoin(
            Delegation, Delegation.id == Person.delegation_id
        )
    )
    return {
        each.id: VoterFacts(
            roles=frozenset(roles[each.id]), present=each.present, section=each.section,
            replaced=each.replaced_by is not None,
            who=_who(each.name, each.email),
        )
        for each in people
        if each.id in roles
    }  # fmt: skip


def _who(name: str, email: str) -> str:
    """What two entries for one person have in common; households share an address, namesakes a name."""
    return f"{name.casefold()}\n{email.casefold()}" if email else ""


def freeze_electorate(tx: Transaction, ballot: Ballot) -> int:
    """Write down who may vote from now on, whatever changes later, and say how many they are."""
    drop_electorate(tx, ballot)
    roll = roll_of(voter_facts(tx.session), electorate_from_dict(ballot.electorate))
    if roll:
        rows = [{"ballot_id": ballot.id, "person_id": p, "section": s, "group": 0} for p, s in roll.items()]
        tx.session.execute(insert(Elector), rows)
    return len(roll)


def drop_electorate(tx: Transaction, ballot: Ballot) -> None:
    """Forget the roll of a ballot that is taken back: the next announcement makes another."""
    tx.session.execute(delete(Elector).where(Elector.ballot_id == ballot.id))


def count_present(tx: Transaction) -> int:
    """How many delegates are present."""
    query = (
        select(func.count(Person.id.distinct()))
        .join(GrantRow, GrantRow.person_id == Person.id)
        .where(GrantRow.role == Role.DELEGATE.value, Person.present.is_(True))
    )
    return tx.session.scalar(query) or 0


def touches_of_roll(session: Session) -> list[str]:
    """What depends on who is here: numbers of ballots still to come, and why somebody may not vote now."""
    found = session.execute(select(Ballot.id, Ballot.state).where(Ballot.state.in_((*_FROZEN, *_TO_COME))))
    return [f"{'vote' if state in _FROZEN else 'ballot'}:{ballot}" for ballot, state in found]
