"""Ballots: which passages are voted on all together, and which one by one because they were pulled out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from facilitate.domain.refusal import Refused


@dataclass(frozen=True)
class PullOut:
    """A table or delegation that wants a passage voted on by itself."""

    passage: str
    by: str


@dataclass(frozen=True)
class Division:
    """The passages that nobody has pulled out, and those taken one by one, each in the document's order."""

    en_bloc: tuple[str, ...]
    seriatim: tuple[str, ...]


def divide_passages(
    passages: Sequence[str], pulled: Iterable[PullOut], least: int, with_motions: Collection[str] = (),
) -> Division:
    """Take a passage out of the vote en bloc if so many tables or delegations pulled it out, each once.

    A passage with a motion of its own is always taken by itself, since its text is not settled yet.

    Shape: passages by id, in the order of the document; `least` is set before, 1 or more.
    Errors: unknown-passage
    """
    pullers: dict[str, set[str]] = {passage: set() for passage in passages}
    for pull in pulled:
        if pull.passage not in pullers:
            raise Refused("unknown-passage", "This passage is not among those voted on together. "
                          "Nothing was changed; choose one of them.", "passage")
        pullers[pull.passage].add(pull.by)
    enough = max(1, least)
    alone = {passage for passage, by in pullers.items() if passage in with_motions or len(by) >= enough}
    return Division(tuple(p for p in passages if p not in alone), tuple(p for p in passages if p in alone))


def division_sentence(division: Division) -> str:
    """What is voted on together and what one by one, by the passages' references."""
    together, alone = len(division.en_bloc), division.seriatim
    many = "1 passage is" if together == 1 else f"{together} passages are"
    if not alone:
        return f"{many} voted on en bloc."
    named = f"{', '.join(alone[:-1])} and {alone[-1]}" if len(alone) > 1 else alone[0]
    one_by_one = f"{named} {'is' if len(alone) == 1 else 'are'} taken one by one"
    return f"{many} voted on en bloc; {one_by_one}." if together else f"{one_by_one}."
