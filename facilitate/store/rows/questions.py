"""Hall: questions that resource persons have taken up, and which comments ask them, as rows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from facilitate.store.rows.base import Row


class Question(Row):
    """One question with everybody who asks it; it is made when a resource person first takes it up.

    Until then a comment of the kind question stands for itself, under its own id, which this row takes over.
    `answer` is what is being written, `published` what the tables have read.
    """

    __tablename__ = "questions"
    id: Mapped[str] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"))
    text: Mapped[str | None]
    claimed_by: Mapped[str | None]
    claimed_at: Mapped[datetime | None]
    answer: Mapped[str | None]
    published: Mapped[str | None]
    published_at: Mapped[datetime | None]
    shown_at: Mapped[datetime | None]
    merged_into: Mapped[str | None] = mapped_column(ForeignKey("questions.id"))
    made_at: Mapped[datetime]


class QuestionComment(Row):
    """One comment that asks a question; a comment asks one question at most."""

    __tablename__ = "question_comments"
    comment_id: Mapped[str] = mapped_column(ForeignKey("comments.id"), primary_key=True)
    question_id: Mapped[str] = mapped_column(ForeignKey("questions.id"), index=True)
