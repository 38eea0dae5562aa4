"""Every stage: each move of the event from one host to another, as a row."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from facilitate.store.rows.base import Row


class Handover(Row):
    """One move: while it is `given` nobody writes here; `invitation` marks the key that alone can take it."""

    __tablename__ = "handovers"
    id: Mapped[str] = mapped_column(primary_key=True)
    giver: Mapped[str]
    recipient: Mapped[str]
    invitation: Mapped[str] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(index=True)
    given_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    # The SHA-256 of the bundle, known to whoever took it.
    bundle: Mapped[str | None]
    reason: Mapped[str | None]
