"""Until when to sign, on the event's own clocks, with the time that is left in words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from facilitate.domain.deadlines import deadline_words, read_deadline
from facilitate.domain.refusal import Refused

NOW = datetime(2027, 3, 27, 12, tzinfo=UTC)
LONDON = "Europe/London"


def test_a_deadline_is_local_time_on_both_sides_of_the_clocks_going_forward() -> None:
    assert read_deadline("2027-03-27T18:00", LONDON, NOW) == datetime(2027, 3, 27, 18, tzinfo=UTC)
    assert read_deadline("2027-03-28T18:00", LONDON, NOW) == datetime(2027, 3, 28, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "before", "code"),
    [
        ("soon", None, "bad-time"),
        ("2027-03-28T01:30", None, "time-does-not-exist"),
        ("2027-03-27T11:00", None, "deadline-past"),
        ("2027-03-29T11:00", datetime(2027, 3, 29, 10, tzinfo=UTC), "deadline-not-later"),
    ],
)
def test_a_deadline_that_is_none_is_refused(words: str, before: datetime | None, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_deadline(words, LONDON, NOW, before)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(days=3, hours=5), "3 days left."),
        (timedelta(hours=47), "47 hours left."),
        (timedelta(minutes=90), "90 minutes left."),
        (timedelta(seconds=5), "1 minute left."),
    ],
)
def test_the_time_left_is_said_in_one_unit(left: timedelta, words: str) -> None:
    assert deadline_words(NOW + left, LONDON, NOW).endswith(words)


def test_overdue_is_said_plainly() -> None:
    until = datetime(2027, 3, 24, 18, tzinfo=UTC)
    assert deadline_words(until, LONDON, NOW) == (
        "Overdue: it was to be signed by 24 March 2027, 18:00, 2 days ago."
    )
