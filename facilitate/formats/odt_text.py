"""Outcome: "The text" of an OpenDocument file: passages, tables and footnotes with tracked changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from facilitate.formats.odt_looks import LABEL, TRACKED_ROW
from facilitate.formats.odt_parts import OdtPage, annotation, changed_region, element, paragraph, write
from facilitate.formats.tracked import NOBODY, Mark, Note, Paragraph, Piece, runs, text_label
from facilitate.formats.tracked_blocks import Table
from facilitate.formats.tracked_rows import Row


class Text:
    """Writes passages with their changes; what a deleted passage leaves waits for the next paragraph.

    Shape: `labels` are the labels of the paragraphs written, in the order of their list styles.
    """

    def __init__(self, page: OdtPage, changes: Any, made: str) -> None:
        self.page = page
        self.changes = changes
        self.made = made
        self.last = 0
        self.notes = 0
        self.labels: list[tuple[str, bool]] = []

    def write(self, blocks: Sequence[Paragraph | Table]) -> None:
        """All passages."""
        for block in blocks:
            if isinstance(block, Table):
                self._table(block)
            else:
                self._passage(block)

    def _passage(self, passage: Paragraph) -> None:
        if passage.note:
            self.page.waiting.append(annotation(passage.note, self.made))
        if passage.deleted:
            self._gone(passage)
            return
        words = _paragraph_of(passage)
        self._runs(words, passage.pieces, passage.notes)
        start = self._begin(passage.inserted) if passage.inserted else None
        if start is not None:
            words.append(element("text:change-start", text__change_id=start))
        self.page.add(words, self._labelled(words, text_label(passage)))
        if start is not None:
            self.page.waiting.append(element("text:change-end", text__change_id=start))

    def _runs(self, words: Any, pieces: Iterable[Piece], notes: Sequence[Note] = ()) -> None:
        for (inserted, deleted), text in runs(pieces):
            self._run(words, text, inserted, deleted)
        for note in notes:
            made = self._note(note)
            if note.deleted:
                held = element("text:p")
                held.append(made)
                words.append(self._taken_out(note.deleted, None, held))
            elif note.inserted:
                start = self._begin(note.inserted)
                words.append(element("text:change-start", text__change_id=start))
                words.append(made)
                words.append(element("text:change-end", text__change_id=start))
            else:
                words.append(made)

    def _run(self, parent: Any, text: str, inserted: Mark | None, deleted: Mark | None) -> None:
        if deleted:
            parent.append(self._taken_out(deleted, inserted, paragraph(text)))
        elif inserted:
            start = self._begin(inserted)
            parent.append(element("text:change-start", text__change_id=start))
            write(parent, text)
            parent.append(element("text:change-end", text__change_id=start))
        else:
            write(parent, text)

    def _note(self, note: Note) -> Any:
        self.notes += 1
        words = element("text:p", text__style_name="Note")
        self._runs(words, note.pieces)
        return element(
            "text:note",
            element("text:note-citation", words=str(self.notes)),
            element("text:note-body", self._labelled(words, note.ref, is_tight=True)),
            text__id=f"ftn{self.notes}", text__note_class="footnote",
        )  # fmt: skip

    def _gone(self, passage: Paragraph) -> None:
        """A passage taken out as a whole: its words and its end stand in the changes alone."""
        parts = list(runs(passage.pieces))
        if parts[-1][0][0]:
            # The end was there from the beginning: it must not go with words that were put in.
            parts.append(((None, passage.deleted), ""))
        for at, ((inserted, deleted), text) in enumerate(parts):
            words = _paragraph_of(passage)
            write(words, text)
            content = [words]
            if at == len(parts) - 1:
                words.extend([self._note(note) for note in passage.notes])
                content = [self._labelled(words, text_label(passage)), paragraph("")]
            self.page.waiting.append(self._taken_out(deleted or passage.deleted, inserted, *content))

    def _table(self, table: Table) -> None:
        if table.note:
            self.page.last_paragraph().append(annotation(table.note, self.made))
        made = self.page.empty_table([1] * table.columns)
        for number, row in enumerate(table.rows):
            if table.head and number == 0:
                made.append(element("table:table-header-rows", self._row(row, table.columns)))
            else:
                made.append(self._row(row, table.columns))
        self.page.add_table(made)

    def _row(self, row: Row, columns: int) -> Any:
        made = element("table:table-row")
        if row.inserted or row.deleted:
            made = element("table:table-row", table__style_name=TRACKED_ROW)
        last = len(row.cells) - 1
        for at, pieces in enumerate(row.cells):
            words = _paragraph_of(row)
            if at == 0 and row.note:
                words.append(annotation(row.note, self.made))
            self._runs(words, pieces, row.notes if at == last else ())
            held = self._labelled(words, text_label(row), is_tight=True) if at == 0 else words
            span = columns - last if at == last else 1
            cell = element("table:table-cell", held, table__style_name="Cell")
            made.append(cell)
            if span > 1:
                cell.set(SPANNED, str(span))
                made.extend(element("table:covered-table-cell") for _ in range(span - 1))
        return made

    def _begin(self, mark: Mark) -> str:
        self.last += 1
        key = f"ct{self.last}"
        self.changes.append(changed_region(key, "insertion", mark))
        return key

    def _taken_out(self, mark: Mark | None, put_in: Mark | None, *content: Any) -> Any:
        self.last += 1
        key = f"ct{self.last}"
        self.changes.append(changed_region(key, "deletion", mark or NOBODY, content, put_in))
        return element("text:change", text__change_id=key)

    def _labelled(self, words: Any, label: str, *, is_tight: bool = False) -> Any:
        self.labels.append((label, is_tight))
        style = f"{LABEL}{len(self.labels) - 1}"
        return element("text:list", element("text:list-item", words), text__style_name=style)


SPANNED = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}number-columns-spanned"


def _paragraph_of(passage: Paragraph | Row) -> Any:
    if passage.kind == "heading":
        level = min(2 + passage.depth, 4)
        return element("text:h", text__style_name=f"Heading_20_{level}", text__outline_level=level)
    style = {"item": "Passage_20_item", "table": "Table_20_Contents"}.get(passage.kind, "Passage")
    return element("text:p", text__style_name=style)
