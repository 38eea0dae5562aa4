"""Before the event: reads a PDF file that holds text into passages, as people see them on its pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from facilitate.domain.documents import ReadDocument
from facilitate.domain.refusal import Refused
from facilitate.formats.collected import Collector, counted
from facilitate.formats.hyphens import Joiner
from facilitate.formats.labels import typed_number, worded_rank
from facilitate.formats.looks import Look, Looks
from facilitate.formats.pdf_contents import mark_contents
from facilitate.formats.pdf_furniture import without_furniture
from facilitate.formats.pdf_grids import with_grids
from facilitate.formats.pdf_letters import drawn, is_underlined
from facilitate.formats.pdf_line_numbers import without_line_numbers
from facilitate.formats.pdf_notes import PdfNotes, plain
from facilitate.formats.pdf_open import open_pdf
from facilitate.formats.pdf_order import in_order
from facilitate.formats.pdf_paragraphs import Block, Paragraphs
from facilitate.formats.pdf_rows import Piece, pieces
from facilitate.formats.pdf_tables import tables

_ODD = {
    "picture": ("One picture was not taken.", "{n} pictures were not taken."),
    "turned": (
        "One sign that is turned or slanted on the page was not taken.",
        "{n} signs that are turned or slanted on the page were not taken.",
    ),
    "line": (
        "One number of a line in the margin was not taken.",
        "{n} numbers of lines in the margin were not taken.",
    ),
    "symbol": (
        "One sign has no letter in the file; compare it with the original.",
        "{n} signs have no letter in the file; compare them with the original.",
    ),
}
_MOST_UNKNOWN = 0.3


def read_pdf(body: bytes) -> ReadDocument:
    """Reads a PDF file.

    Errors: not-a-pdf, locked-document, expands-too-far, holds-macros, picture-too-large, damaged-document,
    pdf-without-text.
    """
    reader = _Reader()
    with open_pdf(body) as file:
        title = str((file.metadata or {}).get("Title") or "")
        for at, page in enumerate(file.pages):
            reader.page(page, at)
            page.close()
    reader.read()
    return reader.out.document(
        "" if title.lower().startswith("microsoft word") else title, list(reader.unread())
    )


class _Reader:
    """Gathers the lines of all pages, then follows them from the first to the last."""

    def __init__(self) -> None:
        self.out = Collector()
        self.odd: Counter[str] = self.out.odd
        self.pages: list[list[Piece]] = []
        self.heights: list[float] = []
        self.empty: list[int] = []
        self.left_out: list[str] = []

    def page(self, page: object, at: int) -> None:
        """Takes the letters of one page."""
        shown = drawn(page)
        grids, letters = tables(page, at, shown)
        found, counted_lines = without_line_numbers(pieces(letters, at, self.odd))
        for piece in found:
            piece.underlined = is_underlined(piece.x0, piece.x1, piece.bottom, piece.size, shown.rules)
        self.odd["picture"] += shown.pictures
        self.odd["line"] += counted_lines
        if not found and not grids and shown.pictures:
            self.empty.append(at + 1)
        self.pages.append(sorted(found + grids, key=lambda each: (each.top, each.x0)))
        self.heights.append(float(page.height))  # type: ignore[attr-defined]

    def read(self) -> None:
        """Finds paragraphs, headings and notes.

        Errors: pdf-without-text.
        """
        self._check_text()
        kept, self.left_out = without_furniture(self.pages, self.heights)
        ordered = [in_order(page) for page in kept]
        joiner = Joiner("\n".join(line.text for page in ordered for line in page))
        body = _body_size(ordered)
        notes = PdfNotes(joiner)
        lines = [line for page in ordered for line in with_grids(notes.taken_from(page, body))]
        mark_contents(lines)
        paragraphs = Paragraphs(lines, self.out.nesting.expects)
        looks = Looks((_look(block), plain(_text(block, joiner))) for block in _blocks(paragraphs, lines))
        self.out.codes = paragraphs.codes = looks.codes
        for block in _blocks(paragraphs, lines):
            self.block(block, joiner, looks, notes)
        for mark, text in notes.left():
            self.out.note(mark, text)

    def block(self, block: Block, joiner: Joiner, looks: Looks, notes: PdfNotes) -> None:
        """One paragraph, heading, table or line of a table of contents."""
        if block.lines[0].rows:
            for row in block.lines[0].rows:
                self.out.row(row)
            return
        text, cited = notes.cite(_text(block, joiner), block.lines[0].page, block.lines[-1].page)
        if block.lines[0].contents:
            self.out.contents(text.replace("\t", " "))
            return
        number = looks.codes.find(text) or typed_number(text, heading=True)
        words = number.rest if number is not None and number.rest else text
        rank = looks.rank(_look(block), words, numbered=words != text)
        rank = worded_rank(text) if rank is None else rank
        if rank is not None:
            self.out.heading(text, rank)
        else:
            self.out.text(text)
        for mark, note in cited:
            self.out.note(mark, note)

    def unread(self) -> Iterator[str]:
        """What the clerk should compare with the original."""
        yield from counted(self.odd, _ODD)
        if self.empty:
            which = ", ".join(map(str, self.empty[:20]))
            yield f"Pages that hold only a picture could not be read: {which}."
        if self.left_out:
            words = "; ".join(f"“{plain(text)}”" for text in self.left_out[:12])
            yield f"Heads and feet of the pages were not taken: {words}."
        elif self.odd["artifact"]:
            yield "Heads and feet of the pages were not taken."
        yield "A PDF file holds only the places of letters: compare the passages with the original."

    def _check_text(self) -> None:
        letters = "".join(piece.text for page in self.pages for piece in page if not piece.rows)
        tabled = any(piece.rows for page in self.pages for piece in page)
        unknown = letters.count("\ufffd")
        nothing = not any(c.isalnum() for c in letters) and not tabled
        if nothing or unknown > _MOST_UNKNOWN * max(1, len(letters)):
            raise Refused(
                "pdf-without-text",
                "The pages of this PDF file are pictures, or its letters cannot be told, so there is no text "
                "to take from it. Nothing was imported. Ask for the file it was made from, or have its text "
                "recognised (OCR) first.",
                "file",
            )


def _blocks(paragraphs: Paragraphs, lines: list[Piece]) -> Iterator[Block]:
    """The paragraphs one after the other; each is given out before the next is looked for."""
    block: Block | None = None
    for line in lines:
        if block is not None and paragraphs.goes_on(block, line):
            block.lines.append(line)
            continue
        if block is not None:
            yield block
        block = Block([line])
    if block is not None:
        yield block


def _text(block: Block, joiner: Joiner) -> str:
    text = block.start
    for line in block.lines[1:]:
        text = joiner.joined(text, line.text)
    return text


def _look(block: Block) -> Look:
    bold, under = (all(line.bold for line in block.lines), all(line.underlined for line in block.lines))
    return Look(block.lines[0].size, bold, under)


def _body_size(pages: list[list[Piece]]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
