"""Hall: the points at the desk that are no comments yet, with what can be read of each; and how many wait."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facilitate.domain.comments import CommentKind
from facilitate.domain.kept import KEPT_LABELS, KeptCause, KeptState
from facilitate.store.rows import Comment, Document, KeptItem, Passage


@dataclass(frozen=True)
class Kept:
    """One such point as the desk sees it.

    Shape: `guess` holds what can be read of it for the form (passage as a reference, kind, agree, against,
    text); `ended` is empty while it waits; `comment` is the reference of what it became.
    """

    id: str
    ref: str
    table: int | None
    sender: str
    at: datetime
    why: str
    raw: str
    readable: bool
    open: bool
    ended: str
    reason: str
    comment: str
    guess: dict[str, Any]


def kept_items(session: Session, cause: KeptCause) -> list[Kept]:
    """What clerk, chair, tellers and theme team see: first those that wait, oldest first, then the ended."""
    rows = session.execute(
        select(KeptItem, Comment.reference)
        .outerjoin(Comment, Comment.id == KeptItem.comment_id)
        .where(KeptItem.cause == cause.value)
        .order_by(KeptItem.state != KeptState.OPEN.value, KeptItem.received_at, KeptItem.reference)
    ).all()
    references = dict(session.execute(select(Passage.id, Passage.reference)).all()) if rows else {}
    return [_kept(row, comment or "", references) for row, comment in rows]


def _kept(row: KeptItem, comment: str, references: dict[str, str]) -> Kept:
    raw = json.loads(row.raw)
    waits = row.state == KeptState.OPEN.value
    return Kept(
        id=row.id, ref=row.reference, table=row.table_number, sender=row.sender_name, at=row.received_at,
        why=row.why, raw=json.dumps(raw, indent=1, ensure_ascii=False, sort_keys=True),
        readable=row.data is not None, open=waits, ended="" if waits else KEPT_LABELS[KeptState(row.state)],
        reason=row.reason or "", comment=comment, guess=_guess(raw.get("data"), references),
    )  # fmt: skip


def _guess(data: Any, references: dict[str, str]) -> dict[str, Any]:
    given = data if isinstance(data, dict) else {}
    text, kind = given.get("text"), given.get("kind")
    return {
        "passage": references.get(str(given.get("passage")), ""),
        "kind": kind if kind in [each.value for each in CommentKind] else "",
        "agree": _count(given.get("agree")), "against": _count(given.get("against")),
        "text": text if isinstance(text, str) else "",
    }  # fmt: skip


def _count(value: Any) -> int:
    return value if isinstance(value, int) and 0 <= value <= 100 else 0


def waiting_kept(session: Session) -> dict[str, int]:
    """How many of each cause wait for somebody."""
    rows = session.execute(
        select(KeptItem.cause, func.count())
        .where(KeptItem.state == KeptState.OPEN.value)
        .group_by(KeptItem.cause)
    )
    found = {row.cause: row[1] for row in rows}
    return {cause.value: found.get(cause.value, 0) for cause in KeptCause}


def waiting_items(session: Session) -> list[tuple[str, int | None]]:
    """The points that wait, each with its table where that is known, by their references."""
    query = select(KeptItem.reference, KeptItem.table_number).where(KeptItem.state == KeptState.OPEN.value)
    return [(ref, table) for ref, table in session.execute(query.order_by(KeptItem.reference))]


def passage_choices(session: Session) -> list[tuple[str, str]]:
    """Every passage by its reference, with its first words, in the order of the documents."""
    rows = session.execute(
        select(Passage.reference, Passage.heading, Passage.text)
        .join(Document, Document.id == Passage.document_id)
        .order_by(Document.position, Passage.position)
    )
    return [(reference, (heading or text)[:60]) for reference, heading, text in rows]


def passage_by_reference(session: Session, reference: str) -> str | None:
    """A passage's id by the reference that somebody typed."""
    typed = reference.strip().lower()
    return session.scalar(select(Passage.id).where(func.lower(Passage.reference) == typed))
