"""Before the event: what an importer read, and the permanent references and hashes of its passages."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from facilitate.domain.refusal import Refused

KINDS = ("heading", "paragraph", "item", "table", "footnote", "quote", "code", "contents")

_PREFIX = re.compile(r"[A-Z0-9]{2,6}")
_SEVERAL_PARTS = re.compile(r"[0-9A-Za-z]+(\.[0-9A-Za-z]+)+")
_WORDED = re.compile(r"[^\W\d_]{3}[^\W_]*$")
_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_LONGEST_NUMBER = 24
# With white space, or nothing, on both sides: an empty cell at the edge of a row leaves no space there.
_CELL_EDGE = re.compile(r"(?<!\S)\|(?!\S)")


@dataclass(frozen=True)
class ReadPassage:
    """One numbered part of a document as an importer saw it.

    Shape: `kind` is one of KINDS; `number` is what the reader sees ("2.3", "(a)", "Part 1"), "" if there is
    none (a bullet is no number); a passage of kind heading has its words in `heading` and an empty `text`,
    every other passage has them in `text` and an empty `heading`; a table gives one passage per row, cells
    joined by " | "; a footnote follows the passage that cites it; `depth` 0 is outermost.
    """

    kind: str
    number: str
    heading: str
    text: str
    depth: int = 0


@dataclass(frozen=True)
class ReadDocument:
    """A document as an importer saw it; `unread` says in sentences what could not be taken."""

    title: str
    passages: tuple[ReadPassage, ...]
    unread: tuple[str, ...] = field(default=())


def clean_text(text: str) -> str:
    """The text as it is stored, compared and hashed: NFC, "\\n" line ends, no control characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _UNSTORABLE.sub("", text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    return unicodedata.normalize("NFC", text)


def joined_cells(cells: Iterable[str]) -> str:
    """A row of a table as the text of one passage; a cell's own "|" that would end it becomes "¦"."""
    return " | ".join(_CELL_EDGE.sub("¦", cell) for cell in cells)


def cell_edges(text: str) -> list[int]:
    """Where the cells of a row end, from the text of its passage: the place of each "|" between two."""
    return [edge.start() for edge in _CELL_EDGE.finditer(text)]


def cells_of(text: str) -> list[str]:
    """The cells of a row, from the text of its passage."""
    return [cell.strip(" ") for cell in _CELL_EDGE.split(text)]


def text_hash(text: str) -> str:
    """The hash that a change of wording names as its base.

    Shape: SHA-256, 64 hexadecimal digits, of the NFC text in UTF-8; a lone surrogate counts as U+FFFD,
    as it does in a browser's TextEncoder.
    """
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return hashlib.sha256(unicodedata.normalize("NFC", whole).encode("utf-8")).hexdigest()


def checked_prefix(prefix: str) -> str:
    """The clerk's prefix for a document's references.

    Errors: bad-prefix.
    """
    if not _PREFIX.fullmatch(prefix):
        raise Refused(
            "bad-prefix",
            "The prefix must be two to six capital letters or digits, such as EDU. Nothing was imported.",
            "prefix",
        )
    return prefix


def submission_reference(count: int) -> str:
    """The permanent reference of the event's n-th submission.

    Shape: `S-001`; no document can take it, since a prefix has at least two characters.
    """
    if count < 1:
        raise ValueError("submissions are counted from 1")
    return f"S-{count:03d}"


def references(prefix: str, passages: Iterable[ReadPassage]) -> list[str]:
    """The permanent reference of each passage, in the order of the passages.

    Shape: prefix and visible number path (`EDU-2.3(a)`); without a number, the last number and a count
    (`EDU-2.3¶1`, before any number `EDU-¶1`); a footnote `EDU-fn1`. All differ; a reference depends only on
    what stands before it. Where two would be equal the later one gets the path of the passages around it,
    and if that is taken too, `-2`, `-3` and so on.
    Errors: bad-prefix.
    """
    namer = _Namer(checked_prefix(prefix))
    return [namer.name(passage) for passage in passages]


class _Namer:
    """Gives references one after the other; remembers the numbers around the next passage."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.around: list[tuple[int, str]] = []
        self.taken: set[str] = set()
        self.last = ""
        self.unnumbered: dict[str, int] = {}

    def name(self, passage: ReadPassage) -> str:
        number = path_part(passage.number)
        if passage.kind == "footnote":
            return self._free([f"fn{number}"]) if number else self._counted()
        if number or passage.kind == "heading":
            while self.around and self.around[-1][0] >= passage.depth:
                self.around.pop()
        if not number:
            return self._counted()
        outer = self.around[-1][1] if self.around else ""
        joined = _joined(outer, number)
        stands_alone = _SEVERAL_PARTS.fullmatch(number) or (_WORDED.search(outer) and number[0] != "(")
        wishes = [number, joined] if stands_alone else [joined]
        reference = self._free(wishes)
        self.last = reference[len(self.prefix) + 1 :]
        self.around.append((passage.depth, self.last))
        return reference

    def _counted(self) -> str:
        count = self.unnumbered.get(self.last, 0) + 1
        self.unnumbered[self.last] = count
        return self._free([f"{self.last}¶{count}"])

    def _free(self, wishes: Sequence[str]) -> str:
        for wish in wishes:
            if wish not in self.taken:
                break
        else:
            wish, again = wishes[0], 2
            while f"{wish}-{again}" in self.taken:
                again += 1
            wish = f"{wish}-{again}"
        self.taken.add(wish)
        return f"{self.prefix}-{wish}"


def path_part(number: str) -> str:
    """The part of a reference that a visible number gives: no spaces, no closing stop, "a)" as "(a)"."""
    kept = "".join(c for c in clean_text(number) if c.isalnum() or c in ".()-/")
    kept = kept.strip(".-/")
    if kept.endswith(")") and "(" not in kept:
        kept = f"({kept}"
    if not any(c.isalnum() for c in kept):
        return ""
    return kept[:_LONGEST_NUMBER]


def _joined(outer: str, number: str) -> str:
    if not outer or number.startswith("("):
        return outer + number
    return f"{outer}.{number}"
