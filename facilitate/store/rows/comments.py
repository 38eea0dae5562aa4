"""Hall: comments of the tables and points that a delegate misses, as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.store.rows.base import Row


class Comment(Row):
    """One point typed at a table about a passage; a correction is a new row with a parent."""

    __tablename__ = "comments"
    __table_args__ = (
        UniqueConstraint("table_number", "serial"),
        Index("ix_comments_passage_table", "passage_id", "table_number"),
        Index("ix_comments_passage_received", "passage_id", "received_at", "id"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    table_number: Mapped[int] = mapped_column(ForeignKey("tables.number"))
    serial: Mapped[int]
    passage_id: Mapped[str] = mapped_column(ForeignKey("passages.id"))
    passage_version: Mapped[int]
    item_id: Mapped[str | None] = mapped_column(ForeignKey("items.id"))
    device_id: Mapped[str | None]
    device_serial: Mapped[int | None]
    kind: Mapped[str]
    agree: Mapped[int]
    against: Mapped[int]
    minority: Mapped[bool]
    text: Mapped[str]
    ops: Mapped[list[Any] | None]
    parent: Mapped[str | None] = mapped_column(index=True)
    adds_to: Mapped[str | None]
    state: Mapped[str]
    marks: Mapped[list[Any]]
    said_at: Mapped[str | None]
    received_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    disposition: Mapped[str | None]
    reason: Mapped[str | None]
    note: Mapped[str | None]
    ended_by: Mapped[str | None]
    ended_at: Mapped[datetime | None]


class MissingPoint(Row):
    """A delegate's word that their table's point is missing."""

    __tablename__ = "missing_points"
    id: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    table_number: Mapped[int | None] = mapped_column(ForeignKey("tables.number"))
    passage_id: Mapped[str | None] = mapped_column(ForeignKey("passages.id"))
    text: Mapped[str]
    state: Mapped[str]
    answer: Mapped[str | None]
    comment_id: Mapped[str | None] = mapped_column(ForeignKey("comments.id"))
    received_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]


class ResponseRow(Row):
    """What one table says of another table's comment; `given_to` is the wording that it heard."""

    __tablename__ = "responses"
    comment_id: Mapped[str] = mapped_column(ForeignKey("comments.id"), primary_key=True)
    table_number: Mapped[int] = mapped_column(ForeignKey("tables.number"), primary_key=True)
    response: Mapped[str]
    given_to: Mapped[str]
    at: Mapped[datetime]


class Writing(Row):
    """Who writes for a table, once that has changed hands; laptops have names of their own."""

    __tablename__ = "writings"
    table_number: Mapped[int] = mapped_column(ForeignKey("tables.number"), primary_key=True)
    laptop: Mapped[str | None]
    giver: Mapped[str | None]
    name: Mapped[str]
    draft: Mapped[dict[str, Any] | None]
    at: Mapped[datetime]
