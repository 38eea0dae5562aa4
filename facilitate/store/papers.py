"""Hall: the turnout counted and the papers taken from the box, once."""

from __future__ import annotations

from collections import Counter
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facilitate.domain.ballots import Trust
from facilitate.domain.counting import Reason, count_numbers, result_from_dict
from facilitate.domain.electorate import SMALLEST_GROUP
from facilitate.domain.hands import Declaration, declare
from facilitate.domain.majority import rules_from_dict
from facilitate.domain.replacements import could_have_changed, could_have_changed_sections
from facilitate.domain.tallies import BySection, count_by_section
from facilitate.store.boards import papers_on
from facilitate.store.cards import count_of_cards
from facilitate.store.paper_channel import PAPER
from facilitate.store.rows import Ballot, Paper, PaperEntry, Voted
from facilitate.store.sections import group_names, grouping_of


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
    if ballot.trust == Trust.CARDS:
        return count_of_cards(session, ballot, rules).as_dict()
    by_group = _by_group(session, ballot)
    entitled = _entitled(ballot, by_group)
    if rules.shares:
        return count_by_section(
            by_group, rules, entitled, ballot.present, ballot.casting, _smallest(ballot)
        ).as_dict()
    return count_numbers(_all(by_group), rules, entitled, ballot.present, ballot.casting).as_dict()


def is_doubtful(session: Session, ballot: Ballot) -> bool:
    """Whether replaced stamps could have changed a stamped ballot's result."""
    if ballot.result is None or not ballot.replaced:
        return False
    by_group, result = _by_group(session, ballot), result_from_dict(ballot.result)
    rules, entitled = rules_from_dict(ballot.rules), _entitled(ballot, by_group)
    if rules.shares:
        return could_have_changed_sections(
            by_group, rules, entitled, ballot.present, ballot.replaced, result
        )
    numbers = _all(by_group)
    return could_have_changed(numbers, rules, entitled, ballot.present, ballot.replaced, result)


def _smallest(ballot: Ballot) -> int:
    grouping = grouping_of(ballot)
    return grouping.smallest if grouping else SMALLEST_GROUP


def _entitled(ballot: Ballot, by_group: BySection) -> int:
    """Who may vote; or as many as papers, where a replaced stamp and the one for it are both in the box."""
    entitled = ballot.entitled or 0
    return max(entitled, min(entitled + ballot.replaced, sum(_all(by_group).values())))


def level_now(ballot: Ballot) -> list[str]:
    """Between which options the chair's casting vote is asked for, without those it was given to before."""
    result = ballot.result or {}
    waits = result.get("reason") == Reason.TIE_WAITS_FOR_CHAIR
    named = (ballot.casting or "").split(">")
    return [key for key in result["tied"] if key not in named] if waits else []


def _by_group(session: Session, ballot: Ballot) -> dict[str, dict[str, int]]:
    """How many papers of each group say what.

    Shape: every group by its name, also one without papers.
    """
    found: dict[str, dict[str, int]] = {name: {} for name in group_names(ballot)}
    names = list(found)
    if ballot.trust == Trust.STAMPED:
        counted = Counter((paper.group, paper.choice) for paper in papers_on(session, ballot))
    else:
        query = select(Paper.group, Paper.choice, func.count()).where(Paper.ballot_id == ballot.id)
        rows = session.execute(query.group_by(Paper.group, Paper.choice))
        counted = Counter({(group, choice): number for group, choice, number in rows})
    for (group, choice), number in counted.items():
        found[names[group]][choice] = number
    return found


def _all(by_group: BySection) -> dict[str, int]:
    together: Counter[str] = Counter()
    for numbers in by_group.values():
        together.update(numbers)
    return dict(together)
