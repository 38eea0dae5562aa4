"""The order of votes, and what falls by a vote."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.motions import MotionEffect, MotionState
from facilitate.domain.refusal import Refused
from facilitate.domain.vote_order import Votable, falls_after, order_of_votes

TEXT = Votable("m1", 1, distance=10)
MILD = Votable("a1", 2, distance=2, amends="m1")
FAR = Votable("a2", 3, distance=9, amends="m1")


def test_amendments_come_before_the_text_and_the_furthest_first() -> None:
    assert order_of_votes([TEXT, MILD, FAR]) == ["a2", "a1", "m1"]


def test_equally_far_amendments_come_by_number() -> None:
    also_far = Votable("a3", 4, distance=9, amends="m1")
    assert order_of_votes([also_far, TEXT, FAR]) == ["a2", "a3", "m1"]


def test_amendment_to_an_amendment_comes_before_it() -> None:
    inner = Votable("aa", 5, distance=1, amends="a1")
    assert order_of_votes([TEXT, MILD, FAR, inner]) == ["a2", "aa", "a1", "m1"]


def test_passages_come_in_the_order_of_the_document() -> None:
    later, earlier = Votable("m2", 1, position=9), Votable("m3", 2, position=4)
    assert order_of_votes([later, earlier]) == ["m3", "m2"]


def test_rival_motions_on_a_passage_come_furthest_first() -> None:
    near, far = Votable("near", 1, position=4, distance=1), Votable("far", 2, position=4, distance=30)
    assert order_of_votes([near, far]) == ["far", "near"]


def test_contingent_motion_waits_with_its_amendments() -> None:
    waiting = Votable("w", 7, position=1, contingent_on="m1")
    its_amendment = Votable("wa", 8, amends="w")
    main = Votable("m1", 1, position=5)
    assert order_of_votes([waiting, its_amendment, main]) == ["m1", "wa", "w"]


def test_condition_decided_before_holds_nothing_up() -> None:
    assert order_of_votes([Votable("w", 7, contingent_on="decided-yesterday")]) == ["w"]


@pytest.mark.parametrize("circle", [
    [Votable("x", 1, contingent_on="y"), Votable("y", 2, contingent_on="x")],
    [Votable("x", 1, amends="y"), Votable("y", 2, amends="x")],
    [Votable("x", 1, amends="x")],
    [Votable("x", 1, contingent_on="x")],
    [Votable("text", 1, contingent_on="its"), Votable("its", 2, amends="text")],
])
def test_motions_that_wait_for_one_another_are_refused(circle: list[Votable]) -> None:
    with pytest.raises(Refused) as refusal:
        order_of_votes(circle)
    assert refusal.value.code == "order-circle"


@st.composite
def business(draw: st.DrawFn) -> list[Votable]:
    """Some motions, each perhaps amending or waiting for an earlier one."""
    votables: list[Votable] = []
    for number in range(draw(st.integers(1, 9))):
        earlier = st.sampled_from([None, *(one.id for one in votables if one.amends is None)])
        amends = draw(earlier)
        votables.append(Votable(
            f"m{number}", number, draw(st.integers(0, 3)), draw(st.integers(0, 5)), amends=amends,
            contingent_on=None if amends else draw(earlier), when_carried=draw(st.booleans())))
    return votables


@given(business(), st.integers(0, 1000))
def test_order_does_not_depend_on_where_it_started(votables: list[Votable], seed: int) -> None:
    shuffled = votables[:]
    random.Random(seed).shuffle(shuffled)
    order = order_of_votes(votables)
    assert order_of_votes(shuffled) == order
    place = {id_: n for n, id_ in enumerate(order)}
    assert sorted(place) == sorted(one.id for one in votables)
    for one in votables:
        assert one.amends is None or place[one.id] < place[one.amends]
        assert one.contingent_on is None or place[one.contingent_on] < place[one.id]


def test_contingent_motion_falls_with_its_amendments_when_its_condition_is_not_met() -> None:
    waiting = Votable("w", 7, contingent_on="m1")
    its_amendment = Votable("wa", 8, amends="w")
    falls = falls_after(TEXT, MotionState.LOST, [its_amendment, waiting])
    assert [(fall.id, fall.reason) for fall in falls] == [
        ("w", "It was to be put only if motion 1 was carried."),
        ("wa", "Motion 7, which it amends, is decided.")]
    assert falls_after(TEXT, MotionState.CARRIED, [its_amendment, waiting]) == []


def test_motion_that_waits_for_a_defeat_falls_when_the_other_is_carried() -> None:
    waiting = Votable("w", 7, contingent_on="m1", when_carried=False)
    assert [fall.id for fall in falls_after(TEXT, MotionState.CARRIED, [waiting])] == ["w"]
    assert falls_after(TEXT, MotionState.TIED, [waiting]) == []


def test_deleting_a_passage_brings_down_what_would_change_it() -> None:
    deletion = Votable("d", 1, position=4, effect=MotionEffect.DELETE)
    rival = Votable("r", 2, position=4)
    after_it = Votable("i", 3, position=4, effect=MotionEffect.INSERT_AFTER)
    elsewhere = Votable("e", 4, position=5)
    falls = falls_after(deletion, MotionState.CARRIED, [rival, after_it, elsewhere])
    assert [(fall.id, fall.reason) for fall in falls] == [("r", "Motion 1 deletes the passage.")]
    assert falls_after(deletion, MotionState.LOST, [rival]) == []
