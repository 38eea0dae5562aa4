"""Before the event: reads a web page or a document saved as one into passages."""

from __future__ import annotations

import re
from collections import Counter
from itertools import count

from lxml import etree, html

from facilitate.domain.documents import ReadDocument, clean_text
from facilitate.domain.refusal import Refused
from facilitate.formats.collected import Collector, counted, tidy
from facilitate.formats.docx_styles import names_body
from facilitate.formats.html_lists import ODD, shown_number, whole
from facilitate.formats.html_notes import HtmlNotes
from facilitate.formats.html_words import BLOCKS, SILENT, Words, hidden, inline, look
from facilitate.formats.looks import Looks, reads_as_heading

_HEADINGS = {f"h{level + 1}": level for level in range(6)}
_EMPTY_LINE = re.compile(r"\n\s*\n")
_FRAME = ("nav", "header", "footer", "aside")
_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary"}


def read_html(text: str) -> ReadDocument:
    """Reads HTML; nothing that it points to is fetched, and no program in it is run.

    Errors: empty-document, unsafe-document, damaged-document.
    """
    text = clean_text(text).removeprefix("\ufeff").lstrip()
    if "<!entity" in text[: text.lower().find("<html") if "<html" in text.lower() else 100_000].lower():
        raise Refused(
            "unsafe-document",
            "The page carries definitions that no page needs and that can do harm, so it was not read.",
            "file",
        )
    if text.startswith("<?xml"):
        text = text.partition("?>")[2]
    try:
        parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
        root = html.document_fromstring(text, parser=parser)
        reader = _Reader(root)
        reader.read()
    except (etree.ParserError, etree.XMLSyntaxError, RecursionError) as broken:
        raise Refused(
            "damaged-document",
            "The page could not be taken apart, so nothing was taken from it. "
            "Save it anew from a browser or from Word and try again.",
            "file",
        ) from broken
    return reader.out.document(root.findtext(".//title") or "", counted(reader.out.odd, ODD))


class _Reader:
    """Follows one page from top to bottom."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.out = Collector()
        self.notes = HtmlNotes(root)
        self.lists = count(1)
        running = root.iter("p", "div", "li", "dd", "h1", "h2", "h3", "h4", "h5", "h6")
        plain = [p for p in running if not any(child.tag in BLOCKS for child in p.iter() if child is not p)]
        self.looks = Looks((look(p), "".join(p.itertext())) for p in plain)
        self.out.codes = self.looks.codes

    def read(self) -> None:
        """Reads the main part of the page, or all of it but menus, page heads and page feet."""
        body = self.root.find("body")
        mains = self.root.xpath("//main | //*[@role='main']")
        start = mains[0] if len(mains) == 1 else body if body is not None else self.root
        if start is not body and body is not None:
            left = len(_words(body)) - len(_words(start))
            self.out.odd["frame"] += left > 0
        styles = " ".join(style.text or "" for style in self.root.iter("style"))
        self.out.odd["counter"] += "counter(" in styles or "counters(" in styles
        self.out.odd["script"] += len(list(self.root.iter("script")))
        self.walk(start)
        for mark, text in self.notes.uncited():
            self.out.note(mark, text)

    def walk(self, container: etree._Element, *, quoted: bool = False) -> None:
        """Reads the blocks of an element; words that stand between them make paragraphs of their own."""
        loose = Words()
        loose.add(container.text)
        for child in container:
            if not isinstance(child.tag, str):
                loose.add(child.tail)
                continue
            if child.tag in BLOCKS:
                self.paragraph(loose, quoted=quoted)
                loose = Words()
                self.block(child, quoted=quoted)
            else:
                inline(child, loose, self.notes)
            loose.add(child.tail)
        self.paragraph(loose, quoted=quoted)

    def block(self, block: etree._Element, *, quoted: bool) -> None:
        """Reads one block, or what it holds."""
        tag = block.tag
        if block in self.notes.taken:
            return
        if self.is_frame(block):
            self.out.odd["frame"] += bool(_words(block))
        elif tag in SILENT:
            self.out.odd["object"] += tag in ("iframe", "object", "embed", "canvas", "video", "audio")
        elif tag in _HEADINGS:
            self.heading(block)
        elif tag in ("ol", "ul", "menu", "dir"):
            self.listing(block, quoted=quoted)
        elif tag == "table":
            self.table(block)
        elif tag == "pre":
            self.out.code("".join(block.itertext()))
        else:
            if hidden(block):
                self.out.odd["hidden"] += 1
            self.flow(block, quoted=quoted or tag == "blockquote")

    def flow(self, block: etree._Element, *, quoted: bool) -> None:
        """A block of running text: a paragraph, a heading by its type, or a holder of other blocks."""
        if any(child.tag in BLOCKS for child in block):
            self.walk(block, quoted=quoted)
            return
        found = self.words(block)
        if _only_points(block):
            self.out.contents(found.text)
            return
        rank = self.looks.rank(look(block), found.text) if not _in_table(block) else None
        if rank is not None and tidy(found.text):
            self.out.heading(found.text, rank)
            self.cite(found)
        else:
            self.paragraph(found, quoted=quoted)

    def is_frame(self, block: etree._Element) -> bool:
        """Whether a block belongs to the page and not to the document."""
        if block.get("role") in _ROLES or block.tag == "nav":
            return True
        inner = next(block.iterancestors("article", "main", "section"), None) is not None
        return block.tag in _FRAME and not inner and not any(True for _ in block.iter("h1"))

    def words(self, block: etree._Element) -> Words:
        """The words of a block that holds no other."""
        found = Words()
        found.add(block.text)
        for child in block:
            if isinstance(child.tag, str):
                inline(child, found, self.notes)
            found.add(child.tail)
        return found

    def heading(self, block: etree._Element, number: str = "", family: str = "") -> None:
        """A heading, unless it only borrows its type for running text."""
        found = self.words(block)
        text = tidy(found.text)
        running = names_body((block.get("class") or "").replace("-", " ").replace("_", " "))
        if text and reads_as_heading(text) and not running:
            self.out.heading(text.replace("\n", " "), float(_HEADINGS[str(block.tag)]), number, family)
        elif text and number:
            self.out.entry(text, number, family, 0)
        elif text:
            self.out.text(text)
        self.cite(found)

    def paragraph(self, found: Words, *, quoted: bool = False) -> None:
        """Words that stand together; an empty line made by two breaks divides them."""
        for text in _EMPTY_LINE.split(found.text):
            if tidy(text):
                self.out.text(text, quoted=quoted)
        self.cite(found)

    def cite(self, found: Words) -> None:
        """Puts each note after the passage that cites it."""
        self.out.odd.update(found.odd)
        for mark, text in found.notes:
            self.out.note(mark, text)

    def listing(self, block: etree._Element, *, quoted: bool) -> None:
        """A list with the numbers that a browser shows."""
        family, before = f"list {next(self.lists)}", len(self.out.nesting.open)
        entries = [child for child in block if child.tag == "li"]
        step = -1 if block.get("reversed") is not None else 1
        running = whole(block.get("start"), len(entries) if step < 0 else 1)
        depth = sum(1 for _ in block.iterancestors("ol", "ul", "menu", "dir"))
        for child in block:
            if child.tag != "li":
                self.out.odd["loose"] += 1
                if isinstance(child.tag, str):
                    self.block(child, quoted=quoted)
                continue
            running = whole(child.get("value"), running)
            if _only_points(child):
                self.out.contents(" ".join(child.itertext()))
            elif child not in self.notes.taken:
                self.item(child, shown_number(block, child, running), family, depth, quoted=quoted)
            running += step
        self.out.nesting.close(before)

    def item(self, item: etree._Element, number: str, family: str, depth: int, *, quoted: bool) -> None:
        """An entry: its first words have its number, lists and further paragraphs in it follow."""
        first = Words()
        begun = False
        first.add(item.text)
        for child in item:
            if not isinstance(child.tag, str):
                first.add(child.tail)
                continue
            if child.tag in BLOCKS:
                if child.tag in _HEADINGS and not begun and not tidy(first.text):
                    self.heading(child, number, family)
                    begun = True
                    continue
                simple = not any(inner.tag in BLOCKS for inner in child) and child.tag in ("p", "div", "span")
                if simple and not begun and not tidy(first.text):
                    first = self.words(child)
                    first.add(child.tail)
                    continue
                begun = self.begun(first, number, family, depth, begun=begun)
                first = Words()
                if simple:
                    first = self.words(child)
                    begun = self.begun(first, number, family, depth, begun=begun)
                    first = Words()
                else:
                    self.block(child, quoted=quoted)
            else:
                inline(child, first, self.notes)
            first.add(child.tail)
        self.begun(first, number, family, depth, begun=begun)

    def begun(self, found: Words, number: str, family: str, depth: int, *, begun: bool) -> bool:
        """Takes the words so far of an entry: the first with its number, the others inside it."""
        if tidy(found.text):
            if begun:
                self.out.more(found.text)
            else:
                self.out.entry(found.text, number, family, 0, depth)
            begun = True
        self.cite(found)
        return begun

    def table(self, table: etree._Element) -> None:
        """A passage per row; a table with blocks of many kinds inside only lays out text."""
        rows = [row for row in table.iter("tr") if next(row.iterancestors("table")) is table]
        for caption in table.findall("caption"):
            self.paragraph(self.words(caption))
        for row in rows:
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            laid_out = any(True for cell in cells for _ in cell.iter("table", "h1", "h2", "h3", "h4", "ol"))
            if len(cells) == 1 or laid_out or table.get("role") == "presentation":
                for cell in cells:
                    self.walk(cell)
            elif cells:
                self.row(cells)

    def row(self, cells: list[etree._Element]) -> None:
        texts, attached = [], Words(odd=Counter())
        for cell in cells:
            found = Words()
            inline(cell, found, self.notes, tail=False)
            texts.append(found.text)
            attached.notes += found.notes
            attached.odd += found.odd
        self.out.row(texts)
        self.cite(attached)


def _words(element: etree._Element) -> str:
    return "".join("".join(element.itertext()).split())


def _only_points(block: etree._Element) -> bool:
    """Whether all words of a block are links to places in the page, as in a table of contents."""
    links = [link for link in block.iter("a") if (link.get("href") or "").startswith("#")]
    return bool(_words(block)) and "".join(_words(link) for link in links) == _words(block)


def _in_table(block: etree._Element) -> bool:
    return next(block.iterancestors("td", "th", "li"), None) is not None
