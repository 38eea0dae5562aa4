"""Outcome: the text as a word processor tracks it, each phrase and paragraph with who put it in or out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import groupby, takewhile
from typing import Any

_FIRST_WORD = re.compile(r"(\s*\S*)(.*)", re.DOTALL)
# XML 1.0 has no place for these, and a file that holds one cannot be opened.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def writable(words: str) -> str:
    """The words without signs that no XML file can hold."""
    return _UNWRITABLE.sub("", words)


@dataclass(frozen=True)
class Mark:
    """Who made a change, "Ballot 14 (carried)" for instance, and when.

    Units: `at` in UTC, ISO 8601 to the second; None when it is not known.
    """

    author: str
    at: str | None


NOBODY = Mark("By a vote", None)


@dataclass(frozen=True)
class Piece:
    """A run of words with one history; put in and taken out again has both marks."""

    text: str
    inserted: Mark | None = None
    deleted: Mark | None = None


@dataclass(frozen=True)
class Note:
    """A footnote with its changes; the marks are those of its sign in the text, which brings or takes it."""

    ref: str
    pieces: tuple[Piece, ...]
    inserted: Mark | None = None
    deleted: Mark | None = None


@dataclass(frozen=True)
class Paragraph:
    """One passage with its changes.

    Shape: `number` is that of a list; `inserted` and `deleted` are the marks of the paragraph itself, its end
    included; `note` is what hangs beside it in the margin, "" for nothing; `notes` hang at its end.
    """

    ref: str
    kind: str
    depth: int
    pieces: tuple[Piece, ...]
    inserted: Mark | None
    deleted: Mark | None
    note: str
    number: str = ""
    notes: tuple[Note, ...] = ()


def runs(pieces: Iterable[Piece]) -> Iterator[tuple[tuple[Mark | None, Mark | None], str]]:
    """The words by their history, neighbours with one history together."""
    for marks, alike in groupby(pieces, key=lambda piece: (piece.inserted, piece.deleted)):
        yield marks, "".join(piece.text for piece in alike)


def text_label(passage: Any) -> str:
    """What stands beside a passage: its reference, and the number that an entry of a list had."""
    return f"{passage.ref}   {passage.number or '•'}" if passage.kind == "item" else str(passage.ref)


def original_words(pieces: Iterable[Piece]) -> str:
    """The words before any change."""
    return "".join(piece.text for piece in pieces if not piece.inserted)


def final_words(pieces: Iterable[Piece]) -> str:
    """The words after all changes."""
    return "".join(piece.text for piece in pieces if not piece.deleted)


def anew_of(note: Note, mark: Mark) -> list[Note]:
    """A footnote taken out as it was and put in as it is, by the one who changed it or moved it."""
    old = Note(note.ref, (Piece(original_words(note.pieces)),), None, note.deleted or mark)
    new = Note(note.ref, (Piece(final_words(note.pieces)),), note.inserted or mark)
    return [*([] if note.inserted else [old]), *([] if note.deleted else [new])]


def paragraphs_of(data: dict[str, Any]) -> list[Paragraph]:
    """Every passage of an outcome, from `outcome_json.outcome_data`, in the order of the text.

    Shape: one that came in by a vote and was taken out again is in neither text, and word processors lose
    count of such a paragraph: its note hangs at the one after it, or at the last.
    """
    found: list[Paragraph] = []
    notes: list[str] = []
    for paragraph in map(_paragraph, data["passages"]):
        if paragraph.inserted and paragraph.deleted:
            notes.append(paragraph.note)
        else:
            whole = "\n".join(note for note in (*notes, paragraph.note) if note)
            found.append(replace(paragraph, note=whole))
            notes = []
    if notes and found:
        found[-1] = replace(found[-1], note="\n".join(filter(None, [found[-1].note, *notes])))
    return found


def apart(paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
    """The same paragraphs, so that no author puts in the end of one and then the beginning of the next.

    LibreOffice takes the two for one change and, when it is rejected, joins the paragraphs. So the later one
    begins with what was taken out of it; if that is nothing, with its first word, taken out and put in again.
    """
    end: Piece | None = None
    for paragraph in paragraphs:
        pieces = paragraph.pieces
        begins = pieces[0].inserted if pieces and not paragraph.inserted else None
        if begins and end and end.inserted and end.inserted.author == begins.author:
            yield replace(paragraph, pieces=_out_first(pieces, begins))
        else:
            yield paragraph
        end = pieces[-1] if pieces and not paragraph.inserted else None


def _out_first(pieces: tuple[Piece, ...], mark: Mark) -> tuple[Piece, ...]:
    put_in = tuple(takewhile(lambda piece: piece.inserted, pieces))
    if len(put_in) == len(pieces):
        return pieces
    first, *rest = pieces[len(put_in) :]
    if first.deleted:
        return (first, *put_in, *rest)
    word, after = _FIRST_WORD.fullmatch(first.text).groups()  # type: ignore[union-attr]
    left = (Piece(after),) if after else ()
    return (Piece(word, deleted=mark), *put_in, Piece(word, inserted=mark), *left, *rest)


def _paragraph(passage: dict[str, Any]) -> Paragraph:
    marks = {key: Mark(writable(who["name"]), _moment(who["at"])) for key, who in passage["authors"].items()}

    def mark(key: str | None) -> Mark | None:
        return None if key is None else marks.get(key, NOBODY)

    pieces = tuple(
        Piece(writable(part["text"]), mark(part["inserted_by"]), mark(part["deleted_by"]))
        for part in passage["segments"]
    )
    is_new = bool(pieces) and all(piece.inserted for piece in pieces)
    gone = passage["final"] is None and bool(pieces)
    return Paragraph(
        passage["ref"],
        passage["kind"],
        passage["depth"],
        pieces,
        pieces[0].inserted if is_new else None,
        pieces[-1].deleted if gone else None,
        _note(passage),
        writable(passage["number"]),
    )


def _moment(at: str | None) -> str | None:
    return f"{datetime.fromisoformat(at).astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else None


def _note(passage: dict[str, Any]) -> str:
    """What became of a passage that was changed or voted on."""
    if passage["state"] == "unchanged" and not passage["votes"] and not passage["sign_off"]:
        return ""
    lines: Iterable[str] = (
        f"{passage['ref']}: {passage['fate']}.",
        *(f"{change['author']}: {change['english']}" for change in passage["changes"]),
        *(f"{later['what']}, changed since the vote: {later['reason']}" for later in passage["since_vote"]),
        *(f"{vote['title']}: {vote['result']}" for vote in passage["votes"]),
        *(line["sentence"] for line in passage["sign_off"]),
    )
    return writable("\n".join(lines))
