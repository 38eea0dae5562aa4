"""After: records what the autumn conference made of a sealed outcome."""

from __future__ import annotations

from typing import Any

from facilitate.domain.final_vote import check_final_vote
from facilitate.domain.refusal import Refused
from facilitate.domain.wording import nfc
from facilitate.store.named import the_document
from facilitate.store.rows import FinalVote, OutcomeRow
from facilitate.store.writer import Transaction

LONGEST_REASON = 1_000


def record_final_vote(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Write the conference's final vote at the end of every story of a document; a correction needs a reason.

    Shape: data holds document, verdict, held_on (a local date), words (the figures) and reason.
    Errors: `unknown-document`, `not-sealed`, what check_final_vote refuses, `reason-missing`,
    `reason-too-long`.
    """
    document = the_document(tx, data["document"])
    outcome = tx.session.get(OutcomeRow, document.id)
    if outcome is None or outcome.sealed_hash is None:
        raise Refused("not-sealed", "The final vote is recorded once the text is sealed, not before.")
    words, reason = " ".join(nfc(data["words"]).split()), nfc(data.get("reason") or "").strip()
    check_final_vote(data["verdict"], data["held_on"], words)
    row = tx.session.get(FinalVote, (document.id, outcome.version))
    if row is not None and not reason:
        raise Refused("reason-missing", "A final vote stands here. Say why it is corrected.", "reason")
    if len(reason) > LONGEST_REASON:
        raise Refused("reason-too-long", f"A reason has at most {LONGEST_REASON:,} characters.", "reason")
    if row is None:
        row = FinalVote(document_id=document.id, version=outcome.version)
        tx.session.add(row)
    row.verdict, row.held_on, row.words = data["verdict"], data["held_on"], words
    row.recorded_by, row.recorded_at = tx.actor.id, tx.now
    tx.record(
        "final-vote-recorded", f"document:{document.id}", rows=[row], reason=reason or None,
        audiences=[f"commission:{document.commission}"],
    )  # fmt: skip
    return {"document": document.id, "verdict": row.verdict}
