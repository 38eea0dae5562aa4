"""Before: makes the event in its preset and opens and closes its hall."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from facilitate.domain.kept import KeptState
from facilitate.domain.presets import preset_settings
from facilitate.domain.programme import Phase, to_local
from facilitate.domain.refusal import Refused
from facilitate.domain.stations import DEFAULT_REASONS
from facilitate.store.open_calls import close_open_calls
from facilitate.store.roll import touches_of_roll
from facilitate.store.rows import Ballot, Comment, Event, Item, KeptItem, Motion, TableRow, Theme, Track
from facilitate.store.tracks import followers
from facilitate.store.writer import Transaction

# A sentence names so many points and counts the rest.
_NAMED = 8


def the_event(tx: Transaction) -> Event:
    """The one event of this store.

    Errors: `no-event`.
    """
    event: Event | None = tx.cache.get("event")
    if event is None:
        event = tx.session.get(Event, "event")
        if event is None:
            raise Refused("no-event", "There is no event here yet. Make one with “facilitate new”.")
        tx.cache["event"] = event
    return event


def make_event(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Make the event of this store.

    Errors: `event-exists`, `unknown-preset`.
    """
    if tx.session.get(Event, "event"):
        raise Refused("event-exists", "This folder already holds an event. Choose another folder.")
    settings = (
        preset_settings(data["preset"])
        | {"reasons": list(DEFAULT_REASONS.values())}
        | data.get("settings", {})
    )
    event = Event(
        id="event",
        name=data["name"],
        zone=data.get("zone", "Europe/London"),
        preset=data["preset"],
        phase=Phase.HALL if settings["starts_in_hall"] else Phase.BEFORE,
        rehearsal=bool(data.get("rehearsal", False)),
        settings=settings,
        made_at=tx.now,
    )
    tx.session.add(event)
    rows: list[Any] = [event]
    if not settings["tracks"]:
        rows += _only_track(tx, event)
    tx.record("event-made", "event:event", rows=rows)
    return {"event": event.name}


def _only_track(tx: Transaction, event: Event) -> list[Any]:
    """The one track of an event without tracks; a meeting is at its only item from the start."""
    meets = bool(event.settings["starts_in_hall"])
    track = Track(id=tx.new_id(), name="Meeting" if meets else "Hall", position=1, current_item=None)
    tx.session.add(track)
    tx.session.flush()
    if not meets:
        return [track]
    local = to_local(tx.now, event.zone)
    item = Item(
        id=tx.new_id(), track_id=track.id, position=1, day=f"{local:%Y-%m-%d}", kind="plenary",
        title=event.name, planned=f"{local:%Y-%m-%dT%H:%M}", minutes=120,
        state="current", started_at=tx.now,
    )  # fmt: skip
    track.current_item = item.id
    tx.session.add(item)
    return [track, item]


def set_event(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Change the event's name or settings before they are in use."""
    event = the_event(tx)
    if "name" in data:
        event.name = data["name"]
    named, smallest = event.settings["names_tables"], event.settings["min_group"]
    event.settings = event.settings | data.get("settings", {})
    touches, hearers = _naming_tables(tx) if event.settings["names_tables"] != named else ([], [])
    if event.settings["min_group"] != smallest:
        # Which sections of a ballot still to come are joined depends on it.
        touches = [*touches, *touches_of_roll(tx.session)]
    audiences = ["delegates", "themes", *hearers]
    tx.record("event-set", "event:event", rows=[event], touches=touches, audiences=audiences)
    return {}


def _naming_tables(tx: Transaction) -> tuple[list[str], list[str]]:
    """All that names a table, and who was told of it: whether it does has just changed."""
    kinds = (("comment", Comment), ("theme", Theme), ("motion", Motion))
    touches = [f"{kind}:{id_}" for kind, row in kinds for id_ in tx.session.scalars(select(row.id))]
    tables = [f"table:{number}" for number in tx.session.scalars(select(TableRow.number))]
    return touches, ["echo", *tables]


def _tell_phase(tx: Transaction, action: str, event: Event) -> None:
    """Every track's next step and every screen depend on the phase."""
    touches = followers(tx)
    tx.record(action, "event:event", rows=[event], touches=touches, audiences=["delegates", "themes"])


def open_event(tx: Transaction, _data: dict[str, Any]) -> dict[str, Any]:
    """Open the hall: from now on tables talk and the room votes."""
    event = the_event(tx)
    event.phase = Phase.HALL
    _tell_phase(tx, "event-opened", event)
    return {"phase": event.phase}


def close_event(tx: Transaction, _data: dict[str, Any]) -> dict[str, Any]:
    """Close the hall: what was said and voted goes to the office, and help calls still open are closed.

    Errors: `ballot-open` while a ballot is announced or open.
    """
    event = the_event(tx)
    running = tx.session.scalar(
        select(func.count()).select_from(Ballot).where(Ballot.state.in_(["announced", "open"]))
    )
    if running:
        raise Refused("ballot-open", "A ballot is still announced or open. Close it or recall it first.")
    close_open_calls(tx)
    event.phase = Phase.AFTER
    _tell_phase(tx, "event-closed", event)
    return {"phase": event.phase}


def take_back_opening(tx: Transaction, _data: dict[str, Any]) -> dict[str, Any]:
    """Undo the opening while nothing has happened in the hall yet."""
    event = the_event(tx)
    event.phase = Phase.BEFORE
    _tell_phase(tx, "step-undone", event)
    return {"phase": event.phase}


def _check_all_is_in(tx: Transaction, holding: list[int]) -> None:
    if holding:
        which = f"table {holding[0]}" if len(holding) == 1 else f"tables {', '.join(map(str, holding))}"
        raise Refused(
            "laptops-hold",
            f"Points of {which} are still on a laptop and not at the centre. Nothing was erased: wait for "
            "them or read them in at the desk, or say why they may go.",
            "reason",
        )
    open_ = select(KeptItem.reference).where(KeptItem.state == KeptState.OPEN.value)
    waiting = list(tx.session.scalars(open_.order_by(KeptItem.reference)))
    if waiting:
        more = f" and {len(waiting) - _NAMED} more" if waiting[_NAMED:] else ""
        some = ", ".join(waiting[:_NAMED]) + more
        raise Refused(
            "kept-open",
            f"Kept as they came, and no comments yet: {some}. The laptop may know better what was meant, so "
            "nothing was erased: settle them at the desk, or say why the laptops may erase all the same.",
            "reason",
        )


def erase_devices(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Order every device to erase what it keeps of the event; it does so when it next hears the hub.

    Shape: data["holding"] are the tables whose laptops say that they still hold something; with a reason
    the order is given all the same.
    Errors: `laptops-hold`, `kept-open` while a point waits at the desk as it came.
    """
    event = the_event(tx)
    holding, reason = sorted(data["holding"]), (data.get("reason") or "").strip()
    if not reason:
        _check_all_is_in(tx, holding)
    event.settings = event.settings | {"erase_devices": True}
    tx.record(
        "devices-ordered-to-erase", "event:event", rows=[event], reason=reason or None,
        audiences=["delegates", "themes"],
    )  # fmt: skip
    return {"holding": holding}
