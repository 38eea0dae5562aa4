"""Hall: themes and motions, with the links to what they were made from, as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.store.rows.base import Row


class Theme(Row):
    """A named group of like comments on one passage or document."""

    __tablename__ = "themes"
    id: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"))
    passage_id: Mapped[str | None] = mapped_column(ForeignKey("passages.id"), index=True)
    name: Mapped[str]
    position: Mapped[int]
    minority: Mapped[bool]
    quote: Mapped[str | None] = mapped_column(ForeignKey("comments.id"))
    merged_into: Mapped[str | None] = mapped_column(ForeignKey("themes.id"))
    made_at: Mapped[datetime]


class ThemeComment(Row):
    """One comment's place in a theme; a comment is in one theme at most."""

    __tablename__ = "theme_comments"
    comment_id: Mapped[str] = mapped_column(ForeignKey("comments.id"), primary_key=True)
    theme_id: Mapped[str] = mapped_column(ForeignKey("themes.id"), index=True)


class Motion(Row):
    """A wording put to the room; `base` is the text that its change of wording was written against.

    `stands` are the passages that it accepts as they stand, en bloc or one by itself; `ended_why` says why it
    fell, or what took back what it had decided.
    """

    __tablename__ = "motions"
    id: Mapped[str] = mapped_column(primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"))
    passage_id: Mapped[str | None] = mapped_column(ForeignKey("passages.id"), index=True)
    passage_version: Mapped[int | None]
    effect: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    base: Mapped[str]
    base_hash: Mapped[str | None]
    ops: Mapped[list[Any] | None]
    amends: Mapped[str | None] = mapped_column(ForeignKey("motions.id"))
    contingent_on: Mapped[str | None] = mapped_column(ForeignKey("motions.id"))
    when_carried: Mapped[bool] = mapped_column(default=True)
    rescinds: Mapped[str | None] = mapped_column(ForeignKey("motions.id"))
    stands: Mapped[list[Any] | None]
    state: Mapped[str]
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    put_at: Mapped[datetime | None]
    decided_at: Mapped[datetime | None]
    ended_why: Mapped[str | None]


class MotionSource(Row):
    """What a motion was composited from: a comment, a theme or a submission."""

    __tablename__ = "motion_sources"
    __table_args__ = (CheckConstraint("kind IN ('comment', 'theme', 'submission')", name="known_kind"),)
    motion_id: Mapped[str] = mapped_column(ForeignKey("motions.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    source_id: Mapped[str] = mapped_column(primary_key=True)


class VoteOrder(Row):
    """The order of votes on a document as it was laid before the room.

    `chosen` are its entries as somebody rearranged them, `apart` the passages whose rival texts are put one
    by one, `needed` how many tables or delegations take a passage out of the vote en bloc.
    """

    __tablename__ = "vote_orders"
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    chosen: Mapped[list[Any]]
    en_bloc: Mapped[bool]
    apart: Mapped[list[Any]]
    needed: Mapped[int]
    laid_at: Mapped[datetime]


class PullOutRow(Row):
    """A table or delegation that wants a passage voted on by itself."""

    __tablename__ = "pull_outs"
    passage_id: Mapped[str] = mapped_column(ForeignKey("passages.id"), primary_key=True)
    by: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]
