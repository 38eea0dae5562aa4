"""Before the event: a table of contents in a PDF file, whose numbers are not those of the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from facilitate.formats.pdf_rows import Piece

_LEADERS = re.compile(r"(\.\s?){4,}\s*\t?\s*([\divxlc]{1,5})?\s*$|…{2,}.{0,3}\d*\s*$|_{4,}\s*\d+$")
_TITLE = re.compile(r"(table of )?contents|index", re.I)
_ENDS_IN_PAGE = re.compile(r"[\s\t]([\d]{1,3}|[ivxlc]{1,6})$")
_FEWEST = 3
_MOST_BETWEEN = 3
_MOST_WORDS = 14


def mark_contents(lines: Sequence[Piece]) -> None:
    """Marks lines with leaders or, under their title, with page numbers, and short ones between them."""
    begun = False
    for line in lines:
        begun = _TITLE.fullmatch(line.text.strip()) is not None or (begun and _points(line))
        leads = _LEADERS.search(line.text) is not None or (begun and _points(line))
        line.contents = leads and not line.rows
    marked = [at for at, line in enumerate(lines) if line.contents]
    if len(marked) < _FEWEST:
        return
    for before, after in pairwise(marked):
        between = lines[before + 1 : after]
        if len(between) <= _MOST_BETWEEN and all(_is_short(line) for line in between):
            for line in between:
                line.contents = True


def _points(line: Piece) -> bool:
    return _ENDS_IN_PAGE.search(line.text) is not None


def _is_short(line: Piece) -> bool:
    text = line.text.strip()
    return not line.rows and len(text.split()) <= _MOST_WORDS and text[-1:] not in ".;:,"
