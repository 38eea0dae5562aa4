"""Comments: what is taken in, how it is marked, and that no wording is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.comments import (
    KIND_LOOKS,
    MARK_LABELS,
    ArrivalFacts,
    CommentKind,
    CommentMark,
    MissingState,
    Point,
    Revision,
    check_strength,
    check_text,
    check_withdrawal,
    marks_for,
    move_missing,
    open_calls,
    points_of,
    read_table_reference,
    table_reference,
)
from facilitate.domain.refusal import Refused


def code_of(call: object, *given_: object) -> str:
    with pytest.raises(Refused) as refusal:
        call(*given_)  # type: ignore[operator]
    return refusal.value.code


def test_every_kind_has_its_own_sign_and_every_mark_its_words() -> None:
    assert set(KIND_LOOKS) == set(CommentKind)
    assert [look.sign for look in KIND_LOOKS.values()] == ["+", "!", "¶", "*", "?"]
    assert set(MARK_LABELS) == set(CommentMark)


@pytest.mark.parametrize(("typed", "kept"), [
    ("  Rents are too high. \n", "Rents are too high."),
    ("first\n\nsecond", "first\n\nsecond"),
    ("cafe\u0301", "café"),
    ("two  spaces, “quotes”", "two  spaces, “quotes”"),
    ("👨‍👩‍👧 and <b>tags</b>", "👨‍👩‍👧 and <b>tags</b>"),
    ("Tŷ i bawb", "Tŷ i bawb"),
    ("x" * 2000, "x" * 2000),
    ("🏠" * 2000, "🏠" * 2000),
])
def test_text_is_kept_as_typed(typed: str, kept: str) -> None:
    assert check_text(typed) == kept


@pytest.mark.parametrize(("typed", "code"), [
    ("", "text-empty"), (" \n ", "text-empty"), ("x" * 2001, "text-too-long"),
    ("a\x00b", "text-control-character"), ("a\tb", "text-control-character"),
    ("a\x1b[2Jb", "text-control-character"), ("a\r\nb", "text-control-character"),
    ("a\x85b", "text-control-character"), ("a\ud83db", "text-control-character"),
])
def test_text_is_refused(typed: str, code: str) -> None:
    assert code_of(check_text, typed) == code


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=200))
def test_kept_text_is_composed_and_stays_as_it_is(typed: str) -> None:
    if not typed.strip():
        return
    kept = check_text(typed)
    assert kept == unicodedata.normalize("NFC", typed).strip()
    assert check_text(kept) == kept


@pytest.mark.parametrize(("agree", "against", "places", "code"), [
    (-1, 0, 10, "strength-negative"), (0, -1, None, "strength-negative"), (9, 4, 10, "strength-over-table"),
])
def test_strength_is_refused(agree: int, against: int, places: int | None, code: str) -> None:
    assert code_of(check_strength, agree, against, places) == code


def test_strength_may_exceed_the_places_a_little_and_the_centre_asks_no_places() -> None:
    check_strength(9, 3, 10)
    check_strength(90, 30)


@pytest.mark.parametrize(("facts", "marks"), [
    (ArrivalFacts(), ()),
    (ArrivalFacts(round_is_open=False), ("after-the-round",)),
    (ArrivalFacts(sent_before=2, limit=3), ()),
    (ArrivalFacts(sent_before=3, limit=3), ("over-limit",)),
    (ArrivalFacts(sent_from=12, table=12), ()),
    (ArrivalFacts(sent_from=12, table=7), ("table-moved",)),
    (ArrivalFacts(same_id_other_content=True), ("kept-as-revision",)),
    (ArrivalFacts(round_is_open=False, from_paper=True), ("from-paper",)),
    (ArrivalFacts(round_is_open=False, from_the_floor=True), ("from-the-floor",)),
    (ArrivalFacts(round_is_open=False, sent_before=9, limit=3), ("after-the-round", "over-limit")),
])
def test_unusual_arrival_is_marked_and_never_refused(facts: ArrivalFacts, marks: tuple[str, ...]) -> None:
    assert marks_for(facts) == marks


def test_correction_replaces_the_wording_and_keeps_the_old_one_on_record() -> None:
    points = points_of([Revision("a", 1), Revision("b", 2, "a"), Revision("c", 3, "b"), Revision("x", 4)])
    assert points == [Point("a", ("c",), ("a", "b", "c")), Point("x", ("x",), ("x",))]
    assert not points[0].is_conflict


def test_two_corrections_of_one_wording_are_both_shown() -> None:
    point = points_of([Revision("a", 1), Revision("b", 2, "a"), Revision("c", 3, "a")])[0]
    assert point.current == ("b", "c")
    assert point.is_conflict


def test_taking_one_of_two_corrections_back_settles_the_conflict() -> None:
    point = points_of([Revision("a", 1), Revision("b", 2, "a", withdrawn=True), Revision("c", 3, "a")])[0]
    assert point.current == ("c",)
    assert not point.is_conflict


def test_withdrawn_point_stays_on_record() -> None:
    point = points_of([Revision("a", 1), Revision("b", 2, "a", withdrawn=True)])[0]
    assert point.is_withdrawn
    assert point.revisions == ("a", "b")


def test_correction_that_overtook_its_first_wording_stands_alone_until_that_arrives() -> None:
    assert points_of([Revision("b", 1, "a")]) == [Point("b", ("b",), ("b",))]
    assert points_of([Revision("b", 1, "a"), Revision("a", 2)]) == [Point("a", ("b",), ("b", "a"))]


@given(st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(["", *"abcdefgh"]), st.booleans()),
                unique_by=lambda each: each[0]), st.randoms())
def test_no_wording_is_lost_whatever_its_parents(sent: list[tuple[str, str, bool]], chance: object) -> None:
    revisions = [Revision(id_, number, parent or None, withdrawn)
                 for number, (id_, parent, withdrawn) in enumerate(sent)]
    points = points_of(revisions)
    assert sorted(id_ for point in points for id_ in point.revisions) == sorted(id_ for id_, _, _ in sent)
    superseded = {each.parent for each in revisions}
    shown = {id_ for point in points for id_ in point.current}
    assert {each.id for each in revisions if not each.withdrawn and each.id not in superseded} <= shown
    shuffled = sorted(revisions, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert points_of(shuffled) == points


def test_only_its_own_table_takes_a_point_back_and_once() -> None:
    check_withdrawal(12, 12, withdrawn=False)
    assert code_of(check_withdrawal, 12, 7, False) == "not-your-comment"
    assert code_of(check_withdrawal, None, None, False) == "not-your-comment"
    assert code_of(check_withdrawal, 12, 12, True) == "already-withdrawn"


@given(st.integers(1, 999_999), st.integers(1, 999_999))
def test_reference_is_read_as_it_is_written(table: int, running: int) -> None:
    assert read_table_reference(f" {table_reference(table, running)} ") == (table, running)


@pytest.mark.parametrize("typed", ["", "12", "12-7", "0/7", "12/7/1", "a/b", "12/"])
def test_unreadable_reference_is_refused(typed: str) -> None:
    assert code_of(read_table_reference, typed) == "bad-reference"


def test_missing_point_is_answered_in_words_asked_again_or_added() -> None:
    assert move_missing(MissingState.OPEN, MissingState.ANSWERED, "See theme 4.") is MissingState.ANSWERED
    assert move_missing(MissingState.ANSWERED, MissingState.OPEN) is MissingState.OPEN
    assert move_missing(MissingState.OPEN, MissingState.ADDED) is MissingState.ADDED
    assert code_of(move_missing, MissingState.OPEN, MissingState.ANSWERED, " ") == "answer-missing"
    assert code_of(move_missing, MissingState.ADDED, MissingState.OPEN) == "missing-state"
    assert open_calls([MissingState.OPEN, MissingState.ADDED, MissingState.OPEN]) == 2
