"""Before the event: tells headings made only by bold, larger or other type from running text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from facilitate.formats.codes import Codes
from facilitate.formats.labels import typed_number, worded_rank

_FIRST_RANK = 100.0
_LARGER = 1.12
_SMALLER = 0.88
_MOST_WORDS = 16
_MOST_BOLD = 0.4
_CLOSED = re.compile(r"[.,;:–-]\W*$")
_MODAL = "will|shall|must|should"
_LEADS_IN = re.compile(rf"\b({_MODAL}|to|by|are|is|that|for|and|or)\s*:$|\b({_MODAL})$", re.I)
_SENTENCE = re.compile(
    rf"\b({_MODAL}|may|can|is|are|was|were|be|has|have|had|do|does|apply|applies|means?|includes?|follow(s|ing)?)\b",
    re.I,
)
_MOST_CLOSED = 10
_ADDRESS = re.compile(r"@|https?://|^\W*\d[\d\s-]{6,}$")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Look:
    """How a whole paragraph is set: only what is true of all its letters counts as bold or underlined.

    Units: `size` in points, 0 where it is not known.
    """

    size: float = 0.0
    bold: bool = False
    underlined: bool = False


class Looks:
    """What stands out in one document; ask it for each paragraph after it has seen them all."""

    def __init__(self, paragraphs: Iterable[tuple[Look, str]]) -> None:
        sizes: Counter[float] = Counter()
        bold = whole = under = capitals = 0
        kept = [(look, text) for look, text in paragraphs if text.strip()]
        self.codes = Codes(text for _, text in kept)
        for look, text in kept:
            sizes[round(look.size, 1)] += len(text)
            whole += len(text)
            bold += len(text) * look.bold
            under += len(text) * look.underlined
            capitals += len(text) * is_capitals(text)
        self.body = sizes.most_common(1)[0][0] if sizes else 0.0
        self.bold_means = bold <= _MOST_BOLD * whole
        self.under_means = under <= _MOST_BOLD * whole
        self.capitals_mean = capitals <= _MOST_BOLD * whole
        order = sorted({self._order(look, text) for look, text in kept if self._stands_out(look, text)})
        self._ranks = {each: _FIRST_RANK + at for at, each in enumerate(order)}

    def rank(self, look: Look, text: str, *, numbered: bool = False) -> float | None:
        """How far out a paragraph stands as a heading, None if it is none.

        Shape: all ranks come after those of styles that say that they are headings; larger type first, then
        capitals, then bold, then underlined; last a short line that calls itself such as "Article 4".
        """
        if self._stands_out(look, text, numbered=numbered):
            return self._ranks.get(self._order(look, text))
        return None if numbered else worded_rank(text)

    def _order(self, look: Look, text: str) -> tuple[float, bool, bool, bool]:
        larger = look.size if self._is_larger(look) else self.body
        return -round(larger), not is_capitals(text), not look.bold, not look.underlined

    def _is_larger(self, look: Look) -> bool:
        return bool(self.body) and look.size >= self.body * _LARGER

    def _stands_out(self, look: Look, text: str, *, numbered: bool = True) -> bool:
        larger = self._is_larger(look)
        marked = larger or (look.bold and self.bold_means) or (look.underlined and self.under_means)
        marked = marked or (self.capitals_mean and is_capitals(text) and (numbered or len(text.split()) > 1))
        if not marked or (self.body and look.size and look.size < self.body * _SMALLER):
            return False
        return is_short(text) and not _LEADS_IN.search(text.strip())


def is_short(text: str) -> bool:
    """Whether a text reads as a heading: a few words with letters in them, and no sentence's end."""
    words = text.split()
    if not words or len(words) > _MOST_WORDS or not _LETTER.search(text) or _ADDRESS.search(text):
        return False
    closed = _CLOSED.search(text.strip())
    return not closed or (closed[0][0] == ":" and len(words) <= 4 and not _LEADS_IN.search(text))


def is_capitals(text: str) -> bool:
    """Whether all its letters, four at least, are capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 4 and all(not c.islower() for c in letters)


def reads_as_heading(text: str) -> bool:
    """Whether a text in a heading style is short enough for one; some only borrow the number from it."""
    numbered = typed_number(text, heading=True)
    text = numbered.rest if numbered is not None and numbered.rest else text
    count, end = len(text.split()), text.rstrip(" \t\n\"'”’)]")[-1:]
    if count <= 4 or (count <= 40 and end not in ".;:,"):
        return True
    return count <= _MOST_CLOSED and end in ".:" and not _SENTENCE.search(text)
