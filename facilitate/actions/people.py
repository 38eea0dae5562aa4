"""Before: takes delegations and people in, makes tables, seats, laptops, screens and sign-in codes."""

from __future__ import annotations

from typing import Any

from sqlalchemy import or_, select, update

from facilitate.domain.codes import code_hash, sign_in_code
from facilitate.domain.people import Role
from facilitate.domain.refusal import Refused
from facilitate.store.holders import add_holders, new_credential, new_device, without_credentials
from facilitate.store.roll import touches_of_roll
from facilitate.store.rows import (
    Credential,
    Delegation,
    Device,
    GrantRow,
    Person,
    Row,
    Seat,
    SessionRow,
    TableRow,
    Track,
)
from facilitate.store.writer import Transaction

_ROOM = ["delegates", "themes"]
# What the words after a role's colon name; for every other role it is a table.
_SCOPES = {
    Role.SIGNATORY: "commission", Role.RESOURCE_PERSON: "commission", Role.AREA_FACILITATOR: "block",
    # "delegate:card" holds the card of the delegation.
    Role.DELEGATE: "card",
}  # fmt: skip


def import_delegations(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Take delegations in, all or nothing.

    Shape: data["rows"] are mappings with code, name, section and votes.
    Errors: `delegation-taken`.
    """
    taken = set(tx.session.scalars(select(Delegation.code)))
    made: list[Row] = []
    for row in data["rows"]:
        if row["code"] in taken:
            raise Refused("delegation-taken", f"{row['code']} is already a delegation here.", "code")
        taken.add(row["code"])
        made.append(
            Delegation(
                id=tx.new_id(), code=row["code"], name=row["name"], section=row["section"], votes=row["votes"]
            )
        )
    tx.session.add_all(made)
    # With members on record there can be card votes.
    tx.record("delegations-imported", "event:event", rows=made, audiences=_ROOM)
    return {"delegations": len(made)}


def import_people(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Take people in with their roles and seats, all or nothing, and make a sign-in code for each.

    Shape: data["rows"] are mappings with name, roles, delegation (a code or ""), email, table and present;
    a role may carry a scope after a colon: "signatory:Housing", "facilitator:7", "area-facilitator:A".
    Errors: `unknown-delegation`, `unknown-role`, `unknown-table`, `unknown-block`.
    """
    delegations = {d.code: d.id for d in tx.session.scalars(select(Delegation))}
    blocks = dict(tx.session.execute(select(TableRow.number, TableRow.block)).all())
    tables = set(blocks)
    made: list[Row] = []
    for row in data["rows"]:
        code, table = row.get("delegation") or "", row.get("table")
        if code and code not in delegations:
            raise Refused(
                "unknown-delegation", f"{row['name']}: there is no delegation “{code}”.", "delegation"
            )
        if table is not None and table not in tables:
            raise Refused("unknown-table", f"{row['name']}: there is no table {table} yet.", "table")
        person = Person(
            id=tx.new_id(), name=row["name"], email=row.get("email") or "",
            delegation_id=delegations.get(code), present=bool(row.get("present", True)),
        )  # fmt: skip
        made.append(person)
        _check_blocks(row, set(blocks.values()))
        made += _grants(tx, row, person=person.id, table=table)
        if table is not None and any(each.partition(":")[0] == Role.DELEGATE.value for each in row["roles"]):
            made.append(Seat(id=tx.new_id(), person_id=person.id, table_number=table, item_id=None))
        made.append(new_credential(tx, person=person.id))
    add_holders(tx, made)
    people = sum(isinstance(row, Person) for row in made)
    touches = touches_of_roll(tx.session)
    public = without_credentials(made)
    tx.record("people-imported", "event:event", rows=public, touches=touches, audiences=_ROOM)
    return {"people": people}


def _check_blocks(row: dict[str, Any], blocks: set[str]) -> None:
    """An area facilitator of a block that is not there would never hear a call."""
    for written in row["roles"]:
        name, _, scope = written.partition(":")
        if name == Role.AREA_FACILITATOR.value and scope and scope not in blocks:
            known = ", ".join(sorted(blocks)) or "none yet; make the tables first"
            told = f"{row['name']}: there is no block “{scope}”. Blocks: {known}."
            raise Refused("unknown-block", told, "roles")


def _grants(tx: Transaction, row: dict[str, Any], *, person: str, table: int | None) -> list[Row]:
    made: list[Row] = []
    for written in row["roles"]:
        name, _, scope = written.partition(":")
        try:
            role = Role(name)
        except ValueError:
            raise Refused("unknown-role", f"{row['name']}: “{name}” is not a role.", "roles") from None
        if role in (Role.FACILITATOR, Role.SCRIBE) and not scope and table is not None:
            scope = str(table)
        kind = "event"
        if scope:
            kind = _SCOPES.get(role, "table")
        made.append(
            GrantRow(
                id=tx.new_id(),
                person_id=person,
                device_id=None,
                role=role.value,
                scope_kind=kind,
                scope=scope,
            )
        )
    return made


def make_tables(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Make tables with their laptops.

    Shape: data["tables"] are mappings with number, track (a name or ""), block and places.
    Errors: `table-taken`, `unknown-track`.
    """
    tracks = {t.name: t.id for t in tx.session.scalars(select(Track))}
    taken = set(tx.session.scalars(select(TableRow.number)))
    tables: list[Row] = []
    made: list[Row] = []
    for row in data["tables"]:
        number, track = row["number"], row.get("track") or ""
        if number in taken:
            raise Refused("table-taken", f"Table {number} is there already.", "number")
        if track and track not in tracks:
            raise Refused("unknown-track", f"There is no track “{track}”.", "track")
        taken.add(number)
        tables.append(
            TableRow(
                number=number, track_id=tracks.get(track), block=row.get("block") or "A",
                places=row.get("places") or 10,
            )
        )  # fmt: skip
        made += new_device(tx, "laptop", f"Laptop of table {number}", Role.FACILITATOR, table=number)
    tx.session.add_all(tables)
    tx.session.flush()
    add_holders(tx, made)
    tx.record(
        "tables-made", "event:event", rows=[*tables, *without_credentials(made)],
        touches=[f"table:{t.number}" for t in tables if isinstance(t, TableRow)], audiences=_ROOM,
    )  # fmt: skip
    return {"tables": len(tables)}


def add_screen(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Add a screen that signs in for itself and follows a track.

    Errors: `screen-taken`, `unknown-track`.
    """
    label = data["label"].strip()
    if not label or tx.session.scalar(select(Device.id).where(Device.label == label)):
        raise Refused("screen-taken", "Give the screen a name that no other has.", "label")
    track = data.get("track")
    if track and tx.session.get(Track, track) is None:
        raise Refused("unknown-track", "There is no such track.", "track")
    made = new_device(tx, "screen", label, Role.SCREEN, track=track)
    add_holders(tx, made)
    device = made[0]
    assert isinstance(device, Device)
    tx.record("screen-added", f"screen:{device.id}", rows=without_credentials(made))
    return {"screen": device.id}


def seat_people(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Seat people at tables for the whole event or for one round.

    Shape: data["seats"] are mappings with person, table and perhaps item.
    Errors: `unknown-person`, `unknown-table`.
    """
    people = set(tx.session.scalars(select(Person.id)))
    tables = set(tx.session.scalars(select(TableRow.number)))
    made: list[Row] = []
    gone: dict[str, Any] = {}
    for row in data["seats"]:
        if row["person"] not in people:
            raise Refused("unknown-person", "There is no such person at this event.", "person")
        if row["table"] not in tables:
            raise Refused("unknown-table", f"There is no table {row['table']}.", "table")
        for old in tx.session.scalars(
            select(Seat).where(Seat.person_id == row["person"], Seat.item_id.is_(row.get("item")))
        ):
            gone[f"seats:{old.id}"] = None
            tx.session.delete(old)
        tx.session.flush()
        made.append(
            Seat(id=tx.new_id(), person_id=row["person"], table_number=row["table"], item_id=row.get("item"))
        )
    tx.session.add_all(made)
    tx.record(
        "people-seated", "event:event", rows=made, images=gone, touches=["me:me"],
        audiences=[*_ROOM, *(f"person:{row['person']}" for row in data["seats"])],
    )  # fmt: skip
    return {"seats": len(made)}


def set_presence(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Say who is in the building; who is absent is not on the roll of the next ballot announced."""
    people = list(tx.session.scalars(select(Person).where(Person.id.in_(data["people"]))))
    for person in people:
        person.present = bool(data["present"])
    tx.record(
        "presence-set", "event:event", rows=people, touches=touches_of_roll(tx.session),
        audiences=[*_ROOM, *(f"person:{p.id}" for p in people)],
    )  # fmt: skip
    return {"people": len(people)}


def revoke_sign_in(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Make a holder's old code and sessions worthless and give them a new code.

    Errors: `unknown-credential`.
    """
    credential = tx.session.get(Credential, data["credential"])
    if credential is None:
        raise Refused("unknown-credential", "There is no such sign-in.")
    credential.generation += 1
    credential.code_hash = code_hash(tx.key, sign_in_code(tx.key, credential.id, credential.generation))
    whose = [SessionRow.credential_id == credential.id]
    if credential.device_id:
        # Whoever votes at a kiosk does so through its own sign-in.
        whose.append(SessionRow.device_id == credential.device_id)
    tx.session.execute(
        update(SessionRow)
        .where(or_(*whose), SessionRow.ended_at.is_(None))
        .values(ended_at=tx.now)
    )
    holder = f"person:{credential.person_id}" if credential.person_id else f"device:{credential.device_id}"
    tx.record("sign-in-revoked", holder)
    return {}
