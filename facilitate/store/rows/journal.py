"""Every stage: the numbered, hash-chained record, its erasable payloads and the commands already answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.store.rows.base import Row


class JournalHead(Row):
    """The last number and hash; its row lock gives the numbers of one group commit."""

    __tablename__ = "journal_head"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int]
    hash: Mapped[str]


class JournalEntry(Row):
    """One act; its hash covers everything here but itself."""

    __tablename__ = "journal"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[str]
    actor: Mapped[str]
    action: Mapped[str]
    subject: Mapped[str]
    reason: Mapped[str | None]
    audiences: Mapped[list[Any]]
    payload_hash: Mapped[str]
    previous: Mapped[str]
    hash: Mapped[str]


class JournalPayload(Row):
    """What an act left behind, beside its entry, so that it can be erased and the chain stays whole."""

    __tablename__ = "journal_payloads"
    number: Mapped[int] = mapped_column(ForeignKey("journal.number"), primary_key=True, autoincrement=False)
    salt: Mapped[str | None]
    body: Mapped[str | None]
    erased_by: Mapped[str | None]
    erased_because: Mapped[str | None]


class CommandRow(Row):
    """A command that was carried out, so that asking again gives the first answer again."""

    __tablename__ = "commands"
    id: Mapped[str] = mapped_column(primary_key=True)
    actor: Mapped[str]
    type: Mapped[str]
    body_hash: Mapped[str]
    number: Mapped[int]
    result: Mapped[dict[str, Any]]
    done_at: Mapped[datetime]
