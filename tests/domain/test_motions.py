"""A motion's life, what it does to the text, and what the ballot says about that."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.motions import (
    MOVES,
    MotionAct,
    MotionEffect,
    MotionState,
    Proposal,
    acts_on,
    amended_wording,
    check_proposal,
    effects_of_amendment,
    effects_of_answers,
    has_ended,
    move,
    text_if_carried,
)
from facilitate.domain.refusal import Refused
from facilitate.domain.wording_diff import diff_ops

REPLACE = Proposal(MotionEffect.REPLACE, "HOU-2.3", "We will act.", "We will act now.")


def test_motion_is_drafted_put_and_carried() -> None:
    assert move(move(MotionState.DRAFT, MotionAct.PUT), MotionAct.CARRY) is MotionState.CARRIED


def test_motion_put_is_taken_back_reworded_and_put_again() -> None:
    assert move(move(MotionState.PUT, MotionAct.TAKE_BACK), MotionAct.PUT) is MotionState.PUT


def test_motion_whose_ballot_was_void_is_put_again() -> None:
    assert move(move(MotionState.PUT, MotionAct.VOID), MotionAct.PUT) is MotionState.PUT


def test_draft_cannot_be_carried_without_being_put() -> None:
    with pytest.raises(Refused) as refusal:
        move(MotionState.DRAFT, MotionAct.CARRY)
    assert refusal.value.code == "motion-state"
    assert refusal.value.sentence.startswith("This motion is still a draft; it cannot be recorded")


@given(st.sampled_from(MotionState), st.sampled_from(MotionAct))
def test_every_act_either_leads_on_or_is_refused_in_words(state: MotionState, act: MotionAct) -> None:
    if act in acts_on(state):
        assert move(state, act) is MOVES[state][act]
        return
    with pytest.raises(Refused) as refusal:
        move(state, act)
    assert refusal.value.code == "motion-state"


def test_a_decision_ends_a_motion() -> None:
    open_states = {state for state in MotionState if not has_ended(state)}
    assert open_states == {MotionState.DRAFT, MotionState.PUT, MotionState.VOID}


@pytest.mark.parametrize(("proposal", "code"), [
    (Proposal(MotionEffect.REPLACE, "", "a", "b"), "passage-missing"),
    (Proposal(MotionEffect.REPLACE, "HOU-1", "a", " \n"), "wording-missing"),
    (Proposal(MotionEffect.REPLACE, "HOU-1", "a", " a "), "no-change"),
    (Proposal(MotionEffect.REPLACE, "HOU-1", "café", "cafe\u0301"), "no-change"),
    (Proposal(MotionEffect.DELETE, "HOU-1", "a", "b"), "wording-not-wanted"),
    (Proposal(MotionEffect.STATE, wording=""), "wording-missing"),
    (Proposal(MotionEffect.INSERT_AFTER, "HOU-1", "a", "x" * 20_001), "wording-too-long"),
])
def test_motion_is_refused(proposal: Proposal, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_proposal(proposal)
    assert refusal.value.code == code


@pytest.mark.parametrize("proposal", [
    REPLACE,
    Proposal(MotionEffect.DELETE, "HOU-2.3", "We will act."),
    Proposal(MotionEffect.INSERT_AFTER, "HOU-2.3", "We will act.", "We will act."),
    Proposal(MotionEffect.STATE, wording="This conference thanks its stewards."),
])
def test_motion_is_taken(proposal: Proposal) -> None:
    check_proposal(proposal)


def test_ballot_says_how_the_passage_will_read_or_stay() -> None:
    answers = effects_of_answers(REPLACE)
    assert answers.when_for == "The passage will read “We will act now.”"
    assert answers.when_against == "It stays as the NPF wrote it."


def test_ballot_does_not_call_a_changed_passage_the_npf_wording() -> None:
    assert effects_of_answers(REPLACE, changed_before=True).when_against == "It stays as it reads now."


def test_ballot_names_another_author_where_there_is_one() -> None:
    answers = effects_of_answers(REPLACE, author="the committee")
    assert answers.when_against == "It stays as the committee wrote it."


def test_ballot_says_what_a_deletion_insertion_and_statement_do() -> None:
    deletion = Proposal(MotionEffect.DELETE, "HOU-2.3", "We will act.")
    assert effects_of_answers(deletion).when_for == "The passage will be deleted."
    assert text_if_carried(deletion) == ""
    insertion = effects_of_answers(Proposal(MotionEffect.INSERT_AFTER, "HOU-2.3", "", "More."))
    assert insertion.when_for == "After HOU-2.3 a new passage will read “More.”"
    assert insertion.when_against == "Nothing new will stand after HOU-2.3."
    statement = effects_of_answers(Proposal(MotionEffect.STATE, wording="Thank you."))
    assert "No passage changes." in statement.when_for
    assert "No passage changes." in statement.when_against


def test_carried_amendment_gives_the_substantive_its_words() -> None:
    ops = diff_ops("We will build homes.", "We will build council homes.")
    assert amended_wording("We will build homes.", ops) == "We will build council homes."
    answers = effects_of_amendment("Motion 4", "We will build homes.", ops)
    assert answers.when_for == "Motion 4 will then be put as “We will build council homes.”"
    assert answers.when_against == "Motion 4 will then be put as it stands."
