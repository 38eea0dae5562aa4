"""Hall: tracks, the running order and the screens, for those who may see them now."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from facilitate.domain.chair import TrackState, next_step, undo_step
from facilitate.domain.forecast import ItemTimes, forecast
from facilitate.domain.programme import ItemState, read_local, to_utc
from facilitate.domain.scenes import scene_for
from facilitate.domain.timer import Timer
from facilitate.queries.event import event_row
from facilitate.queries.view import View, Viewer, iso
from facilitate.store.rows import Assignment, Device, Item, Track
from facilitate.store.tracks import items_of, track_state


def see_tracks(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """Everybody sees the tracks and what each is at; the chair's button is for the desk alone."""
    query = select(Track).order_by(Track.position)
    if ids is not None:
        query = query.where(Track.id.in_(ids))
    return {t.id: _track(view, t, viewer.kind == "desk") for t in view.session.scalars(query)}


def _track(view: View, t: Track, desk: bool) -> dict[str, Any]:
    value: dict[str, Any] = {
        "id": t.id, "name": t.name, "position": t.position, "current": t.current_item,
        "late_minutes": _late(view, t), "step": None, "undo": None,
    }  # fmt: skip
    if desk:
        state = _state(view, t)
        step, undo = next_step(state), undo_step(state)
        value["step"] = {
            "verb": step.verb.value,
            "label": step.label,
            "hint": step.hint,
            "subject": step.subject,
        }
        value["undo"] = {"label": undo.label, "why_not": undo.why_not}
        value["ends"] = iso(_forecast(view, t).ends_at)
    return value


def _state(view: View, t: Track) -> TrackState:
    key = ("state", t.id)
    if key not in view.cache:
        view.cache[key] = track_state(view.session, t)
    found: TrackState = view.cache[key]
    return found


def _forecast(view: View, t: Track) -> Any:
    key = ("forecast", t.id)
    if key not in view.cache:
        zone = event_row(view).zone
        times = [
            ItemTimes(
                item.id, to_utc(read_local(item.planned), zone), item.minutes, ItemState(item.state),
                item.started_at, Timer(item.deadline, item.paused_seconds),
            )
            for item in items_of(view.session, t.id)
        ]  # fmt: skip
        view.cache[key] = forecast(times, view.now)
    return view.cache[key]


def _late(view: View, t: Track) -> int:
    late: int = _forecast(view, t).minutes_late if t.current_item else 0
    return late


def times_of_tracks(view: View) -> dict[str, tuple[int, str]]:
    """How late each track is and when it will end, in whole minutes: what time alone moves."""
    return {
        t.id: (_late(view, t), (iso(_forecast(view, t).ends_at) or "")[:16])
        for t in view.session.scalars(select(Track))
    }


def see_items(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """Everybody sees the running order, with the passages that each round deals with."""
    query = select(Item).order_by(Item.position)
    if ids is not None:
        query = query.where(Item.id.in_(ids))
    items = list(view.session.scalars(query))
    given: dict[str, list[dict[str, Any]]] = {}
    for a in view.session.scalars(select(Assignment).where(Assignment.item_id.in_([i.id for i in items]))):
        tables: Any = [a.first_table, a.last_table] if a.reach == "block" else a.reach
        given.setdefault(a.item_id, []).append({"passage": a.passage_id, "tables": tables})
    return {i.id: _item(i, given.get(i.id, [])) for i in items}


def _item(i: Item, assignments: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "id": i.id, "track": i.track_id, "day": i.day, "position": i.position, "kind": i.kind,
        "title": i.title, "planned": i.planned, "minutes": i.minutes, "state": i.state,
        "progress": i.progress, "started": iso(i.started_at), "ended": iso(i.ended_at),
        "deadline": iso(i.deadline), "remaining": i.paused_seconds, "assignments": assignments,
    }  # fmt: skip


def see_screens(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """The desk sees what every screen shows; a screen sees itself under "me"."""
    query = select(Device).where(Device.kind == "screen").order_by(Device.label)
    if viewer.kind == "screen":
        query = query.where(Device.id == viewer.key)
    elif ids is not None:
        query = query.where(Device.id.in_(ids))
    values = {d.id: _screen(view, d) for d in view.session.scalars(query)}
    if viewer.kind == "screen":
        return {"me": {**values[viewer.key], "id": "me"}} if viewer.key in values else {}
    return values


def _screen(view: View, d: Device) -> dict[str, Any]:
    track = view.session.get(Track, d.track_id) if d.track_id else None
    if track is None:
        track = view.session.scalars(select(Track).order_by(Track.position)).first()
    follows = scene_for(_state(view, track)).value if track else "holding"
    return {
        "id": d.id, "label": d.label, "shows": follows if d.scene == "follow" else d.scene,
        "scene": {
            "name": d.scene, "track": track.id if track else None, "passage": d.scene_passage,
            "ballot": d.scene_ballot,
        },
    }  # fmt: skip
