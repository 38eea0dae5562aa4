"""Before and hall: roles, grants, sections and the one table of who may do what at which stage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from facilitate.domain.ballot_rights import BALLOT_RIGHTS
from facilitate.domain.programme import Phase
from facilitate.domain.refusal import Refused


class Role(StrEnum):
    """The closed list of roles; rights come from roles, votes are one per person."""

    DELEGATE = "delegate"
    ATTENDEE = "attendee"
    FACILITATOR = "facilitator"
    SCRIBE = "scribe"
    AREA_FACILITATOR = "area-facilitator"
    THEME_TEAM = "theme-team"
    CHAIR = "chair"
    TELLER = "teller"
    CLERK = "clerk"
    RESOURCE_PERSON = "resource-person"
    SIGNATORY = "signatory"
    BODY_OFFICER = "body-officer"
    SCREEN = "screen"
    KIOSK = "kiosk"


class Section(StrEnum):
    """The weighted groups of an electorate."""

    CLP = "clp"
    UNION = "union"
    SOCIALIST_SOCIETY = "socialist-society"
    MP = "mp"


SECTION_LABELS = {
    Section.CLP: "CLP",
    Section.UNION: "trade union",
    Section.SOCIALIST_SOCIETY: "socialist society",
    Section.MP: "MPs drawn by lottery",
}


@dataclass(frozen=True)
class Grant:
    """One role held by a person or a device within a scope; an empty scope is the whole event."""

    role: Role
    scope_kind: str = "event"
    scope: str = ""


@dataclass(frozen=True)
class Actor:
    """Whoever gives a command: a person or a device, with the grants that hold at this moment."""

    person: str | None = None
    device: str | None = None
    name: str = "nobody"
    delegation: str | None = None
    table: int | None = None
    grants: tuple[Grant, ...] = field(default=())

    @property
    def id(self) -> str:
        """The name under which the journal knows this actor."""
        if self.person:
            return f"person:{self.person}"
        return f"device:{self.device}" if self.device else self.name

    @property
    def roles(self) -> frozenset[Role]:
        """All roles held, whatever their scope."""
        return frozenset(grant.role for grant in self.grants)

    def scopes(self, role: Role, kind: str) -> frozenset[str]:
        """The scopes of one kind in which this actor holds a role."""
        return frozenset(g.scope for g in self.grants if g.role is role and g.scope_kind == kind)


# Two that are no person and no device: who cast a vote, and the hub that publishes a result when it is due.
NOBODY = Actor(name="nobody")
HUB = Actor(name="hub", grants=(Grant(Role.CHAIR),))
# The operator at the machine's own command line prepares what a clerk would.
OPERATOR = Actor(name="office", grants=(Grant(Role.CLERK), Grant(Role.CHAIR)))

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
    "accept-passage": Right(frozenset({Role.SIGNATORY}), _AFTER),
    "sign-with-dissent": Right(frozenset({Role.SIGNATORY}), _AFTER),
    "return-passage": Right(frozenset({Role.SIGNATORY}), _AFTER),
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


def audiences_of(actor: Actor, *, echo: bool = False) -> list[str]:
    """The live audiences that an actor belongs to.

    Shape: names from the closed list, in the order in which a device overlays them.
    Source: architecture.md, One way to read.
    """
    found: list[str] = []
    roles = actor.roles
    if roles - {Role.SCREEN, Role.BODY_OFFICER}:  # who sends in for a body is no part of the room
        found.append("delegates")
    tables = {int(scope) for role in (Role.FACILITATOR, Role.SCRIBE) for scope in actor.scopes(role, "table")}
    if actor.table is not None and Role.DELEGATE in roles:
        tables.add(actor.table)
    for number in sorted(tables):
        found.append(f"table:{number}")
        if echo and Role.DELEGATE not in roles:
            found.append(f"table:{number}+echo")
    found.extend(f"block:{block}" for block in blocks_of(actor))
    found.extend(f"questions:{commission}" for commission in commissions_of(actor))
    if Role.THEME_TEAM in roles:
        found.append("themes")
    if roles & {Role.CHAIR, Role.TELLER, Role.CLERK}:
        found.append("desk")
    if Role.TELLER in roles:
        found.append("tellers")
    if Role.SCREEN in roles and actor.device:
        found.append(f"screen:{actor.device}")
    found.extend(f"commission:{c}" for c in sorted(actor.scopes(Role.SIGNATORY, "commission")))
    if actor.person:
        found.append(f"person:{actor.person}")
    return found


def blocks_of(actor: Actor) -> list[str]:
    """The blocks of tables whose calls somebody answers.

    Shape: names in their order, or "*" alone for the whole room: an area facilitator of no block in
    particular, the clerk and the chair.
    """
    own = actor.scopes(Role.AREA_FACILITATOR, "block")
    everywhere = actor.scopes(Role.AREA_FACILITATOR, "event") or actor.roles & {Role.CHAIR, Role.CLERK}
    return ["*"] if everywhere else sorted(own)


def commissions_of(actor: Actor) -> list[str]:
    """The commissions whose tables' questions somebody answers.

    Shape: names in their order, or "*" alone for every commission.
    """
    everywhere = actor.scopes(Role.RESOURCE_PERSON, "event")
    return ["*"] if everywhere else sorted(actor.scopes(Role.RESOURCE_PERSON, "commission"))


def own_table(actor: Actor) -> int | None:
    """The table whose laptop this is, also where the person sits at another one."""
    own = [*actor.scopes(Role.FACILITATOR, "table"), *actor.scopes(Role.SCRIBE, "table")]
    return int(min(own)) if own and str(actor.table) not in own else actor.table


def home_of(roles: Iterable[Role]) -> str:
    """The page on which somebody with these roles starts."""
    held = set(roles)
    for role, page in (
        (Role.SCREEN, "/screen"),
        (Role.KIOSK, "/kiosk"),
        (Role.CHAIR, "/desk"),
        (Role.CLERK, "/office"),
        (Role.TELLER, "/desk"),
        (Role.THEME_TEAM, "/desk/themes"),
        (Role.AREA_FACILITATOR, "/block"),
        (Role.RESOURCE_PERSON, "/questions"),
        (Role.FACILITATOR, "/table"),
        (Role.SCRIBE, "/table"),
        (Role.SIGNATORY, "/npf"),
        (Role.DELEGATE, "/phone"),
        (Role.BODY_OFFICER, "/submissions"),
    ):
        if role in held:
            return page
    return "/phone"
