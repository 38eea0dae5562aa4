"""Before the event: the words of a stretch of HTML as a browser would show them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from lxml import etree

from facilitate.formats.looks import Look

SILENT = {
    "script",
    "style",
    "template",
    "noscript",
    "head",
    "title",
    "meta",
    "link",
    "iframe",
    "object",
    "embed",
    "canvas",
    "video",
    "audio",
    "svg",
    "map",
    "select",
    "textarea",
    "button",
    "input",
    "datalist",
    "option",
}
BLOCKS = {
    "p",
    "div",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "menu",
    "dir",
    "li",
    "table",
    "blockquote",
    "pre",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "nav",
    "aside",
    "address",
    "figure",
    "figcaption",
    "dl",
    "dt",
    "dd",
    "fieldset",
    "form",
    "details",
    "summary",
    "center",
    "hr",
    "tr",
    "td",
    "th",
    "tbody",
    "thead",
    "tfoot",
    "caption",
    "legend",
    "hgroup",
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "object",
    "embed",
    "canvas",
    "video",
    "audio",
    "body",
}
_BOLD = {"b", "strong", "th"}
_SPACES = re.compile(r"[ \t\r\n\f]+")
_SUPER = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))


class Notes(Protocol):
    """What knows which links point to notes."""

    def cited(self, link: etree._Element) -> tuple[str, str] | None:
        """Mark and words of the note, None if the link points to none."""

    def is_back(self, link: etree._Element) -> bool:
        """Whether a link only leads back from a note to its citation."""


@dataclass
class Words:
    """What stands in one stretch of text; `notes` holds (mark, words) in order."""

    text: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)
    odd: Counter[str] = field(default_factory=Counter)

    def add(self, text: str | None) -> None:
        """Words as they stand in the source, where a line's end is a blank.

        A tab between two words comes from a word processor and tells a number from what follows it.
        """
        self.text += _SPACES.sub(lambda found: "\t" if found[0] == "\t" else " ", text or "")


def inline(element: etree._Element, found: Words, notes: Notes, *, tail: bool = False) -> None:
    """Adds what an element within a line shows, and with `tail` the words that follow it."""
    tag = element.tag
    note = notes.cited(element)
    if note is not None:
        found.notes.append(note)
    elif tag == "br":
        found.text += "\n"
    elif tag == "img":
        found.odd["picture"] += 1
        found.text += element.get("alt") or ""
    elif tag in ("del", "s", "strike"):
        found.odd["deleted"] += 1
    elif tag in SILENT:
        found.odd["object"] += tag in ("svg", "object", "embed", "iframe", "canvas", "video", "audio")
    elif not notes.is_back(element):
        found.odd["hidden"] += hidden(element)
        _inside(element, found, notes)
    if tail:
        found.add(element.tail)


def _inside(element: etree._Element, found: Words, notes: Notes) -> None:
    block = element.tag in BLOCKS
    if block and found.text and not found.text.endswith("\n"):
        found.text += "\n"
    before = len(found.text)
    found.add(element.text)
    for child in element:
        if isinstance(child.tag, str):
            inline(child, found, notes)
        found.add(child.tail)
    if element.tag == "sup" and (raised := found.text[before:].strip()) and all(c in _SUPER for c in raised):
        found.text = found.text[:before] + "".join(_SUPER[c] for c in raised)
    if block:
        found.text += "\n"


def hidden(element: etree._Element) -> bool:
    """Whether the page hides the element itself and there are words in it."""
    style = own_style(element, "display") == "none" or own_style(element, "visibility") == "hidden"
    return (style or element.get("hidden") is not None) and bool("".join(element.itertext()).strip())


def own_style(element: etree._Element, name: str) -> str:
    """The value of a property in the element's own style, "" if there is none."""
    for part in (element.get("style") or "").lower().split(";"):
        key, _, value = part.partition(":")
        if key.strip() == name:
            return value.replace("!important", "").strip()
    return ""


def look(block: etree._Element) -> Look:
    """How a block is set as a whole, as far as it says so itself."""
    found = list(_runs(block, bold=False, under=False))
    if not found:
        return Look()
    return Look(0.0, all(bold for bold, _ in found), all(under for _, under in found))


def _runs(element: etree._Element, *, bold: bool, under: bool) -> Iterator[tuple[bool, bool]]:
    if not isinstance(element.tag, str) or element.tag in SILENT:
        return
    weight = own_style(element, "font-weight")
    bold = (
        weight in ("bold", "bolder", "600", "700", "800", "900") if weight else bold or element.tag in _BOLD
    )
    under = under or element.tag == "u" or "underline" in own_style(element, "text-decoration")
    if any(c.isalnum() for c in element.text or ""):
        yield bold, under
    for child in element:
        yield from _runs(child, bold=bold, under=under)
        if any(c.isalnum() for c in child.tail or ""):
            yield bold, under
