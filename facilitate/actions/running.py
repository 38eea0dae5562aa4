"""Hall: runs the running order: items, clocks and what the screens show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from facilitate.domain.chair import ItemPhase
from facilitate.domain.programme import ItemState, move_item
from facilitate.domain.refusal import Refused
from facilitate.domain.scenes import Scene
from facilitate.domain.timer import Timer, extend_timer, pause_timer, resume_timer, start_timer
from facilitate.store.named import the_track
from facilitate.store.rows import Assignment, Ballot, Device, Item, Passage, Row, Theme, Track
from facilitate.store.tracks import followers, items_of
from facilitate.store.writer import Transaction

_ROOM = ["delegates", "themes"]
_REOPENED = timedelta(minutes=2)
_FOLLOW = "follow"


def _current(tx: Transaction, track: Track) -> Item:
    item = tx.session.get(Item, track.current_item) if track.current_item else None
    if item is None:
        raise Refused("no-item", "Nothing is going on in this track. Start an item first.", "track")
    return item


def _tell(
    tx: Transaction, action: str, track: Track, items: Sequence[Item], *, heard: bool = True
) -> None:
    # With the clock alone, what tables hear of each other and screens show stays as it is.
    rows: list[Row] = [track, *items]
    ids = [item.id for item in items]
    passages = list(tx.session.scalars(select(Assignment.passage_id).where(Assignment.item_id.in_(ids))))
    themes = tx.session.scalars(select(Theme.id).where(Theme.passage_id.in_(passages)))
    tx.record(
        action, f"track:{track.id}", rows=rows, audiences=[*_ROOM, "echo"] if heard else _ROOM,
        touches=[
            *(f"item:{i}" for i in ids), *(f"passage:{p}" for p in passages), *(f"theme:{t}" for t in themes),
            # Where one track is decides what the chair's button says in the others.
            *followers(tx), *([f"heard:{track.id}"] if heard else []),
        ],
    )  # fmt: skip


def start_item(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Start an item of a track; the one before it is done.

    Errors: `unknown-track`, `unknown-item`, `item-state`, `ballot-running`.
    """
    track = the_track(tx, data["track"])
    item = tx.session.get(Item, data["item"])
    if item is None or item.track_id != track.id:
        raise Refused("unknown-item", "There is no such item in this track.", "item")
    changed = [item]
    if track.current_item and track.current_item != item.id:
        before = tx.session.get_one(Item, track.current_item)
        _check_no_ballot(tx, before)
        before.state = move_item(ItemState(before.state), ItemState.DONE).value
        before.ended_at, before.deadline, before.paused_seconds = tx.now, None, None
        changed.append(before)
    if item.state == ItemState.DONE:
        # Gone back to by the chair: the item begins again.
        item.state = ItemState.PLANNED.value
    item.state = move_item(ItemState(item.state), ItemState.CURRENT).value
    item.started_at, item.ended_at, item.progress = tx.now, None, ItemPhase.WAITING.value
    track.current_item = item.id
    _tell(tx, "item-started", track, changed)
    return {"item": item.id}


def _check_no_ballot(tx: Transaction, item: Item) -> None:
    running = tx.session.scalar(
        select(Ballot.number).where(Ballot.item_id == item.id, Ballot.state.in_(["announced", "open"]))
    )
    if running is not None:
        raise Refused("ballot-running", f"Ballot {running} is not over yet. Close it or recall it first.")


def end_item(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """End the current item of a track with nothing after it."""
    track = the_track(tx, data["track"])
    item = _current(tx, track)
    _check_no_ballot(tx, item)
    item.state = move_item(ItemState(item.state), ItemState.DONE).value
    item.ended_at, item.deadline, item.paused_seconds = tx.now, None, None
    track.current_item = None
    _tell(tx, "item-ended", track, [item])
    return {}


def _set_timer(item: Item, timer: Timer) -> None:
    item.deadline, item.paused_seconds = timer.deadline, timer.paused_remaining


def _timer(item: Item) -> Timer:
    return Timer(item.deadline, item.paused_seconds)


def start_clock(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Let the tables talk for the planned time.

    Errors: `no-item`, `timer-state`, `bad-time`.
    """
    track = the_track(tx, data["track"])
    item = _current(tx, track)
    _set_timer(item, start_timer(_timer(item), tx.now, item.minutes * 60))
    again, item.progress = item.progress == ItemPhase.OVER, ItemPhase.RUNNING.value
    _tell(tx, "clock-started", track, [item], heard=again)
    return {}


def end_round(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """End a round; what is still on its way is taken in and marked."""
    track = the_track(tx, data["track"])
    item = _current(tx, track)
    _set_timer(item, Timer())
    item.progress = ItemPhase.OVER.value
    _tell(tx, "round-ended", track, [item])
    return {}


def show_themes(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Show the room what the tables said."""
    track = the_track(tx, data["track"])
    item = _current(tx, track)
    item.progress = ItemPhase.OVER.value
    _tell(tx, "themes-shown", track, [item])
    return {}


def extend_clock(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Give the tables more time.

    Errors: `no-item`, `timer-state`, `bad-time`.
    """
    track = the_track(tx, data["track"])
    item = _current(tx, track)
    _set_timer(item, extend_timer(_timer(item), tx.now, data["seconds"]))
    _tell(tx, "clock-extended", track, [item], heard=False)
    return {}


def pause_clock(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Let the clock stand still."""
    track = the_track(tx, data["track"])
    item = _current(tx, track)
    _set_timer(item, pause_timer(_timer(item), tx.now))
    _tell(tx, "clock-paused", track, [item], heard=False)
    return {}


def resume_clock(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Let the clock run on."""
    track = the_track(tx, data["track"])
    item = _current(tx, track)
    _set_timer(item, resume_timer(_timer(item), tx.now))
    _tell(tx, "clock-resumed", track, [item], heard=False)
    return {}


def take_back_clock(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Undo the start of a clock or the showing of themes: the item waits again."""
    track = the_track(tx, data["track"])
    item = _current(tx, track)
    _set_timer(item, Timer())
    item.progress = ItemPhase.WAITING.value
    _tell(tx, "step-undone", track, [item])
    return {}


def reopen_round(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Undo the end of a round: the tables have two more minutes."""
    track = the_track(tx, data["track"])
    item = _current(tx, track)
    item.progress, item.deadline = ItemPhase.RUNNING.value, tx.now + _REOPENED
    _tell(tx, "step-undone", track, [item])
    return {}


def take_back_item(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Undo the start of an item: the one before it goes on, if there was one."""
    track = the_track(tx, data["track"])
    changed: list[Item] = []
    if track.current_item:
        item = tx.session.get_one(Item, track.current_item)
        item.state = move_item(ItemState(item.state), ItemState.PLANNED).value
        item.started_at, item.progress = None, ItemPhase.WAITING.value
        changed.append(item)
    track.current_item = None
    done = [each for each in items_of(tx.session, track.id) if each.state == ItemState.DONE]
    if done:
        back = done[-1]
        back.state = move_item(ItemState(back.state), ItemState.CURRENT).value
        back.ended_at, track.current_item = None, back.id
        changed.append(back)
    _tell(tx, "step-undone", track, changed)
    return {}


def set_scene(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Choose what one screen shows; "follow" lets it follow its track.

    Errors: `unknown-screen`, `unknown-scene`, `unknown-passage`, `unknown-ballot`, `unknown-track`.
    """
    device = tx.session.get(Device, data["screen"])
    if device is None or device.kind != "screen":
        raise Refused("unknown-screen", "There is no such screen.", "screen")
    if data["scene"] != _FOLLOW and data["scene"] not in {scene.value for scene in Scene}:
        raise Refused("unknown-scene", "There is no such scene.", "scene")
    for table, name in ((Passage, "passage"), (Ballot, "ballot"), (Track, "track")):
        if data[name] and tx.session.get(table, data[name]) is None:
            raise Refused(f"unknown-{name}", f"There is no such {name}.", name)
    before = device.scene_passage
    device.scene, device.scene_passage, device.scene_ballot = data["scene"], data["passage"], data["ballot"]
    device.track_id = data["track"] or device.track_id
    tx.record(
        "scene-set", f"screen:{device.id}", rows=[device],
        touches=[*_about(tx, before), *_about(tx, device.scene_passage), f"heard:{device.id}"],
        audiences=[f"screen:{device.id}"],
    )  # fmt: skip
    return {}


def _about(tx: Transaction, passage: str | None) -> list[str]:
    """A chosen passage with its themes, as touches."""
    if not passage:
        return []
    themes = tx.session.scalars(select(Theme.id).where(Theme.passage_id == passage))
    return [f"passage:{passage}", *(f"theme:{t}" for t in themes)]
