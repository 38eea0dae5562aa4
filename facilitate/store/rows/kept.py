"""Hall: captured points that are no comments yet, kept as they came, as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.store.rows.base import Row


class KeptItem(Row):
    """A point that could not be read, or whose sign-in had ended; `data` is its command where it reads."""

    __tablename__ = "kept_items"
    id: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    cause: Mapped[str]
    sender: Mapped[str] = mapped_column(index=True)
    sender_name: Mapped[str]
    device_id: Mapped[str | None]
    table_number: Mapped[int | None] = mapped_column(ForeignKey("tables.number"))
    item: Mapped[str | None] = mapped_column(index=True)
    raw: Mapped[str]
    data: Mapped[dict[str, Any] | None]
    why: Mapped[str]
    state: Mapped[str]
    comment_id: Mapped[str | None] = mapped_column(ForeignKey("comments.id"))
    reason: Mapped[str | None]
    received_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
