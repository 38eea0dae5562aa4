"""Hall: what tellers did on a ballot, each on their own sign-in, as rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.store.rows.base import Row


class TellerAct(Row):
    """One teller's part of a deed that takes two; `done` once the other part is there."""

    __tablename__ = "teller_acts"
    id: Mapped[str] = mapped_column(primary_key=True)
    ballot_id: Mapped[str] = mapped_column(ForeignKey("ballots.id"), index=True)
    version: Mapped[int]
    deed: Mapped[str]
    subject: Mapped[str]
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"))
    reason: Mapped[str]
    done: Mapped[bool]
    at: Mapped[datetime]
