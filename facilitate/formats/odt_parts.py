"""Outcome: paragraphs, headings, tables and tracked changes of an OpenDocument text, as its elements."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from lxml import etree

from facilitate.formats.tracked import Mark, writable

NAMESPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "fo": "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
    "meta": "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    "dc": "http://purl.org/dc/elements/1.1/",
    # LibreOffice's own: that a row itself comes or goes, and not only the words in it.
    "loext": "urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0",
}
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
# A space at an edge or beside another one is dropped by readers unless it is written as an element.
_SPECIAL = re.compile(r"(^ +| +$| {2,}|\n|\t)")


def name(tag: str) -> str:
    """A qualified name: `text:p` as lxml writes it."""
    prefix, _, local = tag.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def element(tag: str, *children: Any, words: str = "", **attributes: str | int) -> Any:
    """An element; attributes are named as `text__style_name` for `text:style-name`."""
    made = etree.Element(name(tag), nsmap=NAMESPACES)
    for key, value in attributes.items():
        prefix, _, local = key.partition("__")
        made.set(name(f"{prefix}:{local.replace('_', '-')}"), writable(str(value)))
    write(made, words)
    made.extend(children)
    return made


def write(parent: Any, words: str) -> None:
    """Add words at the end of an element; spaces, tabs and line ends all stay."""
    for part in _SPECIAL.split(writable(words)):
        if part == "\n":
            parent.append(element("text:line-break"))
        elif part == "\t":
            parent.append(element("text:tab"))
        elif part.strip(" "):
            _append_text(parent, part)
        elif part:
            parent.append(element("text:s", text__c=len(part)))


def _append_text(parent: Any, words: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + words
    else:
        parent.text = (parent.text or "") + words


def paragraph(words: str, style: str = "Standard") -> Any:
    """A paragraph."""
    return element("text:p", words=words, text__style_name=style)


def changed_region(
    key: str, kind: str, mark: Mark, content: Sequence[Any] = (), put_in: Mark | None = None
) -> Any:
    """One tracked change: `kind` is insertion or deletion; `content` is what was taken out.

    Shape: words put in by one change and taken out by another carry both, as LibreOffice writes it.
    """
    region = element("text:changed-region", element(f"text:{kind}", _who(mark), *content), text__id=key)
    if put_in:
        region.append(element("text:insertion", _who(put_in)))
    region.set(_XML_ID, key)
    return region


def _who(mark: Mark) -> Any:
    # The format asks for a date; one that nobody knows is the first second of the calendar.
    at = element("dc:date", words=mark.at or "1970-01-01T00:00:00Z")
    return element("office:change-info", element("dc:creator", words=mark.author), at)


def annotation(words: str, at: str) -> Any:
    """A comment in the margin."""
    lines = [paragraph(line) for line in words.split("\n")]
    about = (element("dc:creator", words="The event"), element("dc:date", words=at))
    return element("office:annotation", *about, *lines)


class OdtPage:
    """The end of a text, where the next part is written.

    Shape: `waiting` are elements that belong at the start of the next paragraph, whatever it is.
    """

    def __init__(self, body: Any) -> None:
        self.body = body
        self.waiting: list[Any] = []
        self.tables = 0

    def add(self, block: Any, holder: Any = None) -> None:
        """Add a paragraph, or something that holds one, after all that waits for it."""
        for at, each in enumerate(self.waiting):
            each.tail = None
            block.insert(at, each)
        if self.waiting and block.text:
            # The words of the paragraph come after what waited for it.
            self.waiting[-1].tail, block.text = block.text, None
        self.waiting = []
        self.body.append(block if holder is None else holder)

    def heading(self, words: str, level: int) -> None:
        """A heading."""
        style = f"Heading_20_{level}"
        self.add(element("text:h", words=words, text__style_name=style, text__outline_level=level))

    def paragraph(self, *parts: tuple[str, bool], style: str = "Standard") -> None:
        """A paragraph of parts, each bold or not."""
        made = element("text:p", text__style_name=style)
        for words, bold in parts:
            if bold:
                made.append(element("text:span", words=words, text__style_name="Strong"))
            else:
                write(made, words)
        self.add(made)

    def table(self, head: Sequence[str], rows: Sequence[Sequence[str]], shares: Sequence[int]) -> None:
        """A table whose first row is its head, repeated on each page.

        Shape: `shares` are the widths of the columns; without them all are alike.
        """
        made = self.empty_table(shares)
        made.append(element("table:table-header-rows", _row(head, "Table_20_Heading")))
        made.extend(_row(row, "Table_20_Contents") for row in rows)
        self.body.append(made)
        self.add(paragraph(""))

    def empty_table(self, shares: Sequence[int]) -> Any:
        """A table without its rows."""
        self.tables += 1
        made = element("table:table", table__name=f"Table {self.tables}", table__style_name="Grid")
        for share in shares:
            made.append(element("table:table-column", table__style_name=f"Share_20_{share}"))
        return made

    def add_table(self, table: Any) -> None:
        """Add a table; what waited for the next paragraph comes after it."""
        self.body.append(table)

    def last_paragraph(self) -> Any:
        """The paragraph or heading at the end of what was written."""
        last = self.body[-1]
        return last[-1][-1] if last.tag == name("text:list") else last


def _row(cells: Sequence[str], style: str) -> Any:
    row = element("table:table-row")
    for words in cells:
        lines = paragraph(words, style)
        row.append(element("table:table-cell", lines, table__style_name="Cell"))
    return row
