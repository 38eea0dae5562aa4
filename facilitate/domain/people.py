"""Before and hall: roles, grants, sections, and which live audiences and pages each leads to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum


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
