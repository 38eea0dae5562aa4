"""Ballots: the simple picture of a count by a method: one bar for each option."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from facilitate.domain.ballots import Method
from facilitate.domain.choosing import method_of
from facilitate.domain.counting import Result
from facilitate.domain.majority import Rules
from facilitate.domain.round_words import SINGLE_ROUND, number_words


@dataclass(frozen=True)
class Bar:
    """One option's bar.

    Units: `share` of the longest bar, in thousandths; `shown` is its number in words
    """

    key: str
    shown: str
    share: int


def bars_of(result: Result, rules: Rules) -> tuple[str, tuple[Bar, ...]]:
    """What the bars count, and the bars in the order of the paper.

    Where options drop out, each bar shows what its option had in the last round in which it stood.
    """
    method = method_of(rules)
    had = {each.key: Fraction(each.votes) for each in result.votes}
    for each in result.rounds:
        had |= {key: Fraction(votes) for key, votes in each["totals"].items()}
    counted = SINGLE_ROUND.get(method, "Votes when last counted")
    if not result.rounds and method in (Method.BORDA, Method.SCHULZE, Method.IRV, Method.STV):
        counted = "First places"
    most = max([*had.values(), Fraction(0)]) or Fraction(1)
    return counted, tuple(Bar(key, number_words(votes), int(votes * 1000 / most))
                          for key, votes in had.items())
