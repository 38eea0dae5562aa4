"""Hall: what delegates tell the tellers in confidence, as rows; the journal keeps none of their words."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.store.rows.base import Row


class Confidence(Row):
    """One message to the tellers; without a person where the delegate gave no name."""

    __tablename__ = "confidences"
    id: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[str | None] = mapped_column(ForeignKey("persons.id"))
    ballot_number: Mapped[int | None]
    text: Mapped[str]
    sent_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    note: Mapped[str | None]
