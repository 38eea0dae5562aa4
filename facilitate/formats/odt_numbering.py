"""Before the event: works out the numbers that an OpenDocument text shows but does not write out."""

# Source: OpenDocument 1.3 part 3, 5.3 (lists), 16.30 to 16.33 (list styles and the outline), 19.880.

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from facilitate.formats.docx_numerals import numeral
from facilitate.formats.odt_package import OdtParts, q
from facilitate.formats.odt_styles import points

LEVELS = 10
OUTLINE = "outline"
_NUMBERED = {q("text:list-level-style-number"), q("text:outline-level-style")}
_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_FORMATS |= {"1st": "ordinal", "One": "cardinalText", "First": "ordinalText"}
_FORMATS |= {"01, 02, 03, ...": "decimalZero"}
_PATTERN = re.compile(r"%(\d+)%")


@dataclass(frozen=True)
class Level:
    """One level of a list as its style describes it; a level without a format shows no number."""

    format: str = ""
    prefix: str = ""
    suffix: str = ""
    display: int = 1
    start: int = 1
    pattern: str | None = None
    bullet: bool = False
    left: float | None = None
    synced: bool = True


@dataclass
class Counts:
    """The running counts of one list, shared by the lists that go on with it."""

    style: str
    at: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


class Lists:
    """The list styles of one file and the running counts; ask for each entry once, in document order."""

    def __init__(self, parts: OdtParts) -> None:
        self.styles: dict[str, dict[int, Level]] = {}
        for root in (parts.styles, parts.content):
            if root is None:
                continue
            for style in root.iter(q("text:list-style")):
                self.styles[style.get(q("style:name")) or ""] = _levels(style)
            for style in root.iter(q("text:outline-style")):
                self.styles[OUTLINE] = _levels(style)
        self._by_id: dict[str, Counts] = {}
        self._last: dict[str, Counts] = {}
        self.outline = Counts(OUTLINE)

    def begin(self, element: etree._Element, style: str) -> Counts:
        """The counts with which an outermost list begins: new ones, or those of the list it goes on with."""
        counts: Counts | None = None
        named = element.get(q("text:continue-list"))
        if named is not None:
            counts = self._by_id.get(named)
        elif element.get(q("text:continue-numbering")) == "true":
            counts = self._last.get(style)
        counts = counts if counts is not None else Counts(style)
        self._last[style] = counts
        self.known(element, counts)
        return counts

    def known(self, element: etree._Element, counts: Counts) -> None:
        """Remembers a list by its identity, so that a later one can go on with it."""
        identity = element.get(q("xml:id"))
        if identity:
            self._by_id[identity] = counts

    def level(self, style: str, at: int) -> Level:
        """The description of one level, 0 outermost; a list without a style shows bullets."""
        return self.styles.get(style, {}).get(at, Level(bullet=style not in self.styles))

    def count(self, counts: Counts, style: str, at: int, start: int | None = None) -> str:
        """Counts an entry at that level and says what is shown before it; "" for a bullet."""
        at = min(max(at, 0), LEVELS - 1)
        running = counts.at[at]
        for outer in range(at):
            if counts.at[outer] is None:
                counts.at[outer] = self.level(style, outer).start
        if start is not None:
            counts.at[at] = start
        else:
            counts.at[at] = self.level(style, at).start if running is None else running + 1
        counts.at[at + 1 :] = [None] * (LEVELS - at - 1)
        return self._shown(counts, style, at)

    def _shown(self, counts: Counts, style: str, at: int) -> str:
        level = self.level(style, at)
        if level.bullet:
            return ""
        if level.pattern is not None:
            shown = _PATTERN.sub(lambda found: self._one(counts, style, int(found[1]) - 1), level.pattern)
        elif not level.format:
            return ""
        else:
            first = max(0, at - level.display + 1)
            parts = [self._one(counts, style, each) for each in range(first, at + 1)]
            shown = level.prefix + ".".join(part for part in parts if part) + level.suffix
        return " ".join(shown.split()) if any(c.isalnum() for c in shown) else ""

    def _one(self, counts: Counts, style: str, at: int) -> str:
        level = self.level(style, at) if 0 <= at < LEVELS else Level()
        value = counts.at[at] if 0 <= at < LEVELS else None
        if not level.format or value is None:
            return ""
        if level.format in ("a", "A") and not level.synced and value > 26:
            letters = numeral((value - 1) // 26, _FORMATS[level.format])
            return letters + numeral((value - 1) % 26 + 1, _FORMATS[level.format])
        return numeral(value, _FORMATS.get(level.format, "decimal"))


def _levels(style: etree._Element) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for level in style:
        at = (level.get(q("text:level")) or "").strip()
        if at.isdigit() and 1 <= int(at) <= LEVELS:
            found[int(at) - 1] = _level(level)
    return found


def _level(level: etree._Element) -> Level:
    if level.tag not in _NUMBERED:
        return Level(bullet=True, left=_left(level))
    pattern = level.get(q("style:num-list-format"))
    pattern = level.get(q("loext:num-list-format")) if pattern is None else pattern
    return Level(
        format=level.get(q("style:num-format")) or "",
        prefix=level.get(q("style:num-prefix")) or "",
        suffix=level.get(q("style:num-suffix")) or "",
        display=_whole(level.get(q("text:display-levels")), 1),
        start=_whole(level.get(q("text:start-value")), 1),
        pattern=pattern,
        left=_left(level),
        synced=level.get(q("style:num-letter-sync")) == "true",
    )


def _left(level: etree._Element) -> float | None:
    for part in level.iter(q("style:list-level-label-alignment")):
        return points(part.get(q("fo:margin-left")))
    for part in level.iter(q("style:list-level-properties")):
        return points(part.get(q("text:space-before")))
    return None


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.strip().isdigit() and len(text) < 9 else otherwise


def start_value(element: etree._Element) -> int | None:
    """The number at which an entry or heading says that the count begins anew."""
    text = element.get(q("text:start-value"))
    return int(text) if text is not None and text.strip().isdigit() and len(text) < 9 else None
