"""Rehearsal: how a robot fills in a paper that says more than one thing, and what must come of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from random import Random
from typing import Any

FORMS = ("approve-any", "rank", "strength", "points")
PLACES = ("Leeds", "Cardiff", "Derry", "Inverness")
_ABSTAINS = 0.1


def is_further(ballot: dict[str, Any]) -> bool:
    """Whether the papers of this ballot say more than one thing."""
    return ballot["form"] in FORMS


def fill_in(ballot: dict[str, Any], chance: Random) -> str:
    """One paper, filled in at random by its rules."""
    keys = [option["key"] for option in ballot["options"] if option["key"] != "abstain"]
    if chance.random() < _ABSTAINS:
        return "abstain"
    marked = sorted(chance.sample(keys, chance.randint(1, len(keys))), key=keys.index)
    if ballot["form"] == "approve-any":
        return "+".join(marked)
    if ballot["form"] == "rank":
        return ">".join(chance.sample(marked, len(marked)))
    if ballot["form"] == "strength":
        return ",".join(f"{key}:{chance.randint(1, 5)}" for key in marked)
    share = max(1, ballot["points"] // len(marked))
    return ",".join(f"{key}:{chance.randint(1, share)}" for key in marked[: ballot["points"]])


def counted_in(ballot: dict[str, Any], papers: Mapping[str, int]) -> dict[str, int]:
    """What a result's counts must be: votes, approvals, first places, or sums of strengths or points."""
    if not is_further(ballot):
        return dict(papers)
    counts: Counter[str] = Counter()
    for text, number in papers.items():
        for key, worth in _said(ballot["form"], text):
            counts[key] += worth * number
    return dict(counts)


def _said(form: str, text: str) -> list[tuple[str, int]]:
    if text == "abstain":
        return [(text, 1)]
    if form == "approve-any":
        return [(key, 1) for key in text.split("+")]
    if form == "rank":
        return [(text.split(">", maxsplit=1)[0], 1)]
    pairs = [pair.split(":") for pair in text.split(",")]
    return [(key, int(number)) for key, number in pairs]
