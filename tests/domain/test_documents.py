"""References that hold for ever, and the text that they stand for."""

import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.documents import (
    KINDS,
    ReadPassage,
    checked_prefix,
    clean_text,
    path_part,
    references,
    submission_reference,
    text_hash,
)
from facilitate.domain.refusal import Refused

NUMBERS = st.one_of(
    st.sampled_from(["", "", "1", "1.", "2.3", "(a)", "a)", "(i)", "IV.", "Part 1", "1-2", "•", "fn1", "¶1"]),
    st.text(max_size=40),
)
PASSAGES = st.lists(
    st.builds(
        ReadPassage,
        kind=st.sampled_from(KINDS),
        number=NUMBERS,
        heading=st.just(""),
        text=st.text(max_size=5),
        depth=st.integers(0, 4),
    ),
    max_size=40,
)


def numbered(*found: tuple[str, int]) -> list[ReadPassage]:
    return [ReadPassage("paragraph", number, "", "text", depth) for number, depth in found]


def test_reference_is_prefix_and_number_path() -> None:
    passages = numbered(("2.", 0), ("2.3", 1), ("(a)", 2), ("(i)", 3), ("(b)", 2), ("3", 0), ("a)", 1))
    assert references("EDU", passages) == [
        "EDU-2",
        "EDU-2.3",
        "EDU-2.3(a)",
        "EDU-2.3(a)(i)",
        "EDU-2.3(b)",
        "EDU-3",
        "EDU-3(a)",
    ]


def test_passage_without_number_takes_the_last_number_and_a_count() -> None:
    passages = numbered(("", 0), ("", 0), ("2.3", 1), ("", 0), ("(a)", 2), ("", 0), ("", 0), ("(b)", 2))
    assert references("EDU", passages) == [
        "EDU-¶1",
        "EDU-¶2",
        "EDU-2.3",
        "EDU-2.3¶1",
        "EDU-2.3(a)",
        "EDU-2.3(a)¶1",
        "EDU-2.3(a)¶2",
        "EDU-2.3(b)",
    ]


def test_heading_without_number_ends_what_stands_before_it() -> None:
    heading = ReadPassage("heading", "", "Schools", "", 0)
    passages = [*numbered(("4", 0)), heading, *numbered(("(a)", 1))]
    assert references("EDU", passages) == ["EDU-4", "EDU-4¶1", "EDU-(a)"]


def test_second_use_of_a_number_is_named_by_what_stands_around_it() -> None:
    passages = numbered(("1", 0), ("1.1", 1), ("A", 0), ("1.1", 1), ("B", 0), ("B", 0), ("B", 0))
    assert references("EDU", passages) == [
        "EDU-1",
        "EDU-1.1",
        "EDU-A",
        "EDU-A.1.1",
        "EDU-B",
        "EDU-B-2",
        "EDU-B-3",
    ]


def test_numbers_that_run_through_the_parts_stay_as_they_are_read() -> None:
    passages = numbered(("Part 1", 0), ("1.", 1), ("2.", 1), ("Part 2", 0), ("3.", 1), ("(a)", 2))
    found = references("EDU", passages)
    assert found == ["EDU-Part1", "EDU-1", "EDU-2", "EDU-Part2", "EDU-3", "EDU-3(a)"]


def test_footnote_is_known_by_its_mark() -> None:
    note = ReadPassage("footnote", "1", "", "See the report.", 1)
    unmarked = ReadPassage("footnote", "", "", "See also.", 1)
    passages = [*numbered(("2", 0)), note, unmarked, *numbered(("(a)", 1))]
    assert references("EDU", passages) == ["EDU-2", "EDU-fn1", "EDU-2¶1", "EDU-2(a)"]


@given(PASSAGES)
def test_references_are_unique_and_safe_to_print(passages: list[ReadPassage]) -> None:
    found = references("EDU", passages)
    assert len(set(found)) == len(passages)
    assert all(reference.startswith("EDU-") and reference.split() == [reference] for reference in found)
    assert found == references("EDU", passages)


@given(PASSAGES, st.integers(0, 40))
def test_reference_depends_only_on_what_stands_before(passages: list[ReadPassage], cut: int) -> None:
    assert references("EDU", passages[:cut]) == references("EDU", passages)[:cut]


@pytest.mark.parametrize("prefix", ["EDU", "H2", "ABCDEF", "42"])
def test_prefix_of_capitals_and_digits_is_taken(prefix: str) -> None:
    assert checked_prefix(prefix) == prefix


@pytest.mark.parametrize("prefix", ["", "E", "ABCDEFG", "edu", "ED-U", "ÉDU", "EDU\n", " EDU", "ED¶"])
def test_other_prefix_is_refused(prefix: str) -> None:
    with pytest.raises(Refused) as refusal:
        references(prefix, [])
    assert refusal.value.code == "bad-prefix"
    assert refusal.value.field == "prefix"


def test_submissions_are_counted_from_one() -> None:
    assert [submission_reference(count) for count in (1, 12, 1000)] == ["S-001", "S-012", "S-1000"]
    with pytest.raises(ValueError, match="from 1"):
        submission_reference(0)


@pytest.mark.parametrize(
    ("number", "part"),
    [
        ("2.3.", "2.3"),
        ("(a)", "(a)"),
        ("a)", "(a)"),
        ("12:", "12"),
        ("Article 5", "Article5"),
        ("…", ""),
        ("()", ""),
    ],
)
def test_visible_number_gives_its_part_of_the_path(number: str, part: str) -> None:
    assert path_part(number) == part


@given(st.text())
def test_clean_text_is_stable_and_can_be_stored(text: str) -> None:
    clean = clean_text(text)
    assert clean_text(clean) == clean
    assert unicodedata.is_normalized("NFC", clean)
    assert "\x00" not in clean
    assert "\r" not in clean
    clean.encode("utf-8")


def test_hash_is_of_the_composed_form() -> None:
    assert text_hash("cafe\u0301") == text_hash("café") == hashlib.sha256("café".encode()).hexdigest()


def test_lone_surrogate_is_hashed_as_a_browser_does() -> None:
    assert text_hash("a\ud800") == text_hash("a\ufffd")
    assert text_hash("\ud83d\ude00") == text_hash("😀")
