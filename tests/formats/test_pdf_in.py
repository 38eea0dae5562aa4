"""PDF files: paragraphs, numbers, headings, notes and tables from nothing but places of letters."""

import textwrap

import pytest

from facilitate.domain.documents import ReadDocument
from facilitate.domain.refusal import Refused
from facilitate.formats.pdf_in import read_pdf
from tests.formats.pdf_files import CLOSING, WORDS, paper, paper_lines, pdf_file, raw_pdf, shown_line
from tests.formats.word_files import shown


def lines(found: ReadDocument) -> list[tuple[str, str, str]]:
    kinds = {"item": "paragraph"}
    return [(kinds.get(x.kind, x.kind), x.number, x.heading + x.text) for x in found.passages]


@pytest.mark.parametrize(
    "source",
    [
        paper(),
        paper(columns=2),
        paper(justify=False),
        paper(look='#set text(font: "New Computer Modern", size: 11pt)'),
        paper(columns=2, look="#set page(columns: 2, margin: 1.2cm)\n#set par(leading: 0.5em)"),
    ],
    ids=["one column", "two columns", "ragged", "another typeface", "narrow"],
)
def test_paper_is_read_as_it_was_written(source: str) -> None:
    found = read_pdf(pdf_file(source))
    wanted = paper_lines()
    notes = [each for each in wanted if each[0] == "footnote"]
    assert [each for each in lines(found) if each[0] != "footnote"] == [
        w for w in wanted if w[0] != "footnote"
    ]
    assert [each for each in lines(found) if each[0] == "footnote"] == notes
    assert any("Heads and feet" in sentence for sentence in found.unread)


def test_heads_and_page_numbers_are_known_by_their_place_alone() -> None:
    pages = [
        shown_line("Our policy paper", y=810, size=9) + shown_line("Words of the page that stand alone.")
        + shown_line("- 1 -", x=290, y=30, size=9)
    ]  # fmt: skip
    found = read_pdf(raw_pdf(pages[0]))
    assert shown(found) == ["Our policy paper", "Words of the page that stand alone."]


def test_numbered_heading_at_the_top_of_each_page_is_no_running_head() -> None:
    pages = [f"Section {at}.07 Homes\n\n" + f"We want {at} of them. " * 30 for at in (1, 4, 6, 9)]
    found = read_pdf(pdf_file('#set page(paper: "a5")\n' + "\n#pagebreak()\n".join(pages)))
    numbers = [x.number for x in found.passages if x.kind == "heading"]
    assert numbers == ["Section 1.07", "Section 4.07", "Section 6.07", "Section 9.07"]


def test_page_numbers_far_from_the_edge_are_known_by_their_count() -> None:
    words = [f"{name} for all." + f" We want {name}." * 30 for name in ("Homes", "Schools", "Rails", "Care")]
    pages = [f"{text}\n#place(top + center, dy: 9cm)[{at}]" for at, text in enumerate(words, 4)]
    found = read_pdf(pdf_file('#set page(paper: "a5")\n' + "\n#pagebreak()\n".join(pages)))
    assert shown(found) == words


def test_numbers_of_lines_are_no_numbers_of_paragraphs() -> None:
    written = textwrap.wrap(WORDS, 60) + textwrap.wrap(f"{CLOSING} {WORDS}", 60)
    drawn = b"".join(
        shown_line(str(at), x=40, y=760 - 14 * at, size=8) + shown_line(line, x=70, y=760 - 14 * at)
        for at, line in enumerate(written, 1)
    )
    found = read_pdf(raw_pdf(drawn))
    assert "".join(shown(found)).replace(" ", "") == f"{WORDS}{CLOSING}{WORDS}".replace(" ", "")
    assert any("numbers of lines" in sentence for sentence in found.unread)


def test_letters_in_the_margin_number_paragraphs() -> None:
    rows = [f"#grid(columns: (1cm, 1fr), [{sign}], [{WORDS}])" for sign in "abc"]
    found = read_pdf(pdf_file('#set page(paper: "a5")\n' + "\n\n".join(rows)))
    assert shown(found) == [f"{sign} {WORDS}" for sign in "abc"]


def test_lines_under_words_make_a_heading_and_no_table() -> None:
    marked = "".join(f"#underline[{word}] " for word in CLOSING.split())
    found = read_pdf(pdf_file(f"#underline[Homes for all]\n\n{WORDS}\n\n{marked}#highlight[every day]"))
    assert shown(found) == ["Homes for all", WORDS, f"{CLOSING} every day"]
    assert [x.kind for x in found.passages] == ["heading", "paragraph", "paragraph"]


def test_entries_that_name_their_article_stand_on_lines_of_their_own() -> None:
    names = ["Article I — Name", "Article II — Aims and values", "Article III — Who may join"]
    found = read_pdf(pdf_file(" \\\n".join(names) + f"\n\n{WORDS}"))
    assert [(x.kind, x.number) for x in found.passages[:3]] == [
        ("heading", "Article I"), ("heading", "Article II"), ("heading", "Article III"),
    ]  # fmt: skip


def test_ruled_tables_give_a_passage_per_row() -> None:
    source = "Before it.\n\n#table(columns: 2, [Year], [Homes], [2026], [Ten \\ thousand])\n\nAfter it."
    assert shown(read_pdf(pdf_file(source))) == [
        "Before it.",
        "Year | Homes",
        "2026 | Ten thousand",
        "After it.",
    ]


def test_tables_without_lines_give_rows_too() -> None:
    cells = "[Region], [Homes], [Schools], [North], [1,200], [30], [South], [900], [25]"
    source = f"Before it.\n\n#table(columns: (3fr, 1fr, 1fr), stroke: none, {cells})\n\nAfter it."
    wanted = ["Before it.", "Region | Homes | Schools", "North | 1,200 | 30", "South | 900 | 25", "After it."]
    assert shown(read_pdf(pdf_file(source))) == wanted


def test_contents_take_no_numbers_away() -> None:
    lined = (
        shown_line("1. Schools ........ 3") + shown_line("Contents", y=660) + shown_line("1. Homes 4", y=640)
    )
    found = read_pdf(raw_pdf(lined + shown_line("1. Schools are for all.", y=600)))
    assert [(x.kind, x.number) for x in found.passages if x.text != "Contents"] == [
        ("contents", ""),
        ("contents", ""),
        ("paragraph", "1."),
    ]


def test_lines_between_those_of_a_table_of_contents_belong_to_it() -> None:
    entries = ["PART 1 AIMS", "1 Homes ........ 3", "PART 2 MEANS", "2 Schools ....... 5", "3 Rail ..... 9"]
    lined = b"".join(shown_line(entry, y=700 - 20 * at) for at, entry in enumerate(entries))
    found = read_pdf(raw_pdf(lined + shown_line("PART 2 MEANS", y=500)))
    kinds = [(x.kind, x.number) for x in found.passages]
    assert kinds == [("heading", "PART 1"), *[("contents", "")] * 4, ("heading", "PART 2")]


def test_raised_figures_that_cite_nothing_stay() -> None:
    found = read_pdf(pdf_file("#set super(typographic: false)\nHomes of 50 m#super[2] are small."))
    assert shown(found) == ["Homes of 50 m² are small."]


def test_pages_that_are_pictures_are_refused_in_words() -> None:
    picture = b"/XObject << /I 6 0 R >>"
    image = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 "
        b"/Length 1 >>\nstream\n\x00\nendstream"
    )
    with pytest.raises(Refused) as refused:
        read_pdf(raw_pdf(b"q 500 0 0 700 0 0 cm /I Do Q", page=picture, extra=image))
    assert refused.value.code == "pdf-without-text"
    assert "OCR" in refused.value.sentence


@pytest.mark.parametrize(
    "body", [b"%PDF-1.7 x", b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer <</Root 1 0 R>>\n%%EOF"]
)
def test_damaged_file_is_refused(body: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read_pdf(body)
    assert refused.value.code in ("not-a-pdf", "damaged-document", "pdf-without-text")
