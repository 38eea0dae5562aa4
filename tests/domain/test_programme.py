"""The running order: assignments, local time over the change of clocks, and the forecast."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.forecast import Forecast, ItemTimes, forecast
from facilitate.domain.programme import (
    Assignment,
    ItemState,
    Reach,
    check_assignment,
    local_end,
    move_item,
    passages_for,
    read_local,
    tables_for,
    to_local,
    to_utc,
)
from facilitate.domain.refusal import Refused
from facilitate.domain.timer import Timer

LONDON = "Europe/London"
EIGHT = range(1, 9)


def code_of(call: object, *given_: object) -> str:
    with pytest.raises(Refused) as refusal:
        call(*given_)  # type: ignore[operator]
    return refusal.value.code


def test_item_is_started_ended_and_taken_back() -> None:
    assert move_item(ItemState.PLANNED, ItemState.CURRENT) is ItemState.CURRENT
    assert move_item(ItemState.CURRENT, ItemState.DONE) is ItemState.DONE
    assert move_item(ItemState.DONE, ItemState.CURRENT) is ItemState.CURRENT
    assert code_of(move_item, ItemState.PLANNED, ItemState.DONE) == "item-state"
    assert code_of(move_item, ItemState.DONE, ItemState.PLANNED) == "item-state"


def test_passage_reaches_all_tables_a_block_or_those_that_choose_it() -> None:
    assert tables_for(Assignment("HOU-2.1"), EIGHT) == tuple(EIGHT)
    assert tables_for(Assignment("HOU-2.2", Reach.BLOCK, 3, 5), EIGHT) == (3, 4, 5)
    assert tables_for(Assignment("HOU-2.2", Reach.BLOCK, 7, 20), EIGHT) == (7, 8)
    assert tables_for(Assignment("HOU-2.3", Reach.CHOICE), [4, 2, 2]) == (2, 4)


def test_table_has_its_given_passages_first_and_its_choice_after() -> None:
    round_ = [Assignment("free", Reach.CHOICE), Assignment("all"), Assignment("mine", Reach.BLOCK, 1, 4),
              Assignment("theirs", Reach.BLOCK, 5, 8), Assignment("all", Reach.CHOICE)]
    assert passages_for(round_, 3) == ("all", "mine", "free")


@pytest.mark.parametrize("assignment", [
    Assignment("p", Reach.BLOCK), Assignment("p", Reach.BLOCK, 1), Assignment("p", Reach.BLOCK, 5, 4),
    Assignment("p", Reach.BLOCK, 0, 4), Assignment("p", Reach.ALL, 1, 4),
])
def test_block_without_its_tables_is_refused(assignment: Assignment) -> None:
    assert code_of(check_assignment, assignment) == "bad-block"


def test_block_with_its_tables_is_taken() -> None:
    check_assignment(Assignment("p", Reach.BLOCK, 4, 4))
    check_assignment(Assignment("p", Reach.CHOICE))


def test_planned_time_is_read_as_the_venue_s_clocks_show_it() -> None:
    assert read_local(" 2027-03-27T10:30 ") == datetime(2027, 3, 27, 10, 30)  # noqa: DTZ001
    assert [code_of(read_local, text) for text in ("", "tomorrow", "2027-03-27T10:30Z")] == ["bad-time"] * 3


def test_planned_times_keep_their_hour_over_the_last_sunday_of_march() -> None:
    saturday = to_utc(read_local("2027-03-27T10:30"), LONDON)
    sunday = to_utc(read_local("2027-03-28T10:30"), LONDON)
    assert saturday == datetime(2027, 3, 27, 10, 30, tzinfo=UTC)
    assert sunday == datetime(2027, 3, 28, 9, 30, tzinfo=UTC)
    assert sunday - saturday == timedelta(hours=23)


def test_elapsed_time_skips_the_hour_that_does_not_exist() -> None:
    late = read_local("2027-03-28T00:30")
    assert local_end(late, 25, LONDON) == read_local("2027-03-28T00:55")
    assert local_end(late, 30, LONDON) == read_local("2027-03-28T02:00")
    assert local_end(late, 60, LONDON) == read_local("2027-03-28T02:30")


def test_time_that_the_clocks_skip_cannot_be_planned() -> None:
    with pytest.raises(Refused) as refusal:
        to_utc(read_local("2027-03-28T01:30"), LONDON)
    assert refusal.value.code == "time-does-not-exist"
    assert "On 28 March 2027 the clocks go forward and skip 01:30." in refusal.value.sentence


def test_time_that_the_clocks_show_twice_is_the_first_of_the_two() -> None:
    assert to_utc(read_local("2027-10-31T01:30"), LONDON) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert local_end(read_local("2027-10-31T00:30"), 150, LONDON) == read_local("2027-10-31T02:00")


@given(st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_every_moment_has_a_local_time_that_leads_back_to_it_or_to_its_twin(moment: datetime) -> None:
    back = to_utc(to_local(moment, LONDON), LONDON)
    assert moment - back in (timedelta(0), timedelta(hours=1))


START = datetime(2027, 3, 27, 10, 0, tzinfo=UTC)


def at(minute: float) -> datetime:
    return START + timedelta(minutes=minute)


def times(*states: ItemState, gap: int = 0) -> list[ItemTimes]:
    """Items of 30 minutes one after the other, with a gap after each."""
    return [ItemTimes(str(n), at(n * (30 + gap)), 30, state) for n, state in enumerate(states)]


PLANNED, CURRENT, DONE = ItemState.PLANNED, ItemState.CURRENT, ItemState.DONE


def current(started: float, timer: Timer | None = None) -> list[ItemTimes]:
    return [ItemTimes("0", START, 30, CURRENT, at(started), timer or Timer()), *times(PLANNED, PLANNED)[1:]]


def test_track_in_time_ends_as_planned() -> None:
    assert forecast(current(0), at(10)) == Forecast(0, {"1": at(30)}, at(60))


def test_item_started_late_makes_the_rest_late() -> None:
    assert forecast(current(7), at(10)) == Forecast(7, {"1": at(37)}, at(67))


def test_item_that_overruns_makes_the_rest_later_by_the_minute() -> None:
    assert forecast(current(0), at(41.5)) == Forecast(11, {"1": at(41.5)}, at(71.5))


def test_clock_that_was_extended_or_paused_is_believed() -> None:
    assert forecast(current(0, Timer(at(45))), at(10)) == Forecast(15, {"1": at(45)}, at(75))
    assert forecast(current(0, Timer(None, 25 * 60)), at(10)) == Forecast(5, {"1": at(35)}, at(65))


def test_gap_or_night_takes_lateness_up() -> None:
    items = [ItemTimes("0", START, 30, CURRENT, at(7)), *times(PLANNED, PLANNED, gap=20)[1:]]
    assert forecast(items, at(10)) == Forecast(7, {"1": at(50)}, at(80))


def test_item_that_ends_early_does_not_bring_the_next_forward() -> None:
    assert forecast(times(DONE, PLANNED), at(20)) == Forecast(0, {"1": at(30)}, at(60))


def test_track_that_should_have_begun_is_late() -> None:
    assert forecast(times(PLANNED, PLANNED), at(4)) == Forecast(4, {"0": at(4), "1": at(34)}, at(64))


def test_finished_track_has_nothing_to_come() -> None:
    assert forecast(times(DONE, DONE), at(500)) == Forecast(0, {}, None)


def test_lateness_over_the_change_of_clocks_is_elapsed_time() -> None:
    begin = to_utc(read_local("2027-03-28T00:30"), LONDON)
    items = [ItemTimes("night", begin, 60, CURRENT, begin + timedelta(minutes=10))]
    ends = forecast(items, begin + timedelta(minutes=20)).ends_at
    assert ends is not None
    assert to_local(ends, LONDON) == read_local("2027-03-28T02:40")
