"""Ballots: Schulze's method: every option against every other, then the strongest chains of victories."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import permutations, product
from math import lcm

from facilitate.domain.methods.adding import Places
from facilitate.domain.methods.rounds import Outcome, Pair, Round, TieBroken
from facilitate.domain.methods.ties import TieBreak, Undecided, pick

Strengths = dict[tuple[str, str], Fraction]


def strongest_chains(
    rankings: Mapping[Places, Fraction], options: Sequence[str], seats: int, ties: TieBreak,
) -> Outcome:
    """The option that no other beats by a stronger chain of victories, or the first `seats` in that order.

    A victory is as strong as the papers for it, a chain as its weakest victory. What a paper leaves out
    stands level behind what it ranks.
    """
    pairs = compare_pairs(rankings, options)
    chains = _chains(pairs, options)
    left = list(options)
    elected: list[str] = []
    broken: list[TieBroken] = []
    level: tuple[str, ...] = ()
    while left and len(elected) < seats and any(pairs.values()):
        unbeaten = [a for a in left if all(chains[a, b] >= chains[b, a] for b in left if b != a)]
        if len(unbeaten) > 1 and len(elected) + len(unbeaten) > seats:
            try:
                broken.append(pick(unbeaten, (), ties, upwards=True))
            except Undecided as undecided:
                level = undecided.level
                break
            unbeaten = [broken[-1].picked]
        elected += unbeaten
        left = [key for key in left if key not in unbeaten]
    wins = {a: Fraction(sum(pairs[a, b] > pairs[b, a] for b in options if b != a)) for a in options}
    record = Round(wins, elected=tuple(elected), ties=tuple(broken), pairs=_as_pairs(pairs),
                   chains=_as_pairs(chains))
    return Outcome(tuple(elected), (record,), level)


def compare_pairs(rankings: Mapping[Places, Fraction], options: Sequence[str]) -> Strengths:
    """How much weight of papers puts the first of each pair before the second."""
    # Whole numbers while adding: many papers make very many additions.
    unit = lcm(*(weight.denominator for weight in rankings.values()))
    pairs = dict.fromkeys(permutations(options, 2), 0)
    for ranking, weight in rankings.items():
        units = int(weight * unit)
        behind = list(options)
        for place in ranking:
            behind = [key for key in behind if key not in place]
            for pair in product(place, behind):
                pairs[pair] += units
    return {pair: Fraction(units, unit) for pair, units in pairs.items()}


def _chains(pairs: Strengths, options: Sequence[str]) -> Strengths:
    """The strength of the strongest chain from each option to each other, none counting nothing."""
    chains = {(a, b): votes if votes > pairs[b, a] else Fraction(0) for (a, b), votes in pairs.items()}
    for through in options:
        for first, last in pairs:
            if through not in (first, last):
                by_it = min(chains[first, through], chains[through, last])
                chains[first, last] = max(chains[first, last], by_it)
    return chains


def _as_pairs(strengths: Strengths) -> tuple[Pair, ...]:
    return tuple(Pair(first, second, votes) for (first, second), votes in strengths.items())
