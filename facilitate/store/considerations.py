"""Before: reads what commissions answered to points on drafts, and carries points into the frozen text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.domain.considerations import ENDS, Considered, Fate
from facilitate.domain.draft_versions import like_passages
from facilitate.domain.drafts import DraftPassage
from facilitate.domain.refusal import Refused
from facilitate.store.drafts import passages_of, points_on, versions_of
from facilitate.store.rows import CirculatedDraft, Consideration, DraftPoint, Row, Submission
from facilitate.store.writer import Transaction

_NAMED = 8


def considerations_of(session: Session, submissions: Iterable[str]) -> dict[str, list[Consideration]]:
    """What was answered to each of some points, the first answer first."""
    found: dict[str, list[Consideration]] = defaultdict(list)
    rows = select(Consideration).where(Consideration.submission_id.in_(list(submissions)))
    for row in session.scalars(rows.order_by(Consideration.submission_id, Consideration.number)):
        found[row.submission_id].append(row)
    return found


def considered(row: Consideration) -> Considered:
    """One answer as the rules know it."""
    return Considered(
        Fate(row.fate), row.considered_on, row.meeting, row.answer, row.reason, row.version, row.passage,
        row.referred_to,
    )  # fmt: skip


def rests_with(draft: CirculatedDraft, answers: Sequence[Consideration]) -> str:
    """The commission that answers a point next: the draft's own, or the one to which it was referred."""
    last = answers[-1] if answers else None
    return last.referred_to if last is not None and last.referred_to else draft.commission


def check_answered(session: Session, prefix: str, reason: str) -> list[CirculatedDraft]:
    """The versions of a draft that is about to be frozen: every point has its end, or there is a reason.

    Errors: `points-unanswered`.
    """
    versions = versions_of(session, prefix)
    waiting = [sent.reference for _, sent in points_on(session, versions) if not sent.disposition]
    if waiting and not reason:
        named = ", ".join(waiting[:_NAMED]) + (" and others" if len(waiting) > _NAMED else "")
        points = "1 point has" if len(waiting) == 1 else f"{len(waiting)} points have"
        raise Refused(
            "points-unanswered",
            f"{points} no answer of a commission yet: {named}. Nothing was frozen. Record what was said to "
            "each, or freeze with a reason: what has no answer then stays open into the hall.",
            "unanswered",
        )
    if versions and waiting:
        versions[-1].unanswered = reason
    return versions


def carry_points(
    tx: Transaction, versions: Sequence[CirculatedDraft], document: str, frozen: Sequence[DraftPassage]
) -> list[Row]:
    """Tie each point on a draft to the passage of the frozen text that is the like of its own.

    Shape: the rows that changed.
    """
    ways = {draft.version: like_passages(passages_of(draft), frozen) for draft in versions}
    numbers = {draft.id: draft.version for draft in versions}
    found = points_on(tx.session, versions)
    answers = considerations_of(tx.session, [point.submission_id for point, _ in found])
    there = {passage.ref for passage in frozen}
    for point, sent in found:
        passage = _landing(point, numbers[point.draft_id], answers.get(sent.id, []), ways, there)
        point.landed, sent.passages = passage, [passage] if passage else []
    for draft in versions:
        draft.document_id = document
    return [*versions, *(row for pair in found for row in pair)]


def _landing(
    point: DraftPoint, made_on: int, answers: Sequence[Consideration], ways: dict[int, dict[str, str]],
    there: set[str],
) -> str:  # fmt: skip
    """Where a point lands: with the passage in which it was taken up, else with its own."""
    last = answers[-1] if answers else None
    if last is not None and last.version is not None and last.passage:
        if last.version in ways:
            return ways[last.version].get(last.passage, "")
        if last.passage in there:
            return last.passage
    return ways[made_on].get(point.passage, "")


def end_as_considered(sent: Submission, said: Considered, by: str, tx: Transaction) -> None:
    """Give a point the end that its commission gave it, or open it again where it was referred."""
    end = ENDS.get(said.fate)
    sent.disposition = end.value if end else None
    sent.reason, sent.note = (said.reason, said.answer) if end else (None, None)
    sent.ended_by, sent.ended_at = (by, tx.now) if end else (None, None)
