"""Numbers that authors type themselves, told apart from figures that happen to come first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.formats.labels import numbered_lines, readings, typed_bullet, typed_number, worded_rank
from tests.formats.word_files import p, read


@pytest.mark.parametrize(
    ("text", "number", "rest"),
    [
        ("(a) text", "(a)", "text"), ("(a)\ttext", "(a)", "text"), ("a) text", "a)", "text"),
        ("12. Text", "12.", "Text"), ("1.1\ttext", "1.1", "text"), ("1.1 Text", "1.1", "Text"),
        ("2.3.4. Text", "2.3.4.", "Text"), ("5.7Any one", "5.7", "Any one"),
        ("2A\tGuidance", "2A", "Guidance"),
        (" \u200b(iv)text", "(iv)", "text"), ("A.1 Aims", "A.1", "Aims"), ("1)\xa0text", "1)", "text"),
        ("2.—(1) In these", "2.—(1)", "In these"), ("10.- (1) You", "10.- (1)", "You"),
        ("7- You", "7-", "You"),
        ("a\tMotions", "a", "Motions"), ("viii   to adjourn", "viii", "to adjourn"),
        ("2.3A The", "2.3A", "The"), ("(aa) text", "(aa)", "text"), ("1  General", "1", "General"),
    ],
)  # fmt: skip
def test_typed_number_is_found(text: str, number: str, rest: str) -> None:
    found = typed_number(text)
    assert found is not None
    assert (found.number, found.rest) == (number, rest)


@pytest.mark.parametrize(
    "text",
    [
        "", "Text", "3.5% of us", "3.5 per cent", "2024 was good", "10,000 homes",
        "1 May is a holiday",
        "3D printing", "4G Networks", "(the rest)", "(2019) said", "(c) Crown copyright", "e.g. this",
        "020 7946 0000", "12.05.2024 minutes", "1.13; and", "09.30 Welcome", "() x", "£1.5m",
        "100 homes", ". x",
    ],
)  # fmt: skip
def test_figure_at_the_start_is_no_number(text: str) -> None:
    assert typed_number(text) is None


def test_worded_number_counts_in_headings_only() -> None:
    found = typed_number("Chapter 3: Skills", heading=True)
    assert found is not None
    assert (found.number, found.rest) == ("Chapter 3", "Skills")
    assert typed_number("Chapter 3: Skills") is None
    assert typed_number("Part of the answer", heading=True) is None


@given(st.text())
def test_nothing_that_was_typed_is_lost(text: str) -> None:
    found = typed_number(text)
    if found is not None:
        assert [c for c in found.number + found.rest if c.isalnum()] == [c for c in text if c.isalnum()]


def test_dash_and_bullet_signs_are_taken_off() -> None:
    assert typed_bullet("•\tschools") == typed_bullet("- schools") == typed_bullet(" – schools") == "schools"
    assert typed_bullet("-schools") is None


def test_letter_that_is_also_roman_has_two_readings() -> None:
    assert {(r.series, r.place) for r in readings("(i)")} == {("(i)", 1), ("(a)", 9)}
    assert [(r.series, r.place, r.outer) for r in readings("2.10.")] == [("1.1", 10, "2")]


def depths(*starts: str) -> list[tuple[str, int]]:
    found = read("".join(p(f"{start}\tText") for start in starts))
    return [(passage.number, passage.depth) for passage in found.passages]


def test_typed_numbers_find_their_place_by_their_sequence() -> None:
    assert depths("1", "1.1", "(a)", "(b)", "(i)", "(ii)", "(c)", "1.2", "2", "2.1", "(a)") == [
        ("1", 0), ("1.1", 1), ("(a)", 2), ("(b)", 2), ("(i)", 3), ("(ii)", 3), ("(c)", 2), ("1.2", 1),
        ("2", 0),        ("2.1", 1), ("(a)", 2),
    ]  # fmt: skip


def test_letter_i_after_h_is_a_letter() -> None:
    letters = [f"({c})" for c in "abcdefghij"]
    assert {depth for _, depth in depths(*letters)} == {0}


def test_second_list_of_letters_stands_beside_the_first() -> None:
    assert [depth for _, depth in depths("1.1", "(a)", "(b)", "(a)", "(b)")] == [0, 1, 1, 1, 1]


def test_lettered_headings_between_numbered_paragraphs_keep_their_level() -> None:
    assert depths("4.", "(a)", "4.1", "(b)", "4.2", "(a)", "(b)", "4.3", "(c)") == [
        ("4.", 0), ("(a)", 1), ("4.1", 1), ("(b)", 1), ("4.2", 1), ("(a)", 2), ("(b)", 2), ("4.3", 1),
        ("(c)", 1),
    ]  # fmt: skip


def test_unsure_number_counts_only_where_it_goes_on() -> None:
    found = read(p("1 General") + p("2 Interviews") + p("30 Hours of care") + p("3 Records"))
    assert [passage.number for passage in found.passages] == ["1", "2", "", "3"]


def test_lines_that_begin_with_numbers_are_paragraphs_of_their_own() -> None:
    text = "1.1\tSchools are\nfor all.\n(a) Pupils.\n• Teachers.\n2026 was good."
    wanted = ["1.1\tSchools are\nfor all.", "(a) Pupils.", "• Teachers.\n2026 was good."]
    assert numbered_lines(text) == wanted
    assert numbered_lines("One.\nTwo.") == ["One.\nTwo."]


@pytest.mark.parametrize(
    ("text", "outer"),
    [
        ("Article 4 Elections", True), ("Section 1.1 Name and place", False), ("PART II — The party", True),
        ("Part 3", True),
    ],
)  # fmt: skip
def test_short_line_may_call_itself_a_heading(text: str, outer: bool) -> None:
    rank = worded_rank(text)
    assert rank is not None
    assert (rank == worded_rank("Part 1 Aims")) is outer


@pytest.mark.parametrize("text", ["Section 3 of the Act", "Part 2 Homes are built.", "Part 2 homes"])
def test_line_of_running_text_is_no_heading(text: str) -> None:
    assert worded_rank(text) is None


def test_numbers_of_law_hold_their_further_paragraphs() -> None:
    rows = ["1. Title", "2.—(1) In these Rules", "(2) In this Rule", "(a) members", "3.—(1) Votes", "(2) It"]
    found = read("".join(map(p, rows))).passages
    assert [x.number for x in found] == ["1.", "2.—(1)", "(2)", "(a)", "3.—(1)", "(2)"]
    assert [x.depth for x in found] == [0, 0, 1, 2, 0, 1]


def test_letters_in_the_margin_go_on_after_others_within() -> None:
    rows = ["a\tMotions", "b\tVotes, except:", "i\tto close", "ii\tto adjourn", "c\tOrder"]
    found = read("".join(p(row.replace("\t", "</w:t><w:tab/><w:t>")) for row in rows))
    assert [x.number for x in found.passages] == ["a", "b", "i", "ii", "c"]
