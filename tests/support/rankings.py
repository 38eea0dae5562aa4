"""Rankings to count, and a lot to settle their ties, for tests of the methods."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import strategies as st

from facilitate.domain.methods.ties import TieBreak, lot_order

OPTIONS = ("1", "2", "3", "4", "5")
BY_LOT = TieBreak(order=lot_order(OPTIONS, "published at ten"))
UNSETTLED = TieBreak()

Strict = tuple[str, ...]

strict = st.lists(st.sampled_from(OPTIONS), unique=True, min_size=1).map(tuple)
complete = st.permutations(OPTIONS).map(tuple)


def piles(ranking: st.SearchStrategy[Strict], most: int = 90) -> st.SearchStrategy[dict[Strict, Fraction]]:
    """Up to twelve rankings, each with how many say so; few make ties likely."""
    return st.dictionaries(ranking, st.integers(1, most).map(Fraction), min_size=1, max_size=12)


def in_places(rankings: dict[Strict, Fraction]) -> dict[tuple[tuple[str, ...], ...], Fraction]:
    """Rankings as the methods take them that know level options."""
    return {tuple((key,) for key in ranking): weight for ranking, weight in rankings.items()}
