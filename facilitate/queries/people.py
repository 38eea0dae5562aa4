"""Every stage: who somebody is, and what each person sees of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.domain.people import Actor, Grant, Role, sign_in_code, spaced_code
from facilitate.queries.view import View, Viewer
from facilitate.store.rows import Credential, Delegation, Device, GrantRow, Person, Seat, SessionRow


def actor_of(session: Session, token_hash: str) -> Actor | None:
    """Who holds a session that has not ended."""
    found = session.execute(
        select(SessionRow.person_id, SessionRow.device_id).where(
            SessionRow.token_hash == token_hash, SessionRow.ended_at.is_(None)
        )
    ).one_or_none()
    if found is None:
        return None
    return (
        person_actor(session, found.person_id) if found.person_id else device_actor(session, found.device_id)
    )


def _grants(session: Session, **holder: str) -> tuple[Grant, ...]:
    rows = session.scalars(select(GrantRow).filter_by(**holder).order_by(GrantRow.role, GrantRow.scope))
    return tuple(Grant(Role(row.role), row.scope_kind, row.scope) for row in rows)


def person_actor(session: Session, person_id: str) -> Actor | None:
    """A person with the grants and the seat that hold now."""
    person = session.get(Person, person_id)
    if person is None:
        return None
    seat = session.scalar(
        select(Seat.table_number).where(Seat.person_id == person_id).order_by(Seat.item_id.is_not(None))
    )
    grants = _grants(session, person_id=person_id)
    table = seat if seat is not None else _own_table(grants)
    return Actor(
        person=person.id, name=person.name, delegation=person.delegation_id, table=table, grants=grants
    )


def device_actor(session: Session, device_id: str) -> Actor | None:
    """A laptop or a screen with the grants that hold now."""
    device = session.get(Device, device_id)
    if device is None:
        return None
    grants = _grants(session, device_id=device_id)
    return Actor(device=device.id, name=device.label, table=device.table_number, grants=grants)


def _own_table(grants: tuple[Grant, ...]) -> int | None:
    numbers = [int(g.scope) for g in grants if g.scope_kind == "table" and g.scope.isdigit()]
    return numbers[0] if numbers else None


def see_me(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """A person sees who the hub takes them for; nobody else does."""
    actor = person_actor(view.session, viewer.key)
    if actor is None:
        return {}
    delegation = view.session.get(Delegation, actor.delegation) if actor.delegation else None
    return {
        "me": {
            "id": "me",
            "person": actor.person,
            "name": actor.name,
            "roles": sorted(role.value for role in actor.roles),
            "table": actor.table,
            "delegation": delegation.name if delegation else None,
        }
    }


@dataclass(frozen=True)
class SignIn:
    """One holder's way in, as it is printed."""

    role: str
    label: str
    table: int | None
    delegation: str
    code: str
    credential: str
    holder: str

    @property
    def spaced(self) -> str:
        """The code as it is printed."""
        return spaced_code(self.code)


def sign_ins(session: Session, key: bytes) -> list[SignIn]:
    """Everybody's sign-in code, made again from the event's key; for the clerk alone.

    Shape: ordered by role, table and name; devices come with the role they hold.
    """
    found: list[SignIn] = []
    seats = dict(session.execute(select(Seat.person_id, Seat.table_number)).all())
    delegations = dict(session.execute(select(Delegation.id, Delegation.name)).all())
    roles: dict[str, list[str]] = {}
    for grant in session.scalars(select(GrantRow)):
        roles.setdefault(grant.person_id or grant.device_id or "", []).append(grant.role)
    people = session.execute(
        select(Credential, Person.name, Person.delegation_id, Device.label, Device.table_number)
        .outerjoin(Person, Person.id == Credential.person_id)
        .outerjoin(Device, Device.id == Credential.device_id)
        .where(Credential.revoked_at.is_(None))
    )
    for credential, name, delegation, label, table in people:
        holder = credential.person_id or credential.device_id or ""
        found.append(
            SignIn(
                role=_first_role(roles.get(holder, [])),
                label=name or label,
                table=table if table is not None else seats.get(holder),
                delegation=delegations.get(delegation, "") if delegation else "",
                code=sign_in_code(key, credential.id, credential.generation),
                credential=credential.id,
                holder=holder,
            )
        )
    return sorted(found, key=lambda s: (_RANK.get(s.role, 99), s.table or 0, s.label))


_RANK = {
    role: place
    for place, role in enumerate(
        (
            "chair",
            "clerk",
            "theme-team",
            "teller",
            "area-facilitator",
            "facilitator",
            "scribe",
            "screen",
            "delegate",
            "signatory",
            "resource-person",
            "attendee",
        )
    )
}


def _first_role(roles: list[str]) -> str:
    return min(roles, key=lambda role: _RANK.get(role, 99), default="attendee")
