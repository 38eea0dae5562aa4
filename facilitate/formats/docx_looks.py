"""Before the event: how the paragraphs of a Word file are set: bold, underlined, at what size."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from facilitate.formats.docx_styles import Styles, is_on, number, value, w
from facilitate.formats.looks import Look, Looks

_APART = {w(name) for name in ("txbxContent", "del", "moveFrom", "tbl")}
# Word gives the size of type in halves of a point; where nothing says it, type is 10 points large.
_USUAL_SIZE = 20
Type = tuple[bool, bool, int]


class DocxLooks:
    """Asks the runs and styles of one file how its type is set."""

    def __init__(self, body: etree._Element, styles: Styles) -> None:
        self.styles = styles
        self._inherited: dict[str, Type] = {}
        paragraphs = [p for p in body.iter(w("p")) if not _in_table(p)]
        self._looks = Looks((self.look(p), _letters(p)) for p in paragraphs)
        self.codes = self._looks.codes

    def rank(self, paragraph: etree._Element, text: str, *, numbered: bool) -> float | None:
        """How far out a paragraph stands as a heading by its type alone, None if it is none."""
        if _in_table(paragraph):
            return None
        return self._looks.rank(self.look(paragraph), text, numbered=numbered)

    def look(self, paragraph: etree._Element) -> Look:
        """How a paragraph is set as a whole."""
        named = value(paragraph.find(w("pPr")), "pStyle")
        base = self._of_style(named if named in self.styles.by_id else self.styles.default)
        found = [self._of_run(run, base) for run in _runs(paragraph)]
        if not found:
            return Look()
        size = max(size for _, _, size in found) if len({s for _, _, s in found}) == 1 else found[0][2]
        return Look(size / 2, all(bold for bold, _, _ in found), all(under for _, under, _ in found))

    def _of_run(self, run: etree._Element, base: Type) -> Type:
        bold, under, size = base
        properties = run.find(w("rPr"))
        style = value(properties, "rStyle")
        if style in self.styles.by_id:
            # Bold in a style of letters turns over what the paragraph's style says (ECMA-376, 17.7.3).
            of_letters = self._of_style(style, plain=(False, False, 0))
            bold, under, size = bold != of_letters[0], under or of_letters[1], of_letters[2] or size
        return _over(properties, (bold, under, size))

    def _of_style(self, style: str | None, plain: Type | None = None) -> Type:
        key = f"{style} {plain is None}"
        if key not in self._inherited:
            found = plain or _over(self.styles.defaults, (False, False, _USUAL_SIZE))
            for each in reversed(self.styles.chain_from(style)):
                found = _over(each.find(w("rPr")), found)
            self._inherited[key] = found
        return self._inherited[key]


def _over(properties: etree._Element | None, below: Type) -> Type:
    """What properties of letters say, over what lies below where they are silent."""
    if properties is None:
        return below
    bold = is_on(properties, "b") if properties.find(w("b")) is not None else below[0]
    line = value(properties, "u")
    under = below[1] if line is None else line != "none"
    return bold, under, number(value(properties, "sz")) or below[2]


def _runs(container: etree._Element) -> Iterator[etree._Element]:
    """The runs of a paragraph with letters in them; signs between bold words are often left plain."""
    for child in container:
        if child.tag == w("r") and any(c.isalnum() for t in child.iter(w("t")) for c in t.text or ""):
            if not any(True for _ in child.iter(w("txbxContent"))):
                yield child
        elif child.tag not in _APART and child.tag != w("r"):
            yield from _runs(child)


def _letters(paragraph: etree._Element) -> str:
    signs = (sign for run in _runs(paragraph) for sign in run.iter(w("t"), w("tab")))
    return "".join(" " if sign.tag == w("tab") else sign.text or "" for sign in signs)


def _in_table(paragraph: etree._Element) -> bool:
    return next(paragraph.iterancestors(w("tc"), w("txbxContent")), None) is not None
