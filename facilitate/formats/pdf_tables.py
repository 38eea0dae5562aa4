"""Before the event: tables of a PDF page that are drawn with lines, and the letters that are not in one."""

from __future__ import annotations

from typing import Any

from facilitate.formats.pdf_rows import Piece

_FEWEST_LINES = 4
_MOST_EDGES = 3000


def tables(page: Any, number: int) -> tuple[list[Piece], list[dict[str, Any]]]:
    """The ruled tables of a page, each as one piece, and the letters outside of them."""
    letters: list[dict[str, Any]] = page.chars
    edges = len(page.rects) + len(page.lines) + len(page.curves)
    if not _FEWEST_LINES <= edges <= _MOST_EDGES:
        return [], letters
    found: list[Piece] = []
    for table in page.find_tables():
        rows = [[" ".join((cell or "").split()) for cell in row] for row in table.extract()]
        rows = [row for row in rows if any(row)]
        if not _holds_facts(rows):
            continue
        x0, top, x1, bottom = table.bbox
        inside = [each for each in letters if _is_in(each, x0, top, x1, bottom)]
        letters = [each for each in letters if not _is_in(each, x0, top, x1, bottom)]
        if inside:
            size = float(inside[0]["size"])
            found.append(Piece("\ufffc", x0, x1, top, bottom, size, False, False, 0.0, number, rows))
    return found, letters


def _holds_facts(rows: list[list[str]]) -> bool:
    """Whether there are rows and columns, and not only a frame around text."""
    wide = [row for row in rows if sum(bool(cell) for cell in row) > 1]
    return len(rows) > 1 and len(wide) >= 0.5 * len(rows)


def _is_in(letter: dict[str, Any], x0: float, top: float, x1: float, bottom: float) -> bool:
    middle = (letter["x0"] + letter["x1"]) / 2, (letter["top"] + letter["bottom"]) / 2
    return bool(x0 <= middle[0] <= x1 and top <= middle[1] <= bottom)
