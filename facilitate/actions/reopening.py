"""After: opens a sealed text again as a new version, which has signatures of its own."""

from __future__ import annotations

from typing import Any

from facilitate.domain.refusal import Refused
from facilitate.domain.wording import nfc
from facilitate.store.named import the_document
from facilitate.store.outcome_edits import checked_reason
from facilitate.store.rows import OutcomeRow, SealedVersion
from facilitate.store.writer import Transaction

LONGEST = 400


def reopen_outcome(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Begin the next version from the sealed words; what was sealed stays as it is, for good.

    Shape: data["decided_by"] says on whose decision, data["reason"] why.
    Errors: `unknown-document`, `not-sealed`, `decision-missing`, `reason-missing`, `reason-too-long`.
    """
    document = the_document(tx, data["document"])
    row = tx.session.get(OutcomeRow, document.id)
    if row is None or row.sealed_hash is None:
        raise Refused("not-sealed", "This text is not sealed, so it can be changed without being reopened.")
    decided_by = nfc(data.get("decided_by") or "").strip()[:LONGEST]
    if not decided_by:
        raise Refused("decision-missing", "Say on whose decision the text is reopened.", "decided_by")
    reason = checked_reason(data.get("reason"))
    sealed = tx.session.get_one(SealedVersion, (document.id, row.version))
    sealed.reopened_at, sealed.reopened_by = tx.now, tx.actor.id
    sealed.decided_by, sealed.reason = decided_by, reason
    row.version += 1
    row.offered = row.offered_at = row.answer = row.sign_by = row.sealed_hash = row.sealed_at = None
    tx.record(
        "outcome-reopened", f"document:{document.id}", rows=[row, sealed], reason=reason,
        audiences=[f"commission:{document.commission}", "delegates", "themes"],
    )  # fmt: skip
    return {"version": row.version}
