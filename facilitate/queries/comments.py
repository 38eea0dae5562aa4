"""Hall: comments of the tables and missing points, for those who may read them now."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from facilitate.domain.amendment_english import amendment_english
from facilitate.domain.comments import HEARD
from facilitate.queries.documents import references_of
from facilitate.queries.event import event_row
from facilitate.queries.heard import LIVE, heard_now, heard_on
from facilitate.queries.questions import answering
from facilitate.queries.responses import response_by, responses_for, responses_of
from facilitate.queries.view import View, Viewer, iso
from facilitate.store.rows import (
    Comment,
    MissingPoint,
    MotionSource,
    Passage,
    TableRow,
    Theme,
    ThemeComment,
)

# A database takes only so many parameters in one question.
_AT_ONCE = 900


def see_comments(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """A table sees all of its own comments; what other tables said only after it has spoken on the passage
    itself (practice.md, The cycle of a round), and only while its round goes on; the theme team sees all; a
    screen those on the passages that it shows. Of others' comments a table and a screen see the newest
    (`see_heard`).
    """
    if viewer.kind in ("echo", "screen") and (ids is None or len(ids) > HEARD):
        # Of very many comments, a device would drop the others at once.
        now = heard_now(view, viewer)
        ids = now if ids is None else now & ids
    if ids is not None:
        sees = _sight(view, viewer)
        values = {key: value for key, value in _by_id(view, ids).items() if sees(value)}
    else:
        query = select(Comment).order_by(Comment.received_at, Comment.serial)
        own = query.where(Comment.table_number == viewer.table) if viewer.kind == "table" else query
        values = _values(view, list(view.session.scalars(own)))
    return values if viewer.kind == "themes" else _for_others(view, viewer, values)


def _sight(view: View, viewer: Viewer) -> Callable[[dict[str, Any]], bool]:
    """Whether it may be told of a comment, however early that was: the device drops what is too early."""
    if viewer.kind == "table":
        return lambda value: bool(value["table"] == viewer.table)
    if viewer.kind not in ("echo", "screen"):
        return lambda _value: True
    passages = heard_on(view, viewer)
    own = viewer.table if viewer.kind == "echo" else None
    return lambda value: (
        value["table"] != own and value["state"] in LIVE and value["passage"] in passages
    )


def _by_id(view: View, ids: set[str]) -> dict[str, dict[str, Any]]:
    """Comments as they stand, read once for all who are told of them now."""
    kept: dict[str, dict[str, Any] | None] = view.cache.setdefault("comments", {})
    if not ids <= kept.keys():
        lacking = sorted((ids | view.expected["comment"]) - kept.keys())
        kept.update(dict.fromkeys(lacking))
        for start in range(0, len(lacking), _AT_ONCE):
            query = select(Comment).where(Comment.id.in_(lacking[start : start + _AT_ONCE]))
            kept.update(_values(view, list(view.session.scalars(query))))
    return {key: value for key in ids if (value := kept[key]) is not None}


def _values(view: View, comments: list[Comment]) -> dict[str, dict[str, Any]]:
    themes = _themes_of(view, [c.id for c in comments])
    answers = responses_of(view, [c.id for c in comments])
    taken = answering(view, comments)
    return {
        c.id: _comment(view, c, themes.get(c.id))
        | {"responses": answers.get(c.id, []), "answered_by": taken.get(c.id)}
        for c in comments
    }


def _themes_of(view: View, ids: list[str]) -> dict[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        rows = view.session.execute(
            select(ThemeComment.comment_id, Theme.id, Theme.name)
            .join(Theme, Theme.id == ThemeComment.theme_id)
            .where(ThemeComment.comment_id.in_(ids[start : start + _AT_ONCE]))
        )
        found.update({row.comment_id: (row.id, row.name) for row in rows})
    return found


def _comment(view: View, c: Comment, theme: tuple[str, str] | None) -> dict[str, Any]:
    return {
        "id": c.id, "ref": c.reference, "table": c.table_number, "passage": c.passage_id, "item": c.item_id,
        "kind": c.kind, "agree": c.agree, "against": c.against, "minority": c.minority, "text": c.text,
        "ops": c.ops, "adds_to": c.adds_to, "response": None,
        "english": _english(view, c), "parent": c.parent, "state": c.state, "marks": c.marks,
        "n": c.device_serial, "device": c.device_id, "station": station(view, c, theme is not None),
        "disposition": c.disposition, "reason": c.reason, "at": iso(c.received_at),
        "themes": [theme[0]] if theme else [], "theme_names": [theme[1]] if theme else [],
    }  # fmt: skip


def station(view: View, c: Comment, themed: bool) -> str:
    """Where a comment is now, from its links."""
    moved: set[str] | None = view.cache.get("moved")
    if moved is None:
        moved = set(view.session.scalars(select(MotionSource.source_id)))
        view.cache["moved"] = moved
    if c.id in moved:
        return "in-motion"
    if themed:
        return "in-theme"
    return "read" if c.read_at else "received"


def _english(view: View, c: Comment) -> str | None:
    if not c.ops:
        return None
    passage = view.session.get(Passage, c.passage_id)
    return amendment_english(passage.reference, passage.text or passage.heading, c.ops) if passage else None


def _for_others(view: View, viewer: Viewer, values: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    named = event_row(view).settings["names_tables"]
    if viewer.kind == "table":
        return {key: value | responses_for(value, named=named) for key, value in values.items()}
    hidden: dict[str, Any] = {"n": None, "device": None, "responses": [], "answered_by": None}
    if viewer.kind == "echo":
        # Another table hears what was said, not what became of it: that would be told far too often.
        hidden |= {"station": "received", "disposition": None, "reason": None}
        hidden |= {"themes": [], "theme_names": []}
    if not named:
        hidden |= {"table": None, "ref": None}
    own = viewer.table if viewer.kind == "echo" else None
    return {key: value | hidden | {"response": response_by(value, own)} for key, value in values.items()}


def see_missing(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """A delegate sees their own missing points; theme team and desk see all, a block those of its tables,
    without the person's name.
    """
    query = select(MissingPoint).order_by(MissingPoint.received_at)
    if ids is not None:
        query = query.where(MissingPoint.id.in_(ids))
    if viewer.kind == "person":
        query = query.where(MissingPoint.person_id == viewer.key)
    elif viewer.kind == "block" and viewer.key != "*":
        query = query.join(TableRow, TableRow.number == MissingPoint.table_number)
        query = query.where(TableRow.block == viewer.key)
    found = list(view.session.scalars(query))
    references_of(view, [m.passage_id for m in found])
    return {
        m.id: {
            "id": m.id, "ref": m.reference, "table": m.table_number, "passage": m.passage_id, "text": m.text,
            "state": m.state, "answer": m.answer, "comment": m.comment_id, "at": iso(m.received_at),
        }
        for m in found
    }  # fmt: skip
