"""Hall: the turnout counted and the papers taken from the box, once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facilitate.domain.counting import count_numbers
from facilitate.domain.hands import Declaration, declare
from facilitate.domain.majority import rules_from_dict
from facilitate.store.rows import Ballot, Paper, Voted


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
