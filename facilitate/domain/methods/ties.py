"""Ballots: ties inside a count, settled by what was declared before it, never by chance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from facilitate.domain.methods.rounds import TieBroken, TieBy, Totals


class Undecided(Exception):
    """Options are level, and nothing that was declared puts one before the other."""

    def __init__(self, level: Sequence[str]) -> None:
        super().__init__(f"level: {', '.join(level)}")
        self.level = tuple(level)


@dataclass(frozen=True)
class TieBreak:
    """How ties are settled: by an earlier round if so declared, then by an order, the best first.

    The order is the lot's or the chair's; who is not in it comes after all who are.
    """

    earlier: bool = True
    order: tuple[str, ...] = ()
    by: TieBy = TieBy.LOT


def lot_order(keys: Sequence[str], seed: str) -> tuple[str, ...]:
    """The order of a lot drawn from a seed that was published before: by the SHA-256 of "seed/key".

    Shape: every key once; the first one comes before all the others wherever they are level.
    """
    return tuple(sorted(keys, key=lambda key: sha256(f"{seed}/{key}".encode()).hexdigest()))


def pick(level: Sequence[str], history: Sequence[Totals], ties: TieBreak, *, upwards: bool) -> TieBroken:
    """Which of some level options comes first (upwards), or goes out (downwards).

    Earlier rounds are looked at from the last one back to the first, each among those still level.
    Raises Undecided.
    """
    left = list(level)
    for totals in reversed(history if ties.earlier else ()):
        had = [totals[key] for key in left]
        wanted = max(had) if upwards else min(had)
        left = [key for key, votes in zip(left, had, strict=True) if votes == wanted]
        if len(left) == 1:
            return TieBroken(tuple(level), left[0], upwards, TieBy.EARLIER_ROUND)
    named = [key for key in ties.order if key in left]
    unnamed = [key for key in left if key not in named]
    if upwards and named:
        return TieBroken(tuple(level), named[0], upwards, ties.by)
    if not upwards and len(unnamed) < 2:
        return TieBroken(tuple(level), (unnamed or named[-1:])[0], upwards, ties.by)
    raise Undecided(left)
