"""Hall: ballots, their frozen electorate, the roll of who has voted and the papers, as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.store.rows.base import Row


class Ballot(Row):
    """One vote of the room on one motion or question, or on several motions put against each other.

    `alternatives` are these in the order of the options; `motion_id` is then the first of them.
    """

    __tablename__ = "ballots"
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    version: Mapped[int]
    motion_id: Mapped[str | None] = mapped_column(ForeignKey("motions.id"), index=True)
    track_id: Mapped[str | None] = mapped_column(ForeignKey("tracks.id"))
    item_id: Mapped[str | None] = mapped_column(ForeignKey("items.id"))
    question: Mapped[str]
    form: Mapped[str]
    options: Mapped[list[Any]]
    trust: Mapped[str]
    purpose: Mapped[str]
    rules: Mapped[dict[str, Any]]
    electorate: Mapped[dict[str, Any]]
    # The shares as drafted; rules hold them as merged at the announcement, grouping who is counted where.
    shares: Mapped[list[Any]]
    grouping: Mapped[dict[str, Any] | None]
    state: Mapped[str]
    announced_at: Mapped[datetime | None]
    opened_at: Mapped[datetime | None]
    deadline: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    publish_at: Mapped[datetime | None]
    published_at: Mapped[datetime | None]
    entitled: Mapped[int | None]
    present: Mapped[int | None]
    casting: Mapped[str | None]
    declared: Mapped[dict[str, Any] | None]
    need_time: Mapped[int]
    result: Mapped[dict[str, Any] | None]
    again_of: Mapped[str | None] = mapped_column(ForeignKey("ballots.id"))
    keys_hash: Mapped[str | None]
    issued: Mapped[list[Any] | None]
    replaced: Mapped[int] = mapped_column(default=0)
    cast: Mapped[list[Any] | None]
    root: Mapped[str | None]
    board: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"))
    certified_at: Mapped[datetime | None]
    doubtful: Mapped[bool] = mapped_column(default=False)
    companions: Mapped[int | None]
    # What minority positions say in their movers' own words, by option.
    positions: Mapped[dict[str, Any] | None]
    alternatives: Mapped[list[Any] | None]


class Elector(Row):
    """One delegate who may vote in one ballot, with their section, frozen when it is announced."""

    __tablename__ = "electors"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    ballot_id: Mapped[str] = mapped_column(ForeignKey("ballots.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    section: Mapped[str]
    group: Mapped[int]


class Voted(Row):
    """The roll: that a delegate has voted, never what, never when; `command` tells a repeat by its hash."""

    __tablename__ = "voted"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    ballot_id: Mapped[str] = mapped_column(ForeignKey("ballots.id"), primary_key=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    command: Mapped[str]


class Paper(Row):
    """One paper in the box under a random number: what was chosen and in which group, never by whom or when.
    """

    __tablename__ = "papers"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    ballot_id: Mapped[str] = mapped_column(ForeignKey("ballots.id"), primary_key=True)
    id: Mapped[str] = mapped_column(primary_key=True)
    choice: Mapped[str]
    group: Mapped[int]


class StampGroup(Row):
    """The sections that are counted together in one wording of a stamped ballot, and their public key."""

    __tablename__ = "stamp_groups"
    ballot_id: Mapped[str] = mapped_column(ForeignKey("ballots.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    group: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str]
    sections: Mapped[list[Any]]
    n: Mapped[str]
    e: Mapped[int]


class Stamp(Row):
    """The register: that a delegate's ballot was stamped, blind, and what was answered to which message.

    A replaced one waits for another message; how many were issued counts both.
    """

    __tablename__ = "stamps"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    ballot_id: Mapped[str] = mapped_column(ForeignKey("ballots.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    group: Mapped[int]
    blinded: Mapped[str]
    signature: Mapped[str]
    channel: Mapped[str]
    replaced: Mapped[int]
