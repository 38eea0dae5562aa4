"""Motions: what one does to the text, the states of its life, and what each answer to it means."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from facilitate.domain.refusal import Refused
from facilitate.domain.wording import OpsIn, apply_ops, nfc

LONGEST_WORDING = 20_000


class MotionEffect(StrEnum):
    """What a carried motion does to the document."""

    REPLACE = "replace"
    INSERT_AFTER = "insert-after"
    DELETE = "delete"
    STATE = "state"


class MotionState(StrEnum):
    """Where a motion is in its life."""

    DRAFT = "draft"
    PUT = "put"
    CARRIED = "carried"
    LOST = "lost"
    TIED = "tied"
    FELL = "fell"
    WITHDRAWN = "withdrawn"
    REMITTED = "remitted"
    REFERRED_BACK = "referred-back"
    NOT_REACHED = "not-reached"
    VOID = "void"
    RESCINDED = "rescinded"


class MotionAct(StrEnum):
    """What can be done to a motion."""

    PUT = "put"
    TAKE_BACK = "take-back"
    CARRY = "carry"
    LOSE = "lose"
    TIE = "tie"
    FALL = "fall"
    WITHDRAW = "withdraw"
    REMIT = "remit"
    REFER_BACK = "refer-back"
    LEAVE_UNREACHED = "leave-unreached"
    VOID = "void"
    RESCIND = "rescind"
    RESTORE = "restore"


_LEAVING = {
    MotionAct.FALL: MotionState.FELL,
    MotionAct.WITHDRAW: MotionState.WITHDRAWN,
    MotionAct.REMIT: MotionState.REMITTED,
    MotionAct.REFER_BACK: MotionState.REFERRED_BACK,
    MotionAct.LEAVE_UNREACHED: MotionState.NOT_REACHED,
}

MOVES: dict[MotionState, dict[MotionAct, MotionState]] = {
    MotionState.DRAFT: {MotionAct.PUT: MotionState.PUT, **_LEAVING},
    MotionState.PUT: {
        MotionAct.TAKE_BACK: MotionState.DRAFT,
        MotionAct.CARRY: MotionState.CARRIED,
        MotionAct.LOSE: MotionState.LOST,
        MotionAct.TIE: MotionState.TIED,
        MotionAct.VOID: MotionState.VOID,
        **_LEAVING,
    },
    MotionState.VOID: {MotionAct.PUT: MotionState.PUT, **_LEAVING},
    # A decision stands until another one takes it back, or takes that taking back again.
    MotionState.CARRIED: {MotionAct.RESCIND: MotionState.RESCINDED},
    MotionState.RESCINDED: {MotionAct.RESTORE: MotionState.CARRIED},
}
_DECIDED = frozenset({MotionState.CARRIED, MotionState.RESCINDED})

_STATE_WORDS = {
    MotionState.DRAFT: "is still a draft",
    MotionState.PUT: "has been put to the room",
    MotionState.CARRIED: "was carried",
    MotionState.LOST: "was lost",
    MotionState.TIED: "ended in a tie",
    MotionState.FELL: "fell",
    MotionState.WITHDRAWN: "was withdrawn",
    MotionState.REMITTED: "was remitted",
    MotionState.REFERRED_BACK: "was referred back",
    MotionState.NOT_REACHED: "was not reached",
    MotionState.VOID: "had its ballot declared void",
    MotionState.RESCINDED: "was carried and rescinded later",
}

_ACT_WORDS = {
    MotionAct.PUT: "put to the room",
    MotionAct.TAKE_BACK: "taken back to be reworded",
    MotionAct.CARRY: "recorded as carried",
    MotionAct.LOSE: "recorded as lost",
    MotionAct.TIE: "recorded as tied",
    MotionAct.FALL: "recorded as fallen",
    MotionAct.WITHDRAW: "withdrawn",
    MotionAct.REMIT: "remitted",
    MotionAct.REFER_BACK: "referred back",
    MotionAct.LEAVE_UNREACHED: "recorded as not reached",
    MotionAct.VOID: "declared void",
    MotionAct.RESCIND: "rescinded",
    MotionAct.RESTORE: "brought back",
}


def move(state: MotionState, act: MotionAct) -> MotionState:
    """The state of a motion after an act.

    Errors: motion-state
    """
    after = MOVES.get(state, {}).get(act)
    if after is None:
        raise Refused("motion-state", f"This motion {_STATE_WORDS[state]}; it cannot be {_ACT_WORDS[act]}. "
                      "Nothing was changed; look at its present state first.", "state")
    return after


def acts_on(state: MotionState) -> tuple[MotionAct, ...]:
    """What may be done to a motion in this state; nothing once it has ended but to rescind a decision."""
    return tuple(MOVES.get(state, {}))


def has_ended(state: MotionState) -> bool:
    """Whether the room has done with the motion; what was carried can still be rescinded by another one."""
    return state in _DECIDED or not MOVES.get(state)


@dataclass(frozen=True)
class Proposal:
    """What a motion puts to the room: an effect, the place it acts on, and the words."""

    effect: MotionEffect
    reference: str = ""
    base: str = ""
    wording: str = ""


def check_proposal(proposal: Proposal) -> None:
    """Refuse a motion that names no passage, has no words, or would change nothing.

    Errors: passage-missing, wording-missing, wording-too-long, wording-not-wanted, no-change
    """
    effect, wording = proposal.effect, nfc(proposal.wording).strip()
    if effect is not MotionEffect.STATE and not proposal.reference:
        raise Refused("passage-missing", "This motion does not say which passage it is about. "
                      "The words are kept; choose the passage.", "passage")
    if effect is MotionEffect.DELETE:
        if wording:
            raise Refused("wording-not-wanted", "A motion to delete a passage has no words of its own. "
                          "The words are kept; to put them there, choose to replace it.", "wording")
        return
    if not wording:
        raise Refused("wording-missing", "This motion has no words yet. Nothing was lost; "
                      "write what is to be put to the room.", "wording")
    if len(wording) > LONGEST_WORDING:
        raise Refused("wording-too-long", f"This motion has {len(wording):,} characters; "
                      f"{LONGEST_WORDING:,} is the most. The words are kept; split it into two.", "wording")
    if effect is MotionEffect.REPLACE and wording == nfc(proposal.base).strip():
        raise Refused("no-change", f"This motion leaves {proposal.reference} as it is. "
                      "The words are kept; change at least one.", "wording")


def amended_wording(wording: str, ops: OpsIn) -> str:
    """The words of a motion once an amendment to it is carried: they are put as the substantive.

    Errors: bad-ops
    """
    return apply_ops(wording, ops)


def text_if_carried(proposal: Proposal) -> str:
    """How the passage (or the new one after it) reads if the motion is carried; nothing if it is deleted."""
    if proposal.effect is MotionEffect.DELETE:
        return ""
    return nfc(proposal.wording).strip()


@dataclass(frozen=True)
class Answers:
    """What each answer on a ballot does, in words for the ballot, the screen and speech."""

    when_for: str
    when_against: str


def effects_of_answers(proposal: Proposal, changed_before: bool = False, author: str = "the NPF") -> Answers:
    """What For and Against do to the text.

    Shape: one or two sentences each; `changed_before` says that an earlier change of the passage was carried.
    """
    text = text_if_carried(proposal)
    stays = "It stays as it reads now." if changed_before else f"It stays as {author} wrote it."
    if proposal.effect is MotionEffect.REPLACE:
        return Answers(f"The passage will read “{text}”", stays)
    if proposal.effect is MotionEffect.DELETE:
        return Answers("The passage will be deleted.", stays)
    if proposal.effect is MotionEffect.INSERT_AFTER:
        return Answers(f"After {proposal.reference} a new passage will read “{text}”",
                       f"Nothing new will stand after {proposal.reference}.")
    return Answers(f"The room states “{text}” No passage changes.",
                   "The room does not state this. No passage changes.")


def effects_of_amendment(motion: str, wording: str, ops: OpsIn) -> Answers:
    """What For and Against do where an amendment to a motion is voted on.

    Errors: bad-ops
    """
    return Answers(f"{motion} will then be put as “{amended_wording(wording, ops)}”",
                   f"{motion} will then be put as it stands.")


def effects_of_rescinding(motion: int, reads: str | None) -> Answers:
    """What For and Against do where an earlier decision is to be taken back.

    Shape: `reads` is how the passage will read then; "" where it is deleted again, None where it was about no
    passage's text.
    """
    again = f" The passage will read “{reads}”" if reads else " The passage is deleted."
    again = "" if reads is None else again
    return Answers(f"What motion {motion} decided is taken back.{again}",
                   f"What motion {motion} decided stays.")


def effects_of_standing(references: int) -> Answers:
    """What For and Against do where passages are accepted as they stand, all together or one by itself."""
    if references == 1:
        return Answers("It is accepted as it reads.", "It is not accepted by this vote.")
    return Answers(f"All {references} are accepted as they read.", "None of them is accepted by this vote.")


def rescinding_text(motion: int) -> str:
    """The words of a motion that an earlier decision be taken back."""
    return f"What motion {motion} decided is rescinded."
