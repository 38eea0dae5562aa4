"""Before the event: walks the paragraphs and tables of a Word file, whatever is wrapped around them."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from facilitate.formats.docx_runs import chosen, is_alternative
from facilitate.formats.docx_styles import value, w

_WRAPPERS = {w(name) for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "body")}
_CHUNK = w("altChunk")


def blocks(container: etree._Element, contents: bool = False) -> Iterator[tuple[etree._Element, bool]]:
    """The paragraphs, tables and embedded files of a body, cell, text box or note, in order.

    Shape: (element, whether it stands in an automatic table of contents).
    """
    for child in container:
        if child.tag in (w("p"), w("tbl"), _CHUNK):
            yield child, contents
        elif child.tag in _WRAPPERS:
            yield from blocks(child, contents or _is_contents(child))
        elif is_alternative(child) and (branch := chosen(child)) is not None:
            yield from blocks(branch, contents)


def rows(table: etree._Element) -> Iterator[etree._Element]:
    """The rows of a table that are not deleted."""
    for row in _unwrapped(table, w("tr")):
        properties = row.find(w("trPr"))
        if properties is None or properties.find(w("del")) is None:
            yield row


def cells(row: etree._Element) -> list[etree._Element]:
    """The cells of a row that are not deleted."""
    found = []
    for cell in _unwrapped(row, w("tc")):
        properties = cell.find(w("tcPr"))
        if properties is None or properties.find(w("cellDel")) is None:
            found.append(cell)
    return found


def runs_on(paragraph: etree._Element) -> bool:
    """Whether the paragraph runs on into the next one: its end is deleted, or it is a large first letter."""
    frame = paragraph.find(f"{w('pPr')}/{w('framePr')}")
    if frame is not None and frame.get(w("dropCap")) in ("drop", "margin"):
        return True
    marks = paragraph.find(f"{w('pPr')}/{w('rPr')}")
    return marks is not None and any(marks.find(w(name)) is not None for name in ("del", "moveFrom"))


def _unwrapped(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in _WRAPPERS:
            yield from _unwrapped(child, tag)


def _is_contents(element: etree._Element) -> bool:
    gallery = value(element.find(w("sdtPr")), "docPartObj", "docPartGallery")
    return gallery == "Table of Contents"
