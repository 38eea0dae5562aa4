"""Motions and comments: a change of wording as keep, delete and insert over one passage's text."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from facilitate.domain.refusal import Refused

Ops = list[list[str | int]]
OpsIn = Sequence[Sequence[str | int]]

_SURROGATE = re.compile("[\ud800-\udfff]")
_WORD = re.compile(r"\S*\w\S*")


@dataclass(frozen=True)
class Edit:
    """One place of a change: so many code points kept, then a text deleted, then a text inserted."""

    keep: int
    delete: str = ""
    insert: str = ""


@dataclass(frozen=True)
class WordingChange:
    """A change of wording, tied to the version of the passage (or motion) that it was written against."""

    passage: str
    version: int
    base_hash: str
    ops: OpsIn


def nfc(text: str) -> str:
    """The text in the one Unicode form in which code points are counted."""
    return unicodedata.normalize("NFC", text)


def base_hash(text: str) -> str:
    """The fingerprint by which a change knows the text that it was written against.

    Shape: SHA-256 of the NFC text in UTF-8, 64 hex digits.
    """
    return hashlib.sha256(nfc(text).encode()).hexdigest()


def _bad_ops(sentence: str) -> Refused:
    return Refused("bad-ops", f"This change of wording does not fit its passage: {sentence}. "
                   "The words are kept as they were sent; please type the change again.", "ops")


def _read_op(op: Sequence[str | int]) -> Edit:
    if isinstance(op, str) or len(op) != 2:
        raise _bad_ops("each step is a pair of what and how much")
    kind, value = op
    if kind == "keep":
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise _bad_ops("how much to keep must be a whole number")
        return Edit(value)
    if kind not in ("delete", "insert"):
        raise _bad_ops("a step is keep, delete or insert")
    if not isinstance(value, str) or _SURROGATE.search(value):
        raise _bad_ops("what to delete or insert must be readable text")
    return Edit(0, delete=value) if kind == "delete" else Edit(0, insert=value)


def edits(ops: OpsIn) -> list[Edit]:
    """The places of a change in the order of the text, neighbouring steps joined.

    Shape: only the first may keep nothing; only the last may change nothing.
    Errors: bad-ops
    """
    found: list[Edit] = []
    current = Edit(0)
    for op in ops:
        step = _read_op(op)
        if step.keep and (current.delete or current.insert):
            found.append(current)
            current = Edit(0)
        current = Edit(current.keep + step.keep, current.delete + step.delete, current.insert + step.insert)
    if current != Edit(0):
        found.append(current)
    return [replace(edit, insert=nfc(edit.insert)) for edit in found]


def ops_of(places: Iterable[Edit]) -> Ops:
    """The steps of a change in their normal form.

    Shape: no empty step, no two neighbours of one kind, a deletion before its insertion.
    """
    ops: Ops = []
    for edit in places:
        if edit.keep:
            before = int(ops.pop()[1]) if ops and ops[-1][0] == "keep" else 0
            ops.append(["keep", before + edit.keep])
        if edit.delete:
            ops.append(["delete", edit.delete])
        if edit.insert:
            ops.append(["insert", edit.insert])
    return ops


def normal_form(ops: OpsIn) -> Ops:
    """The same change with neighbouring steps joined and empty ones left out.

    Errors: bad-ops
    """
    return ops_of(edits(ops))


def check_ops(base: str, ops: OpsIn) -> None:
    """Refuse a change that does not cover its text from the first code point to the last.

    Errors: bad-ops
    """
    base = nfc(base)
    at = 0
    for edit in edits(ops):
        at += edit.keep
        if at > len(base):
            raise _bad_ops("it keeps more than there is")
        if not base.startswith(edit.delete, at):
            raise _bad_ops("it deletes words that do not stand there")
        at += len(edit.delete)
    if at != len(base):
        raise _bad_ops("it ends before the text does")


def check_change(change: WordingChange, text: str, version: int) -> None:
    """Refuse a change written against another text than the one that stands, or that changes nothing.

    Errors: stale-base, bad-ops, no-change
    """
    if change.version != version or change.base_hash != base_hash(text):
        raise Refused("stale-base", f"{change.passage} reads differently now from when you wrote this. "
                      "Your words are kept; look at the new text and make the change again.", "base_hash")
    check_ops(text, change.ops)
    if apply_ops(text, change.ops) == nfc(text):
        raise Refused("no-change", f"This leaves {change.passage} as it is. "
                      "Your words are kept; change at least one word, or send a comment of another kind.",
                      "ops")


def apply_ops(base: str, ops: OpsIn) -> str:
    """The text as it reads with the change made.

    Errors: bad-ops
    """
    check_ops(base, ops)
    return nfc("".join(text for kind, text in marked_segments(base, ops) if kind != "delete"))


def marked_segments(base: str, ops: OpsIn) -> list[tuple[str, str]]:
    """The old text and the change in one line of reading, for marks of insertion and deletion.

    Shape: (keep | delete | insert, text) in reading order, nothing empty.
    Errors: bad-ops
    """
    check_ops(base, ops)
    base = nfc(base)
    segments: list[tuple[str, str]] = []
    at = 0
    for edit in edits(ops):
        parts = (("keep", base[at:at + edit.keep]), ("delete", edit.delete), ("insert", edit.insert))
        segments += [part for part in parts if part[1]]
        at += edit.keep + len(edit.delete)
    return segments


def words_of(text: str) -> list[str]:
    """The words of a text as a reader would count them; a lone dash or bracket is none."""
    return _WORD.findall(text)


def changed_words(ops: OpsIn) -> int:
    """How far a change is from its text: words deleted plus words inserted.

    Errors: bad-ops
    """
    return sum(len(words_of(edit.delete)) + len(words_of(edit.insert)) for edit in edits(ops))


def rebase_ops(ops: OpsIn, carried: OpsIn) -> Ops:
    """A change written against the same text as a carried one, made to fit the text as changed.

    Errors: bad-ops, overlapping-changes (both touch the same words; a person decides)
    """
    if overlap(ops, carried):
        raise Refused("overlapping-changes", "This change and one already carried touch the same words. "
                      "Both are kept; the clerk decides how the text reads, with a reason.", "ops")
    shifts = [(start, len(edit.insert) - len(edit.delete)) for start, _, edit in _spans(carried)]
    length = sum(edit.keep + len(edit.delete) for edit in edits(carried))
    places: list[Edit] = []
    done = 0
    for start, end, edit in _spans(ops):
        now_at = start + sum(shift for at, shift in shifts if at < start)
        places.append(replace(edit, keep=now_at - done))
        done = now_at + end - start
    rest = length + sum(shift for _, shift in shifts) - done
    return ops_of([*places, Edit(rest)])


def overlap(first: OpsIn, second: OpsIn) -> bool:
    """Whether two changes of one text touch the same words or the same gap between words.

    Errors: bad-ops
    """
    return any(a <= d and c <= b for a, b, _ in _spans(first) for c, d, _ in _spans(second))


def _spans(ops: OpsIn) -> list[tuple[int, int, Edit]]:
    """Where each change starts and ends in the old text, in code points."""
    spans: list[tuple[int, int, Edit]] = []
    at = 0
    for edit in edits(ops):
        at += edit.keep
        if edit.delete or edit.insert:
            spans.append((at, at + len(edit.delete), edit))
        at += len(edit.delete)
    return spans
