"""Before: files, documents, passages and submissions as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.store.rows.base import Row


class File(Row):
    """The bytes of an original, an export or a seal, under their own hash."""

    __tablename__ = "files"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    body: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    kept_at: Mapped[datetime]


class Document(Row):
    """A policy document, imported once and frozen as version 1."""

    __tablename__ = "documents"
    id: Mapped[str] = mapped_column(primary_key=True)
    prefix: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    commission: Mapped[str]
    position: Mapped[int]
    visibility: Mapped[str] = mapped_column(default="room-only")
    original: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"))
    unread: Mapped[list[Any]]
    corrections: Mapped[list[Any]]
    frozen_at: Mapped[datetime]


class Passage(Row):
    """One numbered part of a document with its permanent reference."""

    __tablename__ = "passages"
    id: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    reference: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int]
    kind: Mapped[str]
    number: Mapped[str]
    heading: Mapped[str]
    text: Mapped[str]
    depth: Mapped[int]
    version: Mapped[int] = mapped_column(default=1)
    text_hash: Mapped[str]


class Submission(Row):
    """A text sent in before the event by a body or a person; `about` is what it is about in their words."""

    __tablename__ = "submissions"
    id: Mapped[str] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(unique=True)
    title: Mapped[str]
    text: Mapped[str]
    body: Mapped[str]
    delegation_id: Mapped[str | None] = mapped_column(ForeignKey("delegations.id"))
    passages: Mapped[list[Any]]
    about: Mapped[str] = mapped_column(default="")
    agreed_by: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=1)
    received_at: Mapped[datetime]
    read_at: Mapped[datetime | None]
    disposition: Mapped[str | None]
    reason: Mapped[str | None]
    note: Mapped[str | None]
    ended_by: Mapped[str | None]
    ended_at: Mapped[datetime | None]


class SubmissionRevision(Row):
    """One wording of a submission that came by the form for bodies; number 1 is how it was first sent."""

    __tablename__ = "submission_revisions"
    __table_args__ = (UniqueConstraint("submission_id", "number"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"), index=True)
    number: Mapped[int]
    title: Mapped[str]
    text: Mapped[str]
    about: Mapped[str]
    agreed_by: Mapped[str]
    sent_by: Mapped[str | None] = mapped_column(ForeignKey("persons.id"))
    sent_at: Mapped[datetime]
