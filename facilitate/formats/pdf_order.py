"""Before the event: the order in which the pieces of a PDF page are read: columns, and lines across them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from facilitate.formats.pdf_rows import Piece

_FEWEST = 5
_NARROWEST = 0.28
_FULL = 0.55
_WIDE_ENOUGH = 11
_STEP = 3.0
_SAME_LINE = 0.5


def in_order(pieces: Sequence[Piece]) -> list[Piece]:
    """The lines of a page in the order in which people read them.

    Shape: each line is one piece of its own, knows its column, counted from 0, and its edges.
    """
    found: list[Piece] = []
    for at, group in enumerate(_columns(list(pieces), 3)):
        left = min((piece.x0 for piece in group), default=0.0)
        right = max((piece.x1 for piece in group), default=0.0)
        for line in _lines(group):
            line.column, line.left, line.right = at, left, right
            found.append(line)
    return found


def _columns(pieces: list[Piece], deepest: int) -> list[list[Piece]]:
    """Cuts a page into groups to be read one after the other."""
    if not pieces or deepest == 0:
        return [pieces] if pieces else []
    gutter = _gutter(pieces)
    if gutter is None:
        return [pieces]
    groups: list[list[Piece]] = []
    band: list[Piece] = []
    for piece in sorted(pieces, key=lambda each: (each.top, each.x0)):
        if piece.x0 < gutter < piece.x1:
            groups += _halves(band, gutter, deepest)
            # Lines across the whole page that follow one another are read together.
            if not band and groups and groups[-1][-1].x0 < gutter < groups[-1][-1].x1:
                groups[-1].append(piece)
            else:
                groups.append([piece])
            band = []
        else:
            band.append(piece)
    return groups + _halves(band, gutter, deepest)


def _halves(band: list[Piece], gutter: float, deepest: int) -> list[list[Piece]]:
    left = [piece for piece in band if piece.x1 <= gutter]
    right = [piece for piece in band if piece.x1 > gutter]
    return _columns(left, deepest - 1) + _columns(right, deepest - 1)


def _gutter(pieces: list[Piece]) -> float | None:
    """Where a page is divided into two columns of running text, None if it is not.

    A list of figures beside short names is no column: the lines on both sides must fill their width.
    """
    left, right = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    width = right - left
    best: tuple[float, float] | None = None
    at = left + _NARROWEST * width
    while at < right - _NARROWEST * width:
        before = [piece for piece in pieces if piece.x1 <= at]
        after = [piece for piece in pieces if piece.x0 >= at]
        crossing = len(pieces) - len(before) - len(after)
        if (
            min(len(before), len(after)) >= _FEWEST
            and crossing <= 0.25 * len(pieces)
            and _beside(before, after)
        ):
            fills = min(_filled(before), _filled(after))
            if fills >= _FULL and (best is None or (-crossing, fills) > best[:2]):
                best = (-crossing, fills)
                gutter = (max(piece.x1 for piece in before) + min(piece.x0 for piece in after)) / 2
        at += _STEP
    return gutter if best is not None else None


def _beside(before: list[Piece], after: list[Piece]) -> bool:
    """Whether the two sides stand side by side for a good part of their height."""
    top = max(min(piece.top for piece in side) for side in (before, after))
    bottom = min(max(piece.bottom for piece in side) for side in (before, after))
    heights = [max(p.bottom for p in side) - min(p.top for p in side) for side in (before, after)]
    return bottom - top > 0.3 * min(heights)


def _filled(side: list[Piece]) -> float:
    """How much of the width of a column its lines fill, the middle one of all."""
    left, right = min(piece.x0 for piece in side), max(piece.x1 for piece in side)
    if right - left < _WIDE_ENOUGH * median(piece.size for piece in side):
        return 0.0
    lines = _spans(side)
    return median((x1 - x0) / max(right - left, 1.0) for x0, x1 in lines)


def _spans(side: list[Piece]) -> list[tuple[float, float]]:
    spans: list[tuple[float, float, float]] = []
    for piece in sorted(side, key=lambda each: each.top):
        if spans and abs(spans[-1][2] - piece.top) < _SAME_LINE * piece.size:
            spans[-1] = (min(spans[-1][0], piece.x0), max(spans[-1][1], piece.x1), spans[-1][2])
        else:
            spans.append((piece.x0, piece.x1, piece.top))
    return [(x0, x1) for x0, x1, _ in spans]


def _lines(group: list[Piece]) -> list[Piece]:
    """The pieces that stand side by side in one column as one line, with a tab where the gap was."""
    lines: list[list[Piece]] = []
    for piece in sorted(group, key=lambda each: (each.top, each.x0)):
        beside = lines[-1][-1] if lines else None
        if beside is not None and not piece.rows and not beside.rows and _overlap(beside, piece):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [_joined(sorted(line, key=lambda each: each.x0)) for line in lines]


def _overlap(one: Piece, other: Piece) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > _SAME_LINE * min(one.bottom - one.top, other.bottom - other.top)


def _joined(line: list[Piece]) -> Piece:
    first = line[0]
    if len(line) == 1:
        return first
    longest = max(line, key=lambda each: len(each.text))
    text = first.text
    for before, after in pairwise(line):
        text += ("\t" if after.x0 - before.x1 > after.size else " ") + after.text
    joined = Piece(
        text, first.x0, line[-1].x1, min(each.top for each in line),
        max(each.bottom for each in line), longest.size, all(each.bold for each in line),
        any(each.some_bold for each in line), first.first, first.page,
    )  # fmt: skip
    joined.underlined = all(each.underlined or each is first for each in line[1:]) and longest.underlined
    joined.cells = [(each.text, each.x0, each.x1) for each in line]
    return joined
