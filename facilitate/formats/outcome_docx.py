"""Outcome: the edition for a word processor, every carried change a tracked change by its ballot."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from facilitate.formats.docx_marks import Marker, element, writable
from facilitate.formats.docx_parts import Page
from facilitate.formats.outcome_docx_record import write_matter, write_passage_record

TYPEFACE = "Arial"
LABEL_INDENT = 1400


def outcome_docx(data: dict[str, Any]) -> bytes:
    """The outcome as a DOCX file, from `outcome_json.outcome_data`.

    Shape: "The text" holds each passage as one paragraph (a style name beginning with "Passage" or
    "Heading") with its changes tracked and its reference as a list label; "The record" holds everything else.
    """
    document = docx.Document()
    _prepare(document, data)
    _title_page(document, data)
    _text(document, data)
    document.add_page_break()  # type: ignore[no-untyped-call]
    document.add_heading("The record", 1)
    page = Page(document)
    for passage in data["passages"]:
        write_passage_record(page, passage)
    page.heading("The document as a whole", 2)
    write_matter(page, data["general"])
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


def _title_page(document: Document, data: dict[str, Any]) -> None:
    event = data["event"]
    document.add_paragraph(writable(event["name"]) + (" · REHEARSAL" if event["rehearsal"] else ""), "Quiet")
    document.add_heading(writable(data["document"]["title"]), 0)
    commission = data["document"]["commission"]
    document.add_paragraph("Outcome" + (f" · {writable(commission)}" if commission else ""))
    document.add_paragraph().add_run(writable(data["status"])).bold = True
    still_open = [f"Still open: {writable(sentence)}" for sentence in data["open"]]
    for sentence in [*data["summary"], *still_open]:
        document.add_paragraph(sentence)
    for sentence in (
        f"Made on {data['generated']['words']} from the event’s journal up to {data['journal']['number']}.",
        f"Hash of the text: {data['sealed'] or data['hash']}.",
        "Each change is tracked: its author is the ballot that carried it, its date the close of it.",
    ):
        document.add_paragraph(sentence, "Quiet")
    if data["journal"]["head"]:
        document.add_paragraph(f"Head of the journal: {data['journal']['head']}", "Quiet")


def _text(document: Document, data: dict[str, Any]) -> None:
    document.add_page_break()  # type: ignore[no-untyped-call]
    document.add_heading("The text", 1)
    marker = Marker(document)
    for passage in data["passages"]:
        _passage(document, marker, passage)
    if data["statements"]:
        document.add_heading("What the event stated", 2)
    for statement in data["statements"]:
        document.add_paragraph(writable(statement["text"]))
        document.add_paragraph(f"Motion {statement['motion']}", "Quiet")


def _passage(document: Document, marker: Marker, passage: dict[str, Any]) -> None:
    """One passage as one paragraph; what became of it hangs beside it as a margin comment."""
    if passage["kind"] == "heading":
        style = f"Heading {min(2 + passage['depth'], 4)}"
    else:
        style = "Passage item" if passage["kind"] == "item" else "Passage"
    paragraph = document.add_paragraph(style=style)
    marker.label(paragraph, passage["ref"], LABEL_INDENT)
    marker.write(paragraph, passage["segments"], passage["authors"])
    authors = list(passage["authors"].values())
    if authors and not passage["original"]:
        marker.mark_paragraph(paragraph, "ins", authors[0])
    if authors and passage["final"] is None:
        marker.mark_paragraph(paragraph, "del", authors[-1])
    if passage["state"] != "unchanged" or passage["votes"]:
        _margin_comment(document, paragraph, passage)


def _margin_comment(document: Document, paragraph: Any, passage: dict[str, Any]) -> None:
    runs = paragraph.runs or [paragraph.add_run()]
    lines = [f"{passage['ref']}: {passage['fate']}."]
    lines += [f"{change['author']}: {change['english']}" for change in passage["changes"]]
    lines += [
        f"{later['what']}, changed since the vote: {later['reason']}" for later in passage["since_vote"]
    ]
    lines += [f"{vote['title']}: {vote['result']}" for vote in passage["votes"]]
    document.add_comment(runs, text=writable("\n".join(lines)), author="The event", initials="E")
