"""Before the event: reads a document written in Word into passages with the numbers that people see."""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from facilitate.domain.documents import ReadDocument, ReadPassage, clean_text
from facilitate.domain.refusal import Refused
from facilitate.formats.collected import tidy
from facilitate.formats.docx_blocks import blocks, cells, rows, runs_on
from facilitate.formats.docx_looks import DocxLooks
from facilitate.formats.docx_notes import Notes
from facilitate.formats.docx_numbering import Label, Numbering
from facilitate.formats.docx_package import DocxParts, open_docx
from facilitate.formats.docx_runs import Words, words
from facilitate.formats.docx_styles import Styles, w
from facilitate.formats.docx_tables import Row, lays_out, read_row
from facilitate.formats.docx_unread import unread_sentences
from facilitate.formats.labels import numbered_lines, typed_bullet, typed_number
from facilitate.formats.looks import reads_as_heading
from facilitate.formats.nesting import Nesting

_CONTENTS = re.compile(r"toc ?(\d|heading)|table of figures")
_NO_TITLE = re.compile(r"microsoft word|document ?\d*$|untitled|.*\.(docx?|odt|rtf)$", re.I)
_OTHER_TITLE = re.compile(r"(section|chapter|part|annex|table|figure|sub) ?-?title$")
_UNFINISHED = re.compile(r"\b(to|of|for|on|the|and)$", re.I)
_WORD = re.compile(r"[^\W\d_]{3}")


def read_docx(body: bytes) -> ReadDocument:
    """Reads a Word file.

    Errors: file-too-large, not-a-docx, expands-too-far, damaged-document, unsafe-document, empty-document.
    """
    reader = _Reader(open_docx(body))
    reader.read()
    if not reader.passages:
        raise Refused(
            "empty-document", "The file opens, but there is no text in it. Nothing was imported.", "file"
        )
    unread = tuple(unread_sentences(reader.parts, reader.odd))
    return ReadDocument(reader.title(), tuple(reader.passages), unread)


class _Reader:
    """Follows one Word file from top to bottom and collects its passages."""

    def __init__(self, parts: DocxParts) -> None:
        self.parts = parts
        self.styles = Styles(parts.part("styles"))
        self.numbering = Numbering(parts.part("numbering"), self.styles)
        self.notes = Notes(parts)
        self.nesting = Nesting()
        self.passages: list[ReadPassage] = []
        self.odd: Counter[str] = Counter()
        self.titles: list[str] = []
        self.number_alone = ""

    def read(self) -> None:
        body = self.parts.document.find(w("body"))
        assert body is not None
        self.looks = DocxLooks(body, self.styles)
        self.walk(body)
        for note in self.notes.uncited():
            self.odd["uncited"] += 1
            self.add("footnote", note.mark, note.text, 0)

    def title(self) -> str:
        named = " ".join(self.titles) or clean_text(self.parts.title).strip()
        if named and not _NO_TITLE.match(named):
            return named
        headings = [passage.heading for passage in self.passages if passage.heading]
        if not headings:
            return self.passages[0].text.partition("\n")[0][:150]
        return " ".join(headings[: 2 if _UNFINISHED.search(headings[0]) else 1])

    def walk(self, container: etree._Element) -> None:
        """Reads the blocks of a body, cell or text box; a paragraph without its end runs on into the next."""
        run_on: tuple[etree._Element, Words] | None = None
        for block, contents in blocks(container):
            if block.tag == w("p"):
                found = words(block) if run_on is None else run_on[1].before(words(block))
                run_on = (block, found) if runs_on(block) else None
                if run_on is None:
                    self.paragraph(block, found, contents)
                continue
            if run_on is not None:
                self.leftover(*run_on)
                run_on = None
            if block.tag == w("tbl"):
                self.table(block)
            else:
                self.odd["chunk"] += 1
        if run_on is not None:
            self.leftover(*run_on)

    def leftover(self, paragraph: etree._Element, found: Words) -> None:
        """A paragraph whose end is deleted, with nothing after it to run on into."""
        if tidy(found.text):
            self.paragraph(paragraph, found, False)

    def paragraph(self, paragraph: etree._Element, found: Words, contents: bool) -> None:
        """Makes a passage of a paragraph, then of the notes it cites and the text boxes it carries."""
        place = self.numbering.place(paragraph)
        label = self.numbering.count(place) if place is not None else None
        names = self.styles.names(paragraph)
        if tidy(found.text):
            if contents or any(_CONTENTS.match(name) for name in names):
                self.add("contents", label.shown if label else "", found.text, self.nesting.plain())
            elif self.is_title(names[0] if names else ""):
                self.titles.append(tidy(found.text))
                self.add("heading", label.shown if label else "", found.text, 0)
            else:
                first, *others = numbered_lines(tidy(found.text)) if "\n" in found.text else [found.text]
                self.words(paragraph, first, label, names)
                for each in others:
                    self.words(paragraph, each, None, names)
        elif label is not None and (_WORD.search(label.shown) or _in_table(paragraph)):
            self.number_alone = label.shown
        self.attached(found)

    def is_title(self, style: str) -> bool:
        """Whether the style is Word's title style, or calls itself a title and stands at the very top."""
        named = style.endswith("title") and not _OTHER_TITLE.search(style)
        begun = any(p.number or (p.heading and p.heading not in self.titles) for p in self.passages[:10])
        return style == "title" or (named and not begun and len(self.passages) < 10)

    def attached(self, found: Words) -> None:
        """The notes that a paragraph cites and the text boxes anchored in it."""
        self.odd.update(found.odd)
        depth = self.passages[-1].depth + 1 if self.passages else 0
        for part, identity, counted in found.notes:
            note = self.notes.cited(part, identity, counted)
            if note is not None:
                self.add("footnote", note.mark, note.text, depth)
        for box in found.boxes:
            self.walk(box)

    def words(self, paragraph: etree._Element, text: str, label: Label | None, names: list[str]) -> None:
        """An ordinary paragraph: finds its number, whether it is a heading, and how deep it stands."""
        rank = self.styles.outline(paragraph)
        shown = label if label is not None and (label.shown or label.bullet) else None
        number, bullet = (shown.shown, shown.bullet) if shown else ("", False)
        if shown is None:
            number, bullet, text = self.typed(text, rank is not None)
        self.number_alone = ""
        plain = rank is None and not bullet
        if plain:
            rank = self.looks.rank(paragraph, tidy(text), numbered=bool(number))
            number, text = self.worded(text) if rank is not None and not number else (number, text)
        if rank is not None and not bullet and reads_as_heading(text):
            family, level = (shown.family, shown.level) if shown else ("", 0)
            self.add("heading", number, text, self.nesting.heading(rank, number, family, level))
            return
        if shown is not None:
            left = self.styles.left(paragraph)
            left = shown.left if left is None else left
            depth = self.nesting.listed(shown.family, shown.level, left, number)
        elif number:
            depth = self.nesting.typed(number)
        else:
            depth = self.nesting.inside() if bullet else self.nesting.plain()
        self.add(self.kind(number, bullet, depth, names), number, text, depth)

    def worded(self, text: str) -> tuple[str, str]:
        """The number of a heading that no style calls one, such as "Article 4", and its text."""
        found = typed_number(text, heading=True)
        return (found.number, found.rest) if found is not None and found.rest else ("", text)

    def kind(self, number: str, bullet: bool, depth: int, names: list[str]) -> str:
        """A bullet or a short number inside something else makes an item, all other text a paragraph."""
        nested = depth > self.nesting.headings() and "." not in number.strip(".")
        if bullet or (number and nested):
            return "item"
        return "quote" if any("quot" in name for name in names) else "paragraph"

    def typed(self, text: str, heading: bool) -> tuple[str, bool, str]:
        """The number typed before a text, whether a bullet was, and the text without them."""
        if self.number_alone:
            return self.number_alone, False, text
        found = self.looks.codes.find(text) or typed_number(text, heading)
        if found is not None and tidy(found.rest) and (found.sure or self.nesting.expects(found.number)):
            return found.number, False, found.rest
        unmarked = typed_bullet(text)
        return "", unmarked is not None, unmarked or text

    def table(self, table: etree._Element) -> None:
        """A passage per row; a row that only lays out text is read paragraph by paragraph."""
        grid = [cells(row) for row in rows(table)]
        boxed = all(len(columns) == 1 for columns in grid)
        for columns in grid:
            alone = len(columns) == 1 and (boxed or len(columns[0].findall(w("p"))) > 1)
            if alone or lays_out(columns, self.numbering):
                for cell in columns:
                    self.walk(cell)
                self.number_alone = ""
            elif columns:
                self.row(read_row(columns, self.numbering))

    def row(self, row: Row) -> None:
        """One table row as one passage; a number that stands alone in its first cell is its number."""
        expected = row.typed and (row.typed[-1] in ".)" or self.nesting.expects(row.typed))
        number = row.label.shown if row.label else row.typed if expected else ""
        text = row.without(number)
        if text and row.label:
            depth = self.nesting.listed(row.label.family, row.label.level, row.label.left, number)
        elif text:
            depth = self.nesting.typed(number) if number else self.nesting.plain()
        if text:
            self.add("table", number, text, depth)
        self.attached(row.attached)

    def add(self, kind: str, number: str, text: str, depth: int) -> None:
        text = tidy(clean_text(text))
        number = clean_text(number)
        if kind == "heading" and text:
            self.passages.append(ReadPassage(kind, number, " ".join(text.split()), "", depth))
        elif text:
            self.passages.append(ReadPassage(kind, number, "", text, depth))


def _in_table(paragraph: etree._Element) -> bool:
    return next(paragraph.iterancestors(w("tc")), None) is not None
