"""Outcome: the tracked text as a word processor's file has it: paragraphs, tables and footnotes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from facilitate.formats.tracked import Note, Paragraph, anew_of, paragraphs_of
from facilitate.formats.tracked_rows import Row, rows_of


@dataclass(frozen=True)
class Table:
    """Rows that stand together.

    Shape: the first row names the columns where `head` says so; `note` hangs at the paragraph before.
    """

    rows: tuple[Row, ...]
    head: bool
    note: str = ""

    @property
    def columns(self) -> int:
        """How many cells the longest row has."""
        return max(len(row.cells) for row in self.rows)


@dataclass
class _Place:
    """A passage in the order of the text, with the notes that cite from it; `role` is "", row or head."""

    passage: Paragraph
    cited: list[Paragraph]
    role: str


def blocks_of(data: dict[str, Any], *, whole_notes: bool) -> list[Paragraph | Table]:
    """Every passage of an outcome with its changes, from `outcome_json.outcome_data`, in order.

    Shape: with `whole_notes` a footnote that was changed is taken out and put in as a whole. A passage that
    came in or went as a whole, directly before a table, is a row at its top: no word processor can take out
    the paragraph before a table without leaving an empty one.
    """
    blocks = _gathered(_with_notes(_places(data), whole_notes=whole_notes))
    return [_beside(block) if isinstance(block, Table) else block for block in blocks]


def flows(blocks: Iterable[Paragraph | Table]) -> Iterator[Table | list[Paragraph]]:
    """The tables, and the paragraphs between two of them together."""
    for is_table, several in groupby(blocks, key=lambda block: isinstance(block, Table)):
        if is_table:
            yield from (block for block in several if isinstance(block, Table))
        else:
            yield [block for block in several if isinstance(block, Paragraph)]


def _places(data: dict[str, Any]) -> list[_Place]:
    passages = {paragraph.ref: paragraph for paragraph in paragraphs_of(data)}
    known = [passages.get(passage["ref"]) for passage in data["passages"]]
    found = []
    for block in data["layout"]:
        for number, part in enumerate(block.get("rows", [block])):
            passage = known[part["at"]]
            cited = [note for each in part["notes"] if (note := known[each["at"]])]
            role = "" if block["kind"] == "passage" else "head" if block["head"] and not number else "row"
            if passage:
                found.append(_Place(passage, cited, role))
    return found


def _with_notes(places: list[_Place], *, whole_notes: bool) -> list[_Place]:
    """The passages with their footnotes.

    Shape: a note that stays although its passage went is taken out there and put in at the passage before
    that stays, else at the first one that does; where none does, it is a paragraph.
    """
    stays = [at for at, p in enumerate(places) if not p.passage.deleted and not p.passage.inserted]
    first = next(iter(stays), len(places))
    early: list[Note] = []
    hung: list[list[Note]] = [[] for _ in [*places, None]]
    alone: list[list[_Place]] = [[] for _ in places]
    for at, place in enumerate(places):
        gone = place.passage.deleted
        for cited in place.cited:
            note = Note(cited.ref, cited.pieces, None, cited.deleted)
            if gone and not stays and not note.deleted:
                alone[at].append(_Place(cited, [], ""))
            elif not gone:
                hung[at] += _written(note, whole_notes=whole_notes)
            else:
                old, *new = anew_of(note, gone)
                hung[at].append(old)
                before = max((other for other in stays if other < at), default=None)
                (early if before is None else hung[before]).extend(new)
    hung[first][:0] = early
    found = []
    for place, notes, after in zip(places, hung, alone, strict=False):
        found += [replace(place, passage=_noted(place, tuple(notes))), *after]
    return found


def _written(note: Note, *, whole_notes: bool) -> list[Note]:
    """The note with its changes, or taken out and put in again by the first who changed it."""
    marks = [mark for piece in note.pieces for mark in (piece.deleted, piece.inserted) if mark]
    if note.deleted or (marks and whole_notes):
        return anew_of(note, note.deleted or marks[0])
    return [note]


def _noted(place: _Place, notes: tuple[Note, ...]) -> Paragraph:
    """The passage with its footnotes; what became of them hangs beside it too."""
    hung = {note.ref for note in notes}
    lines = [place.passage.note, *(each.note for each in place.cited if each.ref in hung)]
    return replace(place.passage, note="\n".join(filter(None, lines)), notes=notes)


def _gathered(places: Sequence[_Place]) -> list[Paragraph | Table]:
    """Paragraphs, and rows with their neighbours as tables."""
    found: list[Paragraph | Table] = []
    waiting: list[Paragraph] = []
    for place in places:
        passage = place.passage
        if place.role:
            rows = [row for each in (*waiting, passage) for row in rows_of(each)]
            if found and isinstance(found[-1], Table):
                found[-1] = replace(found[-1], rows=(*found[-1].rows, *rows))
            else:
                found.append(Table(tuple(rows), head=place.role == "head" and not waiting))
            waiting = []
        elif passage.inserted or passage.deleted:
            waiting.append(passage)
        else:
            found += [*waiting, passage]
            waiting = []
    return [*found, *waiting]


def _beside(table: Table) -> Table:
    """The table with what hangs beside a row that comes or goes at one that stays: the nearest before it.

    Shape: LibreOffice keeps an empty row where a comment hung; without a row that stays, it is the table's.
    """
    stays = [at for at, row in enumerate(table.rows) if not row.inserted and not row.deleted]
    said: dict[int, list[str]] = {}
    for at, row in enumerate(table.rows):
        place = max((other for other in stays if other <= at), default=next(iter(stays), -1))
        said.setdefault(place, []).extend(filter(None, [row.note]))
    rows = (replace(row, note="\n".join(said.get(at, []))) for at, row in enumerate(table.rows))
    return replace(table, rows=tuple(rows), note="\n".join(said.get(-1, [])))
