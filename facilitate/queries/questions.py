"""Hall: the tables' questions, for those who answer them, for the desk, and for the wall."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, or_, select

from facilitate.domain.questions import question_state
from facilitate.queries.view import View, Viewer, iso
from facilitate.store.asked import LIVE, QUESTION
from facilitate.store.rows import Comment, Document, Passage, Person, Question, QuestionComment

# A database takes only so many parameters in one question.
_AT_ONCE = 900


def see_questions(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """Resource persons see every question on the documents of their commission with the tables that ask it,
    and what is being written; the desk sees the same of all commissions; a screen the answers that the chair
    shows.

    A question that nobody has taken up yet stands under the id of the comment that asks it.
    """
    rows = {q.id: q for q in view.session.scalars(_rows(viewer, ids))}
    members = _members(view, viewer, set(rows), ids)
    found = {}
    for key in (*rows, *(key for key in members if key not in rows)):
        question, asking = rows.get(key), members.get(key, [])
        if asking or (question is not None and question.published_at):
            found[key] = _question(view, key, question, asking, screen=viewer.kind == "screen")
    return found


def answering(view: View, comments: Sequence[Comment]) -> dict[str, str]:
    """Who has taken up what these comments ask and has not answered yet: the comment's id to a name."""
    ids = [c.id for c in comments if c.kind == QUESTION and c.disposition is None]
    found: dict[str, str] = {}
    for start in range(0, len(ids), _AT_ONCE):
        rows = view.session.execute(
            select(QuestionComment.comment_id, Question.claimed_by)
            .join(Question, Question.id == QuestionComment.question_id)
            .where(QuestionComment.comment_id.in_(ids[start : start + _AT_ONCE]))
            .where(Question.claimed_by.is_not(None), Question.published_at.is_(None))
        )
        found |= {row.comment_id: _name(view, row.claimed_by) or "Somebody" for row in rows}
    return found


def _rows(viewer: Viewer, ids: set[str] | None) -> Select[Question]:
    query = select(Question).where(Question.merged_into.is_(None)).order_by(Question.made_at, Question.id)
    if ids is not None:
        query = query.where(Question.id.in_(ids))
    if viewer.kind == "screen":
        return query.where(Question.shown_at.is_not(None))
    if viewer.kind == "questions" and viewer.key != "*":
        query = query.join(Document, Document.id == Question.document_id)
        return query.where(Document.commission == viewer.key)
    return query


def _members(view: View, viewer: Viewer, rows: set[str], ids: set[str] | None) -> dict[str, list[Any]]:
    """Who asks each question, the first to ask it first."""
    query = (
        select(Comment, QuestionComment.question_id, Passage.document_id)
        .join(Passage, Passage.id == Comment.passage_id)
        .outerjoin(QuestionComment, QuestionComment.comment_id == Comment.id)
        .where(Comment.kind == QUESTION, Comment.state.in_(LIVE))
        .order_by(Comment.received_at, Comment.id)
    )
    linked = QuestionComment.question_id.in_(rows)
    alone = QuestionComment.question_id.is_(None)
    if viewer.kind == "screen":
        query = query.where(linked)
    elif ids is not None:
        query = query.where(or_(linked, alone & Comment.id.in_(ids)))
    else:
        query = query.where(or_(linked, alone))
    if viewer.kind == "questions" and viewer.key != "*":
        query = query.join(Document, Document.id == Passage.document_id)
        query = query.where(Document.commission == viewer.key)
    found: dict[str, list[Any]] = defaultdict(list)
    for comment, question, document in view.session.execute(query):
        found[question or comment.id].append((comment, document))
    return found


def _question(
    view: View, key: str, q: Question | None, asking: list[Any], *, screen: bool
) -> dict[str, Any]:
    first = asking[0] if asking else None
    ends = [comment.disposition is not None for comment, _ in asking]
    published = bool(q and q.published_at)
    claimed = bool(q and q.claimed_by)
    members = [] if screen else [_member(comment) for comment, _ in asking]
    times = [comment.received_at for comment, _ in asking]
    return {
        "id": key, "document": q.document_id if q else first[1] if first else None,
        "passages": list(dict.fromkeys(comment.passage_id for comment, _ in asking)),
        "text": q.text if q and q.text else first[0].text if first else "",
        "members": members, "tables": len({comment.table_number for comment, _ in asking}),
        "state": question_state(published=published, claimed=claimed, ends=ends).value,
        "claimed_by": _name(view, q.claimed_by) if q and not screen else None,
        "claimed": iso(q.claimed_at) if q and not screen else None,
        "answer": q.answer if q and not screen else None,
        "published": q.published if q else None, "published_at": iso(q.published_at) if q else None,
        "shown": iso(q.shown_at) if q else None,
        "asked": iso(min(times)) if times else None, "last": iso(max(times)) if times else None,
    }  # fmt: skip


def _member(c: Comment) -> dict[str, Any]:
    return {
        "comment": c.id, "ref": c.reference, "table": c.table_number, "passage": c.passage_id,
        "text": c.text, "at": iso(c.received_at), "ended": c.disposition is not None,
    }  # fmt: skip


def _name(view: View, actor: str | None) -> str | None:
    person = view.session.get(Person, (actor or "").removeprefix("person:"))
    return person.name if person else None
