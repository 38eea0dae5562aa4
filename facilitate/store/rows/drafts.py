"""Before: drafts that circulate in the NPF, what members say of them and commissions answer, as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.store.rows.base import Row


class CirculatedDraft(Row):
    """One version of a document before it is frozen; `opens` and `until` are times on the event's clocks."""

    __tablename__ = "circulated_drafts"
    __table_args__ = (UniqueConstraint("prefix", "version"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    prefix: Mapped[str]
    title: Mapped[str]
    commission: Mapped[str]
    version: Mapped[int]
    passages: Mapped[list[Any]]
    text_hash: Mapped[str]
    opens: Mapped[str | None]
    until: Mapped[str | None]
    circulated_by: Mapped[str]
    circulated_at: Mapped[datetime]
    document_id: Mapped[str | None] = mapped_column(ForeignKey("documents.id"))
    # Why it was frozen while points on it had no answer.
    unanswered: Mapped[str | None]


class DraftPoint(Row):
    """What a submission says of a draft, and of which version; `passage` is "" for the draft as a whole."""

    __tablename__ = "draft_points"
    submission_id: Mapped[str] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    draft_id: Mapped[str] = mapped_column(ForeignKey("circulated_drafts.id"), index=True)
    person_id: Mapped[str] = mapped_column(ForeignKey("persons.id"), index=True)
    passage: Mapped[str]
    says: Mapped[str]
    wording: Mapped[str]
    # The passage of the frozen document to which it was tied first.
    landed: Mapped[str | None]


class Consideration(Row):
    """What a commission answered to a point; the last number is its last word, `version` one of the draft."""

    __tablename__ = "considerations"
    __table_args__ = (UniqueConstraint("submission_id", "number"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    submission_id: Mapped[str] = mapped_column(ForeignKey("draft_points.submission_id"), index=True)
    number: Mapped[int]
    commission: Mapped[str]
    fate: Mapped[str]
    considered_on: Mapped[str]
    meeting: Mapped[str]
    answer: Mapped[str]
    reason: Mapped[str | None]
    version: Mapped[int | None]
    passage: Mapped[str]
    referred_to: Mapped[str]
    recorded_by: Mapped[str]
    recorded_at: Mapped[datetime]
