"""Schulze's method: who beats every other wins; in a circle the strongest chain of victories decides."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings

from facilitate.domain.methods.adding import Places
from facilitate.domain.methods.rounds import TieBy
from facilitate.domain.methods.schulze import compare_pairs, strongest_chains
from tests.support.rankings import BY_LOT, OPTIONS, UNSETTLED, in_places, piles, strict


def of(**rankings: int) -> dict[Places, Fraction]:
    return in_places({tuple(ranking): Fraction(weight) for ranking, weight in rankings.items()})


# The example of Schulze's own paper: 45 voters, five options, in a circle.
CIRCLE = of(ACBED=5, ADECB=5, BEDAC=8, CABED=3, CAEBD=7, CBADE=2, DCEBA=7, EBADC=8)


def test_circle_is_decided_by_the_strongest_chain() -> None:
    outcome = strongest_chains(CIRCLE, "ABCDE", 5, UNSETTLED)
    assert outcome.winners == ("E", "A", "C", "B", "D")
    [record] = outcome.rounds
    chains = {(each.first, each.second): each.votes for each in record.chains}
    assert [chains["E", "A"], chains["A", "E"]] == [25, 24]
    pairs = {(each.first, each.second): each.votes for each in record.pairs}
    assert [pairs["A", "B"], pairs["B", "A"]] == [20, 25]


def test_what_a_paper_leaves_out_is_level_behind_what_it_ranks() -> None:
    pairs = compare_pairs(of(A=3), "ABC")
    assert [pairs["A", "B"], pairs["A", "C"], pairs["B", "C"]] == [3, 3, 0]


def test_tie_is_settled_as_declared_or_left_to_people() -> None:
    papers = in_places({("1", "2"): Fraction(4), ("2", "1"): Fraction(4)})
    assert strongest_chains(papers, OPTIONS, 1, UNSETTLED).level == ("1", "2")
    by_lot = strongest_chains(papers, OPTIONS, 1, BY_LOT)
    assert by_lot.winners == tuple(key for key in BY_LOT.order if key in "12")[:1]
    assert by_lot.rounds[0].ties[0].by is TieBy.LOT


def test_no_papers_choose_nobody() -> None:
    assert strongest_chains({}, "AB", 1, BY_LOT).winners == ()


@settings(max_examples=60)
@given(piles(strict))
def test_winner_is_beaten_by_nobody_and_beats_all_where_anybody_does(
        rankings: dict[tuple[str, ...], Fraction]) -> None:
    papers = in_places(rankings)
    outcome = strongest_chains(papers, OPTIONS, 1, BY_LOT)
    [winner], [record] = outcome.winners, outcome.rounds
    chains = {(each.first, each.second): each.votes for each in record.chains}
    assert all(chains[winner, other] >= chains[other, winner] for other in OPTIONS if other != winner)
    pairs = compare_pairs(papers, OPTIONS)
    beats_all = [one for one in OPTIONS
                 if all(pairs[one, other] > pairs[other, one] for other in OPTIONS if other != one)]
    assert beats_all in ([], [winner])
