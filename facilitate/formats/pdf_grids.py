"""Before the event: tables of a PDF page that are drawn without lines: cells that stand under one another."""

from __future__ import annotations

from collections.abc import Sequence

from facilitate.formats.labels import typed_bullet, typed_number
from facilitate.formats.pdf_rows import Piece

_NEAR = 3.0
_FEWEST_ROWS = 3
_FEWEST_COLUMNS = 3
_APART = 2.6


def with_grids(lines: Sequence[Piece]) -> list[Piece]:
    """The lines of a page, with three rows or more of three aligned cells or more as one table."""
    found: list[Piece] = []
    at = 0
    while at < len(lines):
        end = _end(lines, at)
        if end - at >= _FEWEST_ROWS:
            found.append(_table(lines[at:end]))
            at = end
        else:
            found.append(lines[at])
            at += 1
    return found


def _end(lines: Sequence[Piece], at: int) -> int:
    """Where the rows that begin at a line end."""
    first = lines[at]
    if len(first.cells) < _FEWEST_COLUMNS or _is_numbered(first):
        return at
    end = at + 1
    while end < len(lines) and _goes_on(first, lines[end - 1], lines[end]):
        end += 1
    return end


def _goes_on(first: Piece, last: Piece, line: Piece) -> bool:
    beside = line.column == first.column and 0 < line.top - last.top < _APART * line.size
    if not beside or len(line.cells) != len(first.cells) or _is_numbered(line):
        return False
    return all(_under(one, other) for one, other in zip(first.cells, line.cells, strict=True))


def _under(one: tuple[str, float, float], other: tuple[str, float, float]) -> bool:
    """Whether two cells share a left edge, a right edge or a middle."""
    left, right = abs(one[1] - other[1]), abs(one[2] - other[2])
    middle = abs(one[1] + one[2] - other[1] - other[2]) / 2
    return min(left, right, middle) < _NEAR


def _is_numbered(line: Piece) -> bool:
    """Whether what looks like a first cell is the number or bullet of a paragraph."""
    text = line.cells[0][0] if line.cells else ""
    found = typed_number(text)
    return (found is not None and not found.rest) or typed_bullet(f"{text} x") is not None


def _table(lines: Sequence[Piece]) -> Piece:
    rows = [[cell[0] for cell in line.cells] for line in lines]
    first, last = lines[0], lines[-1]
    table = Piece(
        "\ufffc", first.x0, max(line.x1 for line in lines), first.top, last.bottom, first.size, False, False,
        0.0, first.page, rows,
    )  # fmt: skip
    table.column, table.left, table.right = first.column, first.left, first.right
    return table
