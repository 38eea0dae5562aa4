"""Before the event: what Word's styles say about a paragraph: its name and its level in the outline."""

from __future__ import annotations

import re

from lxml import etree

from facilitate.formats.docx_package import TRANSITIONAL

_W = f"{{{TRANSITIONAL}}}"
_HEADING = re.compile(r"heading (\d)")
_LIKE_HEADING = re.compile(r"(sub)?-?(heading|(?:section|chapter|part|annex) ?title)s?(?: ?\(?(\d)\b.*)?$")
_BODY_NAME = re.compile(r"\b(paragraph|text|body|list|bullets?|quote|normal|table)\b(?!.*heading)")
_BODY_LEVEL = 9


def w(name: str) -> str:
    """The name of an element or attribute in Word's namespace."""
    return _W + name


def value(parent: etree._Element | None, *path: str) -> str | None:
    """The `w:val` of the element at that path below the parent, None if there is none."""
    for name in path:
        if parent is None:
            return None
        parent = parent.find(w(name))
    return None if parent is None else parent.get(w("val"))


def number(text: str | None) -> int | None:
    """The whole number that Word wrote, None where it wrote none."""
    try:
        return int(float(text)) if text is not None else None
    except (ValueError, OverflowError):
        return None


def is_on(parent: etree._Element | None, name: str) -> bool:
    """Whether a switch such as `w:vanish` is there and not set to off."""
    switch = parent.find(w(name)) if parent is not None else None
    return switch is not None and switch.get(w("val"), "true") not in ("0", "false", "off")


def names_body(style: str) -> bool:
    """Whether a style calls itself one for running text, whatever level it has in the outline."""
    return _BODY_NAME.search(style.lower()) is not None


class Styles:
    """The paragraph styles of one file."""

    def __init__(self, root: etree._Element | None) -> None:
        self.by_id: dict[str, etree._Element] = {}
        default = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{w('rPr')}") if root is not None else None
        self.defaults = default
        self.default = ""
        for style in root.findall(w("style")) if root is not None else ():
            identity = style.get(w("styleId")) or ""
            self.by_id.setdefault(identity, style)
            if style.get(w("type")) == "paragraph" and style.get(w("default")) in ("1", "true", "on"):
                self.default = identity

    def chain(self, paragraph: etree._Element) -> list[etree._Element]:
        """The paragraph's style (the default one where it names none) and all that it is based on."""
        named = value(paragraph.find(w("pPr")), "pStyle")
        return self.chain_from(named if named in self.by_id else self.default)

    def chain_from(self, identity: str | None) -> list[etree._Element]:
        """A style and all that it is based on; a circle in a damaged file ends the chain."""
        chain: list[etree._Element] = []
        while identity and identity in self.by_id and self.by_id[identity] not in chain:
            chain.append(self.by_id[identity])
            identity = value(chain[-1], "basedOn")
        return chain

    def names(self, paragraph: etree._Element) -> list[str]:
        """The names of the paragraph's styles in small letters, its own first."""
        chain = self.chain(paragraph)
        return [(value(style, "name") or style.get(w("styleId")) or "").lower() for style in chain]

    def left(self, paragraph: etree._Element) -> int | None:
        """How far the paragraph itself is set in, None if it leaves that to its list or style.

        Units: twentieths of a point.
        """
        indent = paragraph.find(f"{w('pPr')}/{w('ind')}")
        return None if indent is None else number(indent.get(w("left")) or indent.get(w("start")))

    def outline(self, paragraph: etree._Element) -> float | None:
        """How far out the paragraph stands as a heading, None if it is none.

        A style for running text that borrows from a heading style, to be numbered like it, makes no heading.
        Units: Word's outline level, 0 outermost; a style that is a heading only by its name comes after
        level 1, after level 3 if it calls itself a subheading.
        """
        names = self.names(paragraph)
        chain = [] if names_body(names[0] if names else "") else self.chain(paragraph)
        for layer in [paragraph, *chain]:
            level = number(value(layer, "pPr", "outlineLvl"))
            if level is not None:
                return None if level >= _BODY_LEVEL or level < 0 else float(level)
            name = (value(layer, "name") or "").lower()
            built_in = _HEADING.fullmatch(name)
            if built_in:
                return float(int(built_in[1]) - 1)
        return level_by_name(names[:1])


def level_by_name(names: list[str]) -> float | None:
    """The outline level of a style that only people know as a heading, such as Section Heading."""
    like = _LIKE_HEADING.search(names[0]) if names else None
    if like is None or "table" in names[0]:
        return None
    if "part" in names[0] or "chapter" in names[0]:
        return 0.0
    if like[3]:
        return max(0.0, int(like[3]) - 1.0)
    return 3.5 if like[1] else 1.5
