"""Rehearsal: writes a numbered Markdown document as Word does: with automatic numbers."""

import re
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

TYPED_NUMBER = re.compile(r"^(?:## \d+|\d+\.\d+|\([a-z]\)) (?=\S)")
OUTLINE = 71  # any number that the template's own lists do not use
LEVELS = (
    ("decimal", "%1", "Heading1", 567),
    ("decimal", "%1.%2", "NumberedParagraph", 567),
    ("lowerLetter", "(%3)", None, 1134),
)


def word_document(markdown: str) -> bytes:
    """Turn a document with typed numbers (`## 1 …`, `1.1 …`, `(a) …`) into DOCX with an automatic outline.

    Shape: one Word paragraph per block, in order; the words carry no number, Word shows the same ones.
    Errors: ValueError where a block carries no number, since Word could not show it as it was typed.
    """
    document = Document()
    _dress(document)
    _define_outline(document)
    for block in filter(None, (block.strip() for block in markdown.split("\n\n"))):
        _write_block(document, " ".join(block.split("\n")))
    return _same_bytes_every_time(document)


def _write_block(document: WordDocument, block: str) -> None:
    if block.startswith("# "):
        document.add_paragraph(block[2:], style="Title")
        document.core_properties.title = block[2:]
        return
    number = TYPED_NUMBER.match(block)
    if number is None:
        raise ValueError(f"This block carries no number: {block[:60]}")
    words = block[number.end() :]
    if block.startswith("## "):
        document.add_paragraph(words, style="Heading 1")
    elif block.startswith("("):
        _number_directly(document.add_paragraph(words, style="Normal"), level=2)
    else:
        document.add_paragraph(words, style="Numbered Paragraph")


def _dress(document: WordDocument) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    normal: Any = document.styles["Normal"]
    normal.font.name, normal.font.size = "Arial", Pt(11)
    normal.paragraph_format.space_after = Pt(8)
    about = document.core_properties
    about.author, about.comments, about.language = "", "", "en-GB"
    about.created = about.modified = datetime(2027, 1, 11, tzinfo=UTC)
    numbered: Any = document.styles.add_style("Numbered Paragraph", WD_STYLE_TYPE.PARAGRAPH)
    numbered.base_style = normal


def _define_outline(document: WordDocument) -> None:
    numbering = document.part.numbering_part.element
    levels = "".join(_level(depth, *level) for depth, level in enumerate(LEVELS))
    outline = parse_xml(
        f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{OUTLINE}">'
        f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
    )
    instance = parse_xml(
        f'<w:num {nsdecls("w")} w:numId="{OUTLINE}"><w:abstractNumId w:val="{OUTLINE}"/></w:num>'
    )
    # The schema wants every definition before the first instance.
    numbering.find(qn("w:num")).addprevious(outline)
    numbering.append(instance)
    for style, level in (("Heading 1", 0), ("Numbered Paragraph", 1)):
        _number_directly(document.styles[style], level)


def _level(depth: int, form: str, shown: str, style: str | None, indent: int) -> str:
    linked = f'<w:pStyle w:val="{style}"/>' if style else ""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{linked}'
        f'<w:lvlText w:val="{shown}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:ind w:left="{indent}" w:hanging="567"/></w:pPr></w:lvl>'
    )


def _number_directly(numbered: Any, level: int) -> None:
    number = numbered._element.get_or_add_pPr().get_or_add_numPr()
    number.get_or_add_ilvl().val = level
    number.get_or_add_numId().val = OUTLINE


def _same_bytes_every_time(document: WordDocument) -> bytes:
    written, steady = BytesIO(), BytesIO()
    document.save(written)
    with ZipFile(written) as source, ZipFile(steady, "w") as target:
        for name in source.namelist():
            part = ZipInfo(name, date_time=(2027, 1, 11, 12, 0, 0))
            part.compress_type = ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return steady.getvalue()
