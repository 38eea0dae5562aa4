"""Hall: which wordings of a point stand after a correction or a withdrawal, and their place in a theme."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import delete, insert, or_, select
from sqlalchemy.orm import Session

from facilitate.domain.comments import Point, Revision, points_of
from facilitate.store.asked import move_questions
from facilitate.store.responses import move_responses
from facilitate.store.rows import Comment, Row, Theme, ThemeComment
from facilitate.store.writer import Transaction

WITHDRAWN = "withdrawn"


@dataclass
class Settled:
    """What settling a point has changed, as the journal wants it."""

    rows: list[Row] = field(default_factory=list)
    images: dict[str, Any] = field(default_factory=dict)
    touches: list[str] = field(default_factory=list)


def settle_point(tx: Transaction, comment_id: str) -> Settled:
    """Make the states of all wordings of one point true again; those that stand keep the point's theme.

    Two corrections of one wording stand side by side as a conflict (capture.md, People).
    """
    wordings = wordings_of(tx.session, comment_id)
    points = points_of(
        Revision(each.id, each.serial, each.parent, each.state == WITHDRAWN) for each in wordings.values()
    )
    settled = Settled(touches=[f"comment:{each}" for each in wordings])
    standing = {id_: point for point in points for id_ in point.current}
    for each in wordings.values():
        state = _state(each, standing)
        if state != each.state or each.id == comment_id:
            each.state = state
            settled.rows.append(each)
    _move_places(tx, wordings, set(standing), settled)
    settled.images |= move_responses(tx, wordings, set(standing))
    images, touches = move_questions(tx, wordings, set(standing))
    settled.images |= images
    settled.touches += touches
    return settled


def wordings_of(session: Session, comment_id: str) -> dict[str, Comment]:
    """All wordings of the point that a comment belongs to, by their ids."""
    found: dict[str, Comment] = {}
    asked = {comment_id}
    while asked:
        rows = session.scalars(
            select(Comment)
            .where(or_(Comment.id.in_(asked), Comment.parent.in_(asked)))
            .execution_options(populate_existing=True)
        ).all()
        fresh = {row.id: row for row in rows if row.id not in found}
        found |= fresh
        asked = {id_ for row in fresh.values() for id_ in (row.id, row.parent) if id_} - found.keys()
        asked |= fresh.keys() - {comment_id}
    return found


def standing_wordings(session: Session, comment_id: str) -> list[Comment]:
    """The wordings that stand of the point that a comment belongs to."""
    wordings = wordings_of(session, comment_id).values()
    return [each for each in wordings if each.state in ("current", "conflict")]


def _state(comment: Comment, standing: dict[str, Point]) -> str:
    if comment.state == WITHDRAWN:
        return WITHDRAWN
    if comment.id not in standing:
        return "superseded"
    return "conflict" if standing[comment.id].is_conflict else "current"


def _move_places(tx: Transaction, wordings: dict[str, Comment], standing: set[str], settled: Settled) -> None:
    places = _places(tx.session, wordings)
    if not places:
        return
    gone = set(places) - standing
    found = {id_: _inherited(id_, wordings, places) for id_ in standing - set(places)}
    heirs = {id_: place for id_, place in found.items() if place}
    if gone:
        tx.session.execute(delete(ThemeComment).where(ThemeComment.comment_id.in_(gone)))
    if heirs:
        tx.session.execute(
            insert(ThemeComment), [{"comment_id": id_, "theme_id": place} for id_, place in heirs.items()]
        )
    settled.images |= {f"theme_comments:{id_}": None for id_ in gone}
    settled.images |= {
        f"theme_comments:{id_}": {"comment_id": id_, "theme_id": place} for id_, place in heirs.items()
    }
    settled.touches += [f"theme:{place}" for place in set(places.values())]
    for theme in tx.session.scalars(select(Theme).where(Theme.quote.in_(gone))):
        theme.quote = next((id_ for id_, place in sorted(heirs.items()) if place == theme.id), None)
        settled.rows.append(theme)


def _places(session: Session, wordings: Iterable[str]) -> dict[str, str]:
    rows = session.execute(
        select(ThemeComment.comment_id, ThemeComment.theme_id).where(
            ThemeComment.comment_id.in_(list(wordings))
        )
    )
    return {row.comment_id: row.theme_id for row in rows}


def _inherited(id_: str, wordings: dict[str, Comment], places: dict[str, str]) -> str | None:
    """The theme of the nearest earlier wording on the same passage, else that of any other wording."""
    comment = wordings[id_]
    earlier = comment.parent
    seen: set[str] = set()
    while earlier in wordings and earlier not in seen:
        if earlier in places and wordings[earlier].passage_id == comment.passage_id:
            return places[earlier]
        seen.add(earlier)
        earlier = wordings[earlier].parent
    return next((t for c, t in places.items() if wordings[c].passage_id == comment.passage_id), None)
