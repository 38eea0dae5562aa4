"""Before the event: which lines of a PDF file run on into one another and make one paragraph."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from facilitate.formats.codes import Codes
from facilitate.formats.labels import typed_bullet, typed_number, worded_rank
from facilitate.formats.pdf_rows import LOWERED, RAISED, Piece

_ENDED = re.compile(r"[.!?:;][\"'”’)\]]*$")
_CUT = re.compile(r"[^\W\d_][-‐\u00ad]$")
_NEAR = 4.0
_WIDER = 1.28
_SIZES = 0.75
_RAGGED = 7.0
_MOSTLY = 0.4


@dataclass
class Block:
    """The lines of one paragraph, heading or entry."""

    lines: list[Piece] = field(default_factory=list)

    @property
    def start(self) -> str:
        """The first line."""
        return self.lines[0].text


class Paragraphs:
    """Follows the lines of a file in order; `expects` tells whether a number goes on with a sequence."""

    def __init__(self, lines: Sequence[Piece], expects: Callable[[str], bool]) -> None:
        self.expects = expects
        self.codes = Codes()
        self.pitch = _pitches(lines)
        self.right = _rights(lines)

    def goes_on(self, block: Block, line: Piece) -> bool:
        """Whether a line belongs to the paragraph before it."""
        last = block.lines[-1]
        if last.rows or line.rows or abs(last.size - line.size) > _SIZES:
            return False
        if last.contents or line.contents:
            return False
        if _turns(block, line) or self._begins(block, line):
            return False
        if (last.page, last.column) != (line.page, line.column) or line.top < last.top:
            return self._runs_over(last, line)
        if _CUT.search(last.text) and line.text[:1].islower() and line.top - last.top < 2 * line.size:
            return True
        pitch = self.pitch.get(round(line.size), 1.3 * line.size)
        if line.top - last.top > _WIDER * pitch + 1:
            return False
        return self._in_line(block, line)

    def _begins(self, block: Block, line: Piece) -> bool:
        """Whether a line begins with a bullet, or with a number that is none by chance."""
        if typed_bullet(line.text) is not None:
            return True
        if worded_rank(line.text) is not None:
            return worded_rank(block.start) is not None or not self._is_full(block.lines[-1], line)
        found = self.codes.find(line.text) or typed_number(line.text)
        if found is None:
            return False
        by_chance = self._is_full(block.lines[-1], line) and not _ENDED.search(block.lines[-1].text)
        return self.expects(found.number) if by_chance or not found.sure else True

    def _runs_over(self, last: Piece, line: Piece) -> bool:
        """Whether a paragraph goes on at the top of the next column or page: its last line was full."""
        if last.bold != line.bold:
            return False
        first = line.text.lstrip("“‘\"'(" + RAISED + LOWERED)[:1]
        return first.islower() or self._is_full(last, line)

    def _in_line(self, block: Block, line: Piece) -> bool:
        """Whether indents and the end of the last line let the paragraph go on."""
        last, first = block.lines[-1], block.lines[0]
        if _centred(last, line):
            return True
        listed = typed_number(first.text) is not None or typed_bullet(first.text) is not None
        hangs = listed and line.x0 > first.x0 + _NEAR and line.text[:1].islower()
        if not self._is_full(last, line) and not (hangs and not _ENDED.search(last.text)):
            return False
        if len(block.lines) > 1:
            return abs(line.x0 - last.x0) < _NEAR
        return line.x0 < last.x0 + _NEAR or listed

    def _is_full(self, last: Piece, line: Piece) -> bool:
        """Whether the first word of a line had no room at the end of the last one."""
        return (
            last.x1 + line.first + 0.25 * line.size > self.right.get(id(last), last.right) - 0.35 * line.size
        )


def _turns(block: Block, line: Piece) -> bool:
    """Whether the type turns from bold to plain or back, as after a heading."""
    bold = all(each.bold for each in block.lines)
    plain = not any(each.some_bold for each in block.lines)
    return (bold and not line.some_bold and any(c.isalpha() for c in line.text)) or (plain and line.bold)


def _centred(last: Piece, line: Piece) -> bool:
    """Whether two lines of one heading stand in the middle of the column."""
    middle = (last.left + last.right) / 2
    both = all(abs((each.x0 + each.x1) / 2 - middle) < _NEAR for each in (last, line))
    return both and last.bold == line.bold and min(last.x0, line.x0) - last.left > 3 * _NEAR


def _pitches(lines: Sequence[Piece]) -> dict[int, float]:
    """The usual distance from one line to the next, by size of type."""
    found: dict[int, list[float]] = defaultdict(list)
    for last, line in pairwise(lines):
        same = (last.page, last.column) == (line.page, line.column) and abs(last.size - line.size) < _SIZES
        if (
            same
            and 0 < line.top - last.top < 3 * line.size
            and last.x1 > last.left + 0.7 * (last.right - last.left)
        ):
            found[round(line.size)].append(line.top - last.top)
    return {size: median(gaps) for size, gaps in found.items()}


def _rights(lines: Sequence[Piece]) -> dict[int, float]:
    """How far a line may reach: as far as its neighbours of the same indent do, if there are several."""
    found: dict[int, float] = {}
    for at, line in enumerate(lines):
        near = [
            other
            for other in lines[max(0, at - 8) : at + 9]
            if (other.page, other.column) == (line.page, line.column)
            and abs(other.x0 - line.x0) < _NEAR
            and abs(other.size - line.size) < _SIZES
        ]
        reach = max(other.x1 for other in near)
        if sum(other.x1 > reach - _RAGGED * line.size for other in near) > max(2, _MOSTLY * len(near)):
            found[id(line)] = reach
    return found
