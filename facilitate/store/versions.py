"""After: which version of an outcome is being signed, and which were sealed before it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.store.rows import Document, OutcomeRow, SealedVersion


def earlier_versions(session: Session, document: Document) -> tuple[int, list[tuple[int, datetime, str]]]:
    """The present version, and those before it as (version, sealed at, hash of the sealed text)."""
    row = session.get(OutcomeRow, document.id)
    version = row.version if row else 1
    query = select(SealedVersion.version, SealedVersion.sealed_at, SealedVersion.sealed_hash).where(
        SealedVersion.document_id == document.id, SealedVersion.version < version
    )
    return version, [(n, at, sha) for n, at, sha in session.execute(query.order_by(SealedVersion.version))]
