"""Methods that add up: who has most wins, and a tie at the edge is settled as declared."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitate.domain.methods.adding import Places, add_up, borda_points, most
from facilitate.domain.methods.rounds import TieBy
from facilitate.domain.methods.ties import TieBreak, Undecided, lot_order, pick
from tests.support.rankings import BY_LOT, OPTIONS, UNSETTLED


def fractions(**totals: int) -> dict[str, Fraction]:
    return {key: Fraction(total) for key, total in totals.items()}


def test_numbers_are_added_with_their_weight() -> None:
    papers = [((("A", 5), ("B", 2)), Fraction(3)), ((("B", 4),), Fraction(1, 2))]
    assert add_up("ABC", papers) == {"A": 15, "B": 8, "C": 0}


def test_borda_gives_a_point_for_each_option_behind() -> None:
    rankings: dict[Places, Fraction] = {
        (("A",), ("B",), ("C",), ("D",)): Fraction(2), (("D",), ("A", "B")): Fraction(1)}
    assert borda_points("ABCD", rankings) == {"A": Fraction(15, 2), "B": Fraction(11, 2), "C": 2, "D": 3}


def test_most_win_as_many_as_there_are_seats() -> None:
    assert most(fractions(A=3, B=9, C=5), 2, UNSETTLED).winners == ("B", "C")
    assert most(fractions(A=3, B=9, C=0), 3, UNSETTLED).winners == ("B", "A")
    assert most(fractions(A=3, B=9, C=5), 3, UNSETTLED, Fraction(5)).winners == ("B", "C")


def test_tie_matters_only_at_the_edge() -> None:
    assert most(fractions(A=4, B=4, C=1), 2, UNSETTLED).winners == ("A", "B")
    open_ = most(fractions(A=9, B=4, C=4), 2, UNSETTLED)
    assert (open_.winners, open_.level) == (("A",), ("B", "C"))
    by_chair = most(fractions(A=9, B=4, C=4), 2, TieBreak(order=("C",), by=TieBy.CHAIR))
    assert (by_chair.winners, by_chair.rounds[0].ties[0].by) == (("A", "C"), TieBy.CHAIR)


def test_lot_is_drawn_again_by_anybody_with_the_seed() -> None:
    """sha256sum of "ten o'clock/1", "ten o'clock/2", "ten o'clock/3", sorted."""
    drawn = lot_order(("1", "2", "3"), "ten o'clock")
    assert sorted(drawn) == ["1", "2", "3"]
    assert drawn == lot_order(("3", "2", "1"), "ten o'clock")
    assert len({lot_order(("1", "2", "3"), str(seed)) for seed in range(100)}) == 6


def test_earlier_rounds_are_asked_from_the_last_one_back() -> None:
    history = [fractions(A=3, B=2, C=1), fractions(A=4, B=5, C=5), fractions(A=6, B=6, C=6)]
    down = pick(("A", "B", "C"), history, UNSETTLED, upwards=False)
    assert (down.picked, down.by) == ("A", TieBy.EARLIER_ROUND)
    up = pick(("A", "B", "C"), history, UNSETTLED, upwards=True)
    assert (up.picked, up.by) == ("B", TieBy.EARLIER_ROUND)


def test_order_that_does_not_name_enough_decides_nothing() -> None:
    with pytest.raises(Undecided) as undecided:
        pick(("A", "B", "C"), (), TieBreak(order=("A",)), upwards=False)
    assert undecided.value.level == ("A", "B", "C")
    assert pick(("A", "B"), (), TieBreak(order=("A",)), upwards=False).picked == "B"


@settings(max_examples=60)
@given(st.fixed_dictionaries({key: st.integers(0, 6).map(Fraction) for key in OPTIONS}), st.integers(1, 4))
def test_no_loser_has_more_than_a_winner(totals: dict[str, Fraction], seats: int) -> None:
    winners = most(totals, seats, BY_LOT).winners
    losers = set(totals) - set(winners)
    assert len(winners) == min(seats, sum(1 for votes in totals.values() if votes))
    assert all(totals[winner] >= totals[loser] for winner in winners for loser in losers)
