"""After: keeps the words that signatories saw, and reads who saw which."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.domain.outcome import PassageOutcome
from facilitate.domain.outcome_checks import passage_hash
from facilitate.domain.since import Look as Looked
from facilitate.store.rows import Document, Look, OutcomeWording
from facilitate.store.writer import Transaction


def keep_words(
    tx: Transaction, document: Document, passages: Iterable[PassageOutcome]
) -> list[OutcomeWording]:
    """Keep the words of passages as they stand; answers with the rows that are new."""
    words = {passage_hash(passage): passage for passage in passages}
    known = set(
        tx.session.scalars(select(OutcomeWording.text_hash).where(OutcomeWording.text_hash.in_(words)))
    )
    rows = [
        OutcomeWording(text_hash=key, document_id=document.id, passage=passage.ref, text=passage.final)
        for key, passage in words.items()
        if key not in known
    ]
    tx.session.add_all(rows)
    return rows


def kept_words(session: Session, hashes: Iterable[str]) -> dict[str, str | None]:
    """The words behind some hashes; one that was never kept is missing."""
    query = select(OutcomeWording.text_hash, OutcomeWording.text)
    found = session.execute(query.where(OutcomeWording.text_hash.in_(set(hashes))))
    return {key: text for key, text in found}  # noqa: C416


def known_words(session: Session, document: Document, hashes: Mapping[str, str]) -> dict[str, str]:
    """Of references with hashes, those whose words were kept for this document."""
    query = select(OutcomeWording.passage, OutcomeWording.text_hash).where(
        OutcomeWording.document_id == document.id, OutcomeWording.text_hash.in_(hashes.values())
    )
    known = {(ref, key) for ref, key in session.execute(query)}
    return {ref: key for ref, key in hashes.items() if (ref, key) in known}


def look_of(session: Session, person: str | None, document: Document) -> Looked | None:
    """When somebody last said that they had read a document."""
    row = session.get(Look, (person, document.id)) if person else None
    return Looked(row.number, row.looked_at, row.passages) if row else None
