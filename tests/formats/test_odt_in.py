"""OpenDocument texts: the numbers that people see, notes, tables, hidden and changed text."""

import io

import odfdo
import pytest

from facilitate.domain.refusal import Refused
from facilitate.formats.odt_in import read_odt
from tests.formats.odt_files import h, items, list_style, odt_file, odt_parts, p, read
from tests.formats.word_files import package, shown

ONE = 'style:num-format="1" style:num-suffix="."'
LETTER = 'style:num-format="a" style:num-prefix="(" style:num-suffix=")"'
PATH = 'style:num-format="1" text:display-levels="2"'
OUTLINE = (
    '<text:outline-style style:name="Outline">'
    '<text:outline-level-style text:level="1" style:num-format="1"/>'
    '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>'
    "</text:outline-style>"
)


def test_lists_count_as_their_style_says_and_nest() -> None:
    inner = items(p("Staff."), p("Pay."))
    found = read(items(p("Schools.") + inner, p("Colleges.") + p("More.")), list_style(ONE, LETTER))
    assert shown(found) == ["1. Schools.", "(a) Staff.", "(b) Pay.", "2. Colleges.", "More."]
    assert [x.depth for x in found.passages] == [0, 1, 1, 0, 1]


def test_several_levels_are_shown_together() -> None:
    inner = items(p("One."), p("Two."))
    found = read(items(p("A.") + inner, p("B.") + inner), list_style(ONE, PATH))
    assert [x.number for x in found.passages] == ["1.", "1.1", "1.2", "2.", "2.1", "2.2"]


def test_newer_files_give_a_pattern() -> None:
    pattern = ONE + ' loext:num-list-format="Section %1%:"'
    assert [x.number for x in read(items(p("A."), p("B.")), list_style(pattern)).passages] == [
        "Section 1:",
        "Section 2:",
    ]


@pytest.mark.parametrize(
    ("second", "wanted"),
    [
        ("", "1."),
        ('text:continue-numbering="true"', "2."),
        ('text:continue-list="first"', "2."),
        ('text:continue-list="not there"', "1."),
    ],
)
def test_list_goes_on_only_where_it_says_so(second: str, wanted: str) -> None:
    body = items(p("A."), more='xml:id="first"') + p("Between.") + items(p("B."), more=second)
    assert read(body, list_style(ONE)).passages[-1].number == wanted


def test_list_goes_on_inside_without_its_outer_entry() -> None:
    body = items(p("A.") + items(p("B."))) + p("Between.")
    body += items(items(p("C.")), items(p("D.")), more='text:continue-numbering="true"')
    assert [x.number for x in read(body, list_style(ONE, PATH)).passages if x.number] == [
        "1.",
        "1.1",
        "1.2",
        "1.3",
    ]


def test_entry_may_start_anew_or_have_no_number_or_another_style() -> None:
    body = (
        '<text:list text:style-name="L"><text:list-header><text:p>Head.</text:p></text:list-header>'
        '<text:list-item text:start-value="5"><text:p>A.</text:p></text:list-item>'
        '<text:list-item text:style-override="M"><text:p>B.</text:p></text:list-item></text:list>'
    )
    found = read(body, list_style(ONE) + list_style(LETTER, name="M"))
    assert shown(found) == ["Head.", "5. A.", "(f) B."]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Duties and Powers of the Youth Assembly.", "heading"),
        ("Section 1 — Meetings of the whole Assembly:", "heading"),
        ("This part applies to the whole party.", "paragraph"),
        ("The members of the Assembly are as follows:", "paragraph"),
    ],
)
def test_heading_style_makes_no_heading_of_a_sentence(text: str, kind: str) -> None:
    assert read(h(text) + p("Running text.")).passages[0].kind == kind


def test_headings_count_in_the_outline() -> None:
    body = (
        h("Schools") + h("Staff", 2) + h("Pay", 2) + h("Note", 2, 'text:is-list-header="true"') + h("Homes")
    )
    found = read(body, styles=OUTLINE)
    assert shown(found) == ["1 Schools", "1.1 Staff", "1.2 Pay", "Note", "2 Homes"]
    assert [x.depth for x in found.passages] == [0, 1, 1, 1, 0]


def test_sentence_in_a_heading_style_keeps_its_number_and_stays_text() -> None:
    found = read(items(h("We will build a college in every town.", 2)), list_style(ONE))
    assert [(x.kind, x.number) for x in found.passages] == [("paragraph", "1.")]


def test_headings_made_only_by_bold_type_are_found() -> None:
    bold = (
        '<style:style style:name="B" style:family="text">'
        '<style:text-properties fo:font-weight="bold"/></style:style>'
    )
    body = p('<text:span text:style-name="B">Our schools</text:span>') + p("Every school has a library. " * 4)
    body += p('<text:span text:style-name="B">Note:</text:span> this is no heading.')
    found = read(body, bold)
    assert [x.kind for x in found.passages] == ["heading", "paragraph", "paragraph"]


def test_notes_follow_their_passage_and_boxes_theirs() -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>A note.</text:p></text:note-body></text:note>"
    )
    box = "<draw:frame><draw:text-box><text:p>In a box.</text:p></draw:text-box></draw:frame>"
    found = read(p(f"Schools{note} for all.{box}"))
    assert [(x.kind, x.number, x.text) for x in found.passages] == [
        ("paragraph", "", "Schools for all."),
        ("footnote", "1", "A note."),
        ("paragraph", "", "In a box."),
    ]


def test_tables_give_a_passage_per_row() -> None:
    row = "<table:table-row>{}</table:table-row>"
    cell = "<table:table-cell>{}</table:table-cell>"
    rows = "".join(
        row.format("".join(cell.format(x) for x in cells))
        for cells in (
            (p("Year"), p("Homes")),
            (items(p("")), p("Ten")),
            (items(p(""), more='text:continue-numbering="true"'), p("Six")),
        )
    )
    found = read(f"<table:table>{rows}</table:table>", list_style(ONE))
    assert shown(found) == ["Year | Homes", "1. Ten", "2. Six"]


def test_what_is_not_taken_is_listed() -> None:
    hidden = (
        '<style:style style:name="H" style:family="text">'
        '<style:text-properties text:display="none"/></style:style>'
    )
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>old</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        + p('A<text:s text:c="2"/>b<text:tab/>c<office:annotation><text:p>Why?</text:p></office:annotation>')
        + p('<text:span text:style-name="H">Behind</text:span><draw:frame><draw:image/></draw:frame>')
    )
    found = read(body, hidden)
    assert shown(found) == ["A b c", "Behind"]
    assert found.unread == (
        "One picture was not taken.",
        "One stretch of hidden text was taken with the rest.",
        "One review comment was not taken.",
        "The file holds tracked changes: insertions were taken, deletions were left out.",
    )


def test_text_that_a_library_wrote_is_read() -> None:
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Header(1, "Colleges"))
    document.body.append(odfdo.Paragraph("For all."))
    document.body.append(odfdo.List(["First.", "Second."]))
    out = io.BytesIO()
    document.save(out)
    assert shown(read_odt(out.getvalue())) == ["1. Colleges", "For all.", "First.", "Second."]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"content.xml": b"<x/>"}, "not-an-odt"),
        ({"content.xml": b"<x"}, "damaged-document"),
        (odt_parts(p("x")) | {"Basic/Standard/Module1.xml": b"<x/>"}, "holds-macros"),
        (odt_parts(p("")), "empty-document"),
    ],
)
def test_other_file_is_refused(files: dict[str, bytes], code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_odt(package(files))
    assert refused.value.code == code


def test_text_with_a_password_is_refused() -> None:
    space = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = f'<m:manifest xmlns:m="{space}"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    with pytest.raises(Refused) as refused:
        read_odt(package(odt_parts(p("x")) | {"META-INF/manifest.xml": manifest.encode()}))
    assert refused.value.code == "locked-document"
    assert read_odt(odt_file(p("x"))).passages
