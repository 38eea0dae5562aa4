"""Ballots: the instant run-off: the last option drops out, round by round, until one has more than half."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from facilitate.domain.methods.rounds import Log, Move, Outcome, Round, TieBroken, Totals, Weighed
from facilitate.domain.methods.ties import TieBreak, Undecided, pick


def instant_run_off(rankings: Weighed, options: Sequence[str], ties: TieBreak) -> Outcome:
    """The one option that has more than half of the papers that still name somebody standing.

    Each paper counts for the option standing that it ranks highest. Level options that have less together
    than the next one drop out together, since they would in any order.
    """
    standing = list(options)
    log = Log()
    cast = sum(rankings.values(), Fraction(0))
    while True:
        totals = _totals(rankings, standing)
        live = sum(totals.values(), Fraction(0))
        half = Fraction(live // 2 + 1) if live.denominator == 1 else None
        winners = tuple(key for key, votes in totals.items() if votes * 2 > live)
        if winners or not live:
            log.rounds.append(Round(totals, half, cast - live, elected=winners))
            return Outcome(winners, tuple(log.rounds))
        try:
            out, broken = _last(totals, log, ties)
        except Undecided as undecided:
            log.rounds.append(Round(totals, half, cast - live))
            return Outcome((), tuple(log.rounds), undecided.level)
        moves = _moves(rankings, standing, out)
        standing = [key for key in standing if key not in out]
        log.rounds.append(Round(totals, half, cast - live, (), out, moves, broken))


def _last(totals: Totals, log: Log, ties: TieBreak) -> tuple[tuple[str, ...], tuple[TieBroken, ...]]:
    """Who drops out, and the tie that was broken for it."""
    lowest = min(totals.values())
    level = tuple(key for key, votes in totals.items() if votes == lowest)
    others = [votes for votes in totals.values() if votes > lowest]
    if len(level) == 1 or (others and lowest * len(level) < min(others)):
        return level, ()
    broken = pick(level, log.history, ties, upwards=False)
    return (broken.picked,), (broken,)


def _totals(rankings: Weighed, standing: Sequence[str]) -> dict[str, Fraction]:
    totals = dict.fromkeys(standing, Fraction(0))
    for ranking, weight in rankings.items():
        first = next((key for key in ranking if key in totals), None)
        if first is not None:
            totals[first] += weight
    return totals


def _moves(rankings: Weighed, standing: Sequence[str], out: Sequence[str]) -> tuple[Move, ...]:
    """Where the votes of those who drop out go, in the order of the options, nobody last."""
    left = [key for key in standing if key not in out]
    went: dict[tuple[str, str | None], Fraction] = {}
    for ranking, weight in rankings.items():
        source = next((key for key in ranking if key in standing), None)
        if source in out and source is not None:
            target = next((key for key in ranking if key in left), None)
            went[source, target] = went.get((source, target), Fraction(0)) + weight
    order = [(source, target) for source in out for target in (*left, None)]
    return tuple(Move(*way, went[way]) for way in order if way in went)
