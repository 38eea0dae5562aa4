"""The methods against two libraries that others keep: votelib and schulze-condorcet."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from schulze_condorcet import schulze_evaluate
from votelib.component.rankscore import Borda
from votelib.convert import RankedToPositionalVotes
from votelib.evaluate.sequential import TransferableVoteSelector

from facilitate.domain.methods.adding import borda_points
from facilitate.domain.methods.irv import instant_run_off
from facilitate.domain.methods.rounds import Round
from facilitate.domain.methods.schulze import strongest_chains
from facilitate.domain.methods.stv import transfer_votes
from tests.support.rankings import OPTIONS, UNSETTLED, complete, in_places, piles, strict

Piles = dict[tuple[str, ...], Fraction]


def of_the_library(rankings: Piles, seats: int) -> list[str]:
    """Its winners; it stops at ties, and reads papers that run out of choices as an option of their own."""
    try:
        return list(TransferableVoteSelector(quota_function="droop").evaluate(rankings, seats))
    except RuntimeError:  # its word for a tie
        assume(False)
        raise


def one_surplus_at_a_time(rounds: tuple[Round, ...]) -> bool:
    """The library passes all surpluses on at once; who is elected by the first then shares the second."""
    return all(sum(votes > (each.needed or 0) for votes in each.totals.values()) < 2 for each in rounds)


@settings(max_examples=60)
@given(piles(complete))
def test_run_off_has_the_library_s_winner(rankings: Piles) -> None:
    outcome = instant_run_off(rankings, OPTIONS, UNSETTLED)
    assume(outcome.winners and not any(each.ties for each in outcome.rounds))
    assert list(outcome.winners) == of_the_library(rankings, 1)


@settings(max_examples=60)
@given(piles(complete), st.integers(2, 4))
def test_transfers_have_the_library_s_winners(rankings: Piles, seats: int) -> None:
    outcome = transfer_votes(rankings, OPTIONS, seats, UNSETTLED)
    assume(not outcome.level and one_surplus_at_a_time(outcome.rounds))
    assert set(outcome.winners) == set(of_the_library(rankings, seats))


def papers_for(*, support: int, opposition: int, totalvotes: int) -> int:
    """The strength of a victory as ours; the library's own also looks at the papers against."""
    return support if support > opposition else 0


@settings(max_examples=200)
@given(piles(strict, most=2))
def test_chains_have_the_library_s_winners(rankings: Piles) -> None:
    votes = []
    for ranking, weight in rankings.items():
        behind = "=".join(key for key in OPTIONS if key not in ranking)
        votes += [">".join([*ranking, *([behind] if behind else [])])] * int(weight)
    said = schulze_evaluate(votes, OPTIONS, strength=papers_for)
    outcome = strongest_chains(in_places(rankings), OPTIONS, 1, UNSETTLED)
    assert set(outcome.winners or outcome.level) == set(said.split(">")[0].split("="))


@settings(max_examples=60)
@given(piles(strict))
def test_borda_has_the_library_s_points(rankings: Piles) -> None:
    with_all = {**rankings, OPTIONS: Fraction(1)}  # the library knows no option that nobody ranks
    points = RankedToPositionalVotes(Borda(base=0)).convert(with_all)
    ours = borda_points(OPTIONS, in_places(with_all))
    assert {key: total for key, total in ours.items() if total} == {k: t for k, t in points.items() if t}
