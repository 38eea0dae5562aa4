"""Before the event: tells running heads, feet and page numbers of a PDF file from its text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from facilitate.formats.labels import typed_number
from facilitate.formats.pdf_rows import RAISED, Piece

_EDGE = 0.13
_ROWS = 4
_SURELY = 3
_MOSTLY = 0.6
_FEWEST_LETTERS = 3
_SAME_PLACE = 4.0
_PAGE = re.compile(r"\W*(page|p\.?)?\s*(\d{1,4}|[ivxlc]{1,7})\s*((of|/)\s*\d{1,4})?\W*", re.I)
_DIGITS = re.compile(r"\d+")


def without_furniture(
    pages: Sequence[list[Piece]], heights: Sequence[float]
) -> tuple[list[list[Piece]], list[str]]:
    """The pages without what is repeated at their edges, and the words that were left out, once each."""
    edges = [_edge(page, height) for page, height in zip(pages, heights, strict=True)]
    places: dict[str, list[tuple[int, Piece]]] = defaultdict(list)
    for at, edge in enumerate(edges):
        for piece in edge:
            places[_pattern(piece.text)].append((at, piece))
    counted = _page_counts(pages)
    left_out: dict[str, None] = {}
    kept: list[list[Piece]] = []
    for at, page in enumerate(pages):
        gone = {
            id(piece)
            for piece in edges[at]
            if _repeats(piece, at, places[_pattern(piece.text)], len(pages))
            or _is_page_number(piece, page, at, len(pages))
        }
        gone |= counted
        for piece in page:
            if id(piece) in gone and not _PAGE.fullmatch(piece.text):
                left_out.setdefault(piece.text)
        kept.append([piece for piece in page if id(piece) not in gone])
    return kept, list(left_out)


def _page_counts(pages: Sequence[list[Piece]]) -> set[int]:
    """The pieces in the outermost rows of pages that rise by one from page to page at the same height.

    Shape: the identities of the pieces; they may stand far from the edge where margins are wide.
    """
    found: dict[tuple[int, int], list[tuple[int, Piece]]] = defaultdict(list)
    for at, page in enumerate(pages):
        tops = sorted({round(piece.top) for piece in page})
        for piece in page:
            digits = _DIGITS.findall(piece.text) if _PAGE.fullmatch(piece.text) else []
            if digits and round(piece.top) in {*tops[:2], *tops[-2:]}:
                found[int(digits[0]) - at, round(piece.top / _SAME_PLACE)].append((at, piece))
    kept = [places for places in found.values() if len({at for at, _ in places}) >= _SURELY]
    return {id(piece) for places in kept for _, piece in places}


def _edge(page: list[Piece], height: float) -> list[Piece]:
    """The first and last lines of a page, if they stand at its very top or bottom."""
    tops = sorted({round(piece.top) for piece in page})
    outer = {*tops[:_ROWS], *tops[-_ROWS:]}
    return [
        piece
        for piece in page
        if round(piece.top) in outer
        and not piece.rows
        and (piece.bottom < _EDGE * height or piece.top > (1 - _EDGE) * height)
    ]


def _pattern(text: str) -> str:
    return " ".join(_DIGITS.sub("#", text.lower()).split())


def _repeats(piece: Piece, page: int, places: list[tuple[int, Piece]], pages: int) -> bool:
    """Whether the same words stand at the same height on other pages, often or on its neighbours."""
    # A footnote may say the same on several pages, as "Ibid." does.
    if piece.text.startswith(RAISED) or sum(c.isalpha() for c in piece.text) < _FEWEST_LETTERS:
        return False
    same = {
        at
        for at, other in places
        if abs(other.top - piece.top) < _SAME_PLACE and _differs_by(piece.text, other.text, at - page)
    }
    near = {at for at in same if 0 < abs(at - page) <= 2}
    several = len(piece.text.split()) > 1 and len(same) >= _MOSTLY * pages
    return bool(near) and (len(same) >= _SURELY or several)


def _differs_by(text: str, other: str, pages: int) -> bool:
    """Whether figures in two texts are the same, or count the pages between; headings count otherwise."""
    if text == other:
        return True
    pairs = zip(_DIGITS.findall(text), _DIGITS.findall(other), strict=True)
    steps = {int(after) - int(before) for before, after in pairs if before != after}
    return steps == {pages} and typed_number(text, heading=True) is None


def _is_page_number(piece: Piece, page: list[Piece], at: int, pages: int) -> bool:
    """Whether a piece that stands alone in the first or last row counts the pages."""
    if not _PAGE.fullmatch(piece.text):
        return False
    beside = [each for each in page if each is not piece and abs(each.top - piece.top) < _SAME_PLACE]
    first, last = min(each.top for each in page), max(each.top for each in page)
    digits = _DIGITS.findall(piece.text)
    own = pages > 1 or "page" in piece.text.lower() or digits[:1] == [str(at + 1)]
    outermost = piece.top - first < _SAME_PLACE or last - piece.top < _SAME_PLACE
    return own and outermost and all(each.x0 > piece.x1 + 30 or each.x1 < piece.x0 - 30 for each in beside)
