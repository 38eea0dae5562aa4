"""Before the event: numbers in the margin of a PDF page that count its lines and not its paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from facilitate.formats.pdf_rows import Piece

_FEWEST = 8
_MOSTLY = 0.8
_RUNNING_ON = 0.15
_ALIGNED = 3.0
_STEPS = (1, 5, 10)


def without_line_numbers(pieces: Sequence[Piece]) -> tuple[list[Piece], int]:
    """The pieces of a page without the numbers of its lines, and how many those were."""
    for side in (True, False):
        found = _column(pieces, left=side)
        if len(found) >= _FEWEST and _counts_lines(found, pieces):
            gone = {id(piece) for piece in found}
            return [piece for piece in pieces if id(piece) not in gone], len(found)
    return list(pieces), 0


def _column(pieces: Sequence[Piece], *, left: bool) -> list[Piece]:
    """Whole numbers under one another, further out than all other words, from top to bottom."""
    numbers = [piece for piece in pieces if piece.text.isdigit() and len(piece.text) <= 4]
    words = [piece for piece in pieces if any(c.isalpha() for c in piece.text)]
    if not numbers or not words:
        return []
    if left:
        edge = sorted(piece.x0 for piece in words)[len(words) // 10]
        outside = [piece for piece in numbers if piece.x1 < edge]
    else:
        edge = sorted(piece.x1 for piece in words)[-len(words) // 10]
        outside = [piece for piece in numbers if piece.x0 > edge]
    aligned = max(
        ([other for other in outside if _is_under(piece, other)] for piece in outside), key=len, default=[]
    )
    return sorted(aligned, key=lambda piece: piece.top)


def _is_under(piece: Piece, other: Piece) -> bool:
    return abs(other.x1 - piece.x1) < _ALIGNED or abs(other.x0 - piece.x0) < _ALIGNED


def _counts_lines(numbers: Sequence[Piece], pieces: Sequence[Piece]) -> bool:
    """Whether numbers rise as the lines beside them do, lines that begin in the middle of a sentence too."""
    own = {id(number) for number in numbers}
    tops: list[float] = []
    begins: list[str] = []
    for piece in sorted((each for each in pieces if id(each) not in own), key=lambda each: each.top):
        if not tops or piece.top - tops[-1] > 0.5 * piece.size:
            tops.append(piece.top)
            begins.append(piece.text[:1])
    step = int(numbers[1].text) - int(numbers[0].text)
    if step not in _STEPS or len(tops) < len(numbers) * step * 0.5:
        return False
    pairs = list(pairwise(numbers))
    steady = [
        int(after.text) - int(before.text) in (step, sum(0 < top - before.top - 3 <= gap for top in tops))
        for before, after in pairs
        for gap in [after.top - before.top]
    ]
    beside = [at for at, top in enumerate(tops) if any(abs(number.top - top) < 5 for number in numbers)]
    covered = len(beside) * step >= _MOSTLY * len(tops) - step
    running = sum(each.islower() for each in begins) >= _RUNNING_ON * len(begins)
    return sum(steady) >= _MOSTLY * len(pairs) and covered and running
