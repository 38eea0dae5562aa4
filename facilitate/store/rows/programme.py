"""Before and hall: the event, tracks, items, assignments and tables as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.store.rows.base import Row


class Event(Row):
    """The one event of this store, with its settings."""

    __tablename__ = "event"
    __table_args__ = (CheckConstraint("id = 'event'", name="only_one"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    zone: Mapped[str]
    preset: Mapped[str]
    phase: Mapped[str]
    rehearsal: Mapped[bool]
    settings: Mapped[dict[str, Any]]
    made_at: Mapped[datetime]


class Track(Row):
    """A part of the room working on its own items."""

    __tablename__ = "tracks"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    current_item: Mapped[str | None]


class Item(Row):
    """One entry of the running order; planned times are local, actual ones UTC."""

    __tablename__ = "items"
    id: Mapped[str] = mapped_column(primary_key=True)
    track_id: Mapped[str] = mapped_column(ForeignKey("tracks.id"), index=True)
    position: Mapped[int]
    day: Mapped[str]
    kind: Mapped[str]
    title: Mapped[str]
    planned: Mapped[str]
    minutes: Mapped[int]
    state: Mapped[str] = mapped_column(default="planned")
    progress: Mapped[str] = mapped_column(default="waiting")
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    deadline: Mapped[datetime | None]
    paused_seconds: Mapped[int | None]


class Assignment(Row):
    """Which tables discuss which passage in a round."""

    __tablename__ = "assignments"
    id: Mapped[str] = mapped_column(primary_key=True)
    item_id: Mapped[str] = mapped_column(ForeignKey("items.id"), index=True)
    passage_id: Mapped[str] = mapped_column(ForeignKey("passages.id"), index=True)
    reach: Mapped[str]
    first_table: Mapped[int | None]
    last_table: Mapped[int | None]


class TableRow(Row):
    """One table of the room."""

    __tablename__ = "tables"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    track_id: Mapped[str | None] = mapped_column(ForeignKey("tracks.id"))
    block: Mapped[str]
    places: Mapped[int]
