"""The instant run-off: the last drops out until one has more than half of what still counts."""

from __future__ import annotations

import random
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from facilitate.domain.methods.irv import instant_run_off
from facilitate.domain.methods.rounds import Move, TieBy
from facilitate.domain.methods.ties import TieBreak
from tests.support.rankings import BY_LOT, OPTIONS, UNSETTLED, piles, strict


def of(**rankings: int) -> dict[tuple[str, ...], Fraction]:
    return {tuple(ranking): Fraction(weight) for ranking, weight in rankings.items()}


def test_more_than_half_of_the_first_places_wins_at_once() -> None:
    outcome = instant_run_off(of(A=6, B=4, CB=1), "ABC", UNSETTLED)
    assert outcome.winners == ("A",)
    assert [each.totals for each in outcome.rounds] == [{"A": 6, "B": 4, "C": 1}]
    assert outcome.rounds[0].needed == 6


def test_last_drops_out_and_its_papers_go_on() -> None:
    outcome = instant_run_off(of(A=5, B=4, CB=2, C=1), "ABC", UNSETTLED)
    first, second = outcome.rounds
    assert first.excluded == ("C",)
    assert first.moves == (Move("C", "B", Fraction(2)), Move("C", None, Fraction(1)))
    assert second.totals == {"A": 5, "B": 6}
    assert [second.exhausted, second.needed] == [1, 6]
    assert outcome.winners == ("B",)


def test_options_with_less_together_than_the_next_drop_out_together() -> None:
    outcome = instant_run_off(of(A=9, B=8, CA=2, DB=2, DA=1, E=3), "ABCDE", UNSETTLED)
    first = outcome.rounds[0]
    assert (first.excluded, first.ties) == (("C",), ())
    level = instant_run_off(of(A=9, B=8, CA=2, DB=2, E=5), "ABCDE", UNSETTLED)
    assert level.rounds[0].excluded == ("C", "D")
    assert level.rounds[0].moves == (Move("C", "A", Fraction(2)), Move("D", "B", Fraction(2)))


def test_options_without_a_vote_drop_out_together() -> None:
    outcome = instant_run_off(of(AB=3, BA=3, CA=1), "ABCDE", UNSETTLED)
    assert [each.excluded for each in outcome.rounds] == [("D", "E"), ("C",), ()]
    assert outcome.winners == ("A",)


def test_tie_of_the_last_is_settled_by_an_earlier_round() -> None:
    outcome = instant_run_off(of(A=9, B=5, C=4, DC=1), "ABCD", UNSETTLED)
    [tie] = [tie for each in outcome.rounds for tie in each.ties]
    assert (tie.level, tie.picked, tie.by) == (("B", "C"), "C", TieBy.EARLIER_ROUND)
    without = instant_run_off(of(A=9, B=5, C=4, DC=1), "ABCD", TieBreak(earlier=False))
    assert (without.winners, without.level) == ((), ("B", "C"))


def test_tie_that_nothing_settles_is_left_to_people() -> None:
    outcome = instant_run_off(of(A=2, B=2), "AB", UNSETTLED)
    assert (outcome.winners, outcome.level, len(outcome.rounds)) == ((), ("A", "B"), 1)
    by_chair = instant_run_off(of(A=2, B=2), "AB", TieBreak(earlier=False, order=("B",), by=TieBy.CHAIR))
    assert by_chair.winners == ("B",)
    assert by_chair.rounds[0].ties[0].by is TieBy.CHAIR


def test_no_papers_choose_nobody() -> None:
    outcome = instant_run_off({}, "AB", UNSETTLED)
    assert (outcome.winners, outcome.level) == ((), ())


@settings(max_examples=60)
@given(piles(strict), st.integers(0, 99))
def test_winner_has_more_than_half_and_every_vote_is_somewhere(
        rankings: dict[tuple[str, ...], Fraction], seed: int) -> None:
    outcome = instant_run_off(rankings, OPTIONS, BY_LOT)
    shuffled = list(rankings.items())
    random.Random(seed).shuffle(shuffled)
    assert instant_run_off(dict(shuffled), OPTIONS, BY_LOT) == outcome
    last = outcome.rounds[-1]
    assert last.totals[outcome.winners[0]] * 2 > sum(last.totals.values())
    for before, after in zip(outcome.rounds, outcome.rounds[1:], strict=False):
        assert sum(after.totals.values()) + after.exhausted == sum(rankings.values())
        assert all(before.totals[key] == min(before.totals.values()) for key in before.excluded)
        moved = {key: votes + sum(move.votes for move in before.moves if move.target == key)
                 for key, votes in before.totals.items() if key not in before.excluded}
        assert after.totals == moved
