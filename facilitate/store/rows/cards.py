"""Hall: the roll of an open card vote, and what each card was cast for, as rows."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.store.rows.base import Row


class CardRow(Row):
    """One delegation's card in one ballot: name and members as frozen at the announcement, then its vote.

    Shape: `choice`, `channel` (device or paper) and `person_id`, who cast or entered it, none until then.
    """

    __tablename__ = "cards"
    ballot_id: Mapped[str] = mapped_column(ForeignKey("ballots.id"), primary_key=True)
    delegation_id: Mapped[str] = mapped_column(ForeignKey("delegations.id"), primary_key=True)
    name: Mapped[str]
    members: Mapped[int]
    choice: Mapped[str | None]
    channel: Mapped[str | None]
    person_id: Mapped[str | None] = mapped_column(ForeignKey("persons.id"))
