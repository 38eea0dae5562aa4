"""A ballot's life, its papers and its time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.ballots import (
    MOVES,
    BallotAct,
    BallotForm,
    BallotState,
    Trust,
    check_close,
    check_labels,
    check_trust,
    may_be_reworded,
    may_close,
    move_ballot,
    options_of,
    remaining_announcements,
    shows_result,
    version_after,
)
from facilitate.domain.refusal import Refused

OPENED = datetime(2027, 3, 27, 10, 0, tzinfo=UTC)


def code_of(call: object, *given_: object) -> str:
    with pytest.raises(Refused) as refusal:
        call(*given_)  # type: ignore[operator]
    return refusal.value.code


def test_ballot_goes_from_draft_to_published() -> None:
    state = BallotState.DRAFT
    for act in (BallotAct.ANNOUNCE, BallotAct.OPEN, BallotAct.CLOSE, BallotAct.COUNT, BallotAct.PUBLISH):
        state = move_ballot(state, act)
    assert state is BallotState.PUBLISHED


def test_recalled_ballot_is_announced_again_as_the_next_version() -> None:
    assert version_after(1, BallotState.DRAFT, BallotAct.ANNOUNCE) == 1
    assert version_after(1, BallotState.ANNOUNCED, BallotAct.RECALL) == 1
    assert version_after(1, BallotState.RECALLED, BallotAct.ANNOUNCE) == 2


def test_open_ballot_cannot_be_recalled() -> None:
    with pytest.raises(Refused) as refusal:
        move_ballot(BallotState.OPEN, BallotAct.RECALL)
    assert refusal.value.code == "ballot-state"
    assert refusal.value.sentence == ("This ballot is open; it cannot be recalled. Nothing was changed; "
                                      "close it, or declare it void and run it again.")


@pytest.mark.parametrize("state", BallotState)
def test_ballot_can_be_declared_void_until_it_is_published(state: BallotState) -> None:
    ended = {BallotState.PUBLISHED, BallotState.VOID}
    assert (BallotAct.VOID in MOVES[state]) == (state not in ended)


@pytest.mark.parametrize("state", [BallotState.PUBLISHED, BallotState.VOID])
@pytest.mark.parametrize("act", BallotAct)
def test_ended_ballot_stays_ended(state: BallotState, act: BallotAct) -> None:
    assert code_of(move_ballot, state, act) == "ballot-state"


def test_wording_changes_only_where_nobody_relies_on_it() -> None:
    assert [state for state in BallotState if may_be_reworded(state)] == ["draft", "recalled"]


def test_split_is_seen_by_nobody_before_it_is_published() -> None:
    assert [state for state in BallotState if shows_result(state)] == [BallotState.PUBLISHED]


def test_stamped_ballot_is_refused_until_the_hub_can_run_one() -> None:
    with pytest.raises(Refused, match=r"^stamped-needs-https: "):
        check_trust(Trust.STAMPED, stamping=False)
    for trust in Trust:
        check_trust(trust, stamping=True)
    check_trust(Trust.HANDS, stamping=False)
    check_trust(Trust.ANONYMISED, stamping=False)


def test_for_against_offers_abstaining_last_or_not_at_all() -> None:
    assert [option.key for option in options_of(BallotForm.FOR_AGAINST)] == ["for", "against", "abstain"]
    assert [option.key for option in options_of(BallotForm.FOR_AGAINST, abstain=False)] == ["for", "against"]


def test_one_of_several_numbers_its_options() -> None:
    options = options_of(BallotForm.ONE_OF_SEVERAL, ["Leeds", "Cardiff"])
    assert [(option.key, option.label) for option in options] == [
        ("1", "Leeds"), ("2", "Cardiff"), ("abstain", "Abstain")]


@pytest.mark.parametrize(("form", "labels", "code"), [
    (BallotForm.FOR_AGAINST, ["x"], "options-not-wanted"),
    (BallotForm.ONE_OF_SEVERAL, ["x"], "options-count"),
    (BallotForm.ONE_OF_SEVERAL, [str(n) for n in range(11)], "options-count"),
    (BallotForm.RANK, [str(n) for n in range(21)], "options-count"),
    (BallotForm.STRENGTH, [], "options-count"),
    (BallotForm.ONE_OF_SEVERAL, ["x", " "], "option-label"),
    (BallotForm.ONE_OF_SEVERAL, ["x", "y" * 201], "option-label"),
    (BallotForm.ONE_OF_SEVERAL, ["Leeds", "leeds "], "options-alike"),
])
def test_options_are_refused(form: BallotForm, labels: list[str], code: str) -> None:
    assert code_of(check_labels, form, labels) == code


def test_ballot_stays_open_for_its_minimum_time() -> None:
    with pytest.raises(Refused) as refusal:
        check_close(OPENED, OPENED + timedelta(seconds=29.5), 30, 3, 150)
    assert refusal.value.code == "ballot-too-early"
    assert "for 1 more second, unless all 150 vote before" in refusal.value.sentence
    check_close(OPENED, OPENED + timedelta(seconds=30), 30, 3, 150)


def test_ballot_closes_early_when_all_have_voted() -> None:
    assert may_close(OPENED, OPENED + timedelta(seconds=5), 30, 150, 150)
    assert not may_close(OPENED, OPENED + timedelta(seconds=5), 30, 149, 150)


def test_remaining_time_is_said_at_sixty_and_twenty_seconds() -> None:
    closes = OPENED + timedelta(seconds=180)
    said = []
    before = OPENED
    for second in range(181):
        now = OPENED + timedelta(seconds=second)
        said += [(second, mark) for mark in remaining_announcements(closes, before, now)]
        before = now
    assert said == [(120, 60), (160, 20)]


def test_nothing_is_said_about_time_once_it_is_over() -> None:
    closes = OPENED + timedelta(seconds=180)
    assert remaining_announcements(closes, OPENED, closes) == []


@given(st.lists(st.integers(1, 40), min_size=1, max_size=30))
def test_each_announcement_is_made_at_most_once_however_often_one_looks(steps: list[int]) -> None:
    closes, before = OPENED + timedelta(seconds=180), OPENED
    said: list[int] = []
    for step in steps:
        now = before + timedelta(seconds=step)
        said += remaining_announcements(closes, before, now)
        before = now
    assert said in ([], [60], [60, 20], [20])
