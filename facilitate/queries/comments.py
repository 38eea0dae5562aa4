"""Hall: comments of the tables and missing points, for those who may read them now."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, select

from facilitate.domain.amendment_english import amendment_english
from facilitate.queries.documents import assigned_now, references_of
from facilitate.queries.event import event_row
from facilitate.queries.responses import response_by, responses_for, responses_of
from facilitate.queries.view import View, Viewer, iso
from facilitate.store.rows import (
    Comment,
    Device,
    MissingPoint,
    MotionSource,
    Passage,
    TableRow,
    Theme,
    ThemeComment,
    Track,
)

WALL = 200
# A database takes only so many parameters in one question.
_AT_ONCE = 900
_LIVE = ("current", "conflict")


def see_comments(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """A table sees all of its own comments; what other tables said only after it has spoken on the passage
    itself (practice.md, The cycle of a round); the theme team sees all; a screen those on the passages
    that it shows.
    """
    if ids is not None:
        values = {key: value for key, value in _by_id(view, ids).items() if _sees(view, viewer, value)}
    else:
        query = _scope(view, viewer, select(Comment).order_by(Comment.received_at, Comment.serial))
        found = list(view.session.scalars(query))
        values = _values(view, found[-WALL:] if viewer.kind == "screen" else found)
    return values if viewer.kind == "themes" else _for_others(view, viewer, values)


def _scope(view: View, viewer: Viewer, query: Select[Comment]) -> Select[Comment]:
    if viewer.kind == "table":
        return query.where(Comment.table_number == viewer.table)
    if viewer.kind == "echo":
        return query.where(
            Comment.table_number != viewer.table,
            Comment.state.in_(_LIVE),
            Comment.passage_id.in_(_spoken_on(view, viewer.table)),
        )
    if viewer.kind == "screen":
        return query.where(Comment.state.in_(_LIVE), Comment.passage_id.in_(_shown(view, viewer.key)))
    return query


def _sees(view: View, viewer: Viewer, value: dict[str, Any]) -> bool:
    """The same scope for one comment that has been read already."""
    if viewer.kind == "table":
        return bool(value["table"] == viewer.table)
    if viewer.kind == "echo":
        others = value["table"] != viewer.table and value["state"] in _LIVE
        return others and value["passage"] in _spoken_on(view, viewer.table)
    if viewer.kind == "screen":
        return value["state"] in _LIVE and value["passage"] in _shown(view, viewer.key)
    return True


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
    return {
        c.id: _comment(view, c, themes.get(c.id)) | {"responses": answers.get(c.id, [])} for c in comments
    }


def _spoken_on(view: View, table: int) -> set[str]:
    spoken: dict[int, set[str]] | None = view.cache.get("spoken")
    if spoken is None:
        spoken = {}
        for number, passage in view.session.execute(
            select(Comment.table_number, Comment.passage_id).distinct()
        ):
            spoken.setdefault(number, set()).add(passage)
        view.cache["spoken"] = spoken
    return spoken.get(table, set())


def _shown(view: View, screen: str) -> set[str]:
    shown: dict[str, set[str]] = view.cache.setdefault("shown", {})
    if screen not in shown:
        device = view.session.get(Device, screen)
        query = select(Track)
        if device is not None and device.track_id:
            query = query.where(Track.id == device.track_id)
        found: set[str] = set()
        for track in view.session.scalars(query):
            found |= assigned_now(view, track)
        if device is not None and device.scene_passage:
            found.add(device.scene_passage)
        shown[screen] = found
    return shown[screen]


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
    hidden: dict[str, Any] = {"n": None, "device": None, "responses": []}
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
