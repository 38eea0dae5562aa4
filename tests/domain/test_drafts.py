"""Drafts before they are frozen: which passages are alike, what changed, and until when points are taken."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.documents import ReadPassage
from facilitate.domain.draft_versions import changed_words, like_passages
from facilitate.domain.drafts import (
    LONGEST,
    DraftPassage,
    answers_for,
    check_window,
    checked_point,
    draft_hash,
    draft_passages,
    read_window,
    reads_drafts,
    window_sentence,
)
from facilitate.domain.people import Actor, Grant, Role
from facilitate.domain.programme import Phase
from facilitate.domain.refusal import Refused

ZONE, NOON = "Europe/London", datetime(2027, 3, 1, 12, tzinfo=UTC)
TEXTS = st.lists(st.text("abc de.", max_size=30), max_size=7)


def paper(*texts: str) -> tuple[DraftPassage, ...]:
    """A draft of numbered paragraphs."""
    read = [ReadPassage("paragraph", f"1.{n}", "", text, 1) for n, text in enumerate(texts, 1)]
    return draft_passages("HOU", read)


HOMES, RENTS, TAXES = (
    "Every council builds within ten years as many homes as it needs.",
    "Rents rise no faster than wages in any year.",
    "Empty homes are taxed after a year.",
)


def test_a_passage_is_found_again_where_another_came_before_it() -> None:
    later = paper("Land is bought at the price of its use today.", HOMES, TAXES, RENTS)
    assert like_passages(paper(HOMES, RENTS, TAXES), later) == {
        "HOU-1.1": "HOU-1.2", "HOU-1.2": "HOU-1.4", "HOU-1.3": "HOU-1.3",
    }  # fmt: skip


def test_a_reworded_passage_is_found_and_one_that_is_gone_is_not() -> None:
    later = paper("Rents rise no faster than wages or prices in any year.", TAXES)
    assert like_passages(paper(HOMES, RENTS, TAXES), later) == {"HOU-1.2": "HOU-1.1", "HOU-1.3": "HOU-1.2"}


def test_two_passages_that_were_joined_lead_to_one() -> None:
    later = paper(f"{HOMES} {RENTS}", TAXES)
    assert like_passages(paper(HOMES, RENTS, TAXES), later) == {
        "HOU-1.1": "HOU-1.1", "HOU-1.2": "HOU-1.1", "HOU-1.3": "HOU-1.2",
    }  # fmt: skip


@given(TEXTS, TEXTS)
def test_passages_lead_only_to_passages_that_there_are(old: list[str], new: list[str]) -> None:
    before, after = paper(*old), paper(*new)
    found = like_passages(before, after)
    assert found.keys() <= {p.ref for p in before}
    assert set(found.values()) <= {p.ref for p in after}


@given(TEXTS)
def test_in_the_same_text_every_passage_with_words_leads_to_itself(texts: list[str]) -> None:
    before = paper(*texts)
    assert all(like_passages(before, before)[p.ref] == p.ref for p in before if p.words)


@given(st.text("ab ,.\n", max_size=40), st.text("ab ,.\n", max_size=40))
def test_marked_words_hold_both_texts(old: str, new: str) -> None:
    pieces = changed_words(old, new)
    assert "".join(p.text for p in pieces if p.kind != "insert") == old
    assert "".join(p.text for p in pieces if p.kind != "delete") == new


def test_the_fingerprint_is_of_the_text_and_of_its_numbers() -> None:
    assert draft_hash(paper(HOMES)) == draft_hash(paper(HOMES))
    assert len({draft_hash(paper(*texts)) for texts in ((HOMES,), (RENTS,), (HOMES, RENTS))}) == 3


def test_every_signatory_reads_every_draft_and_answers_only_for_their_commission() -> None:
    member = Actor(person="s", grants=(Grant(Role.SIGNATORY, "commission", "Housing"),))
    assert reads_drafts(member)
    assert answers_for(member, "housing")
    assert not answers_for(member, "Education")
    assert answers_for(Actor(person="s", grants=(Grant(Role.SIGNATORY),)), "Education")
    assert answers_for(Actor(person="c", grants=(Grant(Role.CLERK),)), "Education")
    for role in (Role.DELEGATE, Role.BODY_OFFICER, Role.THEME_TEAM, Role.FACILITATOR):
        assert not reads_drafts(Actor(person="d", grants=(Grant(role),)))
    assert not reads_drafts(Actor(device="screen", grants=(Grant(Role.CLERK),)))


def test_a_point_is_a_submission_once_it_proposes_a_wording() -> None:
    assert checked_point({"says": " Why? \r\n", "wording": " "}).kind == "Comment"
    worded = checked_point({"says": "Better:", "wording": "All homes."})
    assert (worded.kind, worded.whole()) == ("Submission", "Better:\n\nProposed wording: All homes.")


@pytest.mark.parametrize(
    ("typed", "code"),
    [({"says": " "}, "field-missing"), ({"says": "x" * (LONGEST["says"] + 1)}, "field-too-long")],
)
def test_what_does_not_do_is_refused_at_its_field(typed: dict[str, str], code: str) -> None:
    with pytest.raises(Refused) as refused:
        checked_point(typed)
    assert (refused.value.code, refused.value.field) == (code, "says")


def test_points_are_taken_between_the_times_on_the_events_clocks() -> None:
    opens, until = read_window("2027-03-01T12:00", "2027-03-01T12:01", ZONE)
    check_window(opens, until, ZONE, NOON)
    for wrong in (NOON.replace(hour=11), NOON.replace(minute=1)):
        with pytest.raises(Refused, match="draft-closed"):
            check_window(opens, until, ZONE, wrong)
    assert "closed on Monday 1 March 2027 at 12:01" in window_sentence(
        opens, until, ZONE, Phase.BEFORE, NOON.replace(minute=1)
    )
    assert window_sentence(None, None, ZONE, Phase.HALL, NOON).startswith("The event has begun")
    with pytest.raises(Refused, match="bad-window"):
        read_window("2027-03-02T12:00", "2027-03-01T12:00", ZONE)
