"""Before the event: reads an OpenDocument text into passages with the numbers that people see."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from facilitate.domain.documents import ReadDocument
from facilitate.formats.collected import Collector, counted, tidy
from facilitate.formats.docx_styles import level_by_name, names_body
from facilitate.formats.looks import Looks, reads_as_heading
from facilitate.formats.odt_numbering import Counts, Lists, start_value
from facilitate.formats.odt_package import OdtParts, open_odt, q
from facilitate.formats.odt_styles import OdtStyles
from facilitate.formats.odt_words import Words, drawn, words

_THROUGH = {q("text:section"), q("text:index-body"), q("text:numbered-paragraph"), q("text:index-title")}
_DRAWN = {q("draw:frame"), q("draw:custom-shape"), q("draw:g"), q("draw:a"), q("draw:rect")}
_ODD = {
    "picture": ("One picture was not taken.", "{n} pictures were not taken."),
    "object": ("One embedded object was not taken.", "{n} embedded objects were not taken."),
    "hidden": (
        "One stretch of hidden text was taken with the rest.",
        "{n} stretches of hidden text were taken with the rest.",
    ),
    "comment": ("One review comment was not taken.", "{n} review comments were not taken."),
}


def read_odt(body: bytes) -> ReadDocument:
    """Reads an OpenDocument text.

    Errors: file-too-large, not-an-odt, expands-too-far, damaged-document, unsafe-document, holds-macros,
    picture-too-large, locked-document, empty-document.
    """
    parts = open_odt(body)
    reader = _Reader(parts)
    reader.walk(parts.text)
    return reader.out.document(parts.title, list(reader.unread()))


class _Reader:
    """Follows one text from top to bottom."""

    def __init__(self, parts: OdtParts) -> None:
        self.parts = parts
        self.styles = OdtStyles(parts)
        self.lists = Lists(parts)
        self.out = Collector()
        running = [p for p in parts.text.iter(q("text:p"), q("text:h")) if not _in_table(p)]
        self.looks = Looks((self.styles.look(p), words(p, self.styles).text) for p in running)
        self.out.codes = self.looks.codes

    def unread(self) -> Iterator[str]:
        """What the clerk should compare with the original."""
        yield from counted(self.out.odd, _ODD)
        if self.parts.text.find(q("text:tracked-changes")) is not None:
            yield "The file holds tracked changes: insertions were taken, deletions were left out."
        if self.parts.styles is not None and any(
            any(c.isalnum() for c in "".join(part.itertext()))
            for name in ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")
            for part in self.parts.styles.iter(q(f"style:{name}"))
        ):
            yield "Headers and footers of the pages were not taken."

    def walk(self, container: etree._Element) -> None:
        """Reads the blocks of a body, section, cell or text box."""
        for block in container:
            if block.tag in (q("text:p"), q("text:h")):
                self.paragraph(block)
            elif block.tag == q("text:list"):
                self.listing(block)
            elif block.tag == q("table:table"):
                self.table(block)
            elif block.tag in _THROUGH:
                self.walk(block)
            elif block.tag in _DRAWN:
                self.attached(drawn(block))
            elif block.find(q("text:index-body")) is not None:
                self.contents(block)

    def contents(self, index: etree._Element) -> None:
        """A table of contents or another index."""
        for paragraph in index.iter(q("text:p"), q("text:h")):
            text = words(paragraph, self.styles).text
            if tidy(text):
                self.out.contents(text)

    def listing(
        self, element: etree._Element, style: str = "", at: int = 0, counts: Counts | None = None
    ) -> None:
        """A list and the lists within its entries; only the first paragraph of an entry has its number."""
        style = element.get(q("text:style-name")) or style
        if counts is None:
            counts = self.lists.begin(element, style)
        self.lists.known(element, counts)
        for entry in element:
            fresh = entry.tag == q("text:list-item")
            for block in entry:
                if block.tag == q("text:list"):
                    self.listing(block, style, at + 1, counts)
                elif block.tag in (q("text:p"), q("text:h")):
                    self.entry(block, entry if fresh else None, style, at, counts)
                    fresh = False

    def entry(
        self, block: etree._Element, item: etree._Element | None, style: str, at: int, counts: Counts
    ) -> None:
        """One paragraph of a list; `item` is None for the second and further ones of an entry."""
        found = words(block, self.styles)
        if item is None:
            if block.tag == q("text:h"):
                self.heading(block, found, "", "", 0)
            elif tidy(found.text):
                self.out.more(found.text)
            self.attached(found)
            return
        named = self.styles.list_style(block) or ""
        style = item.get(q("text:style-override")) or style or (named if named in self.lists.styles else "")
        shown = self.lists.count(counts, style, at, start_value(item))
        rank = self.looks.rank(self.styles.look(block), found.text, numbered=True)
        if not tidy(found.text):
            pass
        elif block.tag == q("text:h"):
            self.heading(block, found, shown, f"list {style}", at)
        elif shown and rank is not None:
            self.out.heading(found.text, rank, shown, f"list {style}", at)
        else:
            left = self.lists.level(style, at).left
            self.out.entry(
                found.text, shown, f"list {style}", at, int(left * 20) if left is not None else None
            )
        self.attached(found)

    def heading(self, block: etree._Element, found: Words, number: str, family: str, at: int) -> None:
        """A heading by its level in the outline."""
        text = tidy(found.text)
        running = any(names_body(name) for name in self.styles.names(block)[:2])
        if text and reads_as_heading(text) and not running:
            self.out.heading(text, float(self.level(block)), number, family, at)
        elif number:
            self.out.entry(text, number, family, at)
        else:
            self.out.text(text)

    def paragraph(self, block: etree._Element) -> None:
        """A paragraph or heading outside of lists; a heading may count in the outline."""
        found = words(block, self.styles)
        names = self.styles.names(block)
        if block.tag == q("text:h"):
            number = self.outlined(block)
            self.heading(block, found, number, "outline" if number else "", self.level(block))
        elif not tidy(found.text):
            pass
        elif (names and names[0] == "title") or "title" in names[1:2]:
            self.out.name(found.text)
        elif any(name.startswith("contents ") for name in names):
            self.out.contents(found.text)
        else:
            rank = self.rank(block, found.text, names)
            if rank is not None and reads_as_heading(tidy(found.text)):
                self.out.heading(found.text, rank)
            else:
                self.out.text(found.text, quoted=any("quot" in name for name in names))
        self.attached(found)

    def rank(self, block: etree._Element, text: str, names: list[str]) -> float | None:
        """How far out a paragraph stands as a heading by its style or by its type, None if it is none."""
        if _in_table(block):
            return None
        level = self.styles.outline(block)
        named = [level_by_name([name]) for name in names[:2] if not names_body(name)]
        by_name = next((each for each in named if each is not None), None)
        styled = by_name if level is None else float(level - 1)
        return self.looks.rank(self.styles.look(block), text) if styled is None else styled

    def level(self, block: etree._Element) -> int:
        """The level of a heading, 0 outermost."""
        written = block.get(q("text:outline-level")) or "1"
        return int(written) - 1 if written.isdigit() and int(written) else 0

    def outlined(self, block: etree._Element) -> str:
        """The number of a heading that counts in the outline, "" where it has none."""
        if block.get(q("text:is-list-header")) == "true" or self.styles.list_style(block) == "":
            return ""
        start = start_value(block)
        if start is None and block.get(q("text:restart-numbering")) == "true":
            start = self.lists.level("outline", self.level(block)).start
        return self.lists.count(self.lists.outline, "outline", self.level(block), start)

    def attached(self, found: Words) -> None:
        """The notes that a paragraph cites and the text boxes anchored in it."""
        self.out.odd.update(found.odd)
        for mark, text in found.notes:
            self.out.note(mark, text)
        for box in found.boxes:
            self.walk(box)

    def table(self, table: etree._Element) -> None:
        """A passage per row; a row of one cell, or with tables or lists inside, is read block by block."""
        for row in table.iter(q("table:table-row")):
            if next(row.iterancestors(q("table:table"))) is not table:
                continue
            cells = [cell for cell in row if cell.tag == q("table:table-cell")]
            lists = [found for cell in cells for found in cell.iter(q("text:list"))]
            numbers = self.first_number(cells, lists)
            nested = any(True for cell in cells for _ in cell.iter(q("table:table")))
            if len(cells) == 1 or nested or (lists and not numbers):
                for cell in cells:
                    self.walk(cell)
            elif cells:
                self.row(cells, lists[0] if lists else None)

    def first_number(self, cells: list[etree._Element], lists: list[etree._Element]) -> bool:
        """Whether the only list of a row has one entry, at its very start, so that it counts the rows."""
        first = next((block for block in cells[0]), None) if cells else None
        outer = [found for found in lists if next(found.iterancestors(q("text:list")), None) is None]
        return bool(
            len(outer) == 1 and outer[0] is first and len(list(outer[0].iter(q("text:p"), q("text:h")))) == 1
        )

    def row(self, cells: list[etree._Element], counting: etree._Element | None) -> None:
        """A row of facts as one passage."""
        number = self.row_number(counting) if counting is not None else ""
        texts, attached = [], Words()
        for cell in cells:
            lines = []
            for paragraph in cell.iter(q("text:p"), q("text:h")):
                if next(paragraph.iterancestors(q("text:note"), q("office:annotation")), None) is None:
                    found = words(paragraph, self.styles)
                    lines.append(found.text)
                    attached.notes += found.notes
                    attached.boxes += found.boxes
                    attached.odd += found.odd
            texts.append("\n".join(lines))
        if number and not texts[0].strip():
            texts = texts[1:]
        self.out.row(texts, number)
        self.attached(attached)

    def row_number(self, outer: etree._Element) -> str:
        """The number that an automatic list gives to a row."""
        style, at, inner = outer.get(q("text:style-name")) or "", 0, outer
        counts = self.lists.begin(outer, style)
        while (deeper := inner.find(f"{q('text:list-item')}/{q('text:list')}")) is not None:
            inner, at = deeper, at + 1
        item = inner.find(q("text:list-item"))
        return "" if item is None else self.lists.count(counts, style, at, start_value(item))


def _in_table(paragraph: etree._Element) -> bool:
    return next(paragraph.iterancestors(q("table:table"), q("draw:text-box")), None) is not None
