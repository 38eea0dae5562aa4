"""After: the versions of an outcome that were sealed; whoever is signed in reads them, superseded or not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from facilitate.domain.final_vote import FinalVerdict, final_sentence
from facilitate.domain.people import Actor
from facilitate.queries.view import View
from facilitate.store.rows import Document, File, FinalVote, OutcomeRow, SealedVersion


@dataclass(frozen=True)
class Sealed:
    """One sealed version.

    Shape: `decided_by` and `reason` say why it was reopened, "" while it stands; `final` tells the
    conference's vote on it, "" before that.
    """

    document: str
    title: str
    version: int
    sealed_at: datetime
    hash: str
    record: str
    reopened_at: datetime | None
    decided_by: str
    reason: str
    final: str

    @property
    def superseded_by(self) -> int | None:
        """The version that began from this one."""
        return None if self.reopened_at is None else self.version + 1


def sealed_versions(view: View, document: Document) -> list[Sealed]:
    """Every version that was ever sealed, the first one first."""
    query = select(SealedVersion).where(SealedVersion.document_id == document.id)
    return [
        Sealed(
            document.prefix, document.title, row.version, row.sealed_at, row.sealed_hash, row.record_hash,
            row.reopened_at, row.decided_by or "", row.reason or "", _final(view, document, row.version),
        )
        for row in view.session.scalars(query.order_by(SealedVersion.version))
    ]  # fmt: skip


def _final(view: View, document: Document, version: int) -> str:
    row = view.session.get(FinalVote, (document.id, version))
    return final_sentence(FinalVerdict(row.verdict), row.held_on, row.words) if row else ""


def read_versions(view: View, actor: Actor, prefix: str) -> list[Sealed]:
    """The sealed versions of one document: for every person who is signed in, never for a device."""
    document = view.session.scalar(select(Document).where(Document.prefix == prefix.upper()))
    return sealed_versions(view, document) if document and actor.person else []


def reopened(view: View, actor: Actor, known: set[str]) -> list[Sealed]:
    """The last sealed version of each document whose next one this person may not read yet.

    Shape: `known` are the prefixes of the outcomes that they read anyway.
    """
    query = select(Document).join(OutcomeRow, OutcomeRow.document_id == Document.id)
    documents = view.session.scalars(query.where(OutcomeRow.version > 1).order_by(Document.position))
    found = [sealed_versions(view, d) for d in documents if d.prefix not in known and actor.person]
    return [versions[-1] for versions in found if versions]


def kept_file(view: View, sha: str) -> bytes:
    """A file as it was kept at the sealing."""
    return view.session.get_one(File, sha).body


def record_of(view: View, sealed: Sealed) -> dict[str, Any]:
    """The full record as it was when this version was sealed, marked if another has followed."""
    found: dict[str, Any] = json.loads(kept_file(view, sealed.record))
    if sealed.superseded_by:
        found["status"] = f"Superseded by version {sealed.superseded_by}. {found['status']}"
    return found
