"""Hall: ballot papers in print: the question, what each answer does, a box for it; also in large print."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from facilitate.formats.typeset import typeset

PLAIN, LARGE = "plain", "large-print"
EDITIONS = (PLAIN, LARGE)
# So many answers have fixed places on the large-print paper, where a template with holes lies over it.
MOST_PLACES = 6
HOW = {
    "for-against": "Mark one box.",
    "one-of-several": "Mark one box.",
    "approve-any": "Mark every answer that you can accept, or none.",
    "rank": "Write 1 beside the answer you like best, then 2, and so on, as far as you wish.",
    "strength": "Write a number from 1 (weakest) to 5 (strongest) beside each answer.",
    "points": "Share out your points: write beside each answer how many it gets.",
}


def ballot_papers_data(
    event: str, ballot: dict[str, Any], groups: Sequence[str], edition: str, made: int,
    *, rehearsal: bool = False,
) -> dict[str, Any]:  # fmt: skip
    """Everything that a printed paper needs, as JSON values; one paper for each group with papers of its own.

    Shape: `ballot` as the desk sees it.
    Units: `made` in seconds since 1970.
    """
    answers = [{"label": o["label"], "effect": o["effect"] or ""} for o in ballot["options"]]
    return {
        "event": {"name": event, "rehearsal": rehearsal}, "large": edition == LARGE, "made": made,
        "number": ballot["number"], "version": ballot["version"], "question": ballot["question"],
        "passage": ballot["passage"] or "", "rule": ballot["rule"], "how": HOW[ballot["form"]],
        "purpose": "" if ballot["purpose"] == "binding" else ballot["purpose"],
        "answers": answers, "groups": list(groups) if len(groups) > 1 else [""],
        "fixed": len(answers) <= MOST_PLACES,
    }  # fmt: skip


def ballot_papers_pdf(data: dict[str, Any]) -> bytes:
    """The papers as a tagged PDF, from `ballot_papers_data`."""
    return typeset("ballot_papers/papers.typ", data, data["made"])
