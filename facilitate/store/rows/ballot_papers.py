"""Hall: stamps that wait for papers, and what tellers enter of each paper, as rows."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.store.rows.base import Row


class PaperStamp(Row):
    """One stamp fetched for whoever took a paper, under its own key: any paper of the group may get it.

    Shape: `secret` is the key's private half, gone once it has signed; `paper` what is cast, "" until then.
    """

    __tablename__ = "paper_stamps"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    ballot_id: Mapped[str] = mapped_column(ForeignKey("ballots.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(primary_key=True)
    group: Mapped[int]
    secret: Mapped[str]
    prefix: Mapped[str]
    stamp: Mapped[str]
    paper: Mapped[str]


class PaperEntry(Row):
    """What one teller read on one numbered paper; the reading is gone once two have read the same."""

    __tablename__ = "paper_entries"
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012
    ballot_id: Mapped[str] = mapped_column(ForeignKey("ballots.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    group: Mapped[int]
    reading: Mapped[str]
    agreed: Mapped[bool]
    spoilt: Mapped[bool]
