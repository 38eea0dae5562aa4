"""Outcome: paragraphs, headings and tables of a word processor's file, written straight as its elements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.oxml.ns import qn

from facilitate.formats.docx_marks import element
from facilitate.formats.tracked import writable

# python-docx looks every style up anew, which a record of thousands of paragraphs cannot afford.
# A page's text is 16 cm wide; a twentieth of a point is the unit of widths here.
PAGE_WIDTH = 9070


class Page:
    """The end of a document, where the next part is written."""

    def __init__(self, document: Document) -> None:
        self._end = document.element.body.sectPr

    def heading(self, words: str, level: int) -> None:
        """A heading."""
        self._end.addprevious(_paragraph([(words, False)], f"Heading{level}"))

    def paragraph(self, *parts: tuple[str, bool], style: str = "Normal") -> None:
        """A paragraph of parts, each bold or not."""
        self._end.addprevious(_paragraph(parts, style))

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[int]) -> None:
        """A table whose first row is its head: spoken with each cell, repeated on each page.

        Shape: `shares` are the widths of the columns, in any unit.
        """
        widths = [PAGE_WIDTH * share // sum(shares) for share in shares]
        table = table_frame(widths, has_head=True)
        table.append(_row(head, widths, is_head=True))
        table.extend(_row(row, widths, is_head=False) for row in rows)
        self._end.addprevious(table)
        # Two tables without a paragraph between them would be read as one.
        self._end.addprevious(_paragraph([], "Normal"))


def table_frame(widths: Sequence[int], *, has_head: bool) -> Any:
    """A table without its rows."""
    table, properties, grid = element("tbl"), element("tblPr"), element("tblGrid")
    properties.append(element("tblStyle", val="TableGrid"))
    properties.append(element("tblW", w=sum(widths), type="dxa"))
    properties.append(element("tblLayout", type="fixed"))
    properties.append(element("tblLook", val="0020" if has_head else "0000", firstRow=int(has_head)))
    grid.extend(element("gridCol", w=width) for width in widths)
    table.extend([properties, grid])
    return table


def _row(cells: Sequence[str], widths: Sequence[int], *, is_head: bool) -> Any:
    row, properties = element("tr"), element("trPr")
    properties.append(element("cantSplit"))
    if is_head:
        properties.append(element("tblHeader"))
    row.append(properties)
    for words, width in zip(cells, widths, strict=True):
        cell, about = element("tc"), element("tcPr")
        about.append(element("tcW", w=width, type="dxa"))
        cell.extend([about, _paragraph([(words, is_head)], "Normal")])
        row.append(cell)
    return row


def _paragraph(parts: Sequence[tuple[str, bool]], style: str) -> Any:
    paragraph = element("p")
    if style != "Normal":
        properties = element("pPr")
        properties.append(element("pStyle", val=style))
        paragraph.append(properties)
    paragraph.extend(_run(words, bold=bold) for words, bold in parts if words)
    return paragraph


def _run(words: str, *, bold: bool) -> Any:
    run = element("r")
    if bold:
        properties = element("rPr")
        properties.append(element("b"))
        run.append(properties)
    for i, line in enumerate(writable(words).split("\n")):
        if i:
            run.append(element("br"))
        text = element("t")
        text.text = line
        text.set(qn("xml:space"), "preserve")
        run.append(text)
    return run
