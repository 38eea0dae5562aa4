"""Before the event: tables of a PDF page that are drawn with lines, and the letters that are not in one."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from facilitate.formats.pdf_letters import Drawn
from facilitate.formats.pdf_rows import Piece

_FEWEST_LINES = 4
_MOST_EDGES = 3000
_BESIDE = 0.45
_MOSTLY_CUT = 0.3
_FEWEST_FILLED = 0.3


def tables(page: Any, number: int, drawn: Drawn) -> tuple[list[Piece], list[dict[str, Any]]]:
    """The ruled tables of a page, each as one piece, and the letters outside of them."""
    letters = drawn.letters
    if not _FEWEST_LINES <= drawn.edges <= _MOST_EDGES or drawn.edges == len(drawn.rules):
        return [], letters
    found: list[Piece] = []
    for table in page.find_tables():
        x0, top, x1, bottom = table.bbox
        inside = [each for each in letters if _is_in(each, x0, top, x1, bottom)]
        if not inside or _cuts_words(table, inside):
            continue
        rows = [[" ".join((cell or "").split()) for cell in row] for row in table.extract()]
        rows = [row for row in rows if any(row)]
        if not _holds_facts(rows):
            continue
        letters = [each for each in letters if not _is_in(each, x0, top, x1, bottom)]
        size = float(inside[0]["size"])
        found.append(Piece("\ufffc", x0, x1, top, bottom, size, False, False, 0.0, number, rows))
    return found, letters


def _cuts_words(table: Any, letters: list[dict[str, Any]]) -> bool:
    """Whether lines under, through or behind words were taken for cells, so that words stand side by side."""
    beside = close = 0
    for row in table.rows:
        cells = [cell for cell in row.cells if cell is not None]
        for one, other in pairwise(cells):
            left = [each for each in letters if each["text"].strip() and _is_in(each, *one)]
            right = [each for each in letters if each["text"].strip() and _is_in(each, *other)]
            gaps = [
                b["x0"] - a["x1"]
                for a in left[-80:]
                for b in right[:80]
                if abs(a["bottom"] - b["bottom"]) < 0.5 * a["size"]
            ]
            if gaps:
                beside += 1
                close += min(gaps) < _BESIDE * letters[0]["size"]
    return close > _MOSTLY_CUT * max(beside, 1)


def _holds_facts(rows: list[list[str]]) -> bool:
    """Whether there are rows and columns, and not only a frame around text."""
    wide = [row for row in rows if sum(bool(cell) for cell in row) > 1]
    filled = sum(bool(cell) for row in rows for cell in row)
    sparse = filled < _FEWEST_FILLED * sum(len(row) for row in rows)
    return len(rows) > 1 and len(wide) >= 0.5 * len(rows) and not sparse


def _is_in(letter: dict[str, Any], x0: float, top: float, x1: float, bottom: float) -> bool:
    middle = (letter["x0"] + letter["x1"]) / 2, (letter["top"] + letter["bottom"]) / 2
    return bool(x0 <= middle[0] <= x1 and top <= middle[1] <= bottom)
