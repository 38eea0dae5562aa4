"""Outcome: the edition for a word processor, every carried change a tracked change by its ballot."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from facilitate.formats.docx_marks import Marker, element
from facilitate.formats.docx_parts import Page
from facilitate.formats.docx_template import empty_document
from facilitate.formats.outcome_record_page import (
    foot_line,
    write_first_page,
    write_record,
    write_statements,
)
from facilitate.formats.tracked import Paragraph, apart, paragraphs_of, writable

TYPEFACE = "Arial"
LABEL_INDENT = 1400


def outcome_docx(data: dict[str, Any]) -> bytes:
    """The outcome as a DOCX file, from `outcome_json.outcome_data`.

    Shape: "The text" holds each passage as one paragraph (a style name beginning with "Passage" or
    "Heading") with its changes tracked and its reference as a list label; "The record" holds everything else.
    """
    document = empty_document()
    _prepare(document, data)
    page = Page(document)
    write_first_page(page, data)
    _text(document, page, data)
    document.add_page_break()  # type: ignore[no-untyped-call]
    write_record(page, data)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def _prepare(document: Document, data: dict[str, Any]) -> None:
    about = document.core_properties
    about.title = writable(f"{data['document']['title']}: outcome")[:255]
    about.author = about.last_modified_by = writable(data["event"]["name"])[:255]
    about.created = about.modified = datetime.fromisoformat(data["generated"]["utc"])
    about.comments = f"Covers the journal up to number {data['journal']['number']}. Text {data['hash']}."
    about.language = "en-GB"
    section = document.sections[0]
    section.footer.paragraphs[0].text = writable(foot_line(data))
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(25)
    styles = document.styles
    for border in styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
        break
    for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3", "Heading 4"):
        style = styles[name]
        style.font.name = TYPEFACE
        style.font.color.rgb = RGBColor(0x15, 0x17, 0x1C)
        properties = style.element.get_or_add_rPr()
        fonts = properties.find(qn("w:rFonts"))
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        properties.append(element("lang", val="en-GB"))
    styles["Normal"].font.size = Pt(10.5)
    for name, based_on in (("Passage", "Normal"), ("Passage item", "Passage"), ("Quiet", "Normal")):
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = styles[based_on]
        made.paragraph_format.space_after = Pt(6)
    styles["Quiet"].font.size = Pt(9)
    styles["Quiet"].font.color.rgb = RGBColor(0x4A, 0x4F, 0x5A)


def _text(document: Document, page: Page, data: dict[str, Any]) -> None:
    document.add_page_break()  # type: ignore[no-untyped-call]
    page.heading("The text", 1)
    marker = Marker(document)
    for passage in apart(paragraphs_of(data)):
        _passage(document, marker, passage)
    write_statements(page, data)


def _passage(document: Document, marker: Marker, passage: Paragraph) -> None:
    """One passage as one paragraph; what became of it hangs beside it as a margin comment."""
    if passage.kind == "heading":
        style = f"Heading{min(2 + passage.depth, 4)}"
    else:
        style = "Passageitem" if passage.kind == "item" else "Passage"
    paragraph = document.add_paragraph()
    # By its id: by its name the library looks through all styles again for each paragraph.
    paragraph._p.style = style
    marker.label(paragraph, passage.ref, LABEL_INDENT)
    marker.write(paragraph, passage.pieces)
    if passage.inserted:
        marker.mark_paragraph(paragraph, "ins", passage.inserted)
    if passage.deleted:
        marker.mark_paragraph(paragraph, "del", passage.deleted)
    if passage.note:
        runs = paragraph.runs or [paragraph.add_run()]
        document.add_comment(runs, text=passage.note, author="The event", initials="E")
