"""Before the event: footnotes of a PDF page: small lines at the foot of a column that begin with a mark."""

from __future__ import annotations

import re

from facilitate.formats.hyphens import Joiner
from facilitate.formats.pdf_rows import LOWERED, RAISED, Piece

_SMALL = 0.93
_CITED = re.compile(f"{RAISED}([0-9]+|[*†‡§]+){LOWERED}")
_RAISED_MARK = re.compile(rf"{RAISED}(\d{{1,3}}|[*†‡§]+){LOWERED}\s*(?=\S)")
_PLAIN_MARK = re.compile(r"(\d{1,3})[.)]?(?:\s+|(?=[^\W\d_]))(?=\S)|([*†‡§]{1,3})\s*(?=\S)")
# A typeface may have raised figures of its own, which nothing but their place behind a word gives away.
_GLUED = re.compile(r"(?:(?<=[^\W\d_])|(?<=[^\d\s][.,;:!?)”’\"]))(\d{1,2})(?=\s|$|[.,;:)])")
_SUPER = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


class PdfNotes:
    """The footnotes of one file by page and mark."""

    def __init__(self, joiner: Joiner) -> None:
        self.joiner = joiner
        self._notes: dict[tuple[int, str], str] = {}
        self._last: tuple[int, str] | None = None

    def taken_from(self, lines: list[Piece], body: float) -> list[Piece]:
        """The lines of a page without its footnotes, which are kept for those who cite them."""
        cited = {mark for line in lines for find in (_CITED, _GLUED) for mark in find.findall(line.text)}
        kept: list[Piece] = []
        for column in sorted({line.column for line in lines}):
            own = [line for line in lines if line.column == column]
            start = len(own)
            while start and own[start - 1].size <= _SMALL * body and not own[start - 1].rows:
                start -= 1
            while start < len(own) and self._mark(own[start], cited) is None:
                start += 1
            start = min(start, _raised_at(own))
            kept += own[:start]
            self._keep(own[start:], cited)
        return kept

    def _mark(self, line: Piece, cited: set[str]) -> tuple[str, str] | None:
        """The mark at the start of a note's first line and the words after it."""
        raised = _RAISED_MARK.match(line.text)
        if raised:
            return raised[1], line.text[raised.end() :]
        plain = _PLAIN_MARK.match(line.text)
        mark = (plain[1] or plain[2]) if plain else ""
        return (mark, line.text[plain.end() :]) if plain and mark in cited else None

    def _keep(self, lines: list[Piece], cited: set[str]) -> None:
        key: tuple[int, str] | None = None
        for line in lines:
            marked = self._mark(line, cited)
            if marked is not None and (line.page, marked[0]) not in self._notes:
                key = line.page, marked[0]
                self._notes[key] = marked[1].replace("\t", " ")
            elif key is not None:
                self._notes[key] = self.joiner.joined(self._notes[key], line.text.replace("\t", " "))

    def cite(self, text: str, first: int, last: int) -> tuple[str, list[tuple[str, str]]]:
        """A paragraph without its marks, and the notes that they point to; other raised figures stay."""
        found: list[tuple[str, str]] = []

        def taken(match: re.Match[str]) -> str:
            for page in range(first, last + 2):
                note = self._notes.pop((page, match[1]), None)
                if note is not None:
                    found.append((match[1], plain(note)))
                    return ""
            return match[1].translate(_SUPER)

        def glued(match: re.Match[str]) -> str:
            known = any((page, match[1]) in self._notes for page in range(first, last + 2))
            return taken(match) if known else match[0]

        return plain(_GLUED.sub(glued, _CITED.sub(taken, text))), found

    def left(self, page: int | None = None) -> list[tuple[str, str]]:
        """The notes that no text cites, so that their words are not lost."""
        keys = [key for key in self._notes if page is None or key[0] <= page]
        return [(key[1], plain(self._notes.pop(key))) for key in keys]


def _raised_at(lines: list[Piece]) -> int:
    """Where lines of the usual size begin a note with a raised mark that a line above cites."""
    above: set[str] = set()
    for at, line in enumerate(lines):
        begins = _RAISED_MARK.match(line.text)
        if begins and begins[1] in above:
            return at
        above |= set(_CITED.findall(line.text))
    return len(lines)


def plain(text: str) -> str:
    """The words without the signs around raised marks."""
    return _CITED.sub(lambda found: found[1].translate(_SUPER), text).replace(RAISED, "").replace(LOWERED, "")
