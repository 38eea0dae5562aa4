"""Hall: the turnout counted and the papers taken from the box, once."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facilitate.domain.ballots import Trust
from facilitate.domain.counting import Reason, count_numbers, result_from_dict
from facilitate.domain.hands import Declaration, declare
from facilitate.domain.majority import rules_from_dict
from facilitate.domain.replacements import could_have_changed
from facilitate.store.boards import papers_on
from facilitate.store.paper_channel import PAPER
from facilitate.store.rows import Ballot, Paper, PaperEntry, Voted


def turnout_of(session: Session, ballot: str) -> int:
    """How many have voted; never how they are split. A paper counts once two tellers have entered it."""
    by_device = select(func.count()).where(Voted.ballot_id == ballot, Voted.command != PAPER)
    on_paper = select(func.count(PaperEntry.number.distinct())).where(
        PaperEntry.ballot_id == ballot, PaperEntry.agreed.is_(True), PaperEntry.spoilt.is_(False)
    )
    return (session.scalar(by_device) or 0) + (session.scalar(on_paper) or 0)


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
    numbers = _numbers(session, ballot)
    entitled = _entitled(ballot, numbers)
    return count_numbers(numbers, rules, entitled, ballot.present, ballot.casting).as_dict()


def is_doubtful(session: Session, ballot: Ballot) -> bool:
    """Whether replaced stamps could have changed a stamped ballot's result."""
    if ballot.result is None or not ballot.replaced:
        return False
    numbers, result = _numbers(session, ballot), result_from_dict(ballot.result)
    rules, entitled = rules_from_dict(ballot.rules), _entitled(ballot, numbers)
    return could_have_changed(numbers, rules, entitled, ballot.present, ballot.replaced, result)


def _entitled(ballot: Ballot, numbers: dict[str, int]) -> int:
    """Who may vote; or as many as papers, where a replaced stamp and the one for it are both in the box."""
    entitled = ballot.entitled or 0
    return max(entitled, min(entitled + ballot.replaced, sum(numbers.values())))


def level_now(ballot: Ballot) -> list[str]:
    """Between which options the chair's casting vote is asked for, without those it was given to before."""
    result = ballot.result or {}
    waits = result.get("reason") == Reason.TIE_WAITS_FOR_CHAIR
    named = (ballot.casting or "").split(">")
    return [key for key in result["tied"] if key not in named] if waits else []


def _numbers(session: Session, ballot: Ballot) -> dict[str, int]:
    if ballot.trust == Trust.STAMPED:
        return dict(Counter(paper.choice for paper in papers_on(session, ballot)))
    return dict(
        session.execute(
            select(Paper.choice, func.count()).where(Paper.ballot_id == ballot.id).group_by(Paper.choice)
        ).all()
    )
