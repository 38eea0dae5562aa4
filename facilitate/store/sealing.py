"""After: freezes a text once every signature that its rule asks for is there."""

from __future__ import annotations

import hashlib
import json

from facilitate.domain.outcome import Outcome, compile_outcome
from facilitate.domain.outcome_checks import sealed_text
from facilitate.formats.outcome_json import Facts, outcome_data
from facilitate.formats.outcome_status import EARLIER, sealed_sentence
from facilitate.formats.outcome_words import when
from facilitate.store.outcomes import load_record
from facilitate.store.rows import Document, Event, File, OutcomeRow, SealedVersion
from facilitate.store.versions import earlier_versions
from facilitate.store.writer import Transaction


def seal(tx: Transaction, document: Document) -> None:
    """Freeze the text under its own hash and its whole record beside it; nothing in them changes any more."""
    tx.session.flush()
    outcome = compile_outcome(load_record(tx.session, document))
    row = tx.session.get_one(OutcomeRow, document.id)
    named = f"{document.prefix}-version-{row.version}"
    sha = kept_file(tx, f"{named}-sealed.json", sealed_text(outcome))
    record = kept_file(tx, f"{named}.json", _record(tx, document, outcome, sha))
    row.sealed_hash, row.sealed_at, row.text_hash = sha, tx.now, sha
    sealed = SealedVersion(
        document_id=document.id, version=row.version, sealed_hash=sha, record_hash=record, sealed_at=tx.now
    )
    tx.session.add(sealed)
    document.visibility = "delegates"
    tx.record(
        "outcome-sealed", f"document:{document.id}", rows=[row, sealed, document],
        audiences=[f"commission:{document.commission}", "delegates", "themes"],
    )  # fmt: skip


def _record(tx: Transaction, document: Document, outcome: Outcome, sha: str) -> bytes:
    """The full record as it is at this moment; it covers the journal up to the last signature."""
    event = tx.session.get_one(Event, "event")
    version, earlier = earlier_versions(tx.session, document)
    status = sealed_sentence(version, when(tx.now, event.zone))
    before = [EARLIER.format(version=n, at=when(at, event.zone), hash=x) for n, at, x in earlier]
    facts = Facts(
        event.name, event.zone, tx.chain.number, tx.now, tx.chain.head, " ".join([status, *before]), sha,
        event.rehearsal, version=version, earlier=tuple(before),
    )  # fmt: skip
    return json.dumps(outcome_data(outcome, facts), ensure_ascii=False).encode()


def kept_file(tx: Transaction, name: str, body: bytes) -> str:
    """Keep a JSON file under its own hash, once however often it comes."""
    sha = hashlib.sha256(body).hexdigest()
    if tx.session.get(File, sha) is None:
        tx.session.add(
            File(
                sha256=sha, name=name, media_type="application/json", size=len(body), body=body,
                kept_at=tx.now,
            )
        )  # fmt: skip
        tx.session.flush()
    return sha
