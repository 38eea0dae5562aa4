"""Before the event: numbers that one document gives its paragraphs in a way of its own, such as "LD101"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from facilitate.formats.labels import Typed

_FEWEST = 3
_MOSTLY = 0.7
_NO_NUMBER = r"(?!(?:table|figure|fig|box|chart|map|photo|image|page|may|june|july|march|april)\b)"
_WORDS = r"[A-Z][a-z]+(?: [A-Z]?[a-z]+)?"
_AFTER = r"(?:\s*[.:–—-]+(?=\s|$)|(?=\s+[“‘\"'(]?[^\W\d_a-z])|(?=\s*$))"
_KINDS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<name>[A-Z]{{1,5}}-?)(?P<place>\d{{1,4}})[a-z]?{_AFTER}",
        rf"(?P<name>(?i:{_NO_NUMBER}){_WORDS})[ \u00a0](?P<place>\d{{1,3}})[A-Z]?{_AFTER}",
        r"(?P<name>§+)[ \u00a0]*(?P<place>\d{1,3})[a-z]?(?=\s)",
        r"(?P<name>\[)(?P<place>\d{1,3})\](?=\s)",
        r"(?P<name>)(?P<place>\d{4})\.(?=\s)",
        r"(?P<name>)(?P<place>\d{1,3})[.)](?=[^\W\d_a-z][\w ])",
    )
)


class Codes:
    """The ways of numbering that a document keeps to: a few paragraphs at least, in rising order."""

    def __init__(self, paragraphs: Iterable[str] = ()) -> None:
        places: dict[tuple[int, str], list[int]] = defaultdict(list)
        for text in paragraphs:
            found = _match(text)
            if found is not None:
                kind, match = found
                places[kind, match["name"]].append(int(match["place"]))
        self._kept = {key for key, found in places.items() if _rises(found)}

    def find(self, text: str) -> Typed | None:
        """The number at the start of a text, if the document numbers its paragraphs like that."""
        found = _match(text) if self._kept else None
        if found is None or (found[0], found[1]["name"]) not in self._kept:
            return None
        text, match = text.strip(), found[1]
        rest = text[match.end() :].strip()
        return Typed(match[0].strip().rstrip(":–—- "), rest, True) if rest else None


def _match(text: str) -> tuple[int, re.Match[str]] | None:
    text = text.strip()
    for kind, pattern in enumerate(_KINDS):
        if match := pattern.match(text):
            return kind, match
    return None


def _rises(places: list[int]) -> bool:
    """Whether places, in document order, are those of a running count that may begin anew."""
    up = sum(after > before or after == 1 for before, after in pairwise(places))
    return len(set(places)) >= _FEWEST and up >= _MOSTLY * (len(places) - 1)
