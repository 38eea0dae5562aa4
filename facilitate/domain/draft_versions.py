"""Before: which passage of a later version is the like of one in an earlier, and what words changed."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from facilitate.domain.drafts import DraftPassage
from facilitate.domain.wording_diff import diff_ops

# Two passages are alike where at least this share of their words is the same; with the same number before
# them less will do, for then the paper itself says that one took the other's place.
ALIKE = 0.5
ALIKE_BY_NUMBER = 0.25
# A passage that was divided or joined to another has its words within the longer one.
WITHIN = 0.6
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Piece:
    """A stretch of a passage's words: kept, put in or taken out since the version before.

    Shape: `kind` is keep, insert or delete.
    """

    kind: str
    text: str


def like_passages(old: Sequence[DraftPassage], new: Sequence[DraftPassage]) -> dict[str, str]:
    """Which passage of the new version each passage of the old one has become.

    Shape: old reference to new reference; a passage without a like one is not in it. Two old passages lead
    to one new passage only where they were joined.
    """
    found = _same_words(old, new)
    taken = set(found.values())
    lost = [p for p in old if p.ref not in found]
    for _, _, was, now in sorted(_pairs(lost, [p for p in new if p.ref not in taken])):
        if was not in found and now not in taken:
            found[was] = now
            taken.add(now)
    for passage in (p for p in lost if p.ref not in found):
        whole = _holding(passage, new)
        if whole:
            found[passage.ref] = whole
    return found


def changed_words(old: str, new: str) -> tuple[Piece, ...]:
    """The new words with what was put in and what was taken out marked."""
    pieces: list[Piece] = []
    at = 0
    for kind, value in diff_ops(old, new):
        if kind == "insert":
            pieces.append(Piece("insert", str(value)))
            continue
        length = len(str(value)) if kind == "delete" else int(value)
        pieces.append(Piece("delete" if kind == "delete" else "keep", old[at : at + length]))
        at += length
    return tuple(piece for piece in pieces if piece.text)


def _same_words(old: Sequence[DraftPassage], new: Sequence[DraftPassage]) -> dict[str, str]:
    """Passages that read the same, in their order: the first of several alike goes to the first."""
    there: dict[str, list[str]] = defaultdict(list)
    for passage in reversed(new):
        there[passage.words].append(passage.ref)
    return {p.ref: there[p.words].pop() for p in old if p.words and there.get(p.words)}


def _pairs(
    old: Iterable[DraftPassage], new: Sequence[DraftPassage]
) -> list[tuple[float, int, str, str]]:
    """Every pair that is alike enough, the likest first when sorted; of equals, the nearest in the paper."""
    bags = [(place, p, _bag(p.words)) for place, p in enumerate(new)]
    found: list[tuple[float, int, str, str]] = []
    for place, was in enumerate(old):
        words = _bag(was.words)
        for at, now, others in bags:
            share = _share(words, others)
            numbered = bool(was.number) and was.number == now.number and was.kind == now.kind
            if share >= (ALIKE_BY_NUMBER if numbered else ALIKE):
                found.append((-share - (0.1 if numbered else 0), abs(at - place), was.ref, now.ref))
    return found


def _holding(passage: DraftPassage, new: Iterable[DraftPassage]) -> str:
    """The passage that holds most of these words, where one holds enough of them; or is held by them."""
    words = _bag(passage.words)
    best, most = "", WITHIN
    for each in new:
        others = _bag(each.words)
        shorter = min(words.total(), others.total())
        share = (words & others).total() / shorter if shorter > 2 else 0.0
        if share > most:
            best, most = each.ref, share
    return best


def _bag(words: str) -> Counter[str]:
    return Counter(word.casefold() for word in _WORD.findall(words))


def _share(one: Counter[str], other: Counter[str]) -> float:
    size = one.total() + other.total()
    return 2 * (one & other).total() / size if size else 0.0
