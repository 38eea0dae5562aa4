"""Plain text: paragraphs by blank lines, widths, indents and numbers; cut words made whole."""

import codecs

import pytest

from facilitate.formats.encodings import decoded
from facilitate.formats.read import read_document
from facilitate.formats.text_in import read_text
from tests.formats.word_files import shown

WRAPPED = """EDUCATION AND SKILLS

1. Schools

1.1 Every child in every part of the country has the right to a good
school close to home, and every school has the right to teachers who
are paid for what they do. A long-
term plan comes first.
1.2 The inspec-
torate reports each year to Parliament on what it has seen in the
schools that it has visited, for inspectorate and schools alike:
(a) on the buildings;
(b) on the teachers and all who work with them in the
    class room.
- on nothing else
"""


def test_lines_that_run_on_make_one_paragraph() -> None:
    found = read_text(WRAPPED)
    assert shown(found) == [
        "EDUCATION AND SKILLS",
        "1. Schools",
        (
            "1.1 Every child in every part of the country has the right to a good school close to home, and "
            "every school has the right to teachers who are paid for what they do. A long-term plan comes "
            "first."
        ),
        (
            "1.2 The inspectorate reports each year to Parliament on what it has seen in the schools that it "
            "has visited, for inspectorate and schools alike:"
        ),
        "(a) on the buildings;",
        "(b) on the teachers and all who work with them in the class room.",
        "on nothing else",
    ]
    assert [x.kind for x in found.passages[:3]] == ["heading", "heading", "paragraph"]


def test_each_line_is_a_paragraph_where_lines_do_not_run_on() -> None:
    assert shown(read_text("First point.\nSecond point.\n1. Third.\n2. Fourth.")) == [
        "First point.",
        "Second point.",
        "1. Third.",
        "2. Fourth.",
    ]


def test_rules_under_a_line_make_it_a_heading() -> None:
    found = read_text("Schools\n=======\n\nFor all.\n\nStaff\n-----\nPaid.\n\n-----\n")
    assert [(x.kind, x.heading + x.text, x.depth) for x in found.passages] == [
        ("heading", "Schools", 0),
        ("paragraph", "For all.", 1),
        ("heading", "Staff", 1),
        ("paragraph", "Paid.", 2),
    ]


def test_page_numbers_are_not_taken_for_text() -> None:
    found = read_text("First page.\n\n- 1 -\n\fSecond page.\n\nPage 2 of 2\n")
    assert shown(found) == ["First page.", "Second page."]
    assert found.unread == ("Page numbers were not taken (2).",)


@pytest.mark.parametrize(
    "body",
    [
        "Café – “für”".encode(),
        codecs.BOM_UTF8 + "Café – “für”".encode(),
        codecs.BOM_UTF16_LE + "Café – “für”".encode("utf-16-le"),
        codecs.BOM_UTF16_BE + "Café – “für”".encode("utf-16-be"),
        "Café – “für”".encode("cp1252"),
    ],
)
def test_usual_encodings_are_told_apart(body: bytes) -> None:
    assert decoded("a.txt", body) == "Café – “für”"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_wide_text_without_a_mark_is_known(encoding: str) -> None:
    words = "Every school in the country has a café."
    assert shown(read_document("a.txt", words.encode(encoding))) == [words]


def test_page_says_its_own_encoding() -> None:
    page = '<html><meta charset="windows-1251"><p>Школы</p></html>'.encode("cp1251")
    assert shown(read_document("a.html", page)) == ["Школы"]
