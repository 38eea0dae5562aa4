"""Hall: what the chair's one main button and one undo mean now, as verbs of other stages."""

from __future__ import annotations

from typing import Any

from facilitate.domain.chair import StepVerb, UndoVerb, next_step, undo_step
from facilitate.domain.refusal import Refused
from facilitate.store.rows import Track
from facilitate.store.tracks import track_state
from facilitate.store.writer import Transaction

# Verb of the button to the verb that is carried out, and under which name it takes its subject.
STEPS: dict[StepVerb, tuple[str, str | None]] = {
    StepVerb.OPEN_EVENT: ("open-event", None),
    StepVerb.START_ITEM: ("go-to-item", "item"),
    StepVerb.NEXT_ITEM: ("go-to-item", "item"),
    StepVerb.START_CLOCK: ("start-clock", None),
    StepVerb.END_ROUND: ("end-round", None),
    StepVerb.SHOW_THEMES: ("show-themes", None),
    StepVerb.NEXT_VOTE: ("put-next-vote", "document"),
    StepVerb.ANNOUNCE_BALLOT: ("announce-ballot", "ballot"),
    StepVerb.OPEN_BALLOT: ("open-ballot", "ballot"),
    StepVerb.CLOSE_BALLOT: ("close-ballot", "ballot"),
    StepVerb.PUBLISH_BALLOT: ("publish-result", "ballot"),
    StepVerb.END_ITEM: ("end-item", None),
    StepVerb.CLOSE_EVENT: ("close-event", None),
}
UNDOS: dict[UndoVerb, tuple[str, str | None]] = {
    UndoVerb.TAKE_BACK_OPENING: ("take-back-opening", None),
    UndoVerb.TAKE_BACK_ITEM: ("take-back-item", None),
    UndoVerb.BACK_TO_ITEM: ("take-back-item", None),
    UndoVerb.TAKE_BACK_CLOCK: ("take-back-clock", None),
    UndoVerb.REOPEN_ROUND: ("reopen-round", None),
    UndoVerb.HIDE_THEMES: ("take-back-clock", None),
    UndoVerb.RECALL_BALLOT: ("recall-ballot", "ballot"),
}


def _track(tx: Transaction, track_id: str) -> Track:
    track = tx.session.get(Track, track_id)
    if track is None:
        raise Refused("unknown-track", "There is no such track.", "track")
    return track


def step_to_take(tx: Transaction, data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The verb that the main button means now, if it is still the one that the chair saw.

    Errors: `unknown-track`, `step-moved`, `casting-vote-needed`, `nothing-to-do`.
    """
    track = _track(tx, data["track"])
    step = next_step(track_state(tx.session, track))
    if (step.verb.value, step.subject) != (data["verb"], data["subject"]):
        raise Refused("step-moved", f"The room has moved on meanwhile. What comes next now: {step.label}.")
    if step.verb is StepVerb.GIVE_CASTING_VOTE:
        raise Refused("casting-vote-needed", "The votes are level. Say which way your casting vote goes.")
    if step.verb not in STEPS:
        raise Refused("nothing-to-do", f"{step.label}. There is nothing to do here.")
    verb, name = STEPS[step.verb]
    return verb, {"track": track.id} | ({name: step.subject} if name else {})


def step_to_undo(tx: Transaction, data: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The verb that takes the last step back.

    Errors: `unknown-track`, `cannot-undo` with the reason.
    """
    track = _track(tx, data["track"])
    undo = undo_step(track_state(tx.session, track))
    if undo.verb not in UNDOS:
        raise Refused("cannot-undo", undo.why_not or "There is nothing to undo.")
    verb, name = UNDOS[undo.verb]
    return verb, {"track": track.id} | ({name: undo.subject} if name else {})
