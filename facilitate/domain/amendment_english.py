"""Motions and ballots: a change of wording said aloud, for the chair, Braille, speech and paper."""

from __future__ import annotations

from facilitate.domain.wording import Edit, OpsIn, check_ops, edits, nfc

LONGEST_QUOTE = 20
CONTEXT_WORDS = 3
END_WORDS = 4


def amendment_english(reference: str, base: str, ops: OpsIn) -> str:
    """A change of wording as one sentence in the English of amendments.

    Shape: changes in the order of the text, joined by semicolons; what is inserted stands there in full.
    Errors: bad-ops
    """
    check_ops(base, ops)
    base = nfc(base)
    changes: list[str] = []
    at = 0
    for edit in edits(ops):
        at += edit.keep
        if edit.delete or edit.insert:
            changes.append(_one_change(base, at, edit))
        at += len(edit.delete)
    if not changes:
        return f"{reference} stays as it is."
    if changes == ["delete all"]:
        return f"Delete {reference}."
    return f"In {reference} {'; '.join(changes)}."


def _one_change(base: str, at: int, edit: Edit) -> str:
    if edit.delete == base and base:
        return f"delete all, insert {_quoted(edit.insert)}" if edit.insert else "delete all"
    if not edit.delete:
        return f"{_insertion_place(base, at)} insert {_quoted(edit.insert)}"
    place = _deletion_place(base, at, edit.delete)
    deletion = f"{place}delete {_shortened(edit.delete)}"
    return f"{deletion}, insert {_quoted(edit.insert)}" if edit.insert else deletion


def _insertion_place(base: str, at: int) -> str:
    if not base[:at].strip():
        return "at the beginning"
    if not base[at:].strip():
        return "at the end"
    return f"after “{_context(base, at)}”"


def _deletion_place(base: str, at: int, deleted: str) -> str:
    """Nothing where the deleted words stand only once, else the words before them."""
    if deleted.strip() and base.count(deleted.strip()) == 1:
        return ""
    if not base[:at].strip():
        return "at the beginning "
    return f"after “{_context(base, at)}” "


def _context(base: str, at: int) -> str:
    """The words before a place, as many as it takes to find it only once in the text."""
    words = base[:at].split()
    for count in range(min(CONTEXT_WORDS, len(words)), len(words) + 1):
        context = " ".join(words[-count:])
        if " ".join(base.split()).count(context) == 1:
            return context
    return " ".join(words)


def _shortened(text: str) -> str:
    words = text.split()
    if len(words) <= LONGEST_QUOTE:
        return _quoted(text)
    return f"from “{' '.join(words[:END_WORDS])}” to “{' '.join(words[-END_WORDS:])}”"


def _quoted(text: str) -> str:
    if text.strip():
        return f"“{text.strip()}”"
    if "\n" in text:
        return "a line break"
    return "a space" if len(text) == 1 else f"{len(text)} spaces"
