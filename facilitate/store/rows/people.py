"""Before: delegations, persons, devices, grants, seats, credentials and sessions as rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.store.rows.base import Row


class Delegation(Row):
    """A body that sent delegates."""

    __tablename__ = "delegations"
    id: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    section: Mapped[str]
    votes: Mapped[int]


class Person(Row):
    """Somebody at the event, whatever roles they hold; `replaced_by` is who took over their place."""

    __tablename__ = "persons"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]
    delegation_id: Mapped[str | None] = mapped_column(ForeignKey("delegations.id"))
    present: Mapped[bool]
    replaced_by: Mapped[str | None] = mapped_column(ForeignKey("persons.id"))


class Device(Row):
    """A laptop, a screen or a kiosk that signs in for itself."""

    __tablename__ = "devices"
    id: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    label: Mapped[str] = mapped_column(unique=True)
    table_number: Mapped[int | None] = mapped_column(ForeignKey("tables.number"))
    track_id: Mapped[str | None] = mapped_column(ForeignKey("tracks.id"))
    scene: Mapped[str] = mapped_column(default="follow")
    scene_passage: Mapped[str | None]
    scene_ballot: Mapped[str | None]


class GrantRow(Row):
    """One role held by one person or one device within a scope."""

    __tablename__ = "grants"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) <> (device_id IS NULL)", name="one_holder"),
        UniqueConstraint("person_id", "device_id", "role", "scope_kind", "scope"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("persons.id"), index=True)
    device_id: Mapped[str | None] = mapped_column(ForeignKey("devices.id"), index=True)
    role: Mapped[str]
    scope_kind: Mapped[str]
    scope: Mapped[str]


class Seat(Row):
    """A place at a table, for the whole event or for one round."""

    __tablename__ = "seats"
    __table_args__ = (UniqueConstraint("person_id", "item_id"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    table_number: Mapped[int] = mapped_column(ForeignKey("tables.number"), index=True)
    item_id: Mapped[str | None] = mapped_column(ForeignKey("items.id"))


class Credential(Row):
    """The keyed hash of a sign-in code; the code is made again from the event's key when it is printed."""

    __tablename__ = "credentials"
    id: Mapped[str] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("persons.id"), index=True)
    device_id: Mapped[str | None] = mapped_column(ForeignKey("devices.id"), index=True)
    generation: Mapped[int]
    revoked_at: Mapped[datetime | None]


class SessionRow(Row):
    """One signed-in device, known by the hash of an opaque token."""

    __tablename__ = "sessions"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    credential_id: Mapped[str] = mapped_column(ForeignKey("credentials.id"), index=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("persons.id"))
    device_id: Mapped[str | None] = mapped_column(ForeignKey("devices.id"))
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
