"""Votes in any legal order come to one outcome; what may not be asked before what."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitate.domain.motions import MotionEffect, MotionState
from facilitate.domain.order_rules import check_order, hold_votes, must_precede, name_of_vote
from facilitate.domain.refusal import Refused
from facilitate.domain.vote_order import Votable, order_of_votes

TEXT = Votable("text", 1, distance=10)
MILD = Votable("mild", 2, distance=2, amends="text")
FAR = Votable("far", 3, distance=9, amends="text")
ELSEWHERE = Votable("elsewhere", 4, position=7)
WAITING = Votable("waiting", 5, position=3, contingent_on="text")
BUSINESS = [TEXT, MILD, FAR, ELSEWHERE, WAITING]


def code_of(order: list[str]) -> str:
    with pytest.raises(Refused) as refusal:
        check_order(order, BUSINESS)
    return refusal.value.code


def test_chair_may_take_passages_in_another_order_but_not_a_text_before_its_amendments() -> None:
    check_order(["far", "mild", "text", "waiting", "elsewhere"], BUSINESS)
    check_order(["elsewhere", "far", "mild", "text", "waiting"], BUSINESS)
    assert code_of(["mild", "far", "text", "waiting", "elsewhere"]) == "order-not-legal"
    assert code_of(["text", "far", "mild", "waiting", "elsewhere"]) == "order-not-legal"
    assert code_of(["waiting", "far", "mild", "text", "elsewhere"]) == "order-not-legal"
    assert code_of(["far", "mild", "text", "waiting"]) == "order-incomplete"
    assert code_of(["far", "far", "mild", "text", "waiting", "elsewhere"]) == "order-incomplete"


def test_refusal_names_what_has_to_come_before() -> None:
    with pytest.raises(Refused, match="Motion 2 has to wait for motion 3"):
        check_order(["mild", "far", "text", "waiting", "elsewhere"], BUSINESS)


def test_what_falls_is_not_put() -> None:
    carries = {one.id: one is not TEXT for one in BUSINESS}
    assert hold_votes(order_of_votes(BUSINESS), BUSINESS, carries) == {
        "far": MotionState.CARRIED, "mild": MotionState.CARRIED, "text": MotionState.LOST,
        "waiting": MotionState.FELL, "elsewhere": MotionState.CARRIED}


def test_text_as_amended_is_put_as_the_substantive() -> None:
    assert name_of_vote(TEXT, BUSINESS, {}) == "motion 1"
    ended = {"far": MotionState.CARRIED, "mild": MotionState.LOST}
    assert name_of_vote(TEXT, BUSINESS, ended) == "the substantive: motion 1 as amended by 3"
    both = dict.fromkeys(ended, MotionState.CARRIED)
    assert name_of_vote(TEXT, BUSINESS, both) == "the substantive: motion 1 as amended by 2 and 3"


@st.composite
def business(draw: st.DrawFn) -> list[Votable]:
    """Some motions on a few passages, each perhaps amending an earlier one or waiting for it."""
    votables: list[Votable] = []
    for number in range(draw(st.integers(1, 9))):
        earlier = st.sampled_from([None, *(one.id for one in votables)])
        amends = draw(earlier)
        votables.append(Votable(
            f"m{number}", number, draw(st.integers(0, 2)), draw(st.integers(0, 5)),
            draw(st.sampled_from(MotionEffect)), amends,
            None if amends else draw(earlier), draw(st.booleans())))
    return votables


def some_legal_order(votables: list[Votable], seed: int) -> list[str]:
    chance, before = random.Random(seed), must_precede(votables)
    order: list[str] = []
    while len(order) < len(votables):
        order.append(chance.choice(sorted(
            id_ for id_, waits in before.items() if id_ not in order and waits <= set(order))))
    return order


@settings(max_examples=200)
@given(business(), st.lists(st.booleans(), min_size=9, max_size=9), st.integers(0, 1000))
def test_sets_of_votes_in_any_legal_order_give_one_outcome(
        votables: list[Votable], verdicts: list[bool], seed: int) -> None:
    carries = {one.id: verdicts[one.number] for one in votables}
    usual = hold_votes(order_of_votes(votables), votables, carries)
    assert hold_votes(some_legal_order(votables, seed), votables, carries) == usual
    assert usual.keys() == carries.keys()
    for one in votables:
        if one.contingent_on and usual[one.id] is not MotionState.FELL:
            assert (usual[one.contingent_on] is MotionState.CARRIED) == one.when_carried
