"""The clock of a round."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.refusal import Refused
from facilitate.domain.timer import (
    Timer,
    extend_timer,
    has_run_out,
    pause_timer,
    resume_timer,
    seconds_left,
    seconds_over,
    start_timer,
)

NOW = datetime(2027, 3, 27, 11, 0, tzinfo=UTC)
STOPPED = Timer()
RUNNING = start_timer(STOPPED, NOW, 1500)
MOMENTS = st.timedeltas(timedelta(0), timedelta(hours=3)).map(lambda span: NOW + span)


def after(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def code_of(call: object, *given_: object) -> str:
    with pytest.raises(Refused) as refusal:
        call(*given_)  # type: ignore[operator]
    return refusal.value.code


def test_clock_counts_down_whole_seconds_and_stops_at_nothing() -> None:
    shown = [seconds_left(RUNNING, after(second)) for second in (0, 0.5, 1, 1499.9, 1500, 1600)]
    assert shown == [1500, 1500, 1499, 1, 0, 0]
    assert seconds_over(RUNNING, after(1561.5)) == 61
    assert seconds_over(RUNNING, after(10)) == 0
    assert not has_run_out(RUNNING, after(1499))
    assert has_run_out(RUNNING, after(1500))


def test_clock_not_started_shows_nothing_and_has_not_run_out() -> None:
    assert seconds_left(STOPPED, NOW) == 0
    assert seconds_over(STOPPED, NOW) == 0
    assert not has_run_out(STOPPED, NOW)


def test_extension_adds_to_what_is_left() -> None:
    assert seconds_left(extend_timer(RUNNING, after(100), 120), after(100)) == 1520


def test_extension_of_a_clock_that_ran_out_counts_from_now() -> None:
    assert seconds_left(extend_timer(RUNNING, after(2000), 120), after(2000)) == 120


def test_paused_clock_keeps_what_was_left_however_long_the_pause() -> None:
    paused = pause_timer(RUNNING, after(600))
    assert paused == Timer(None, 900)
    assert seconds_left(paused, after(9999)) == 900
    assert resume_timer(paused, after(9999)).deadline == after(10_899)
    assert extend_timer(paused, after(700), 60) == Timer(None, 960)


def test_clock_refuses_what_it_cannot_do() -> None:
    assert code_of(start_timer, RUNNING, NOW, 60) == "timer-state"
    assert code_of(start_timer, Timer(None, 5), NOW, 60) == "timer-state"
    assert code_of(start_timer, STOPPED, NOW, 0) == "bad-time"
    assert code_of(start_timer, STOPPED, NOW, 86_401) == "bad-time"
    assert code_of(extend_timer, STOPPED, NOW, 60) == "timer-state"
    assert code_of(extend_timer, RUNNING, NOW, -60) == "bad-time"
    assert code_of(pause_timer, STOPPED, NOW) == "timer-state"
    assert code_of(pause_timer, Timer(None, 5), NOW) == "timer-state"
    assert code_of(resume_timer, RUNNING, NOW) == "timer-state"


@given(st.integers(1, 7200), MOMENTS, MOMENTS, MOMENTS)
def test_a_pause_takes_no_time_from_the_tables(
        length: int, one: datetime, two: datetime, three: datetime) -> None:
    first, second, third = sorted([one, two, three])
    running = start_timer(STOPPED, NOW, length)
    left = seconds_left(running, first)
    resumed = resume_timer(pause_timer(running, first), second)
    assert seconds_left(resumed, second) == left
    assert seconds_left(resumed, third) >= seconds_left(running, third)


@given(st.integers(1, 7200), st.lists(st.integers(1, 600), max_size=5), MOMENTS)
def test_extensions_add_up_while_the_clock_runs(length: int, extensions: list[int], now: datetime) -> None:
    timer = start_timer(STOPPED, NOW, length)
    for seconds in extensions:
        timer = extend_timer(timer, NOW, seconds)
    assert timer == start_timer(STOPPED, NOW, length + sum(extensions))
    assert seconds_left(timer, now) == 0 or seconds_over(timer, now) == 0
