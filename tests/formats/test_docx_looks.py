"""Word files whose headings are made only by type: bold, larger, underlined, by hand or by a style."""

import pytest

from tests.formats.word_files import p, r, read, style

LONG = p("Every school in the country has a library that is open to all who live near it. " * 2)


def run(text: str, properties: str) -> str:
    return f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    "heading",
    [
        run("Our schools", "<w:b/>"),
        run("Our schools", '<w:u w:val="single"/>'),
        run("Our schools", '<w:sz w:val="32"/>'),
        run("Our schools:", "<w:b/>"),
        run("2. Our schools", "<w:b/>"),
        p("Our schools", "Strong"),
        p("OUR SCHOOLS"),
        run("Our", "<w:b/>").replace("</w:p>", r(" ")) + run("schools", "<w:b/>").removeprefix("<w:p>"),
    ],
)
def test_paragraph_that_stands_out_as_a_whole_is_a_heading(heading: str) -> None:
    found = read(heading + LONG, styles=style("Strong", letters="<w:b/>", name="Strong line"))
    assert [x.kind for x in found.passages] == ["heading", "paragraph"]
    assert [x.depth for x in found.passages] == [0, 1]


@pytest.mark.parametrize(
    "text",
    [
        run("This whole sentence is bold.", "<w:b/>"),
        run("We will:", "<w:b/>"),
        run("bold", '<w:b w:val="0"/>'),
        f"<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Note</w:t></w:r>{r(' that this goes on')}</w:p>",
        run("office@example.org", "<w:b/>"),
    ],
)
def test_bold_words_in_running_text_are_no_heading(text: str) -> None:
    assert [x.kind for x in read(text + LONG).passages] == ["paragraph", "paragraph"]


def test_where_most_is_bold_it_means_nothing() -> None:
    body = run("Our schools", "<w:b/>") + run("A school for each, and a library in it. " * 4, "<w:b/>")
    assert [x.kind for x in read(body).passages] == ["paragraph", "paragraph"]


def test_larger_type_stands_further_out_than_bold() -> None:
    body = (
        run("Schools", '<w:b/><w:sz w:val="32"/>')
        + run("Staff", "<w:b/>")
        + LONG
        + run("Homes", '<w:b/><w:sz w:val="32"/>')
    )
    assert [x.depth for x in read(body).passages] == [0, 1, 2, 0]


def test_numbers_typed_after_a_line_break_are_found() -> None:
    found = read(f"<w:p>{r('1.1 Schools;')}<w:r><w:br/></w:r>{r('1.2 Homes.')}</w:p>")
    assert [(x.number, x.text) for x in found.passages] == [("1.1", "Schools;"), ("1.2", "Homes.")]
