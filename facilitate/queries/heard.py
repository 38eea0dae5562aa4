"""Hall: how much a table hears of the others, and a screen of all: of each passage the newest."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select

from facilitate.domain.chair import ItemPhase
from facilitate.domain.comments import HEARD
from facilitate.domain.programme import ItemKind, ItemState
from facilitate.queries.documents import assigned_now
from facilitate.queries.view import View, Viewer, iso
from facilitate.store.rows import Assignment, Comment, Device, Item, ResponseRow, TableRow, Track

LIVE = ("current", "conflict")
# The one thing of its kind that a table or a screen is told of; every other key asks for all of it anew.
BOUND = "heard"
ANEW = "anew"


def see_heard(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """A table is told which passages it hears the others on, a screen which it shows; with each the comment
    from which on, and how many there are before it.

    Shape: since is None while everything is heard; what came before it is dropped unless the table answered.
    """
    passages = {p: _bound(view, viewer, p) for p in sorted(heard_on(view, viewer))}
    return {BOUND: {"id": BOUND, "passages": passages}}


def _bound(view: View, viewer: Viewer, passage: str) -> dict[str, Any]:
    edge = _edge(view, passage)
    since = {"at": iso(edge[0]), "id": edge[1]} if edge else None
    return {"since": since, "earlier": _earlier(view, viewer, passage)}


def heard_on(view: View, viewer: Viewer) -> set[str]:
    """The passages on which a table hears the others now, or which a screen shows."""
    if viewer.kind == "screen":
        return _shown(view, viewer.key)
    given = _rounds(view).get(_track_of(view, viewer.table) or "", [])
    mine = {a.passage_id for a in given if a.reach != "block" or _in_block(a, viewer.table)}
    return mine & _spoken_on(view).get(viewer.table, set())


def hears_anew(view: View, viewer: Viewer, keys: set[str]) -> bool:
    """Whether what this table hears, or this screen shows, has changed as a whole.

    Shape: keys are ids of tracks or of a screen, or "anew" for whoever is told.
    """
    if not keys or viewer.kind not in ("echo", "screen"):
        return False
    if viewer.kind == "screen":
        device = view.session.get(Device, viewer.key)
        track = device.track_id if device else None
        every = track is None and any(view.session.get(Track, key) for key in keys)
        return every or not keys.isdisjoint({viewer.key, track})
    return not keys.isdisjoint({ANEW, _track_of(view, viewer.table)})


def within(view: View, viewer: Viewer) -> ColumnElement[bool]:
    """What of the passages is heard now: the newest comments of each, and what this table has answered."""
    return or_(*(_within(view, viewer, p) for p in heard_on(view, viewer)), false())


def _within(view: View, viewer: Viewer, passage: str) -> ColumnElement[bool]:
    edge = _edge(view, passage)
    here = Comment.passage_id == passage
    if edge is None:
        return here
    heard = ~_before(edge)
    return and_(here, or_(heard, _answered(viewer.table)) if viewer.kind == "echo" else heard)


def _answered(table: int) -> ColumnElement[bool]:
    given = and_(ResponseRow.comment_id == Comment.id, ResponseRow.table_number == table)
    return exists().where(given)


def _before(edge: tuple[datetime, str]) -> ColumnElement[bool]:
    at, key = edge
    return or_(Comment.received_at < at, and_(Comment.received_at == at, Comment.id < key))


def _edge(view: View, passage: str) -> tuple[datetime, str] | None:
    """The oldest of the newest comments on a passage, whatever became of them; None while there are few."""
    edges: dict[str, tuple[datetime, str] | None] = view.cache.setdefault("heard-edges", {})
    if passage not in edges:
        newest = (
            select(Comment.received_at, Comment.id)
            .where(Comment.passage_id == passage)
            .order_by(Comment.received_at.desc(), Comment.id.desc())
        )
        row = view.session.execute(newest.offset(HEARD - 1).limit(1)).one_or_none()
        edges[passage] = (row.received_at, row.id) if row else None
    return edges[passage]


def _earlier(view: View, viewer: Viewer, passage: str) -> int:
    """How many standing comments came before those that are heard, without the table's own and answered."""
    edge = _edge(view, passage)
    if edge is None:
        return 0
    key = ("heard-earlier", passage)
    if key not in view.cache:
        view.cache[key] = _count_earlier(view, passage, edge)
    said, answered = view.cache[key]
    every = sum(said.values())
    if viewer.kind == "screen":
        return int(every)
    return int(every - said.get(viewer.table, 0) - answered.get(viewer.table, 0))


def _count_earlier(
    view: View, passage: str, edge: tuple[datetime, str]
) -> tuple[dict[int, int], dict[int, int]]:
    """By table: how many earlier comments it made, and how many of them it answered."""
    earlier = and_(Comment.passage_id == passage, Comment.state.in_(LIVE), _before(edge))
    said = select(Comment.table_number, func.count()).where(earlier).group_by(Comment.table_number)
    answered = (
        select(ResponseRow.table_number, func.count())
        .join(Comment, Comment.id == ResponseRow.comment_id)
        .where(earlier)
        .group_by(ResponseRow.table_number)
    )
    found = [{row[0]: row[1] for row in view.session.execute(query)} for query in (said, answered)]
    return found[0], found[1]


def _rounds(view: View) -> dict[str, list[Assignment]]:
    """What the rounds that go on now deal with, by track."""
    rounds: dict[str, list[Assignment]] | None = view.cache.get("rounds")
    if rounds is None:
        rounds = {}
        query = (
            select(Item.track_id, Assignment)
            .join(Track, Track.current_item == Item.id)
            .join(Assignment, Assignment.item_id == Item.id)
            .where(
                Item.kind == ItemKind.ROUND.value, Item.state == ItemState.CURRENT.value,
                Item.progress != ItemPhase.OVER.value,
            )
        )  # fmt: skip
        for track, assignment in view.session.execute(query):
            rounds.setdefault(track, []).append(assignment)
        view.cache["rounds"] = rounds
    return rounds


def _in_block(a: Assignment, table: int) -> bool:
    return (a.first_table or 1) <= table <= (a.last_table or 0)


def _track_of(view: View, table: int) -> str | None:
    """The track of a table; one that is in none follows the first."""
    tracks: dict[int, str | None] | None = view.cache.get("tracks-of-tables")
    if tracks is None:
        rows = view.session.execute(select(TableRow.number, TableRow.track_id))
        tracks = view.cache["tracks-of-tables"] = {row.number: row.track_id for row in rows}
        view.cache["first-track"] = view.session.scalar(select(Track.id).order_by(Track.position).limit(1))
    first: str | None = view.cache["first-track"]
    return tracks.get(table) or first


def _spoken_on(view: View) -> dict[int, set[str]]:
    """Which of the passages that rounds deal with each table has spoken on."""
    spoken: dict[int, set[str]] | None = view.cache.get("spoken")
    if spoken is None:
        spoken = {}
        passages = {a.passage_id for given in _rounds(view).values() for a in given}
        query = select(Comment.table_number, Comment.passage_id).where(Comment.passage_id.in_(passages))
        for number, passage in view.session.execute(query.distinct()):
            spoken.setdefault(number, set()).add(passage)
        view.cache["spoken"] = spoken
    return spoken


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
