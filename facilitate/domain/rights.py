"""Every stage: the one table of who may do what, and when."""

from __future__ import annotations

from dataclasses import dataclass

from facilitate.domain.ballot_rights import BALLOT_RIGHTS
from facilitate.domain.people import HUB, Actor, Role
from facilitate.domain.programme import Phase
from facilitate.domain.refusal import Refused

_ALL = frozenset(Phase)
_BEFORE = frozenset({Phase.BEFORE})
_HALL = frozenset({Phase.HALL})
_PREPARE = frozenset({Phase.BEFORE, Phase.HALL})
_NOT_BEFORE = frozenset({Phase.HALL, Phase.AFTER})
_AFTER = frozenset({Phase.AFTER})
_TABLE = frozenset({Role.FACILITATOR, Role.SCRIBE})
_CHAIR = frozenset({Role.CHAIR})
_CLERK = frozenset({Role.CLERK})
_THEMES = frozenset({Role.THEME_TEAM})
_ANSWERING = frozenset({Role.AREA_FACILITATOR, Role.CLERK, Role.CHAIR})
_RESOURCE = frozenset({Role.RESOURCE_PERSON})
_BODIES = frozenset({Role.BODY_OFFICER})
_SIGNING = frozenset({Role.SIGNATORY})
_ENDING = frozenset({Role.THEME_TEAM, Role.CLERK})


@dataclass(frozen=True)
class Right:
    """Who may use one verb, and at which phases of the event; without roles it is the hub's own."""

    roles: frozenset[Role]
    phases: frozenset[Phase]


# A captured comment is never refused for its age (capture.md): the tables' verbs hold after the hall too.
RIGHTS: dict[str, Right] = {
    "record-comment": Right(_TABLE, _NOT_BEFORE),
    "withdraw-comment": Right(_TABLE, _NOT_BEFORE),
    "keep-item": Right(_TABLE, _NOT_BEFORE),
    "record-paper": Right(_ENDING, _NOT_BEFORE),
    "read-in": Right(_ENDING, _NOT_BEFORE),
    "type-in-kept": Right(_ENDING, _NOT_BEFORE),
    "admit-kept": Right(_CLERK, _NOT_BEFORE),
    "end-kept": Right(_ENDING, _NOT_BEFORE),
    "respond-to-comment": Right(_TABLE, _NOT_BEFORE),
    "hand-over-writing": Right(_TABLE, _NOT_BEFORE),
    "report-laptop": Right(_TABLE, _ALL),
    "resume-laptop": Right(_TABLE, _ALL),
    "report-missing": Right(frozenset({Role.DELEGATE}), _NOT_BEFORE),
    "call-help": Right(_TABLE, _ALL),
    "take-back-help": Right(_TABLE, _ALL),
    "acknowledge-help": Right(_ANSWERING, _ALL),
    "close-help": Right(_ANSWERING, _ALL),
    "take-step": Right(_CHAIR, _ALL),
    "undo-step": Right(_CHAIR, _PREPARE),
    "extend-timer": Right(_CHAIR, _HALL),
    "pause-timer": Right(_CHAIR, _HALL),
    "resume-timer": Right(_CHAIR, _HALL),
    "go-to-item": Right(_CHAIR, _HALL),
    "set-scene": Right(_CHAIR, _ALL),
    "open-event": Right(_CHAIR, _BEFORE),
    "close-event": Right(_CHAIR, _HALL),
    "claim-question": Right(_RESOURCE, _NOT_BEFORE),
    "release-question": Right(_RESOURCE, _NOT_BEFORE),
    "merge-questions": Right(_RESOURCE, _NOT_BEFORE),
    "split-question": Right(_RESOURCE, _NOT_BEFORE),
    "answer-question": Right(_RESOURCE, _NOT_BEFORE),
    "publish-answer": Right(_RESOURCE, _NOT_BEFORE),
    "show-answer": Right(_CHAIR, _NOT_BEFORE),
    "mark-read": Right(_THEMES, _NOT_BEFORE),
    "name-theme": Right(_THEMES, _NOT_BEFORE),
    "rename-theme": Right(_THEMES, _NOT_BEFORE),
    "move-comments": Right(_THEMES, _NOT_BEFORE),
    "merge-themes": Right(_THEMES, _NOT_BEFORE),
    "split-theme": Right(_THEMES, _NOT_BEFORE),
    "mark-minority": Right(_THEMES, _NOT_BEFORE),
    "choose-quote": Right(_THEMES, _NOT_BEFORE),
    "draft-motion": Right(_THEMES | _CHAIR, _PREPARE),
    "reword-motion": Right(_THEMES | _CHAIR, _PREPARE),
    "put-motion": Right(_THEMES | _CHAIR, _PREPARE),
    "withdraw-motion": Right(_THEMES | _CHAIR, _PREPARE),
    "set-disposition": Right(_ENDING, _ALL),
    "answer-missing": Right(_ENDING | {Role.AREA_FACILITATOR}, _NOT_BEFORE),
    "add-missing": Right(_ENDING | {Role.AREA_FACILITATOR}, _NOT_BEFORE),
    "import-document": Right(_CLERK, _PREPARE),
    "import-delegations": Right(_CLERK, _PREPARE),
    "import-people": Right(_CLERK, _PREPARE),
    "import-submissions": Right(_CLERK, _PREPARE),
    "tie-submission": Right(_CLERK, _PREPARE),
    "send-submission": Right(_BODIES, _BEFORE),
    "revise-submission": Right(_BODIES, _BEFORE),
    "withdraw-submission": Right(_BODIES | _SIGNING, _BEFORE),
    "circulate-draft": Right(_CLERK, _BEFORE),
    # Every member of the NPF says what they think of every commission's draft.
    "send-draft-point": Right(_SIGNING, _BEFORE),
    "revise-draft-point": Right(_SIGNING, _BEFORE),
    "record-consideration": Right(_SIGNING | _CLERK, _BEFORE),
    "write-programme": Right(_CLERK, _PREPARE),
    "make-tables": Right(_CLERK, _PREPARE),
    "seat-people": Right(_CLERK, _PREPARE),
    "add-screen": Right(_CLERK | _CHAIR, _PREPARE),
    "set-event": Right(_CLERK, _PREPARE),
    "set-presence": Right(_CLERK, _PREPARE),
    "replace-delegates": Right(_CLERK, _PREPARE),
    "revoke-sign-in": Right(_CLERK, _ALL),
    "erase-devices": Right(_CLERK, _AFTER),
    "compile-outcome": Right(_CLERK, _AFTER),
    "decide-conflict": Right(_CLERK, _AFTER),
    "edit-outcome": Right(_CLERK, _AFTER),
    "offer-for-signing": Right(_CLERK, _AFTER),
    "accept-passage": Right(_SIGNING, _AFTER),
    "accept-with-edits": Right(_SIGNING, _AFTER),
    "sign-with-dissent": Right(_SIGNING, _AFTER),
    "return-passage": Right(_SIGNING, _AFTER),
    "answer-return": Right(_CLERK, _AFTER),
    "extend-deadline": Right(_CLERK, _AFTER),
    "reopen-outcome": Right(_CLERK, _AFTER),
    "confirm-reading": Right(_SIGNING, _AFTER),
    "record-final-vote": Right(_CLERK, _AFTER),
    "agree-to-invitation": Right(frozenset({Role.DELEGATE}), _ALL),
    **{
        verb: Right(frozenset(map(Role, roles.split())), frozenset(map(Phase, phases.split())))
        for verb, (roles, phases) in BALLOT_RIGHTS.items()
    },
}

_WHEN = {
    Phase.BEFORE: "The event has not been opened yet.",
    Phase.HALL: "The event is under way in the hall.",
    Phase.AFTER: "The event in the hall is closed.",
}


def check_right(actor: Actor, verb: str, phase: Phase) -> None:
    """Let an actor use a verb now, or say why not.

    Errors: `not-your-role`, `not-at-this-stage`.
    """
    right = RIGHTS[verb]
    if not (actor.roles & right.roles or (not right.roles and actor == HUB)):
        who = " or ".join(sorted(role.value for role in right.roles)) or "centre itself"
        raise Refused("not-your-role", f"This is for the {who}. Nothing was changed.")
    if phase not in right.phases:
        raise Refused(
            "not-at-this-stage", f"{_WHEN[phase]} This cannot be done now, and nothing was changed."
        )
