"""Outcome: the edition for a word processor, every carried change a tracked change by its ballot."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from facilitate.formats.docx_marks import element
from facilitate.formats.docx_parts import Page
from facilitate.formats.docx_template import empty_document
from facilitate.formats.docx_text import Text
from facilitate.formats.outcome_record_page import (
    foot_line,
    write_first_page,
    write_record,
    write_statements,
)
from facilitate.formats.tracked import writable
from facilitate.formats.tracked_blocks import blocks_of

TYPEFACE = "Arial"
# Each style of our own: what it is based on, and the points below a paragraph.
_STYLES = (
    ("Passage", "Normal", 6), ("Passage item", "Passage", 6), ("Passage cell", "Passage", 0),
    ("Quiet", "Normal", 6), ("Note", "Quiet", 2),
)  # fmt: skip


def outcome_docx(data: dict[str, Any]) -> bytes:
    """The outcome as a DOCX file, from `outcome_json.outcome_data`.

    Shape: "The text" holds each passage as a paragraph, row or footnote with its changes tracked and its
    reference as a list label; "The record" holds everything else.
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
    for name, based_on, after in _STYLES:
        made = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        made.base_style = styles[based_on]
        made.paragraph_format.space_after = Pt(after)
    styles["Quiet"].font.size = Pt(9)
    styles["Quiet"].font.color.rgb = RGBColor(0x4A, 0x4F, 0x5A)


def _text(document: Document, page: Page, data: dict[str, Any]) -> None:
    document.add_page_break()  # type: ignore[no-untyped-call]
    page.heading("The text", 1)
    # LibreOffice loses count of changes inside the footnotes of a DOCX file once there are several.
    Text(document).write(blocks_of(data, whole_notes=True))
    write_statements(page, data)
