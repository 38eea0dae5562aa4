"""Hall: tables and totals of the room, for desk, theme team and screens."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facilitate.queries.event import event_row
from facilitate.queries.view import View, Viewer, iso
from facilitate.store.rows import (
    Comment,
    KeptItem,
    Passage,
    Seat,
    TableRow,
    Theme,
    Track,
)

_LIVE = ("current", "conflict")


def see_tables(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """Desk, theme team and screens see every table's state; a block those of its tables; a table its own."""
    view.presence.quiet_seconds = event_row(view).settings["quiet_seconds"]
    said = _said(view)
    return {
        str(t.number): _table(view, t, said.get(t.number, _NOTHING))
        for t in _tables(view)
        if _concerns(viewer, t) and (ids is None or str(t.number) in ids)
    }


def _concerns(viewer: Viewer, t: TableRow) -> bool:
    if viewer.kind == "block":
        return viewer.key in ("*", t.block)
    return viewer.kind != "table" or t.number == viewer.table


def _tables(view: View) -> list[TableRow]:
    if "tables" not in view.cache:
        view.cache["tables"] = list(view.session.scalars(select(TableRow).order_by(TableRow.number)))
    found: list[TableRow] = view.cache["tables"]
    return found


@dataclass(frozen=True)
class _Said:
    """What the centre has of a table: comments, those of them that a laptop typed, and points kept beside."""

    comments: int = 0
    typed: int = 0
    last: Any = None
    beside: int = 0


_NOTHING = _Said()


def _said(view: View) -> dict[int, _Said]:
    found: dict[int, _Said] | None = view.cache.get("said")
    if found is None:
        of_laptops = func.count(Comment.device_serial)
        rows = view.session.execute(
            select(Comment.table_number, func.count(), of_laptops, func.max(Comment.received_at)).group_by(
                Comment.table_number
            )
        )
        found = {row[0]: _Said(row[1], row[2], row[3]) for row in rows}
        beside = view.session.execute(
            select(KeptItem.table_number, func.count())
            .where(KeptItem.comment_id.is_(None), KeptItem.table_number.is_not(None))
            .group_by(KeptItem.table_number)
        )
        for number, count in beside:
            found[int(number or 0)] = replace(found.get(int(number or 0), _NOTHING), beside=count)
        view.cache["said"] = found
    return found


def _table(view: View, t: TableRow, said: _Said) -> dict[str, Any]:
    laptop, last = view.presence.laptops[t.number], said.last
    kept = laptop.holds(said.typed + said.beside, view.now)
    return {
        "id": str(t.number),
        "number": t.number,
        "track": t.track_id,
        "block": t.block,
        "places": t.places,
        "state": view.presence.state(t.number, last, view.now),
        "comments": said.comments,
        "at": iso(last),
        "typed": laptop.typed,
        "kept": kept,
        "kept_since": iso(laptop.kept_since),
        "centre": said.comments + said.beside,
    }


def table_rows(session: Session) -> list[dict[str, Any]]:
    """Tables as the clerk sees them, with how many people sit at each.

    Shape: number, track (a name), block, places and seated, by number.
    """
    seated = dict(session.execute(select(Seat.table_number, func.count()).group_by(Seat.table_number)).all())
    rows = session.execute(
        select(TableRow, Track.name).outerjoin(Track, Track.id == TableRow.track_id).order_by(TableRow.number)
    )
    return [
        {
            "number": t.number,
            "track": track or "",
            "block": t.block,
            "places": t.places,
            "seated": seated.get(t.number, 0),
        }
        for t, track in rows
    ]


def _by_passage(view: View) -> dict[str, dict[str, int]]:
    """How many comments of each kind each passage has, in the documents' order."""
    found: dict[str, dict[str, int]] = {}
    for reference, kind, count in view.session.execute(
        select(Passage.reference, Comment.kind, func.count())
        .join(Passage, Passage.id == Comment.passage_id)
        .where(Comment.state.in_(_LIVE))
        .group_by(Passage.reference, Passage.position, Comment.kind)
        .order_by(Passage.position)
    ):
        found.setdefault(reference, {})[kind] = count
    return found


def see_room(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """The room at a glance, as numbers; no text and nobody's name."""
    live = Comment.state.in_(_LIVE)
    kinds = dict(
        view.session.execute(select(Comment.kind, func.count()).where(live).group_by(Comment.kind)).all()
    )
    by_passage = _by_passage(view)
    tables = see_tables(view, Viewer("desk", "desk", ""), None)
    unread, oldest = view.session.execute(
        select(func.count(), func.min(Comment.received_at)).where(live, Comment.read_at.is_(None))
    ).one()
    states = [t["state"] for t in tables.values()]
    return {
        "room": {
            "id": "room",
            "comments": sum(kinds.values()),
            "by_kind": kinds,
            "by_passage": [
                {"ref": ref, "n": sum(counts.values()), "kinds": counts} for ref, counts in by_passage.items()
            ],
            "talking": states.count("talking"),
            "silent": states.count("silent"),
            "offline": states.count("offline"),
            "tables": len(states),
            "themes": view.session.scalar(
                select(func.count()).select_from(Theme).where(Theme.merged_into.is_(None))
            )
            or 0,
            "unread": unread,
            "oldest_unread": iso(oldest),
        }
    }
