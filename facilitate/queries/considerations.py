"""Before: what commissions answered to points on drafts, in words, for the drafts' pages and for stories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.domain.considerations import considered_sentence
from facilitate.domain.people import Role
from facilitate.queries.view import View
from facilitate.store.considerations import considered
from facilitate.store.drafts import versions_of
from facilitate.store.rows import CirculatedDraft, Consideration, Document, GrantRow, Passage


@dataclass(frozen=True)
class Answer:
    """One answer of a commission; `now` is how the passage reads in which the point was taken up."""

    commission: str
    sentence: str
    answer: str
    reason: str
    where: str
    now: str
    recorded_at: datetime


def answers_in_words(
    view: View, versions: Sequence[CirculatedDraft], rows: Sequence[Consideration]
) -> tuple[Answer, ...]:
    """What was answered to one point, the first answer first."""
    return tuple(_answer(view, versions, row) for row in rows)


def _answer(view: View, versions: Sequence[CirculatedDraft], row: Consideration) -> Answer:
    where, now = _where(view, versions, row)
    sentence = considered_sentence(considered(row), row.commission, where)
    return Answer(row.commission, sentence, row.answer, row.reason or "", where, now, row.recorded_at)


def _where(view: View, versions: Sequence[CirculatedDraft], row: Consideration) -> tuple[str, str]:
    """The version and passage in which a point was taken up, and how that passage reads."""
    if row.version is None:
        return "", ""
    at = f", {row.passage}" if row.passage else ""
    if row.version <= len(versions):
        there = versions[row.version - 1].passages
        words = next(p["heading"] or p["text"] for p in there if p["ref"] == row.passage)
        return f"version {row.version}{at}", words
    document = versions[-1].document_id
    if document is None:
        return f"version {row.version} (still to come){at}", ""
    frozen = select(Passage).where(Passage.document_id == document, Passage.reference == row.passage)
    found = view.session.scalar(frozen)
    return f"the text that was frozen{at}", (found.heading or found.text) if found else ""


def versions_by_prefix(view: View, prefix: str) -> list[CirculatedDraft]:
    """The versions of one draft, read once for all its points."""
    key = ("draft-versions", prefix)
    if key not in view.cache:
        view.cache[key] = versions_of(view.session, prefix)
    found: list[CirculatedDraft] = view.cache[key]
    return found


def commissions_there(session: Session) -> list[str]:
    """Every commission that has a signatory, a document or a draft, in their order."""
    scoped = select(GrantRow.scope).where(
        GrantRow.role == Role.SIGNATORY.value, GrantRow.scope_kind == "commission"
    )
    found = {name for query in (scoped, select(Document.commission), select(CirculatedDraft.commission))
             for name in session.scalars(query) if name}  # fmt: skip
    return sorted(found, key=str.casefold)
