"""Outcome: the changes of a table's row, cell by cell, as a word processor tracks them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from facilitate.domain.documents import cell_edges, cells_of
from facilitate.formats.tracked import (
    NOBODY,
    Mark,
    Note,
    Paragraph,
    Piece,
    anew_of,
    final_words,
    original_words,
)

Pieces = tuple[Piece, ...]


@dataclass(frozen=True)
class Row:
    """One row of a table with its changes.

    Shape: `cells` from left to right, the last as wide as all columns that are left; `inserted` and `deleted`
    are the marks of the row itself; `notes` hang at the end of the last cell, `note` beside the first.
    """

    ref: str
    kind: str
    number: str
    depth: int
    cells: tuple[Pieces, ...]
    inserted: Mark | None
    deleted: Mark | None
    note: str
    notes: tuple[Note, ...] = ()


def rows_of(passage: Paragraph) -> list[Row]:
    """A passage as a row; as two, the old one out and the new one in, where its cells are not the same."""
    if passage.inserted:
        # LibreOffice keeps an empty row of a new one in which words were put in and taken out again.
        passage = replace(passage, pieces=tuple(piece for piece in passage.pieces if not piece.deleted))
    if passage.kind != "table":
        return [_row(passage, (passage.pieces,))]
    views = [] if passage.inserted else [original_words]
    views += [] if passage.deleted else [final_words]
    cells = split(passage.pieces, views)
    if cells is not None:
        return [_row(passage, cells)]
    before = cells_of(original_words(passage.pieces))
    after = cells_of(final_words(passage.pieces))
    if passage.deleted:
        return [_row(passage, tuple((Piece(cell, deleted=passage.deleted),) for cell in before))]
    if passage.inserted:
        return [_row(passage, tuple((Piece(cell, inserted=passage.inserted),) for cell in after))]
    return _anew(_row(passage, ()), before, after, _restructured_by(passage.pieces))


def _anew(row: Row, before: Sequence[str], after: Sequence[str], mark: Mark) -> list[Row]:
    """A row taken out as it was and put in as it is."""
    notes = [each for note in row.notes for each in anew_of(note, mark)]
    out, back = [n for n in notes if n.deleted], [n for n in notes if not n.deleted]
    old = tuple((Piece(cell, deleted=mark),) for cell in before)
    new = tuple((Piece(cell, inserted=mark),) for cell in after)
    return [
        replace(row, cells=_words(old), deleted=mark, note="", notes=tuple(out)),
        replace(row, cells=_words(new), inserted=mark, notes=tuple(back)),
    ]


def _row(passage: Paragraph, cells: Sequence[Pieces]) -> Row:
    return Row(
        passage.ref, passage.kind, passage.number, passage.depth, _words(cells),
        passage.inserted, passage.deleted, passage.note, passage.notes,
    )  # fmt: skip


def _words(cells: Sequence[Pieces]) -> tuple[Pieces, ...]:
    return tuple(tuple(piece for piece in cell if piece.text) for cell in cells)


def split(pieces: Pieces, views: Sequence[Callable[[Pieces], str]]) -> tuple[Pieces, ...] | None:
    """The cells of a row with their changes; None if the cells are not the same in each of these texts."""
    edges = [_edges(pieces, view) for view in views]
    if any(places != edges[0] for places in edges):
        return None
    cells = tuple(_trimmed(cell) for cell in _cut(pieces, edges[0]))
    if any([view(cell) for cell in cells] != cells_of(view(pieces)) for view in views):
        return None
    return cells


def _edges(pieces: Pieces, view: Callable[[Pieces], str]) -> list[tuple[int, int]]:
    """The places of all edges in one of the two texts: which piece, and which sign of it."""
    seen = [(at, view((piece,))) for at, piece in enumerate(pieces)]
    places = [(at, sign) for at, text in seen for sign in range(len(text))]
    return [places[edge] for edge in cell_edges(view(pieces))]


def _cut(pieces: Pieces, edges: Sequence[tuple[int, int]]) -> list[Pieces]:
    cells: list[list[Piece]] = [[]]
    for at, piece in enumerate(pieces):
        begin = 0
        for _, sign in (edge for edge in edges if edge[0] == at):
            cells[-1].append(replace(piece, text=piece.text[begin:sign]))
            cells.append([])
            begin = sign + 1
        cells[-1].append(replace(piece, text=piece.text[begin:]))
    return [tuple(cell) for cell in cells]


def _trimmed(pieces: Pieces) -> Pieces:
    """The cell without the spaces at both its edges, before the changes and after them."""
    there = _begun(pieces, str.lstrip)
    return _begun(there[::-1], str.rstrip)[::-1]


def _begun(pieces: Pieces, stripped: Callable[[str, str], str]) -> Pieces:
    found: list[Piece] = []
    begun: set[str] = set()
    for piece in pieces:
        views = {name for name, gone in (("old", piece.inserted), ("new", piece.deleted)) if not gone}
        left = piece if views & begun else replace(piece, text=stripped(piece.text, " "))
        begun |= views if left.text else set()
        found.append(left)
    return tuple(found)


def _restructured_by(pieces: Pieces) -> Mark:
    """Who changed the cells themselves: the first change that holds an edge, else the first of all."""
    changed = [piece for piece in pieces if piece.inserted or piece.deleted]
    with_edge = [piece for piece in changed if "|" in piece.text]
    first = next(iter(with_edge or changed))
    return first.deleted or first.inserted or NOBODY
