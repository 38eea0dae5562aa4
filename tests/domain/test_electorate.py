"""Who may vote, and which groups are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.electorate import (
    Electorate,
    VoterFacts,
    breakdown,
    electorate_from_dict,
    roll_of,
    why_not,
)

DELEGATE = frozenset({"delegate"})
AMINA = VoterFacts(DELEGATE, present=True, section="clp")


def test_present_delegate_may_vote() -> None:
    assert why_not(AMINA) is None


@pytest.mark.parametrize(("facts", "electorate", "code"), [
    (VoterFacts(DELEGATE, present=True, replaced=True), Electorate(), "replaced-by-substitute"),
    (VoterFacts(frozenset({"observer"}), present=True), Electorate(), "attendee-without-a-vote"),
    (VoterFacts(DELEGATE, present=False), Electorate(), "not-present"),
    (VoterFacts(DELEGATE, present=True, on_the_roll=False), Electorate(), "arrived-after-the-announcement"),
    (VoterFacts(DELEGATE, present=True, on_the_roll=True, has_voted=True), Electorate(), "already-voted"),
    (AMINA, Electorate(sections=frozenset({"union"})), "not-in-section"),
    (VoterFacts(DELEGATE, present=True, on_the_roll=False, votes_elsewhere=True), Electorate(), "votes-once"),
    (VoterFacts(DELEGATE, present=False, on_the_roll=False), Electorate(), "not-present"),
])
def test_person_is_told_why_not(facts: VoterFacts, electorate: Electorate, code: str) -> None:
    reason = why_not(facts, electorate)
    assert reason is not None
    assert reason.code == code
    assert reason.sentence.endswith(".")


def test_facilitator_who_is_also_a_delegate_has_one_vote() -> None:
    assert why_not(VoterFacts(frozenset({"delegate", "facilitator"}), present=True)) is None


def test_delegate_on_the_frozen_roll_may_vote_after_leaving_the_hall() -> None:
    assert why_not(VoterFacts(DELEGATE, present=False, on_the_roll=True)) is None


def test_delegate_on_the_frozen_roll_keeps_the_vote_whatever_changes_later() -> None:
    assert why_not(VoterFacts(frozenset({"attendee"}), section="union", on_the_roll=True),
                   Electorate(sections=frozenset({"clp"}))) is None


def test_each_person_is_on_the_roll_once() -> None:
    twice = {"a": VoterFacts(DELEGATE, present=True, section="clp", who="dara"),
             "b": VoterFacts(DELEGATE, present=True, section="union", who="dara"),
             "c": VoterFacts(DELEGATE, present=True), "d": VoterFacts(DELEGATE, present=True),
             "e": VoterFacts(DELEGATE, present=False, who="eve"),
             "f": VoterFacts(DELEGATE, present=True, section="union", who="eve")}
    assert roll_of(twice, Electorate()) == {"a": "clp", "c": "", "d": "", "f": "union"}
    assert roll_of(twice, Electorate(sections=frozenset({"union"}))) == {"b": "union", "f": "union"}


def test_an_electorate_is_stored_as_it_was() -> None:
    unions = Electorate(sections=frozenset({"union"}), must_be_present=False)
    assert electorate_from_dict(unions.as_dict()) == unions
    assert electorate_from_dict(None) == Electorate()


def test_presence_does_not_matter_where_the_electorate_says_so() -> None:
    assert why_not(VoterFacts(DELEGATE), Electorate(must_be_present=False)) is None


def votes(for_: int, against: int) -> dict[str, int]:
    return {"for": for_, "against": against}


def test_small_group_is_left_out_with_the_one_that_would_give_it_away() -> None:
    shown = breakdown({"clp": votes(60, 40), "union": votes(9, 8), "mp": votes(4, 5)})
    assert list(shown) == ["clp"]


def test_unanimous_group_is_left_out() -> None:
    groups = {"clp": votes(60, 40), "union": votes(30, 0), "socialist-society": votes(12, 5)}
    assert "union" not in breakdown(groups)


def test_large_divided_groups_are_all_shown() -> None:
    groups = {"clp": votes(60, 40), "union": votes(30, 20)}
    assert breakdown(groups) == groups


@given(st.dictionaries(st.sampled_from("abcdefg"), st.builds(votes, st.integers(0, 30), st.integers(0, 30))),
       st.integers(1, 20))
def test_what_is_left_out_cannot_be_worked_out_from_the_total(
        groups: dict[str, dict[str, int]], smallest: int) -> None:
    shown = breakdown(groups, smallest)
    hidden = [numbers for name, numbers in groups.items() if name not in shown]
    together = votes(sum(each["for"] for each in hidden), sum(each["against"] for each in hidden))
    for numbers in shown.values():
        assert sum(numbers.values()) == 0 or (sum(numbers.values()) >= smallest and min(numbers.values()) > 0)
    if any(sum(each.values()) for each in hidden) and shown:
        assert sum(together.values()) >= smallest
        assert min(together.values()) > 0
