"""Ballots: the single transferable vote by the weighted inclusive Gregory method, in exact fractions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from facilitate.domain.methods.rounds import Log, Move, Outcome, Round, TieBroken, Weighed
from facilitate.domain.methods.ties import TieBreak, Undecided, pick

Pile = dict[tuple[str, ...], Fraction]


def droop_quota(votes: Fraction, seats: int) -> Fraction:
    """The smallest whole number of votes that no more than `seats` options can have."""
    return Fraction(votes // (seats + 1) + 1)


@dataclass
class _Count:
    """A running count: what lies on whose pile, who still stands, who is elected and has a surplus left."""

    options: Sequence[str]
    seats: int
    cast: Fraction
    quota: Fraction
    ties: TieBreak
    piles: dict[str, Pile]
    standing: list[str]
    elected: list[str] = field(default_factory=list)
    surpluses: list[str] = field(default_factory=list)
    log: Log = field(default_factory=Log)
    now: dict[str, Fraction] = field(default_factory=dict)
    broken: list[TieBroken] = field(default_factory=list)

    def begin(self) -> None:
        self.now = {key: sum(self.piles[key].values(), Fraction(0))
                    for key in self.options if key in self.piles}

    def last(self) -> str:
        lowest = min(self.now[key] for key in self.standing)
        level = [key for key in self.standing if self.now[key] == lowest]
        if len(level) > 1:
            self.broken.append(pick(level, self.log.history, self.ties, upwards=False))
            return self.broken[-1].picked
        return level[0]

    def record(
        self, elected: Sequence[str], excluded: Sequence[str] = (), moves: Sequence[Move] = (),
    ) -> None:
        exhausted = self.cast - sum(self.now.values(), Fraction(0))
        self.log.rounds.append(Round(self.now, self.quota, exhausted, tuple(elected), tuple(excluded),
                                     tuple(moves), tuple(self.broken)))
        self.broken = []



def transfer_votes(rankings: Weighed, options: Sequence[str], seats: int, ties: TieBreak) -> Outcome:
    """As many options as there are seats, each with the Droop quota or left over when all others dropped out.

    An elected option passes its surplus on, the largest first and level ones together: every paper on its
    pile goes to the next option standing with the part of its value that the surplus is of the pile. Where
    nobody has a surplus, the last option drops out and its papers go on at the value they have. Options
    without a vote drop out together where enough others stand.

    Source: The Scottish Local Government Elections Order 2007; docs/decisions/0008-stv.md says what differs
    """
    count = _start(rankings, options, seats, ties)
    while count.cast:
        count.begin()
        elected = _elect(count)
        if len(count.elected) == seats or not count.standing:
            count.record(elected)
            break
        try:
            _go_on(count, elected)
        except Undecided as undecided:
            count.record(elected)
            return Outcome(tuple(count.elected), tuple(count.log.rounds), undecided.level)
    return Outcome(tuple(count.elected), tuple(count.log.rounds))


def _start(rankings: Weighed, options: Sequence[str], seats: int, ties: TieBreak) -> _Count:
    piles: dict[str, Pile] = {key: {} for key in options}
    for ranking, weight in rankings.items():
        if ranking:
            piles[ranking[0]][ranking] = Fraction(weight)
    cast = sum((weight for ranking, weight in rankings.items() if ranking), Fraction(0))
    return _Count(options, seats, cast, droop_quota(cast, seats), ties, piles, list(options))


def _elect(count: _Count) -> list[str]:
    """Who has the quota now, or is left over; the one with most votes first."""
    reached = [key for key in count.standing if count.now[key] >= count.quota]
    reached.sort(key=lambda key: -count.now[key])
    count.standing = [key for key in count.standing if key not in reached]
    count.elected += reached
    count.surpluses += [key for key in reached if count.now[key] > count.quota]
    left = count.seats - len(count.elected)
    if left and len(count.standing) <= left:
        last = sorted(count.standing, key=lambda key: -count.now[key])
        count.standing = []
        count.elected += last
        reached += last
    return reached


def _go_on(count: _Count, elected: Sequence[str]) -> None:
    """Pass the largest surplus on, or let the last option drop out."""
    if count.surpluses:
        largest = max(count.now[key] for key in count.surpluses)
        level = [key for key in count.surpluses if count.now[key] == largest]
        count.surpluses = [key for key in count.surpluses if key not in level]
        share = (largest - count.quota) / largest
        count.record(elected, moves=[move for key in level for move in _pass_on(count, key, share)])
        return
    without = [key for key in count.standing if not count.now[key]]
    if len(without) > 1 and len(count.standing) - len(without) >= count.seats - len(count.elected):
        out = without
    else:
        out = [count.last()]
    count.standing = [key for key in count.standing if key not in out]
    moves = [move for key in out for move in _pass_on(count, key, Fraction(1))]
    for key in out:
        del count.piles[key]
    count.record(elected, excluded=out, moves=moves)


def _pass_on(count: _Count, source: str, share: Fraction) -> list[Move]:
    """Move that share of each paper's value to the next option standing, and say how much went where."""
    standing = set(count.standing)
    went: dict[str | None, Fraction] = {}
    pile = count.piles[source]
    for ranking, value in list(pile.items()):
        after = ranking[ranking.index(source) + 1:]
        target = next((key for key in after if key in standing), None)
        moved = value * share
        pile[ranking] = value - moved
        went[target] = went.get(target, Fraction(0)) + moved
        if target is not None:
            count.piles[target][ranking] = count.piles[target].get(ranking, Fraction(0)) + moved
    order = [*(key for key in count.options if key in went), *([None] if None in went else [])]
    return [Move(source, key, went[key]) for key in order if went[key]]
