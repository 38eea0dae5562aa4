"""Hall: how much a table hears of the others, and a screen of all: of each passage the newest."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import and_, func, or_, select

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


def heard_now(view: View, viewer: Viewer) -> set[str]:
    """Which comments are heard, whatever became of them: each passage’s newest, and what was answered."""
    passages = heard_on(view, viewer)
    found = {key for passage in passages for _, key in _newest(view, passage)}
    if viewer.kind == "echo":
        found |= {key for key, passage in _answered(view).get(viewer.table, ()) if passage in passages}
    return found


def _newest(view: View, passage: str) -> list[tuple[datetime, str]]:
    """The newest comments on a passage, newest first."""
    newest: dict[str, list[tuple[datetime, str]]] = view.cache.setdefault("heard-newest", {})
    if passage not in newest:
        query = (
            select(Comment.received_at, Comment.id)
            .where(Comment.passage_id == passage)
            .order_by(Comment.received_at.desc(), Comment.id.desc())
            .limit(HEARD)
        )
        newest[passage] = [(row.received_at, row.id) for row in view.session.execute(query)]
    return newest[passage]


def _edge(view: View, passage: str) -> tuple[datetime, str] | None:
    """The oldest of the newest comments on a passage; None while there are few."""
    newest = _newest(view, passage)
    return newest[-1] if len(newest) == HEARD else None


def _answered(view: View) -> dict[int, list[tuple[str, str]]]:
    """What each table answered on the passages of the rounds, read once for all tables.

    Shape: table to the comments' ids with their passages.
    """
    answered: dict[int, list[tuple[str, str]]] | None = view.cache.get("heard-answered")
    if answered is None:
        answered = {}
        query = (
            select(ResponseRow.table_number, Comment.id, Comment.passage_id)
            .join(Comment, Comment.id == ResponseRow.comment_id)
            .where(Comment.passage_id.in_(_talked_about(view)))
        )
        for table, key, passage in view.session.execute(query):
            answered.setdefault(table, []).append((key, passage))
        view.cache["heard-answered"] = answered
    return answered


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
    at, key = edge
    before = or_(Comment.received_at < at, and_(Comment.received_at == at, Comment.id < key))
    earlier = and_(Comment.passage_id == passage, Comment.state.in_(LIVE), before)
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


def _talked_about(view: View) -> set[str]:
    return {a.passage_id for given in _rounds(view).values() for a in given}


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
        here = Comment.passage_id.in_(_talked_about(view))
        query = select(Comment.table_number, Comment.passage_id).where(here)
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
