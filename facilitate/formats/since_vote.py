"""Outcome: what was changed of a passage since the vote, every word of it named, for every edition."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from facilitate.domain.amendment_english import amendment_english
from facilitate.domain.outcome import DECISION, EDIT, SIGNATORY, PassageOutcome
from facilitate.domain.wording_diff import diff_ops
from facilitate.formats.outcome_words import when

_WHAT = {DECISION: "Clerk's decision", EDIT: "Edited by staff", SIGNATORY: "Edited by a signatory"}


def since_vote(passage: PassageOutcome, zone: str) -> list[dict[str, str]]:
    """Each change since the vote, in its order.

    Shape: {what, reason, by, at, english}; `english` says which words differ from those before it.
    """
    done = {change.key for change in passage.changes}
    found: list[dict[str, Any]] = []
    for later in passage.later:
        base, done = _text_at(passage, done), done | {later.key}
        found.append(
            {
                "what": _WHAT[later.kind],
                "reason": later.reason,
                "by": later.by,
                "at": when(later.at, zone),
                "english": amendment_english(passage.ref, base, diff_ops(base, _text_at(passage, done))),
            }
        )
    return found


def _text_at(passage: PassageOutcome, done: AbstractSet[str]) -> str:
    """How the passage read once these changes were made, and no other."""
    return "".join(
        part.text
        for part in passage.segments
        if (part.inserted_by is None or part.inserted_by in done) and part.deleted_by not in done
    )
