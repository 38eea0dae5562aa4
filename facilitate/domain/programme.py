"""Programme: the running order's items, which tables discuss what, and local time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from facilitate.domain.refusal import Refused


class Phase(StrEnum):
    """Before the event (office), in the hall, and after it (office)."""

    BEFORE = "before"
    HALL = "hall"
    AFTER = "after"


class ItemKind(StrEnum):
    """What the room does during an item of the running order."""

    OPENING = "opening"
    ROUND = "round"
    THEMES = "themes"
    BALLOT = "ballot"
    BREAK = "break"
    PLENARY = "plenary"
    CLOSING = "closing"


class ItemState(StrEnum):
    """Whether an item is still to come, going on or over."""

    PLANNED = "planned"
    CURRENT = "current"
    DONE = "done"


_ITEM_MOVES = {
    (ItemState.PLANNED, ItemState.CURRENT), (ItemState.CURRENT, ItemState.DONE),
    # Undone by the chair: nothing that was said or counted in it is touched.
    (ItemState.CURRENT, ItemState.PLANNED), (ItemState.DONE, ItemState.CURRENT),
}


def move_item(state: ItemState, to: ItemState) -> ItemState:
    """The state of an item after being started, ended, or taken back.

    Errors: item-state
    """
    if (state, to) not in _ITEM_MOVES:
        raise Refused("item-state", f"This item is {state}, so it cannot become {to}. "
                      "Nothing was changed; look at the running order as it is now.", "state")
    return to


class Reach(StrEnum):
    """Which tables discuss an assigned passage."""

    ALL = "all"
    BLOCK = "block"
    CHOICE = "choice"


@dataclass(frozen=True)
class Assignment:
    """A passage given to tables: all of the track, those numbered first to last, or whoever chooses it."""

    passage: str
    reach: Reach = Reach.ALL
    first: int | None = None
    last: int | None = None


def check_assignment(assignment: Assignment) -> None:
    """Refuse a block without its first and last table, or numbers without a block.

    Errors: bad-block
    """
    first, last = assignment.first, assignment.last
    if assignment.reach is not Reach.BLOCK:
        fits = first is None and last is None
    else:
        fits = first is not None and last is not None and 1 <= first <= last
    if not fits:
        raise Refused("bad-block", f"{assignment.passage} goes to {assignment.reach} with tables {first} to "
                      f"{last}. Nothing was written; a block needs its first and last table, in this order, "
                      "and nothing else has them.", "reach")


def tables_for(assignment: Assignment, tables: Iterable[int]) -> tuple[int, ...]:
    """The tables of a track that discuss the passage; with choice, those that may choose it: all.

    Shape: ascending.
    """
    ordered = sorted(set(tables))
    if assignment.reach is not Reach.BLOCK:
        return tuple(ordered)
    first, last = assignment.first or 1, assignment.last or 0
    return tuple(number for number in ordered if first <= number <= last)


def passages_for(assignments: Iterable[Assignment], table: int) -> tuple[str, ...]:
    """What a table has before it in a round, in the order assigned; the ones it may choose are last."""
    mine = [each for each in assignments if tables_for(each, [table])]
    given = [each.passage for each in mine if each.reach is not Reach.CHOICE]
    open_ = [each.passage for each in mine if each.reach is Reach.CHOICE]
    return tuple(dict.fromkeys(given + open_))


def read_local(text: str) -> datetime:
    """A planned time as a clerk writes it, 2027-03-27T10:30, on the venue's clocks.

    Errors: bad-time
    """
    try:
        local = datetime.fromisoformat(text.strip())
    except ValueError:
        local = None
    if local is None or local.tzinfo is not None:
        raise Refused("bad-time", f"“{text.strip()[:40]}” is no local date and time. Nothing was written; "
                      "write it as 2027-03-27T10:30, without a zone.", "planned")
    return local


def to_utc(local: datetime, zone: str) -> datetime:
    """The moment at which the venue's clocks show this time; of two such moments, the first.

    Units: UTC
    Errors: time-does-not-exist (the hour that is skipped in spring)
    """
    moment = local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(UTC)
    if to_local(moment, zone) != local.replace(fold=0):
        raise Refused("time-does-not-exist", f"On {local:%d %B %Y} the clocks go forward and skip "
                      f"{local:%H:%M}. Nothing was written; plan for an hour earlier or later.", "planned")
    return moment


def to_local(moment: datetime, zone: str) -> datetime:
    """What the venue's clocks show at a moment, without a zone."""
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def local_end(local: datetime, minutes: int, zone: str) -> datetime:
    """What the venue's clocks show so many minutes after a planned time, a change of clocks included.

    Errors: time-does-not-exist
    """
    return to_local(to_utc(local, zone) + timedelta(minutes=minutes), zone)
