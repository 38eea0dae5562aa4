"""Ballots: what a method puts on record: its rounds, the ties it broke, and whom it chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

Totals = Mapping[str, Fraction]
# How many papers, or what weight of papers, say the same.
Weighed = Mapping[tuple[str, ...], Fraction]


class TieBy(StrEnum):
    """What settled a tie inside a count."""

    EARLIER_ROUND = "earlier-round"
    LOT = "lot"
    CHAIR = "chair"


@dataclass(frozen=True)
class TieBroken:
    """Options that were level, the one that was picked out, whether up or down, and what settled it."""

    level: tuple[str, ...]
    picked: str
    upwards: bool
    by: TieBy


@dataclass(frozen=True)
class Move:
    """Votes that went over from one option to another, or to nobody."""

    source: str
    target: str | None
    votes: Fraction


@dataclass(frozen=True)
class Pair:
    """What speaks for the first option against the second: papers, or the weakest link of a chain."""

    first: str
    second: str
    votes: Fraction


@dataclass(frozen=True)
class Round:
    """One round: what each option has, and then who is elected or drops out and where those votes go.

    `needed` is what elects in this round; `exhausted` what has no choice left standing. Pairs and chains
    are those of a count in pairs.
    """

    totals: Totals
    needed: Fraction | None = None
    exhausted: Fraction = Fraction(0)
    elected: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    moves: tuple[Move, ...] = ()
    ties: tuple[TieBroken, ...] = ()
    pairs: tuple[Pair, ...] = ()
    chains: tuple[Pair, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The round as plain values; numbers as text, "12" or "37/5", so that nothing is rounded."""
        return {
            "totals": {key: str(votes) for key, votes in self.totals.items()},
            "needed": None if self.needed is None else str(self.needed),
            "exhausted": str(self.exhausted),
            "elected": list(self.elected),
            "excluded": list(self.excluded),
            "moves": [{"from": m.source, "to": m.target, "votes": str(m.votes)} for m in self.moves],
            "ties": [{"level": list(t.level), "picked": t.picked, "upwards": t.upwards, "by": str(t.by)}
                     for t in self.ties],
            "pairs": [[p.first, p.second, str(p.votes)] for p in self.pairs],
            "chains": [[p.first, p.second, str(p.votes)] for p in self.chains],
        }


@dataclass(frozen=True)
class Outcome:
    """Whom a method chose, in the order of election; `level` are those between whom nothing decides."""

    winners: tuple[str, ...] = ()
    rounds: tuple[Round, ...] = ()
    level: tuple[str, ...] = ()


@dataclass
class Log:
    """The rounds of a running count, and the totals that earlier ones had."""

    rounds: list[Round] = field(default_factory=list)

    @property
    def history(self) -> list[Totals]:
        """The totals of the rounds so far, the first one first."""
        return [each.totals for each in self.rounds]
