"""Ballots: the rounds of a count in words and as a table, for screen, speech, paper and command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from facilitate.domain.ballots import Method

_BY = {
    "earlier-round": "by the last earlier round in which they differed",
    "lot": "by lot",
    "chair": "by the chair's casting vote",
}
SINGLE_ROUND = {
    Method.PLURALITY: "Votes", Method.APPROVAL: "Approvals", Method.SCORES: "Sum of strengths",
    Method.POINTS: "Points", Method.BORDA: "Points by Borda", Method.SCHULZE: "Victories in pairs",
}

Labels = Mapping[str, str]
PlainRound = Mapping[str, Any]


def number_words(number: Fraction | str) -> str:
    """A number of votes for people: whole, or rounded to two decimals; the record keeps it exact."""
    exact = Fraction(number)
    if exact.denominator == 1:
        return f"{exact.numerator:,}"
    hundredths = int(exact * 100 + Fraction(1, 2))
    return f"{hundredths // 100:,}.{hundredths % 100:02}"


def named(keys: Sequence[str], labels: Labels) -> str:
    """Options in a sentence: “Leeds”, “Cardiff” and “Derry”."""
    quoted = [f"“{labels[key]}”" for key in keys]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} and {quoted[-1]}"


def round_rows(rounds: Sequence[PlainRound], labels: Labels, method: Method) -> list[list[str]]:
    """The rounds as a table.

    Shape: a head row; a row for each option with what it had in each round, "" once it is out; where papers
    ran out of choices, a last row for those.
    """
    alone = SINGLE_ROUND.get(method)
    heads = [alone] if alone else [f"Round {number}" for number in range(1, len(rounds) + 1)]
    rows = [["Option", *heads]]
    for key, label in labels.items():
        had = [each["totals"].get(key) for each in rounds]
        rows.append([label, *("" if votes is None else number_words(votes) for votes in had)])
    if any(each["exhausted"] != "0" for each in rounds):
        rows.append(["For nobody standing", *(number_words(each["exhausted"]) for each in rounds)])
    return rows


def round_sentences(rounds: Sequence[PlainRound], labels: Labels, method: Method) -> list[str]:
    """What happened in each round.

    Shape: one sentence or more for each round, in their order.
    """
    if method in SINGLE_ROUND:
        return [" ".join(_happened(each, labels)) for each in rounds]
    return [f"Round {number}: {' '.join(_happened(each, labels))}" for number, each in enumerate(rounds, 1)]


def tie_sentences(rounds: Sequence[PlainRound], labels: Labels) -> list[str]:
    """How each tie inside the count was settled."""
    said = []
    for tie in (tie for each in rounds for tie in each["ties"]):
        how = "went ahead" if tie["upwards"] else "dropped out"
        said.append(f"{named(tie['level'], labels)} were level; {named([tie['picked']], labels)} {how} "
                    f"{_BY[tie['by']]}.")
    return said


def _happened(each: PlainRound, labels: Labels) -> list[str]:
    words, elected = [], each["elected"]
    if elected:
        does = "is" if len(elected) == 1 else "are"
        words.append(f"{named(elected, labels)} {does} chosen.")
    if each["excluded"]:
        does = "drops" if len(each["excluded"]) == 1 else "drop"
        words.append(f"{named(each['excluded'], labels)} {does} out{_without_votes(each)}.")
    words += tie_sentences([each], labels)
    for source in dict.fromkeys(move["from"] for move in each["moves"]):
        moves = [move for move in each["moves"] if move["from"] == source]
        went = [f"{number_words(move['votes'])} to {_whom(move['to'], labels)}" for move in moves]
        surplus = f"The surplus of {named([source], labels)} goes"
        whose = "Its votes go" if source in each["excluded"] else surplus
        words.append(f"{whose} on: {', '.join(went)}.")
    return words or ["Nothing is decided."]


def _without_votes(each: PlainRound) -> str:
    return " without a vote" if all(each["totals"][key] == "0" for key in each["excluded"]) else ""


def _whom(key: str | None, labels: Labels) -> str:
    return "nobody" if key is None else named([key], labels)
