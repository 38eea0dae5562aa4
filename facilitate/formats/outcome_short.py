"""Outcome: the short edition for the autumn conference: what was decided, and what goes on beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from facilitate.formats.outcome_words import conflict_lines, since_line

_BACK = ("referred-back", "remitted")
_NOT_DECIDED = ("not-reached", "put")


def places(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Every passage, then the document as a whole."""
    return [*data["passages"], data["general"]]


def decided(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Every ballot with its result, by number, each once."""
    votes = {vote["number"]: vote for place in places(data) for vote in place["votes"]}
    return [votes[number] for number in sorted(votes)]


def moved(data: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """Every motion with the reference of its passage or the document's prefix, by number, each once."""
    named = [*((p["ref"], p) for p in data["passages"]), (data["document"]["prefix"], data["general"])]
    motions = {m["number"]: (ref, m) for ref, place in reversed(named) for m in place["motions"]}
    return [motions[number] for number in sorted(motions)]


def beside(data: dict[str, Any]) -> list[dict[str, Any]]:
    """What stands beside the text: {title, lines}; a title without a line is left out."""
    motions = [motion for place in places(data) for motion in place["motions"]]
    found = [
        ("Sent back", [_named(m) for m in motions if m["state"] in _BACK]),
        ("Not reached", [_named(m) for m in motions if m["state"] in _NOT_DECIDED]),
        (
            "Minority positions",
            [f"{p['text']} {p['sentence']}" for place in places(data) for p in place["minority_positions"]],
        ),
        ("Carried motions that collide", _of_passages(data, _collided)),
        ("Changed since the vote", _of_passages(data, lambda p: map(since_line, p["since_vote"]))),
        (
            "Notes of dissent",
            [s["sentence"] for place in places(data) for s in place["signatures"] if s["act"] == "dissent"],
        ),
    ]
    return [{"title": title, "lines": lines} for title, lines in found if lines]


def _of_passages(data: dict[str, Any], lines: Callable[[dict[str, Any]], Iterable[str]]) -> list[str]:
    """Lines about passages, each with the reference of its passage."""
    return [f"{passage['ref']}: {line}" for passage in data["passages"] for line in lines(passage)]


def _collided(passage: dict[str, Any]) -> list[str]:
    return conflict_lines(passage["conflict"]) if passage["conflict"] else []


def _named(motion: dict[str, Any]) -> str:
    return f"{motion['sentence']} {motion['title']}".strip()
