"""What a body writes, which passages it names, and until when it may."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.programme import Phase
from facilitate.domain.refusal import Refused
from facilitate.domain.submissions import (
    LONGEST,
    check_open,
    checked_wording,
    deadline_sentence,
    is_over,
    named_passages,
    read_deadline,
    tied_anew,
)

TYPED = {"title": " More \n homes ", "text": "One.\r\n\r\nTwo. ", "about": "", "agreed_by": "The members"}
KNOWN = ("HOU-1.1", "HOU-1.2", "EDU-2.3(a)")
REFERENCES = st.lists(st.sampled_from(KNOWN), max_size=4)


def test_what_was_typed_is_kept_with_its_paragraphs_and_without_stray_space() -> None:
    wording = checked_wording(TYPED)
    assert (wording.title, wording.text) == ("More homes", "One.\n\nTwo.")


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"title": " "}, "field-missing", "title"),
        ({"text": "\n"}, "field-missing", "text"),
        ({"agreed_by": ""}, "field-missing", "agreed_by"),
        *[({key: "x" * (most + 1)}, "field-too-long", key) for key, most in LONGEST.items()],
    ],
)
def test_a_field_that_does_not_do_is_named(change: dict[str, str], code: str, field: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_wording(TYPED | change)
    assert (refused.value.code, refused.value.field) == (code, field)


@pytest.mark.parametrize(
    ("about", "named"),
    [
        ("HOU-1.1", ["HOU-1.1"]),
        ("see hou-1.2, then HOU-1.1 and HOU-1.2.", ["HOU-1.2", "HOU-1.1"]),
        ("EDU-2.3(a); (HOU-1.1)", ["EDU-2.3(a)", "HOU-1.1"]),
        ("the chapter on homes, HOU-9", []),
    ],
)
def test_passages_are_known_by_their_references(about: str, named: list[str]) -> None:
    assert named_passages(about, KNOWN) == named


@given(REFERENCES, REFERENCES, REFERENCES)
def test_a_correction_unties_only_what_the_body_gave_up(
    clerk: list[str], before: list[str], after: list[str]
) -> None:
    tied = tied_anew(dict.fromkeys([*before, *clerk]), before, after)
    assert set(tied) == (set(clerk) - (set(before) - set(after))) | (set(before) & set(after)) | set(after)
    assert len(tied) == len(set(tied))


def test_the_deadline_is_of_the_clocks_of_the_event() -> None:
    until = read_deadline("2027-03-28T18:00", "Europe/London")
    # The clocks went forward that morning.
    assert not is_over(until, "Europe/London", datetime(2027, 3, 28, 16, 59, tzinfo=UTC))
    assert is_over(until, "Europe/London", datetime(2027, 3, 28, 17, 0, tzinfo=UTC))
    with pytest.raises(Refused, match=r"submissions-closed: .*Sunday 28 March 2027 at 18:00"):
        check_open(until, "Europe/London", datetime(2027, 3, 28, 17, 0, tzinfo=UTC))


def test_without_a_deadline_the_event_itself_ends_it() -> None:
    now: Any = datetime(2027, 3, 28, tzinfo=UTC)
    assert read_deadline(" ", "Europe/London") is None
    assert "until the event begins" in deadline_sentence(None, "Europe/London", Phase.BEFORE, now)
    assert "has begun" in deadline_sentence(None, "Europe/London", Phase.HALL, now)


def test_a_deadline_that_no_clock_shows_is_refused() -> None:
    with pytest.raises(Refused, match="time-does-not-exist"):
        read_deadline("2027-03-28T01:30", "Europe/London")
