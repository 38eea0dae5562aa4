"""After: who agreed to be invited when work on their point goes on, as rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.store.rows.base import Row


class Invitation(Row):
    """One person's word that they wish to be invited about one point, until they take it back."""

    __tablename__ = "invitations"
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
    agreed_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
