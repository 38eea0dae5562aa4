"""Ballots: the methods that add up: most votes, most approvals, strengths, points and Borda's places."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from facilitate.domain.methods.rounds import Outcome, Round, TieBroken, Totals
from facilitate.domain.methods.ties import TieBreak, Undecided, pick

# A ranking in which options may be level: each place with those that share it, the best first.
Places = tuple[tuple[str, ...], ...]


def add_up(
    options: Sequence[str], papers: Iterable[tuple[Iterable[tuple[str, Fraction | int]], Fraction]],
) -> dict[str, Fraction]:
    """What each option has together.

    Shape: papers are pairs of what one says, (option, number) such as a strength or 1 for a vote, and how
    many say so.
    """
    totals = dict.fromkeys(options, Fraction(0))
    for numbers, weight in papers:
        for key, number in numbers:
            totals[key] += number * weight
    return totals


def borda_points(options: Sequence[str], rankings: Mapping[Places, Fraction]) -> Totals:
    """What each option has by Borda: of n options the first on a paper earns n - 1, the next n - 2, …

    Those who share places share their points; those left out earn none.
    """
    totals = dict.fromkeys(options, Fraction(0))
    for ranking, weight in rankings.items():
        worth = len(options) - 1
        for place in ranking:
            points = sum(worth - each for each in range(len(place)))
            for key in place:
                totals[key] += Fraction(points, len(place)) * weight
            worth -= len(place)
    return totals


def most(totals: Totals, seats: int, ties: TieBreak, needed: Fraction | None = None) -> Outcome:
    """The options with the most, as many as there are seats; none that has nothing or less than needed."""
    running = {key: votes for key, votes in totals.items() if votes > 0 and votes >= (needed or 0)}
    elected: list[str] = []
    broken: list[TieBroken] = []
    while running and len(elected) < seats:
        highest = max(running.values())
        level = [key for key, votes in running.items() if votes == highest]
        if len(elected) + len(level) > seats:
            try:
                broken.append(pick(level, (), ties, upwards=True))
            except Undecided as undecided:
                record = Round(totals, needed, elected=tuple(elected), ties=tuple(broken))
                return Outcome(tuple(elected), (record,), undecided.level)
            level = [broken[-1].picked]
        elected += level
        running = {key: votes for key, votes in running.items() if key not in level}
    record = Round(totals, needed, elected=tuple(elected), ties=tuple(broken))
    return Outcome(tuple(elected), (record,))
