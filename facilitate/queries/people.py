"""Every stage: who somebody is, and what each person sees of themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.domain.codes import sign_in_code, spaced_code
from facilitate.domain.people import Actor, Grant, Role
from facilitate.queries.view import View, Viewer
from facilitate.store.rows import Credential, Delegation, Device, GrantRow, Person, Seat, SessionRow


def actors_of(session: Session, token_hash: str | None = None) -> dict[str, Actor]:
    """Who holds each session that has not ended: one of them, or all read together.

    Shape: token hash to actor.
    """
    query = select(SessionRow.token_hash, SessionRow.person_id, SessionRow.device_id)
    query = query.where(SessionRow.ended_at.is_(None))
    if token_hash is not None:
        query = query.where(SessionRow.token_hash == token_hash)
    held = session.execute(query).all()
    all_of_them = token_hash is None
    holders = _people(session, None if all_of_them else [h.person_id for h in held if h.person_id])
    holders |= _devices(session, None if all_of_them else [h.device_id for h in held if h.device_id])
    found = {h.token_hash: _holder(holders, h.person_id, h.device_id) for h in held}
    return {token: actor for token, actor in found.items() if actor is not None}


def _holder(holders: dict[str, Actor], person: str | None, device: str | None) -> Actor | None:
    """Whose session it is; a delegate at a kiosk is there to vote, whatever else they may do elsewhere."""
    if not (person and device):
        return holders.get(person or device or "")
    somebody, kiosk = holders.get(person), holders.get(device)
    if somebody is None or kiosk is None or Role.KIOSK not in kiosk.roles:
        return None
    voting = tuple(grant for grant in somebody.grants if grant.role is Role.DELEGATE)
    return replace(somebody, device=device, table=None, grants=voting)


def ended_holder(session: Session, token_hash: str) -> Actor | None:
    """Who held a session that has ended: what their device captured before it knew is kept apart."""
    found = session.execute(
        select(SessionRow.person_id, SessionRow.device_id).where(
            SessionRow.token_hash == token_hash, SessionRow.ended_at.is_not(None)
        )
    ).one_or_none()
    if found is None:
        return None
    return (
        person_actor(session, found.person_id) if found.person_id else device_actor(session, found.device_id)
    )


def person_actor(session: Session, person_id: str) -> Actor | None:
    """A person with the grants and the seat that hold now."""
    return _people(session, [person_id]).get(person_id)


def device_actor(session: Session, device_id: str) -> Actor | None:
    """A laptop or a screen with the grants that hold now."""
    return _devices(session, [device_id]).get(device_id)


def _people(session: Session, ids: Sequence[str] | None) -> dict[str, Actor]:
    if ids is not None and not ids:
        return {}
    people = select(Person.id, Person.name, Person.delegation_id)
    # The seat of the whole event comes last and so stands; those of single rounds do not count here.
    seats = select(Seat.person_id, Seat.table_number).order_by(Seat.item_id.is_(None))
    if ids is not None:
        people, seats = people.where(Person.id.in_(ids)), seats.where(Seat.person_id.in_(ids))
    seated = {row.person_id: row.table_number for row in session.execute(seats)}
    grants = _grants(session, GrantRow.person_id, ids)
    found = {}
    for row in session.execute(people):
        held = grants.get(row.id, ())
        table = seated[row.id] if row.id in seated else _own_table(held)
        found[row.id] = Actor(
            person=row.id, name=row.name, delegation=row.delegation_id, table=table, grants=held
        )
    return found


def _devices(session: Session, ids: Sequence[str] | None) -> dict[str, Actor]:
    if ids is not None and not ids:
        return {}
    devices = select(Device.id, Device.label, Device.table_number)
    if ids is not None:
        devices = devices.where(Device.id.in_(ids))
    grants = _grants(session, GrantRow.device_id, ids)
    return {
        row.id: Actor(device=row.id, name=row.label, table=row.table_number, grants=grants.get(row.id, ()))
        for row in session.execute(devices)
    }


def _grants(session: Session, holder: Any, ids: Sequence[str] | None) -> dict[str, tuple[Grant, ...]]:
    query = select(holder.label("holder"), GrantRow.role, GrantRow.scope_kind, GrantRow.scope)
    query = query.where(holder.is_not(None) if ids is None else holder.in_(ids))
    found: dict[str, list[Grant]] = defaultdict(list)
    for row in session.execute(query.order_by(GrantRow.role, GrantRow.scope)):
        found[row.holder].append(Grant(Role(row.role), row.scope_kind, row.scope))
    return {key: tuple(grants) for key, grants in found.items()}


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
            "kiosk",
            "delegate",
            "signatory",
            "resource-person",
            "body-officer",
            "attendee",
        )
    )
}


def _first_role(roles: list[str]) -> str:
    return min(roles, key=lambda role: _RANK.get(role, 99), default="attendee")
