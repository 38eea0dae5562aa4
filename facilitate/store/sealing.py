"""After: freezes a text once every signature that its rule asks for is there."""

from __future__ import annotations

import hashlib

from facilitate.domain.outcome import Outcome
from facilitate.domain.outcome_checks import sealed_text
from facilitate.store.rows import Document, File, OutcomeRow
from facilitate.store.writer import Transaction


def seal(tx: Transaction, document: Document, outcome: Outcome) -> None:
    """Freeze the text under its own hash; from here on nothing in it can be changed."""
    body = sealed_text(outcome)
    sha = kept_file(tx, f"{document.prefix}-sealed.json", body)
    row = tx.session.get_one(OutcomeRow, document.id)
    row.sealed_hash, row.sealed_at, row.text_hash = sha, tx.now, sha
    document.visibility = "delegates"
    tx.record(
        "outcome-sealed", f"document:{document.id}", rows=[row, document],
        audiences=[f"commission:{document.commission}", "delegates", "themes"],
    )  # fmt: skip


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
