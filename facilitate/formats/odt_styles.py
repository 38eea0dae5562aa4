"""Before the event: what the styles of an OpenDocument text say about a paragraph: name, type, list."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from facilitate.formats.looks import Look
from facilitate.formats.odt_package import OdtParts, q

_POINTS = re.compile(r"([\d.]+)(pt|cm|mm|in|px|pc)")
_IN_POINTS = {"pt": 1.0, "cm": 28.35, "mm": 2.835, "in": 72.0, "px": 0.75, "pc": 12.0}
_PLACED = {"normal": 400, "bold": 700}
_USUAL_SIZE = 12.0
_APART = {q("text:note"), q("office:annotation"), q("draw:frame"), q("draw:custom-shape")}


class OdtStyles:
    """The styles of paragraphs and letters in one file."""

    def __init__(self, parts: OdtParts) -> None:
        self.by_name: dict[tuple[str, str], etree._Element] = {}
        self.defaults: dict[str, etree._Element] = {}
        roots = [root for root in (parts.styles, parts.content) if root is not None]
        for root in roots:
            for style in root.iter(q("style:style")):
                self.by_name[style.get(q("style:family")) or "", style.get(q("style:name")) or ""] = style
            for style in root.iter(q("style:default-style")):
                self.defaults[style.get(q("style:family")) or ""] = style

    def chain(self, name: str | None, family: str = "paragraph") -> list[etree._Element]:
        """A style and all that it is based on; a circle in a damaged file ends the chain."""
        found: list[etree._Element] = []
        while name and (style := self.by_name.get((family, name))) is not None and style not in found:
            found.append(style)
            name = style.get(q("style:parent-style-name"))
        return found

    def names(self, paragraph: etree._Element) -> list[str]:
        """The names of the paragraph's styles as people see them, in small letters, its own first."""
        chain = self.chain(paragraph.get(q("text:style-name")))
        shown = [style.get(q("style:display-name")) or style.get(q("style:name")) or "" for style in chain]
        own = paragraph.get(q("text:style-name")) or ""
        return [name.replace("_20_", " ").lower() for name in shown or [own]]

    def list_style(self, paragraph: etree._Element) -> str | None:
        """The list that the paragraph's style names: "" where it takes the number away, None where silent."""
        for style in self.chain(paragraph.get(q("text:style-name"))):
            named = style.get(q("style:list-style-name"))
            if named is not None:
                return named
        return None

    def outline(self, paragraph: etree._Element) -> int | None:
        """The outline level that a style of paragraphs gives, 1 outermost."""
        for style in self.chain(paragraph.get(q("text:style-name"))):
            level = style.get(q("style:default-outline-level"))
            if level is not None:
                return int(level) if level.isdigit() and int(level) > 0 else None
        return None

    def is_hidden(self, name: str | None, family: str) -> bool:
        """Whether letters in that style are not displayed."""
        for style in self.chain(name, family):
            for properties in style.iter(q("style:text-properties")):
                if properties.get(q("text:display")) is not None:
                    return properties.get(q("text:display")) == "none"
        return False

    def look(self, paragraph: etree._Element) -> Look:
        """How a paragraph is set as a whole."""
        size, bold, under = _USUAL_SIZE, False, False
        default = self.defaults.get("paragraph")
        layers = self.chain(paragraph.get(q("text:style-name")))[::-1]
        layers = layers if default is None else [default, *layers]
        for layer in layers:
            size, bold, under = _over(layer, size, bold, under)
        found = list(self._runs(paragraph, size, bold, under))
        if not found:
            return Look(size, bold, under)
        return Look(found[0][0], all(b for _, b, _ in found), all(u for _, _, u in found))

    def _runs(
        self, element: etree._Element, size: float, bold: bool, under: bool
    ) -> Iterator[tuple[float, bool, bool]]:
        """How each stretch of letters is set."""
        if _has_letters(element.text):
            yield size, bold, under
        for child in element:
            inner = size, bold, under
            if child.tag == q("text:span"):
                for layer in reversed(self.chain(child.get(q("text:style-name")), "text")):
                    inner = _over(layer, *inner)
            if child.tag not in _APART:
                yield from self._runs(child, *inner)
            if _has_letters(child.tail):
                yield size, bold, under


def _over(style: etree._Element, size: float, bold: bool, under: bool) -> tuple[float, bool, bool]:
    properties = style.find(q("style:text-properties"))
    if properties is None:
        return size, bold, under
    weight = properties.get(q("fo:font-weight"))
    if weight is not None:
        bold = (_PLACED.get(weight) or (int(weight) if weight.isdigit() else 400)) >= 600
    line = properties.get(q("style:text-underline-style"))
    under = under if line is None else line != "none"
    written = properties.get(q("fo:font-size")) or ""
    if written.endswith("%") and written[:-1].replace(".", "", 1).isdigit():
        return size * float(written[:-1]) / 100, bold, under
    return points(written) or size, bold, under


def points(length: str | None) -> float | None:
    """A length as written in a style, None where there is none.

    Units: points.
    """
    found = _POINTS.fullmatch((length or "").strip())
    try:
        return float(found[1]) * _IN_POINTS[found[2]] if found else None
    except ValueError:
        return None


def _has_letters(text: str | None) -> bool:
    return any(c.isalnum() for c in text or "")
