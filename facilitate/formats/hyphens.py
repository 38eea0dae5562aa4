"""Before the event: puts a word together again that a line's end has cut in two."""

from __future__ import annotations

import re
from collections import Counter

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑'’][^\W\d_]+)*")
_CUT = re.compile(r"([^\W\d_]+)([-‐\u00ad])$")
_REST = re.compile(r"[^\W\d_]+")
_OWN = {"self", "well", "non", "ex", "cross", "half", "all", "co", "pro", "anti", "semi"}


class Joiner:
    """Knows which words a document writes with and without a hyphen elsewhere."""

    def __init__(self, text: str) -> None:
        self.words = Counter(word.lower() for word in _WORD.findall(text))

    def joined(self, before: str, after: str) -> str:
        """Two lines of one paragraph as one."""
        before, after = before.rstrip(), after.lstrip()
        cut, rest = _CUT.search(before), _REST.match(after)
        if cut is None or rest is None:
            open_end = before.endswith(("-", "–", "—", "/")) and before[-2:-1] != " "
            return before + after if open_end and after[:1].isalnum() else f"{before} {after}"
        if cut[2] == "\u00ad" or self._was_whole(cut[1].lower(), rest[0].lower(), after):
            return before[: cut.end(1)] + after
        return before + after

    def _was_whole(self, first: str, rest: str, after: str) -> bool:
        """Whether the hyphen was put there only to break the line."""
        if after[:1].isupper():
            return False
        with_hyphen = self.words[f"{first}-{rest}"]
        without = self.words[first + rest]
        if with_hyphen != without:
            return without > with_hyphen
        return not (first in _OWN or (self.words[first] and self.words[rest] and len(rest) > 2))
