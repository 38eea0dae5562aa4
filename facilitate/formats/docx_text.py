"""Outcome: "The text" of a word processor's file: passages, tables and footnotes with tracked changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph as DocxParagraph

from facilitate.formats.docx_marks import Marker, element
from facilitate.formats.docx_parts import PAGE_WIDTH, table_frame
from facilitate.formats.tracked import Mark, Note, Paragraph, apart, text_label
from facilitate.formats.tracked_blocks import Table, flows
from facilitate.formats.tracked_rows import Row

LABEL_INDENT, ITEM_INDENT = 1400, 1800


class Text:
    """Writes passages at the end of a document, each with its changes and with its reference as a label."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.marker = Marker(document)
        self.notes = Footnotes(document, self.marker)

    def write(self, blocks: Sequence[Paragraph | Table]) -> None:
        """All passages."""
        for flow in flows(blocks):
            if isinstance(flow, Table):
                self._table(flow)
            else:
                for passage in apart(flow):
                    self._passage(self.document.add_paragraph(), passage, in_table=False)
        self.notes.finish()

    def _table(self, table: Table) -> None:
        widths = [PAGE_WIDTH // table.columns] * table.columns
        made = table_frame(widths, has_head=table.head)
        for number, row in enumerate(table.rows):
            made.append(self._row(row, widths, is_head=table.head and number == 0))
        end = self.document.element.body.sectPr
        if table.note:
            self._comment(DocxParagraph(end.getprevious(), self.document._body), table.note)
        end.addprevious(made)

    def _row(self, row: Row, widths: Sequence[int], *, is_head: bool) -> Any:
        made, about = element("tr"), element("trPr")
        about.append(element("cantSplit"))
        if is_head:
            about.append(element("tblHeader"))
        about.extend(self.marker.change(tag, mark) for tag, mark in _marks(row.inserted, row.deleted))
        made.append(about)
        last = len(row.cells) - 1
        for at, pieces in enumerate(row.cells):
            span = len(widths) - last if at == last else 1
            cell, properties = element("tc"), element("tcPr")
            properties.append(element("tcW", w=widths[0] * span, type="dxa"))
            if span > 1:
                properties.append(element("gridSpan", val=span))
            words = element("p")
            cell.extend([properties, words])
            made.append(cell)
            beside = row.note if at == 0 else ""
            passage = Paragraph(
                row.ref if at == 0 else "", row.kind, row.depth, pieces, row.inserted, row.deleted, beside,
                row.number, row.notes if at == last else (),
            )  # fmt: skip
            self._passage(DocxParagraph(words, self.document._body), passage, in_table=True)
        return made

    def _passage(self, paragraph: DocxParagraph, passage: Paragraph, *, in_table: bool) -> None:
        """One paragraph; what became of its passage hangs beside it as a margin comment."""
        # By its id: by its name the library looks through all styles again for each paragraph.
        paragraph._p.style = _style(passage)
        if passage.ref:
            indent = 0 if in_table else ITEM_INDENT if passage.kind == "item" else LABEL_INDENT
            self.marker.label(paragraph, text_label(passage), indent)
        self.marker.write(paragraph, passage.pieces)
        if passage.note:
            self._comment(paragraph, passage.note)
        for note in passage.notes:
            paragraph._p.append(self.notes.sign(note))
        for tag, mark in _marks(passage.inserted, passage.deleted):
            self.marker.mark_paragraph(paragraph, tag, mark)

    def _comment(self, paragraph: DocxParagraph, words: str) -> None:
        """Hang words beside a paragraph, at its start.

        LibreOffice loses count of footnotes where a comment spans changes.
        """
        runs, look = [paragraph.add_run()], paragraph._p.get_or_add_pPr()
        look.addnext(runs[0]._r)  # type: ignore[arg-type]
        self.document.add_comment(runs, text=words, author="The event", initials="E")


def _style(passage: Paragraph) -> str:
    if passage.kind == "heading":
        return f"Heading{min(2 + passage.depth, 4)}"
    return {"item": "Passageitem", "table": "Passagecell"}.get(passage.kind, "Passage")


def _marks(inserted: Mark | None, deleted: Mark | None) -> list[tuple[str, Mark]]:
    return [(tag, mark) for tag, mark in (("ins", inserted), ("del", deleted)) if mark]


class Footnotes:
    """The footnotes of a document, in a part of their own, which it has only if there are any."""

    def __init__(self, document: Document, marker: Marker) -> None:
        self.document = document
        self.marker = marker
        self.root = element("footnotes")
        for key, kind in ((-1, "separator"), (0, "continuationSeparator")):
            line = element("p")
            line.append(element("r"))
            line[0].append(element(kind))
            edge = element("footnote", type=kind, id=key)
            edge.append(line)
            self.root.append(edge)
        self.last = 0

    def sign(self, note: Note) -> Any:
        """Write a note, and give its sign for the text."""
        self.last += 1
        body, words, run = element("footnote", id=self.last), element("p"), self._raised("footnoteRef")
        body.append(words)
        self.root.append(body)
        paragraph = DocxParagraph(words, self.document._body)
        words.style = "Note"
        self.marker.label(paragraph, note.ref, 0)
        words.append(run)
        self.marker.write(paragraph, note.pieces)
        sign = self._raised("footnoteReference", id=self.last)
        return self.marker.tracked(sign, note.inserted, note.deleted)

    def _raised(self, tag: str, **attributes: int) -> Any:
        run, look = element("r"), element("rPr")
        look.append(element("vertAlign", val="superscript"))
        run.extend([look, element(tag, **attributes)])
        return run

    def finish(self) -> None:
        """Put the notes into the file."""
        if not self.last:
            return
        part = self.document.part
        name = PackURI("/word/footnotes.xml")
        notes = XmlPart(name, CONTENT_TYPE.WML_FOOTNOTES, self.root, part.package)
        part.relate_to(notes, RELATIONSHIP_TYPE.FOOTNOTES)
        known = element("footnotePr")
        known.extend([element("footnote", id=-1), element("footnote", id=0)])
        self.document.settings.element.find(qn("w:compat")).addprevious(known)

