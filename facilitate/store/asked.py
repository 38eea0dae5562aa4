"""Hall: which question each comment asks, and what becomes of that when a table corrects or withdraws it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.domain.comments import CommentKind
from facilitate.domain.stations import Disposition
from facilitate.store.rows import Comment, Question, QuestionComment, Submission
from facilitate.store.writer import Transaction

QUESTION = CommentKind.QUESTION.value
LIVE = ("current", "conflict")


def questions_asked(session: Session, comments: Collection[Comment]) -> list[str]:
    """What changes at the resource persons' desk when these comments change, as touches."""
    ids = [each.id for each in comments if each.kind == QUESTION]
    if not ids:
        return []
    links = session.scalars(
        select(QuestionComment.question_id).where(QuestionComment.comment_id.in_(ids)).distinct()
    )
    return [f"question:{each}" for each in (*ids, *links)]


def move_questions(
    tx: Transaction, wordings: Mapping[str, Comment], standing: Collection[str]
) -> tuple[dict[str, dict[str, str] | None], list[str]]:
    """Let the wordings of a point that stand ask what an earlier one asked, as long as it is not answered.

    Shape: images for the journal, touches.
    """
    if not any(each.kind == QUESTION for each in wordings.values()):
        return {}, []
    touches = [f"question:{each}" for each in wordings]
    links = list(
        tx.session.scalars(select(QuestionComment).where(QuestionComment.comment_id.in_(list(wordings))))
    )
    images: dict[str, dict[str, str] | None] = {}
    held = {link.comment_id for link in links}
    for link in links:
        touches.append(f"question:{link.question_id}")
        question = tx.session.get_one(Question, link.question_id)
        if link.comment_id in standing or question.published_at is not None:
            continue
        images[f"question_comments:{link.comment_id}"] = None
        tx.session.delete(link)
        for heir in sorted(set(standing) - held):
            if wordings[heir].kind == QUESTION:
                held.add(heir)
                made = QuestionComment(comment_id=heir, question_id=link.question_id)
                tx.session.add(made)
                images[f"question_comments:{heir}"] = {"comment_id": heir, "question_id": made.question_id}
    tx.session.flush()
    return images, touches


def end_point(
    tx: Transaction, row: Comment | Submission, disposition: Disposition, reason: str | None, note: str,
    *, read: bool = True,
) -> None:
    """Give a comment or submission its end; whoever ends it has read it, unless they took it back."""
    row.disposition, row.reason, row.note = disposition.value, reason, note or None
    if read:
        row.read_at = row.read_at or tx.now
    row.ended_by, row.ended_at = tx.actor.id, tx.now
