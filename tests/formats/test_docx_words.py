"""What becomes of the words of a Word file: what a reader sees stays, what was deleted is gone."""

from tests.formats.word_files import abstract, lvl, num, p, r, read, shown, style, table

HEADINGS = (
    style("Heading1", '<w:outlineLvl w:val="0"/>', name="heading 1")
    + style("berschrift2", '<w:outlineLvl w:val="1"/>', name="heading 2")
    + style("Title", name="Title")
    + style("TOC1", name="toc 1")
    + style("Quote", name="Quote")
)


def test_headings_come_from_style_and_outline_level() -> None:
    outline = '<w:outlineLvl w:val="2"/>'
    body = (
        p("Schools", "Heading1") + p("Staff", "berschrift2") + p("Pay", properties=outline) + p("More pay.")
    )
    found = read(body, styles=HEADINGS)
    assert [(x.kind, x.heading, x.text, x.depth) for x in found.passages] == [
        ("heading", "Schools", "", 0),
        ("heading", "Staff", "", 1),
        ("heading", "Pay", "", 2),
        ("paragraph", "", "More pay.", 3),
    ]
    assert found.title == "Schools"


def test_sentence_in_a_heading_style_stays_a_paragraph() -> None:
    found = read(p("We will build a college in every town.", "Heading1"), styles=HEADINGS)
    assert found.passages[0].kind == "paragraph"


def test_title_style_gives_the_title_and_stays_in_the_text() -> None:
    found = read(p("Adult skills", "Title") + p("Schools", "Heading1"), styles=HEADINGS)
    assert found.title == "Adult skills"
    assert shown(found) == ["Adult skills", "Schools"]


def test_contents_list_takes_no_numbers_away_from_the_text() -> None:
    body = p("1.1\tSchools\t3", "TOC1") + p("1.1\tSchools are for all.")
    found = read(body, styles=HEADINGS)
    assert [(x.kind, x.number) for x in found.passages] == [("contents", ""), ("paragraph", "1.1")]


def test_deleted_words_go_and_inserted_ones_stay() -> None:
    gone = '<w:del w:id="1"><w:r><w:delText>old </w:delText></w:r></w:del>'
    new = f'<w:ins w:id="2">{r("new ")}</w:ins>'
    moved = f'<w:moveFrom w:id="3">{r("away")}</w:moveFrom><w:moveTo w:id="4">{r("here")}</w:moveTo>'
    found = read(f"<w:p>{r('A ')}{gone}{new}{moved}</w:p>")
    assert shown(found) == ["A new here"]
    assert "The file holds tracked changes: insertions were taken, deletions were left out." in found.unread


def test_paragraph_whose_end_was_deleted_runs_on_and_is_not_counted() -> None:
    cut = '<w:rPr><w:del w:id="1"/></w:rPr>'
    lists = abstract(0, lvl(0, "%1.")) + num(1, 0)
    body = (
        p("One ", num=(1, 0), properties=cut)
        + p("sentence.", num=(1, 0))
        + p("Two.", num=(1, 0), properties=cut)
    )
    assert shown(read(body, numbering=lists)) == ["1. One sentence.", "2. Two."]


def test_large_first_letter_belongs_to_its_word() -> None:
    body = p("D", properties='<w:framePr w:dropCap="drop"/>') + p("rop caps are old.")
    assert shown(read(body)) == ["Drop caps are old."]


def test_deleted_row_goes() -> None:
    kept = table([p("a"), p("b")])
    gone = (
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    assert shown(read(kept + gone)) == ["a | b"]


def test_wrapped_words_are_not_lost() -> None:
    link = f"<w:hyperlink>{r('linked ')}</w:hyperlink>"
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{r('chosen ')}</w:sdtContent></w:sdt>"
    smart = f"<w:smartTag><w:customXml>{r('tagged ')}</w:customXml></w:smartTag>"
    simple = f'<w:fldSimple w:instr="REF a">{r("referred ")}</w:fldSimple>'
    maths = "<m:oMath><m:r><m:t>x=1</m:t></m:r></m:oMath>"
    block = f"<w:sdt><w:sdtContent>{p('whole')}<w:customXml>{p('deep')}</w:customXml></w:sdtContent></w:sdt>"
    found = read(f"<w:p>{link}{control}{smart}{simple}{maths}</w:p>{block}<w:ins>{p('inserted')}</w:ins>")
    assert shown(found) == ["linked chosen tagged referred x=1", "whole", "deep", "inserted"]


def test_field_gives_its_result_and_not_its_instruction() -> None:
    def char(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    yes = r("yes")
    inner = (
        f"{char('begin')}<w:r><w:instrText>PAGE</w:instrText></w:r>{char('separate')}{r('9')}{char('end')}"
    )
    field = (
        f"{char('begin')}<w:r><w:instrText>IF </w:instrText></w:r>{inner}{char('separate')}{yes}{char('end')}"
    )
    assert shown(read(f"<w:p>{r('See ')}{field}{r('.')}</w:p>")) == ["See yes."]


def test_hidden_words_are_taken_and_named() -> None:
    found = read(f"<w:p>{r('Seen ')}{r('unseen', '<w:vanish/>')}</w:p>")
    assert shown(found) == ["Seen unseen"]
    assert found.unread == ("One stretch of text that Word hides was taken with the rest.",)


def test_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<wps:txbx><w:txbxContent>{p('boxed')}</w:txbxContent></wps:txbx>"
    old = f"<v:textbox><w:txbxContent>{p('boxed')}</w:txbxContent></v:textbox>"
    both = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{old}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert shown(read(f"<w:p>{r('Before')}{both}</w:p>{p('After')}")) == ["Before", "boxed", "After"]


def test_breaks_hyphens_and_signs_are_kept() -> None:
    inside = (
        "<w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:noBreakHyphen/><w:t>c</w:t><w:softHyphen/><w:t>d</w:t></w:r>"
    )
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Own" w:char="F123"/></w:r>'
    found = read(f"<w:p>{inside}{sign}</w:p>")
    assert found.passages[0].text == "a\nb\u2011cd✓"
    assert found.unread == ("One sign from a symbol font could not be read.",)


def test_table_gives_a_passage_per_row() -> None:
    found = read(table([p("Year"), p("Homes")], [p("2030") + p("(plan)"), p("9,000")], [p(""), p("")]))
    assert [(x.kind, x.text) for x in found.passages] == [
        ("table", "Year | Homes"),
        ("table", "2030\n(plan) | 9,000"),
    ]


def test_table_of_one_cell_is_only_a_frame() -> None:
    found = read(table([p("Schools", "Heading1") + p("For all.") + table([p("a"), p("b")])]), styles=HEADINGS)
    assert [x.kind for x in found.passages] == ["heading", "paragraph", "table"]


def test_number_typed_alone_in_the_first_cell_is_the_row_number() -> None:
    rows = table([p("1.1"), p("We will build.")], [p("1.2"), p("We will pay.")], [p("2030"), p("nine")])
    assert shown(read(rows)) == ["1.1 We will build.", "1.2 We will pay.", "2030 | nine"]


def test_footnotes_follow_the_passage_that_cites_them() -> None:
    def cite(which: int, more: str = "") -> str:
        return f'<w:r><w:footnoteReference w:id="{which}"{more}/></w:r>'

    notes = (
        f'<w:footnote w:type="separator" w:id="0">{p("---")}</w:footnote>'
        f'<w:footnote w:id="2">{p("Second.")}</w:footnote>'
        f'<w:footnote w:id="3">{p("First.")}{p("More.")}</w:footnote>'
        f'<w:footnote w:id="4">{p("Starred.")}</w:footnote><w:footnote w:id="5">{p("Lost.")}</w:footnote>'
    )
    starred = cite(4, ' w:customMarkFollows="1"')
    body = f"<w:p>{r('A')}{cite(3)}{starred}</w:p><w:p>{r('B')}{cite(2)}</w:p>"
    found = read(body, footnotes=notes)
    assert shown(found) == ["A", "1 First.\nMore.", "Starred.", "B", "2 Second.", "Lost."]
    assert found.unread == ("One note is cited nowhere; it stands at the end.",)


def test_endnotes_count_in_small_roman_unless_told_otherwise() -> None:
    cite = '<w:r><w:endnoteReference w:id="1"/></w:r>'
    note = f'<w:endnote w:id="1">{p("Note.")}</w:endnote>'
    assert shown(read(f"<w:p>{r('A')}{cite}</w:p>", endnotes=note))[1] == "i Note."
    told = '<w:endnotePr><w:numFmt w:val="decimal"/><w:numStart w:val="4"/></w:endnotePr>'
    assert shown(read(f"<w:p>{r('A')}{cite}</w:p>", endnotes=note, settings=told))[1] == "4 Note."


def test_what_cannot_be_read_is_said() -> None:
    comments = "<w:comment/><w:comment/>"
    counter = "<w:r><w:instrText>LISTNUM</w:instrText></w:r>"
    body = f"<w:p>{counter}{r('A')}</w:p><w:altChunk/><w:sectPr><w:headerReference/></w:sectPr>"
    assert read(body, comments=comments).unread == (
        "One number is made by a counting field that Word does not write out; it is missing here.",
        "One other file is embedded in the text; it was not read.",
        "Review comments in the margin were not taken (2).",
        "Headers and footers of the pages were not taken.",
    )


def test_quotation_is_known_by_its_style() -> None:
    assert read(p("To be.", "Quote"), styles=HEADINGS).passages[0].kind == "quote"
