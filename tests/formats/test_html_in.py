"""Web pages: what a browser would show, with its numbers, and nothing that belongs to the page only."""

import pytest

from facilitate.domain.refusal import Refused
from facilitate.formats.html_in import read_html
from tests.formats.word_files import shown


def test_headings_paragraphs_and_lists() -> None:
    found = read_html(
        "<html><title>Policy</title><body><h1>Schools</h1><p>For all.<h2>2.1 Staff</h2>"
        "<ul><li>One<li>Two</ul><ol start=3 type=a><li>Three<ol><li>Inner</ol><li value=7>Seven</ol>"
        "Loose <b>words</b>.<p>(a) Typed.</p>"
    )
    assert found.title == "Policy"
    assert [(x.kind, x.number, x.heading + x.text, x.depth) for x in found.passages] == [
        ("heading", "", "Schools", 0),
        ("paragraph", "", "For all.", 1),
        ("heading", "2.1", "Staff", 1),
        ("item", "", "One", 2),
        ("item", "", "Two", 2),
        ("paragraph", "c.", "Three", 2),
        ("item", "1.", "Inner", 3),
        ("paragraph", "g.", "Seven", 2),
        ("paragraph", "", "Loose words.", 2),
        ("paragraph", "(a)", "Typed.", 2),
    ]


def test_lists_may_count_down_and_in_other_signs_and_not_at_all() -> None:
    found = read_html(
        "<ol reversed><li>B<li>A</ol><ol style='list-style-type: upper-roman'><li>C</ol>"
        "<ol style='list-style: none'><li>4.1 D</ol><ol><li><p>E</p><p>more</p></ol><ol><li><h3>F</h3></ol>"
    )
    assert shown(found) == ["2. B", "1. A", "I. C", "4.1 D", "1. E", "more", "1. F"]


def test_notes_follow_the_passage_that_cites_them() -> None:
    found = read_html(
        "<p>Homes<sup><a href='#fn1'>[1]</a></sup> for all.</p><p>And x<sup>2</sup>.</p>"
        "<ol><li id=fn1>See <i>there</i>. <a href='#r1'>↩</a></li></ol>"
    )
    assert [(x.kind, x.number, x.text) for x in found.passages] == [
        ("paragraph", "", "Homes for all."),
        ("footnote", "1", "See there."),
        ("paragraph", "", "And x²."),
    ]


def test_tables_of_facts_give_rows_and_tables_for_layout_paragraphs() -> None:
    found = read_html(
        "<table><caption>Homes</caption><tr><th>Year<th>Built</tr><tr><td>1.<td>Ten</table>"
        "<table><tr><td><h2>Inside</h2><p>One.<td>Two.</table>"
    )
    assert shown(found) == ["Homes", "Year | Built", "1. Ten", "Inside", "One.", "Two."]


def test_headings_made_only_by_bold_type_are_found() -> None:
    found = read_html(
        "<p><b>Our schools</b></p><p>" + "Every school has a library. " * 5 + "</p><p><b>Note:</b> no.</p>"
    )
    assert [x.kind for x in found.passages] == ["heading", "paragraph", "paragraph"]


def test_menus_programs_and_hidden_words_are_listed() -> None:
    found = read_html(
        "<nav><a href=/>Home</a></nav><header>Site</header><script>alert(1)</script><main><p>Text"
        "<img alt='A school'></p><p hidden>Behind</p><p><del>old</del>new</p><iframe src=http://x></iframe></main>"
    )
    assert shown(found) == ["TextA school", "Behind", "new"]
    assert found.unread == (
        "One menu, page head or page foot was not taken.",
        "One picture was not taken, only its description.",
        "One embedded object was not taken.",
        "One program in the page was neither run nor taken.",
        "One stretch of text that the page hides was taken with the rest.",
        "One deleted stretch of text was left out.",
    )


@pytest.mark.parametrize(
    ("page", "code"),
    [
        (
            "<!DOCTYPE html [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><html><p>&a;</p></html>",
            "unsafe-document",
        ),
        ("<html><body></body></html>", "empty-document"),
    ],
)
def test_other_page_is_refused(page: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_html(page)
    assert refused.value.code == code


def test_page_nested_without_end_is_read_or_refused() -> None:
    try:
        assert read_html("<html><body>" + "<div>" * 20_000 + "deep").passages
    except Refused as refused:
        assert refused.code in ("damaged-document", "empty-document")  # noqa: PT017


def test_breaks_divide_what_readers_see_as_paragraphs() -> None:
    found = read_html("<p>One<br>line.<br><br>Two.<br>(a) Three;<br>(b) Four.</p>")
    assert shown(found) == ["One\nline.", "Two.", "(a) Three;", "(b) Four."]


def test_links_to_places_in_the_page_are_a_table_of_contents() -> None:
    points = "<ol><li><a href='#a'>Schools</a></ol><p><a href='#b'>1. Homes</a></p>"
    found = read_html(points + "<p>1. See <a href='#a'>it</a>.</p>")
    assert [(x.kind, x.number) for x in found.passages] == [
        ("contents", ""),
        ("contents", ""),
        ("paragraph", "1."),
    ]
