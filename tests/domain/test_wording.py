"""A change of wording: vectors shared with the laptop's twin, and the rules as properties."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitate.domain.refusal import Refused
from facilitate.domain.wording import (
    WordingChange,
    apply_ops,
    base_hash,
    changed_words,
    check_change,
    check_ops,
    marked_segments,
    nfc,
    normal_form,
    overlap,
    rebase_ops,
)
from facilitate.domain.wording_diff import diff_ops

VECTORS = json.loads((Path(__file__).parents[1] / "vectors" / "ops.json").read_text(encoding="utf-8"))
ANY_TEXT = st.text().map(nfc)
PIECES = ["we", "homes", "homes", " ", " ", "  ", ".", ".", ". ", "2.5", "tŷ", "🏠", "x̂", "\n", "“", "(the)"]
SENTENCE = st.lists(st.sampled_from(PIECES)).map(lambda pieces: nfc("".join(pieces)))
PASSAGE = "Build 100,000 homes within five years."


def by_name(vector: dict[str, Any]) -> str:
    return str(vector["name"])


@pytest.mark.parametrize("vector", VECTORS["applied"], ids=by_name)
def test_vector_gives_its_text_normal_form_and_segments(vector: dict[str, Any]) -> None:
    base, ops = vector["base"], vector["ops"]
    assert apply_ops(base, ops) == vector["result"]
    assert normal_form(ops) == vector["normal"]
    assert [list(segment) for segment in marked_segments(base, ops)] == vector["segments"]


@pytest.mark.parametrize("vector", VECTORS["refused"], ids=by_name)
def test_vector_that_does_not_fit_is_refused(vector: dict[str, Any]) -> None:
    with pytest.raises(Refused) as refusal:
        apply_ops(vector["base"], vector["ops"])
    assert refusal.value.code == "bad-ops"


@pytest.mark.parametrize("vector", VECTORS["hashed"], ids=lambda vector: vector["sha256"][:8])
def test_base_hash_is_that_of_the_composed_text(vector: dict[str, Any]) -> None:
    assert base_hash(vector["text"]) == vector["sha256"]


@settings(max_examples=500)
@given(st.one_of(ANY_TEXT, SENTENCE), st.one_of(ANY_TEXT, SENTENCE))
def test_the_difference_applied_gives_the_new_text(old: str, new: str) -> None:
    ops = diff_ops(old, new)
    assert apply_ops(old, ops) == new
    assert normal_form(ops) == ops
    assert diff_ops(old, new) == ops


@given(SENTENCE)
def test_no_difference_keeps_everything(text: str) -> None:
    assert diff_ops(text, text) == ([["keep", len(text)]] if text else [])
    assert changed_words(diff_ops(text, text)) == 0


LooseChange = tuple[str, list[list[str | int]]]


@st.composite
def base_and_loose_ops(draw: st.DrawFn) -> LooseChange:
    """A text and a change of it in small, empty and doubled steps, as a clumsy client might send it."""
    base, at = draw(SENTENCE), 0
    ops: list[list[str | int]] = []
    inserts = st.sampled_from(["", "", "a", "ŷ 🏠"])
    steps = st.tuples(st.sampled_from(["keep", "delete"]), st.integers(0, 9), inserts)
    for kind, wanted, insert in draw(st.lists(steps, max_size=9)):
        size = min(wanted, len(base) - at)
        ops += [["insert", insert], ["keep", size] if kind == "keep" else ["delete", base[at:at + size]]]
        at += size
    return base, [*ops, ["keep", len(base) - at]]


@given(base_and_loose_ops())
def test_normal_form_means_the_same_and_is_its_own_normal_form(case: LooseChange) -> None:
    base, ops = case
    normal = normal_form(ops)
    assert apply_ops(base, normal) == apply_ops(base, ops)
    assert normal_form(normal) == normal
    assert all(first[0] != second[0] for first, second in pairwise(normal))
    assert all(value not in (0, "") for _, value in normal)


@given(base_and_loose_ops())
def test_segments_hold_the_old_text_and_the_new_one(case: LooseChange) -> None:
    base, ops = case
    segments = marked_segments(base, ops)
    assert "".join(text for kind, text in segments if kind != "insert") == base
    assert nfc("".join(text for kind, text in segments if kind != "delete")) == apply_ops(base, ops)


def test_words_are_replaced_whole() -> None:
    assert diff_ops("Build 2.5 million homes.", "Build 2.6 million homes.") == [
        ["keep", 6], ["delete", "2.5"], ["insert", "2.6"], ["keep", 15]]
    assert diff_ops(PASSAGE, "Build 100,000 homes as far as funds allow.") == [
        ["keep", 20], ["delete", "within five years"], ["insert", "as far as funds allow"], ["keep", 1]]


def test_change_begins_at_a_word_where_it_could_as_well() -> None:
    assert diff_ops("One. Two.", "One. Half. Two.") == [["keep", 5], ["insert", "Half. "], ["keep", 4]]
    assert diff_ops("One. Half. Two.", "One. Two.") == [["keep", 5], ["delete", "Half. "], ["keep", 4]]


def test_distance_counts_words_deleted_and_inserted() -> None:
    assert changed_words(diff_ops(PASSAGE, "Build 100,000 homes as far as funds allow.")) == 8
    assert changed_words(diff_ops(PASSAGE, "Build 100,000 council homes within five years.")) == 1


def change(text: str, new: str, version: int = 1) -> WordingChange:
    return WordingChange("HOU-2.3", version, base_hash(text), diff_ops(text, new))


def test_change_against_the_standing_text_is_taken() -> None:
    check_change(change(PASSAGE, "Build homes."), PASSAGE, 1)


@pytest.mark.parametrize(("written", "code"), [
    (change(PASSAGE, "Build homes.", version=2), "stale-base"),
    (change("Another text.", "Build homes."), "stale-base"),
    (change(PASSAGE, PASSAGE), "no-change"),
    (WordingChange("HOU-2.3", 1, base_hash(PASSAGE), [["keep", 3]]), "bad-ops"),
])
def test_change_is_refused(written: WordingChange, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_change(written, PASSAGE, 1)
    assert refusal.value.code == code


def test_two_changes_of_different_words_both_come_about() -> None:
    first = diff_ops(PASSAGE, "Build at least 100,000 homes within five years.")
    second = diff_ops(PASSAGE, "Build 100,000 homes within ten years.")
    both = "Build at least 100,000 homes within ten years."
    assert apply_ops(apply_ops(PASSAGE, first), rebase_ops(second, first)) == both
    assert apply_ops(apply_ops(PASSAGE, second), rebase_ops(first, second)) == both


def test_two_changes_of_the_same_words_are_left_to_a_person() -> None:
    first = diff_ops(PASSAGE, "Build 100,000 homes within ten years.")
    second = diff_ops(PASSAGE, "Build 100,000 homes within six years.")
    assert overlap(first, second)
    with pytest.raises(Refused) as refusal:
        rebase_ops(second, first)
    assert refusal.value.code == "overlapping-changes"


@given(SENTENCE, SENTENCE, SENTENCE)
def test_rebased_changes_agree_in_either_order(base: str, one: str, other: str) -> None:
    first, second = diff_ops(base, one), diff_ops(base, other)
    if overlap(first, second):
        return
    there, back = rebase_ops(second, first), rebase_ops(first, second)
    check_ops(one, there)
    assert apply_ops(one, there) == apply_ops(other, back)
