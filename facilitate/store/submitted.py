"""Before: what all ways of sending a submission in share: its reference, and the wordings that it had."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.domain.submissions import Wording
from facilitate.store.rows import Row, Submission, SubmissionRevision
from facilitate.store.writer import Transaction


def next_reference(session: Session, letter: str = "S") -> str:
    """The reference of the next submission; points on drafts have a letter of their own.

    Shape: `S-001`, `D-001`: a file that brings references of its own must not meet those of drafts.
    """
    named = select(Submission.reference).where(Submission.reference.startswith(f"{letter}-"))
    taken = set(session.scalars(named))
    number = len(taken) + 1
    while f"{letter}-{number:03d}" in taken:
        number += 1
    return f"{letter}-{number:03d}"


def wording_of(row: Submission | SubmissionRevision) -> Wording:
    """What a submission says, now or in one of its wordings."""
    return Wording(row.title, row.text, row.about, row.agreed_by)


def record_wording(tx: Transaction, action: str, row: Submission, *others: Row) -> None:
    """Keep the wording that a submission has now beside those before it, and record the act."""
    revision = SubmissionRevision(
        id=tx.new_id(), submission_id=row.id, number=row.revision, sent_by=tx.actor.person, sent_at=tx.now,
        **wording_of(row).as_dict(),
    )  # fmt: skip
    tx.session.add(revision)
    tx.record(
        action, f"submission:{row.id}", rows=[row, *others, revision], touches=["balance:balance"],
        audiences=["themes"],
    )  # fmt: skip
