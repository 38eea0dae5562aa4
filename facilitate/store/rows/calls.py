"""Hall: help calls of the tables as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.store.rows.base import Row


class HelpCall(Row):
    """One help call of a table, with everything that was cried before it was closed.

    `cries` are mappings with item, reason, words, private, said, arrived, late and back (taken back).
    """

    __tablename__ = "help_calls"
    id: Mapped[str] = mapped_column(primary_key=True)
    table_number: Mapped[int] = mapped_column(ForeignKey("tables.number"), index=True)
    state: Mapped[str]
    cries: Mapped[list[Any]]
    called_at: Mapped[datetime]
    waits_since: Mapped[datetime]
    seen_at: Mapped[datetime | None]
    seen_by: Mapped[str | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]
