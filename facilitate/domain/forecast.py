"""Programme: planned against actual, how late a track runs and when it will end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from facilitate.domain.programme import ItemState
from facilitate.domain.timer import Timer

MINUTE = timedelta(minutes=1)
NOT_STARTED = Timer()


@dataclass(frozen=True)
class ItemTimes:
    """Planned and actual times of one item of a track.

    Units: UTC; whole minutes
    """

    id: str
    planned: datetime
    minutes: int
    state: ItemState = ItemState.PLANNED
    started: datetime | None = None
    timer: Timer = NOT_STARTED

    @property
    def planned_end(self) -> datetime:
        """When it should be over."""
        return self.planned + timedelta(minutes=self.minutes)


@dataclass(frozen=True)
class Forecast:
    """How late a track is, when each item still to come will start, and when the last will end.

    Shape: `starts` in the order of the running order; `ends_at` is none once everything is done.
    Units: UTC; whole minutes, 0 when in time or early.
    """

    minutes_late: int
    starts: dict[str, datetime]
    ends_at: datetime | None


def forecast(items: Sequence[ItemTimes], now: datetime) -> Forecast:
    """The rest of a track's running order, if everything from here on takes as long as planned.

    Nothing starts before its planned time, so that gaps and nights take up lateness.
    """
    starts: dict[str, datetime] = {}
    late = timedelta(0)
    free_at: datetime | None = None
    for item in items:
        if item.state is ItemState.DONE:
            continue
        if item.state is ItemState.CURRENT:
            end = _expected_end(item, now)
        else:
            start = max(item.planned, free_at or now)
            starts[item.id] = start
            end = start + timedelta(minutes=item.minutes)
        if free_at is None:
            late = end - item.planned_end
        free_at = end
    return Forecast(max(0, late // MINUTE), starts, free_at)


def _expected_end(item: ItemTimes, now: datetime) -> datetime:
    if item.timer.deadline is not None:
        return max(now, item.timer.deadline)
    if item.timer.paused_remaining is not None:
        return now + timedelta(seconds=item.timer.paused_remaining)
    return max(now, (item.started or now) + timedelta(minutes=item.minutes))
