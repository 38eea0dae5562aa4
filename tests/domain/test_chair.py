"""The chair's one button, one undo, and what the screens follow."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.ballots import BallotState, Trust
from facilitate.domain.chair import (
    BallotStep,
    ItemPhase,
    ItemStep,
    StepVerb,
    TrackState,
    UndoVerb,
    next_step,
    undo_step,
)
from facilitate.domain.programme import ItemKind, ItemState, Phase
from facilitate.domain.scenes import Scene, scene_for

OPENING = ItemStep("o", ItemKind.OPENING, "Welcome", ItemState.DONE, minutes=20)
ROUND = ItemStep("r", ItemKind.ROUND, "Round 1: rents", ItemState.CURRENT, minutes=25)
TEA = ItemStep("t", ItemKind.BREAK, "Tea", minutes=1)
THEMES = ItemStep("h", ItemKind.THEMES, "What the tables said", ItemState.CURRENT)
LAST = ItemStep("c", ItemKind.CLOSING, "Goodbye", ItemState.CURRENT)


def track(*items: ItemStep, others_done: bool = True, others_begun: bool = False) -> TrackState:
    return TrackState(Phase.HALL, items, others_done, others_begun)


def voting(*states: BallotState, trust: Trust = Trust.ANONYMISED, waits: bool = False) -> TrackState:
    ballots = tuple(BallotStep(f"b{n}", n, state, trust, waits) for n, state in enumerate(states, 1))
    return track(OPENING, ItemStep("b", ItemKind.BALLOT, "Votes", ItemState.CURRENT, ballots=ballots), TEA)


def test_event_that_is_not_open_is_opened_first() -> None:
    state = TrackState(Phase.BEFORE, (replace(ROUND, state=ItemState.PLANNED),))
    assert next_step(state).label == "Open the event"
    assert undo_step(state).why_not == "Nothing has been done yet."
    assert scene_for(state) is Scene.HOLDING


def test_closed_event_has_nothing_to_do_or_undo() -> None:
    state = TrackState(Phase.AFTER, (LAST,))
    assert next_step(state).verb is StepVerb.NOTHING
    assert undo_step(state).verb is UndoVerb.NOTHING
    assert scene_for(state) is Scene.HOLDING


def test_first_item_is_started_by_its_name() -> None:
    state = track(replace(OPENING, state=ItemState.PLANNED), TEA)
    step = next_step(state)
    assert (step.verb, step.label, step.hint, step.subject) == (
        StepVerb.START_ITEM, "Start: Welcome", "20 minutes are planned.", "o")
    assert undo_step(state).label == "Take back the opening"
    assert undo_step(replace(state, others_begun=True)).why_not == "Another track is at work already."
    assert scene_for(state) is Scene.RUNNING_ORDER


@pytest.mark.parametrize(("phase", "label", "undo", "scene"), [
    (ItemPhase.WAITING, "Start the clock", "Back to: Welcome", Scene.PASSAGE),
    (ItemPhase.RUNNING, "End the round", "Take back the start of the clock", Scene.ROOM),
    (ItemPhase.OVER, "Next: Tea", "Reopen the round", Scene.WALL),
])
def test_round_is_framed_talked_and_ended(phase: ItemPhase, label: str, undo: str, scene: Scene) -> None:
    state = track(OPENING, replace(ROUND, phase=phase), TEA)
    assert next_step(state).label == label
    assert undo_step(state).label == undo
    assert scene_for(state) is scene


@pytest.mark.parametrize(("phase", "label", "undo", "scene"), [
    (ItemPhase.WAITING, "Show the themes", "Back to: Welcome", Scene.WALL),
    (ItemPhase.OVER, "Next: Tea", "Hide the themes", Scene.THEMES),
])
def test_themes_are_shown_by_the_chair(phase: ItemPhase, label: str, undo: str, scene: Scene) -> None:
    state = track(OPENING, replace(THEMES, phase=phase), TEA)
    assert next_step(state).label == label
    assert undo_step(state).label == undo
    assert scene_for(state) is scene


@pytest.mark.parametrize(("state", "label", "undo", "scene"), [
    (BallotState.DRAFT, "Announce ballot 1", UndoVerb.BACK_TO_ITEM, Scene.PASSAGE),
    (BallotState.RECALLED, "Announce ballot 1 again", UndoVerb.BACK_TO_ITEM, Scene.BALLOT),
    (BallotState.ANNOUNCED, "Open ballot 1", UndoVerb.RECALL_BALLOT, Scene.BALLOT),
    (BallotState.OPEN, "Close ballot 1", UndoVerb.NOTHING, Scene.BALLOT),
    (BallotState.CLOSED, "Count ballot 1", UndoVerb.NOTHING, Scene.BALLOT),
    (BallotState.PROVISIONAL, "Publish the result", UndoVerb.NOTHING, Scene.BALLOT),
    (BallotState.PUBLISHED, "Next: Tea", UndoVerb.NOTHING, Scene.RESULT),
    (BallotState.VOID, "Next: Tea", UndoVerb.NOTHING, Scene.BALLOT),
])
def test_ballot_is_led_from_wording_to_result(
        state: BallotState, label: str, undo: UndoVerb, scene: Scene) -> None:
    assert next_step(voting(state)).label == label
    assert undo_step(voting(state)).verb is undo
    assert scene_for(voting(state)) is scene


def test_ballots_of_one_item_come_one_after_the_other() -> None:
    state = voting(BallotState.PUBLISHED, BallotState.VOID, BallotState.DRAFT, BallotState.DRAFT)
    assert (next_step(state).label, next_step(state).subject) == ("Announce ballot 3", "b3")
    assert undo_step(state).why_not == "Ballot 2 is void and stays so. Run it again as a new ballot."
    assert scene_for(state) is Scene.BALLOT


def test_closed_ballot_is_never_undone_and_the_chair_is_told_why() -> None:
    undo = undo_step(voting(BallotState.CLOSED))
    assert (undo.label, undo.why_not) == (
        "Nothing to undo", "Ballot 1 is closed, and a closed ballot is never undone.")


def test_show_of_hands_is_entered_instead_of_counted() -> None:
    assert next_step(voting(BallotState.CLOSED, trust=Trust.HANDS)).label == "Enter ballot 1"


def test_level_votes_wait_for_the_chair_before_they_are_published() -> None:
    assert next_step(voting(BallotState.PROVISIONAL, waits=True)).verb is StepVerb.GIVE_CASTING_VOTE


def test_other_items_lead_to_the_next_and_say_how_long_it_is() -> None:
    step = next_step(track(replace(OPENING, state=ItemState.CURRENT), TEA))
    assert (step.verb, step.label, step.hint) == (StepVerb.NEXT_ITEM, "Next: Tea", "1 minute is planned.")
    assert scene_for(track(replace(TEA, state=ItemState.CURRENT))) is Scene.RUNNING_ORDER


def test_start_of_the_first_item_can_be_taken_back() -> None:
    undo = undo_step(track(replace(OPENING, state=ItemState.CURRENT)))
    assert undo.label == "Take back the start of: Welcome"


def test_last_item_of_the_last_track_closes_the_event() -> None:
    assert next_step(track(OPENING, LAST)).label == "Close the event"
    assert next_step(track(OPENING)).label == "Close the event"


def test_last_item_waits_while_other_tracks_are_at_work() -> None:
    assert next_step(track(OPENING, LAST, others_done=False)).label == "End: Goodbye"
    assert next_step(track(OPENING, others_done=False)).label == "This track is done"
    assert undo_step(track(OPENING, others_done=False)).label == "Back to: Welcome"
    assert scene_for(track(OPENING)) is Scene.HOLDING


BALLOTS = st.lists(st.builds(
    BallotStep, st.text(min_size=1), st.integers(1, 9), st.sampled_from(BallotState), st.sampled_from(Trust),
    st.booleans()), max_size=3).map(tuple)
ITEMS = st.lists(st.builds(
    ItemStep, st.text(min_size=1), st.sampled_from(ItemKind), st.just("Title"), st.sampled_from(ItemState),
    st.sampled_from(ItemPhase), st.integers(0, 90), BALLOTS), max_size=5).map(tuple)
TRACKS = st.builds(TrackState, st.sampled_from(Phase), ITEMS, st.booleans(), st.booleans())


@given(TRACKS)
def test_every_state_has_one_button_one_undo_and_one_scene(state: TrackState) -> None:
    step, undo = next_step(state), undo_step(state)
    assert step.label
    assert step.verb in StepVerb
    assert (undo.verb is UndoVerb.NOTHING) == (undo.why_not is not None)
    assert scene_for(state) in Scene


@given(TRACKS)
def test_undo_never_touches_a_ballot_once_it_was_opened(state: TrackState) -> None:
    undo = undo_step(state)
    if undo.verb is UndoVerb.RECALL_BALLOT:
        assert state.current is not None
        named = [ballot.state for ballot in state.current.ballots if ballot.id == undo.subject]
        assert BallotState.ANNOUNCED in named
