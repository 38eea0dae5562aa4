"""After: the outcome of a document, the clerk's decisions, staff's edits and the signatures, as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.store.rows.base import Row


class OutcomeRow(Row):
    """Where the outcome of one document is: compiled, offered for signing, sealed; and in which version."""

    __tablename__ = "outcomes"
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    version: Mapped[int]
    rule: Mapped[str]
    officers: Mapped[list[Any]]
    rule_reason: Mapped[str | None]
    compiled_at: Mapped[datetime]
    text_hash: Mapped[str]
    offered: Mapped[int | None]
    offered_at: Mapped[datetime | None]
    answer: Mapped[str | None]
    sign_by: Mapped[datetime | None]
    sealed_hash: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"))
    sealed_at: Mapped[datetime | None]


class SealedVersion(Row):
    """One version of an outcome that was sealed, and why it was reopened, if it was.

    `record_hash` is the full record as it was at the sealing, from which every edition is printed.
    """

    __tablename__ = "sealed_versions"
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    sealed_hash: Mapped[str] = mapped_column(ForeignKey("files.sha256"))
    record_hash: Mapped[str] = mapped_column(ForeignKey("files.sha256"))
    sealed_at: Mapped[datetime]
    reopened_at: Mapped[datetime | None]
    reopened_by: Mapped[str | None]
    decided_by: Mapped[str | None]
    reason: Mapped[str | None]


class OutcomeDecision(Row):
    """A clerk's decision between carried motions that collide; `number` is its place in the journal."""

    __tablename__ = "outcome_decisions"
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    passage: Mapped[str]
    text: Mapped[str | None]
    reason: Mapped[str]
    between: Mapped[list[Any]]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    rescinded_at: Mapped[datetime | None]


class OutcomeEdit(Row):
    """A wording changed after the vote by staff or a signatory; `number` is its place in the journal."""

    __tablename__ = "outcome_edits"
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    passage: Mapped[str]
    text: Mapped[str]
    reason: Mapped[str]
    base_hash: Mapped[str]
    signatory: Mapped[bool]
    made_by: Mapped[str]
    made_at: Mapped[datetime]


class FinalVote(Row):
    """What the autumn conference made of a sealed outcome; `held_on` is a local date, ISO 8601."""

    __tablename__ = "final_votes"
    __table_args__ = (
        CheckConstraint("verdict IN ('carried', 'lost', 'referred-back')", name="known_verdict"),
    )
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    version: Mapped[int] = mapped_column(primary_key=True)
    verdict: Mapped[str]
    held_on: Mapped[str]
    words: Mapped[str]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]


class Signing(Row):
    """One act of one signatory on one passage; `number` is its place in the journal.

    `addressee_id` is the person, the commission or the delegation to whom a passage was returned.
    """

    __tablename__ = "signings"
    __table_args__ = (
        CheckConstraint("act IN ('accept', 'edit', 'dissent', 'return')", name="known_act"),
        Index("ix_signings_document_passage", "document_id", "passage"),
    )
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int]
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"))
    version: Mapped[int]
    passage: Mapped[str]
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    act: Mapped[str]
    note: Mapped[str]
    addressee: Mapped[str]
    addressee_kind: Mapped[str]
    addressee_id: Mapped[str]
    text_hash: Mapped[str]
    signed_at: Mapped[datetime]
    answer: Mapped[str | None]
    answered_by: Mapped[str | None]
    answered_at: Mapped[datetime | None]


class OutcomeWording(Row):
    """Words of one passage that somebody has seen or signed, or that were offered; None where it is deleted.

    `text_hash` is what a signature stands for: it covers the passage's reference too.
    """

    __tablename__ = "outcome_wordings"
    text_hash: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    passage: Mapped[str]
    text: Mapped[str | None]


class Look(Row):
    """That a signatory has read a document, with the words of each passage by their hashes.

    `number` is the end of the journal as they saw it.
    """

    __tablename__ = "looks"
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    number: Mapped[int]
    looked_at: Mapped[datetime]
    passages: Mapped[dict[str, Any]]


class Offering(Row):
    """One offering of a text for signing, with the words offered by their hashes.

    `answer` is what was said to passages that had been returned.
    """

    __tablename__ = "outcome_offerings"
    number: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), index=True)
    passages: Mapped[dict[str, Any]]
    answer: Mapped[str | None]
    offered_by: Mapped[str]
    offered_at: Mapped[datetime]
