"""Every change of a passage keeps its author; the text before and after can always be read out of it."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.outcome_text import (
    Proposal,
    Segment,
    collide,
    deleted,
    final_text,
    inserted,
    original_text,
    revised,
    together,
    untouched,
)
from facilitate.domain.wording import nfc

HOMES = "Every council may build homes. Rents are fair. Repairs are done within a month."
words = st.lists(
    st.sampled_from(["homes", "are", "fair,", "and", "warm", "é", "e\u0301", "🏠", "\n", "2.5", "(a)"]),
    max_size=12,
).map(" ".join)


def test_a_change_keeps_the_words_around_it() -> None:
    text = HOMES.replace("within a month", "within a week")
    assert together(HOMES, [Proposal("motion:1", text)]) == (
        Segment("Every council may build homes. Rents are fair. Repairs are done within a "),
        Segment("month", deleted_by="motion:1"),
        Segment("week", inserted_by="motion:1"),
        Segment("."),
    )


def test_changes_of_different_sentences_stand_together_in_any_order() -> None:
    changes = [
        Proposal("motion:1", HOMES.replace("homes", "good homes")),
        Proposal("motion:2", HOMES.replace("fair", "low")),
        Proposal("motion:3", HOMES.replace(" within a month", "")),
    ]
    assert not collide(HOMES, changes)
    results = {together(HOMES, order) for order in permutations(changes)}
    assert len(results) == 1
    assert final_text(results.pop()) == "Every council may build good homes. Rents are low. Repairs are done."


def test_changes_of_the_same_words_collide() -> None:
    assert collide(
        HOMES,
        [
            Proposal("motion:1", HOMES.replace("fair", "low")),
            Proposal("motion:2", HOMES.replace("fair", "capped")),
        ],
    )


def test_a_deletion_collides_with_any_other_change() -> None:
    assert collide(HOMES, [Proposal("motion:1", None), Proposal("motion:2", HOMES.replace("fair", "low"))])


def test_the_same_result_twice_is_no_collision() -> None:
    assert not collide(HOMES, [Proposal("motion:1", None), Proposal("motion:2", None)])
    assert together(HOMES, [Proposal("motion:1", None), Proposal("motion:2", None)]) == deleted(
        HOMES, "motion:1"
    )


def test_what_the_room_put_in_and_staff_took_out_is_kept() -> None:
    voted = together("Rents are fair.", [Proposal("motion:1", "Rents are fair and capped.")])
    edited = revised(voted, "Rents are fair.", "edit")
    assert edited == (Segment("Rents are fair"), Segment(" and capped", "motion:1", "edit"), Segment("."))


@given(words, words)
def test_original_and_result_can_be_read_out_of_one_change(old: str, new: str) -> None:
    segments = together(old, [Proposal("motion:1", nfc(new))])
    assert original_text(segments) == nfc(old)
    assert final_text(segments) == nfc(new)


@given(words, words, st.none() | words)
def test_a_later_change_leaves_the_original_readable(old: str, voted: str, edited: str | None) -> None:
    segments = revised(together(old, [Proposal("motion:1", nfc(voted))]), edited, "edit")
    assert original_text(segments) == nfc(old)
    assert final_text(segments) == nfc(edited or "")


@given(words, words)
def test_an_inserted_text_has_no_original(new: str, edited: str) -> None:
    segments = revised(inserted(new, "motion:1"), edited, "edit")
    assert original_text(segments) == ""
    assert final_text(segments) == nfc(edited)
    assert original_text(untouched(new)) == final_text(untouched(new)) == nfc(new)
