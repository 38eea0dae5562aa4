"""Programme: a round's clock as two values; it never runs by itself and is the same after a restart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from facilitate.domain.refusal import Refused

SECOND = timedelta(seconds=1)
LONGEST_MINUTES = 24 * 60


@dataclass(frozen=True)
class Timer:
    """Running with a deadline, paused with whole seconds left, or neither: not started."""

    deadline: datetime | None = None
    paused_remaining: int | None = None

    @property
    def is_running(self) -> bool:
        """Whether the clock has a deadline, past or to come."""
        return self.deadline is not None

    @property
    def is_paused(self) -> bool:
        """Whether the clock stands still with time left on it."""
        return self.paused_remaining is not None

    @property
    def is_started(self) -> bool:
        """Whether the clock was ever started."""
        return self.is_running or self.is_paused


def _check_length(seconds: int) -> None:
    if not 0 < seconds <= LONGEST_MINUTES * 60:
        raise Refused("bad-time", f"A clock can be set to anything from 1 second to {LONGEST_MINUTES // 60} "
                      "hours. It was left as it is; give the time in minutes.", "minutes")


def start_timer(timer: Timer, now: datetime, seconds: int) -> Timer:
    """The clock set to this time and running.

    Errors: timer-state, bad-time
    """
    if timer.is_started:
        raise Refused("timer-state", "The clock is started already. It was left as it is; "
                      "extend it to give more time.", "state")
    _check_length(seconds)
    return Timer(now + timedelta(seconds=seconds))


def extend_timer(timer: Timer, now: datetime, seconds: int) -> Timer:
    """The clock with this much more time; one that has run out gets it from now on.

    Errors: timer-state, bad-time
    """
    _check_length(seconds)
    if timer.paused_remaining is not None:
        return Timer(None, timer.paused_remaining + seconds)
    if timer.deadline is None:
        raise _not_running("extended")
    return Timer(max(timer.deadline, now) + timedelta(seconds=seconds))


def pause_timer(timer: Timer, now: datetime) -> Timer:
    """The clock standing still; what is left is rounded up, so that nobody loses time by a pause.

    Errors: timer-state
    """
    if timer.deadline is None:
        raise _not_running("paused")
    return Timer(None, seconds_left(timer, now))


def resume_timer(timer: Timer, now: datetime) -> Timer:
    """The clock running again with what was left.

    Errors: timer-state
    """
    if timer.paused_remaining is None:
        raise Refused("timer-state", "The clock is not paused. It was left as it is.", "state")
    return Timer(now + timedelta(seconds=timer.paused_remaining))


def seconds_left(timer: Timer, now: datetime) -> int:
    """What the clock shows.

    Units: whole seconds, rounded up, never below 0; 0 also before it is started.
    """
    if timer.paused_remaining is not None:
        return timer.paused_remaining
    if timer.deadline is None:
        return 0
    return max(0, -((now - timer.deadline) // SECOND))


def seconds_over(timer: Timer, now: datetime) -> int:
    """How long ago the time ran out.

    Units: whole seconds, 0 while there is time left.
    """
    return 0 if timer.deadline is None else max(0, (now - timer.deadline) // SECOND)


def has_run_out(timer: Timer, now: datetime) -> bool:
    """Whether the clock was started and shows nothing more."""
    return timer.is_started and seconds_left(timer, now) == 0


def _not_running(verb: str) -> Refused:
    return Refused("timer-state", f"The clock is not running, so it cannot be {verb}. It was left as it is; "
                   "start it first.", "state")
