"""Ballots: the instant run-off: the last option drops out, round by round, until one has more than half."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from facilitate.domain.methods.rounds import Log, Move, Outcome, Round, TieBroken, Totals, Weighed
from facilitate.domain.methods.ties import TieBreak, Undecided, pick


def instant_run_off(rankings: Weighed, options: Sequence[str], ties: TieBreak) -> Outcome:
    """The one option that has more than half of the papers that still name somebody standing.

    Each paper counts for the option standing that it ranks highest. Options without a vote drop out
    together, since it makes no difference in which order.
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
        without = [key for key, votes in totals.items() if not votes]
        lowest = min(totals.values())
        last = without or [key for key, votes in totals.items() if votes == lowest]
        broken: tuple[TieBroken, ...] = ()
        if len(last) > 1 and not without:
            try:
                broken = (pick(last, log.history, ties, upwards=False),)
            except Undecided as undecided:
                log.rounds.append(Round(totals, half, cast - live))
                return Outcome((), tuple(log.rounds), undecided.level)
            last = [broken[0].picked]
        standing = [key for key in standing if key not in last]
        moves = _moves(last[0], totals, _totals(rankings, standing))
        log.rounds.append(Round(totals, half, cast - live, excluded=tuple(last), moves=moves, ties=broken))


def _totals(rankings: Weighed, standing: Sequence[str]) -> dict[str, Fraction]:
    totals = dict.fromkeys(standing, Fraction(0))
    for ranking, weight in rankings.items():
        first = next((key for key in ranking if key in totals), None)
        if first is not None:
            totals[first] += weight
    return totals


def _moves(source: str, before: Totals, after: Totals) -> tuple[Move, ...]:
    gained = [(key, votes - before[key]) for key, votes in after.items() if votes > before[key]]
    lost = before[source] - sum((votes for _, votes in gained), Fraction(0))
    return tuple(Move(source, key, votes) for key, votes in [*gained, *([(None, lost)] if lost else [])])
