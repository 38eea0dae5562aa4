"""Before the event: reads plain text: paragraphs are told by blank lines, indents, numbers and widths."""

from __future__ import annotations

import re
from dataclasses import dataclass

from facilitate.domain.documents import ReadDocument, clean_text
from facilitate.formats.codes import Codes
from facilitate.formats.collected import Collector
from facilitate.formats.hyphens import Joiner
from facilitate.formats.labels import typed_bullet, typed_number
from facilitate.formats.looks import is_capitals, is_short

_RULE = re.compile(r"\s*([=\-_*~#])(\s*\1){2,}\s*")
_PAGE = re.compile(r"\s*(-\s*)?(page\s+)?\d{1,4}(\s+of\s+\d{1,4})?(\s*-)?\s*", re.I)
_CUT = re.compile(r"[^\W\d_]-$")
_WRAPPED = re.compile(r"[a-z,;(]")
_FEWEST = 40
_MOST = 130


@dataclass
class Line:
    """One line of the file: its words, how far they are set in, whether a blank line stands before it."""

    text: str
    indent: int
    apart: bool


def read_text(text: str) -> ReadDocument:
    """Reads plain text.

    Errors: empty-document.
    """
    reader = _Reader([clean_text(page) for page in text.removeprefix("\ufeff").split("\f")])
    reader.read()
    return reader.out.document("", reader.unread())


class _Reader:
    """Follows one text from top to bottom."""

    def __init__(self, pages: list[str]) -> None:
        self.out = Collector()
        self.joiner = Joiner("\n".join(pages))
        self.pages = 0
        lines = [line for page in pages for line in self._without_number(page, paged=len(pages) > 1)]
        self.lines = _lines(lines)
        self.out.codes = Codes(line.text for line in self.lines)
        widths = sorted(len(line.text) + line.indent for line in self.lines if line.text)
        self.width = widths[int(0.95 * (len(widths) - 1))] if widths else 0
        self.wrapped = _FEWEST <= self.width <= _MOST and self._runs_over()

    def _without_number(self, page: str, *, paged: bool) -> list[str]:
        """The lines of a page without a page number at its very end or start."""
        lines = page.split("\n")
        for at in (-1, 0) if paged else ():
            filled = [place for place, line in enumerate(lines) if line.strip()]
            if filled and _PAGE.fullmatch(lines[filled[at]]):
                del lines[filled[at]]
                self.pages += 1
        return lines

    def _runs_over(self) -> bool:
        """Whether lines end where the page ended rather than where the author did."""
        pairs = [
            (line, after)
            for line, after in zip(self.lines, self.lines[1:], strict=False)
            if not after.apart and len(line.text) + line.indent > 0.7 * self.width
        ]
        over = sum(bool(_WRAPPED.match(after.text)) for _, after in pairs)
        return over >= max(1, len(pairs) // 5)

    def unread(self) -> list[str]:
        """What the clerk should compare with the original."""
        return [f"Page numbers were not taken ({self.pages})."] if self.pages else []

    def read(self) -> None:
        """Gathers lines into paragraphs and tells headings by rules under them, capitals or shortness."""
        at = 0
        while at < len(self.lines):
            line = self.lines[at]
            if _RULE.fullmatch(line.text):
                at += 1
                continue
            ruled = at + 1 < len(self.lines) and _is_underline(line, self.lines[at + 1])
            if ruled:
                self.out.heading(line.text, 0.0 if "=" in self.lines[at + 1].text else 1.0)
                at += 2
                continue
            end = at + 1
            while end < len(self.lines) and self.goes_on(self.lines[end - 1], self.lines[end]):
                end += 1
            self.paragraph(self.lines[at:end], self.lines[end] if end < len(self.lines) else None)
            at = end

    def goes_on(self, line: Line, after: Line) -> bool:
        """Whether a line runs on into the one after it."""
        if after.apart or _RULE.fullmatch(after.text) or not self.wrapped:
            return False
        found = self.out.codes.find(after.text) or typed_number(after.text)
        if typed_bullet(after.text) is not None:
            return False
        if found is not None and (found.sure or self.out.nesting.expects(found.number)):
            return not found.sure and self._is_full(line, after) and after.indent >= line.indent
        listed = typed_number(line.text) is not None or typed_bullet(line.text) is not None
        if after.indent > line.indent:
            return listed or after.indent <= line.indent + 2
        cut = _CUT.search(line.text) is not None or (after.text[0].islower() and line.text[-1] not in ".:;!?")
        return cut or self._is_full(line, after)

    def _is_full(self, line: Line, after: Line) -> bool:
        """Whether the first word of the next line had no room left in this one."""
        word = after.text.split(maxsplit=1)[0] if after.text else ""
        return line.indent + len(line.text) + 1 + len(word) > self.width - 6

    def paragraph(self, lines: list[Line], after: Line | None) -> None:
        """Lines that belong together: a heading if they stand alone and read as one."""
        text = lines[0].text
        for line in lines[1:]:
            text = self.joiner.joined(text, line.text)
        alone = lines[0].apart and (after is None or after.apart)
        number, rest = self.out.typed(text, heading=True)
        capitals = is_capitals(rest)
        if len(lines) <= 2 and alone and is_short(rest) and typed_bullet(text) is None and rest[:1].isupper():
            next_one = after.text if after is not None else ""
            follows = len(next_one) > len(text) or typed_number(next_one) is not None
            if capitals or (follows and len(rest.split()) <= 10 and not number.endswith(")")):
                self.out.heading(text, 2.0 if capitals else 3.0 + number.strip(".").count("."))
                return
        self.out.text(text)


def _lines(written: list[str]) -> list[Line]:
    found: list[Line] = []
    apart = True
    for line in written:
        shown = line.expandtabs(8).rstrip()
        if not shown.strip():
            apart = True
            continue
        found.append(Line(line.strip(), len(shown) - len(shown.lstrip()), apart))
        apart = False
    return found


def _is_underline(line: Line, below: Line) -> bool:
    return bool(
        not below.apart
        and _RULE.fullmatch(below.text)
        and below.text[0] in "=-_~"
        and is_short(line.text)
        and len(below.text) >= 0.5 * len(line.text)
    )
