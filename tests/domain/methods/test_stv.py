"""The single transferable vote: quotas, surpluses and drop-outs, in exact fractions."""

from __future__ import annotations

import random
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitate.domain.methods.rounds import Move, TieBy, Weighed
from facilitate.domain.methods.stv import droop_quota, transfer_votes
from tests.support.rankings import BY_LOT, OPTIONS, UNSETTLED, piles, strict


def of(**rankings: int) -> dict[tuple[str, ...], Fraction]:
    return {tuple(ranking): Fraction(weight) for ranking, weight in rankings.items()}


@pytest.mark.parametrize(("votes", "seats", "quota"), [(100, 1, 51), (101, 1, 51), (99, 2, 34), (24, 3, 7)])
def test_no_more_than_the_seats_can_reach_the_quota(votes: int, seats: int, quota: int) -> None:
    assert droop_quota(Fraction(votes), seats) == quota
    assert quota * (seats + 1) > votes >= (quota - 1) * (seats + 1)


def test_surplus_goes_on_in_exact_parts_of_every_paper() -> None:
    outcome = transfer_votes(of(AB=8, AC=4, B=3, C=5, D=3), "ABCD", 2, UNSETTLED)
    first, second = outcome.rounds[:2]
    assert [first.needed, first.totals["A"]] == [8, 12]
    assert first.elected == ("A",)
    assert first.moves == (Move("A", "B", Fraction(8, 3)), Move("A", "C", Fraction(4, 3)))
    assert second.totals == {"A": 8, "B": Fraction(17, 3), "C": Fraction(19, 3), "D": 3}
    assert second.excluded == ("D",)
    assert second.moves == (Move("D", None, Fraction(3)),)
    assert outcome.winners == ("A", "C")
    assert [each.exhausted for each in outcome.rounds] == [0, 0, 3, 3 + Fraction(17, 3)]


def test_second_surplus_is_of_the_whole_pile_at_its_value() -> None:
    outcome = transfer_votes(of(ABC=12, BD=6, C=2, D=4), "ABCD", 3, UNSETTLED)
    second = outcome.rounds[1]
    assert second.elected == ("B",)
    assert second.totals["B"] == 11
    assert second.moves == (Move("B", "C", 5 * Fraction(4, 11)), Move("B", "D", 6 * Fraction(4, 11)))


def test_surplus_passes_over_whoever_is_elected_already() -> None:
    outcome = transfer_votes(of(ABC=12, BD=7, C=1, D=4), "ABCD", 3, UNSETTLED)
    assert outcome.rounds[0].elected == ("A", "B")
    assert outcome.rounds[0].moves == (Move("A", "C", Fraction(5)),)


def test_level_surpluses_go_on_together() -> None:
    outcome = transfer_votes(of(AC=6, BD=6, C=1, D=2), "ABCD", 3, UNSETTLED)
    assert outcome.rounds[0].moves == (Move("A", "C", Fraction(2)), Move("B", "D", Fraction(2)))
    assert outcome.winners == ("A", "B", "D")


def test_last_seats_go_to_those_left_over() -> None:
    outcome = transfer_votes(of(A=9, B=2, C=1), "ABC", 2, UNSETTLED)
    assert outcome.winners == ("A", "B")
    assert outcome.rounds[-1].totals["B"] < droop_quota(Fraction(12), 2)


def test_tie_of_the_last_is_settled_as_declared_or_left_to_people() -> None:
    papers: Weighed = {("1",): Fraction(9), ("2",): Fraction(2), ("3",): Fraction(2)}
    outcome = transfer_votes(papers, "123", 2, UNSETTLED)
    assert (outcome.winners, outcome.level) == (("1",), ("2", "3"))
    by_lot = transfer_votes(papers, "123", 2, BY_LOT)
    [tie] = [tie for each in by_lot.rounds for tie in each.ties]
    assert (tie.level, tie.by) == (("2", "3"), TieBy.LOT)
    assert BY_LOT.order.index(by_lot.winners[1]) < BY_LOT.order.index(tie.picked)


def test_no_papers_choose_nobody() -> None:
    assert transfer_votes({}, "ABC", 2, UNSETTLED).winners == ()


@settings(max_examples=60)
@given(piles(strict), st.integers(1, 4), st.integers(0, 99))
def test_winners_have_the_quota_or_are_left_over(
        rankings: dict[tuple[str, ...], Fraction], seats: int, seed: int) -> None:
    outcome = transfer_votes(rankings, OPTIONS, seats, BY_LOT)
    shuffled = list(rankings.items())
    random.Random(seed).shuffle(shuffled)
    assert transfer_votes(dict(shuffled), OPTIONS, seats, BY_LOT) == outcome
    assert len(set(outcome.winners)) == len(outcome.winners) == seats
    cast = sum(rankings.values())
    quota = droop_quota(Fraction(cast), seats)
    for each in outcome.rounds:
        assert sum(each.totals.values()) + each.exhausted == cast
    for each in outcome.rounds[:-1]:
        assert all(each.totals[key] >= quota for key in each.elected)
    last = outcome.rounds[-1]
    out = {key for each in outcome.rounds for key in each.excluded}
    left_over = set(OPTIONS) - out <= set(outcome.winners)
    assert left_over or all(last.totals[key] >= quota for key in last.elected)
    for before, after in pairwise(outcome.rounds):
        moved = {key: votes + sum(move.votes for move in before.moves if move.target == key)
                 - sum(move.votes for move in before.moves if move.source == key)
                 for key, votes in before.totals.items() if key not in before.excluded}
        assert after.totals == moved


@settings(max_examples=60)
@given(piles(strict), st.integers(2, 4))
def test_solid_group_gets_the_seats_of_its_quotas(
        rankings: dict[tuple[str, ...], Fraction], seats: int) -> None:
    """Whoever ranks the same group first, in whatever order, fills as many seats as it has quotas."""
    group = OPTIONS[:3]
    others = {ranking: weight for ranking, weight in rankings.items() if ranking[0] not in group}
    rest = sum(others.values(), Fraction(0))
    solid: Weighed = {
        ("1", "2", "3"): rest * 5 + 5, ("2", "3", "1"): rest * 3 + 2, ("3", "1", "2"): rest * 2 + 3}
    outcome = transfer_votes({**others, **solid}, OPTIONS, seats, BY_LOT)
    strength = sum(solid.values()) // droop_quota(rest + sum(solid.values()), seats)
    assert len(set(group) & set(outcome.winners)) >= min(strength, len(group), seats)
