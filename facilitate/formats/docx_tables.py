"""Before the event: reads the rows of a Word table, and tells facts in a grid from text laid out in one."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from facilitate.domain.documents import joined_cells
from facilitate.formats.collected import tidy
from facilitate.formats.docx_blocks import blocks
from facilitate.formats.docx_numbering import Label, Numbering
from facilitate.formats.docx_runs import Words, words
from facilitate.formats.docx_styles import w
from facilitate.formats.labels import typed_number


@dataclass
class Row:
    """One row: the number that Word shows in it, the text of each cell, and what hangs on its paragraphs.

    Shape: `typed` is set where the first cell holds nothing but a number that was typed.
    """

    label: Label | None = None
    typed: str = ""
    texts: list[str] = field(default_factory=list)
    attached: Words = field(default_factory=Words)

    def without(self, number: str) -> str:
        """The cells as one text, leaving out the first one where it held nothing but the number."""
        texts = self.texts[1:] if number and self.texts[0] in ("", number) else self.texts
        return joined_cells(texts) if any(texts) else ""


def lays_out(columns: list[etree._Element], numbering: Numbering) -> bool:
    """Whether a row holds other tables, or numbers elsewhere than at its very start."""
    paragraphs = [paragraph for cell in columns for paragraph in cell.iter(w("p"))]
    numbered = [at for at, paragraph in enumerate(paragraphs) if _shows_number(paragraph, numbering)]
    nested = any(block.tag == w("tbl") for cell in columns for block, _ in blocks(cell))
    return nested or bool(numbered and numbered != [0])


def _shows_number(paragraph: etree._Element, numbering: Numbering) -> bool:
    place = numbering.place(paragraph)
    return place is not None and numbering.shows(place)


def read_row(columns: list[etree._Element], numbering: Numbering) -> Row:
    """Reads a row cell by cell, counting the numbered paragraphs in it."""
    row = Row()
    for cell in columns:
        lines = [_line(paragraph, row, numbering) for paragraph, _ in blocks(cell) if paragraph.tag == w("p")]
        row.texts.append("\n".join(line for line in lines if line))
    found = typed_number(row.texts[0]) if any(row.texts[1:]) and row.label is None else None
    if found is not None and not found.rest and (found.number[-1] in ".)" or "." in found.number):
        row.typed = found.number
    return row


def _line(paragraph: etree._Element, row: Row, numbering: Numbering) -> str:
    found = words(paragraph)
    row.attached = row.attached.before(found)
    place = numbering.place(paragraph)
    text = tidy(found.text)
    if place is None:
        return text
    label = numbering.count(place)
    if row.label is None and label.shown:
        row.label = label
    return f"• {text}" if label.bullet and text else text
