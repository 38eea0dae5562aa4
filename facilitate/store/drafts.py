"""Before: reads circulated drafts with their versions and points, for whoever changes or shows them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.domain.draft_versions import like_passages
from facilitate.domain.drafts import DraftPassage, check_window
from facilitate.domain.refusal import Refused
from facilitate.store.rows import CirculatedDraft, DraftPoint, Event, Submission
from facilitate.store.writer import Transaction


def versions_of(session: Session, prefix: str) -> list[CirculatedDraft]:
    """The versions of one draft, the first one first."""
    rows = select(CirculatedDraft).where(CirculatedDraft.prefix == prefix)
    return list(session.scalars(rows.order_by(CirculatedDraft.version)))


def any_circulated(session: Session) -> bool:
    """Whether any draft was ever circulated."""
    return session.scalar(select(CirculatedDraft.id).limit(1)) is not None


def passages_of(draft: CirculatedDraft) -> tuple[DraftPassage, ...]:
    """The passages of one version."""
    return tuple(DraftPassage(**each) for each in draft.passages)


def points_on(session: Session, versions: Iterable[CirculatedDraft]) -> list[tuple[DraftPoint, Submission]]:
    """What was sent on some versions, in the order of its references."""
    wanted = [draft.id for draft in versions]
    rows = session.execute(
        select(DraftPoint, Submission)
        .join(Submission, Submission.id == DraftPoint.submission_id)
        .where(DraftPoint.draft_id.in_(wanted))
        .order_by(Submission.received_at, Submission.reference)
    )
    return [(point, sent) for point, sent in rows]


def carried_over(was: CirculatedDraft, now: CirculatedDraft) -> dict[str, str]:
    """Which passage of one version each passage of another has become."""
    if was.id == now.id:
        return {each["ref"]: each["ref"] for each in was.passages}
    return like_passages(passages_of(was), passages_of(now))


def check_takes_points(tx: Transaction, prefix: str) -> CirculatedDraft:
    """The version of a draft on which points are taken now.

    Errors: `unknown-draft`, `draft-frozen`, `draft-closed`.
    """
    versions = versions_of(tx.session, prefix)
    if not versions:
        raise Refused("unknown-draft", "There is no such draft. Nothing was sent.")
    latest, event = versions[-1], tx.session.get_one(Event, "event")
    if latest.document_id:
        raise Refused(
            "draft-frozen",
            f"“{latest.title}” was frozen, so its draft takes no more points. Nothing was changed; what you "
            "wrote is still on this page.",
        )
    check_window(latest.opens, latest.until, event.zone, tx.now)
    return latest
