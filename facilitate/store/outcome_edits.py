"""After: writes down a change of wording since the vote, by staff or by a signatory."""

from __future__ import annotations

from facilitate.domain.outcome import Outcome, PassageOutcome
from facilitate.domain.refusal import Refused
from facilitate.domain.wording import base_hash, nfc
from facilitate.store.rows import Document, OutcomeEdit
from facilitate.store.writer import Transaction

LONGEST_REASON = 1_000


def passage_in(outcome: Outcome, ref: str) -> PassageOutcome:
    """One passage of an outcome.

    Errors: unknown-passage
    """
    for passage in outcome.passages:
        if passage.ref == ref:
            return passage
    raise Refused("unknown-passage", f"There is no passage {ref} in this document.", "passage")


def checked_reason(reason: str | None) -> str:
    """Why something is done, as it will be printed.

    Errors: reason-missing, reason-too-long
    """
    found = nfc(reason or "").strip()
    if not found:
        raise Refused("reason-missing", "Say why. The reason is printed with the change.", "reason")
    if len(found) > LONGEST_REASON:
        raise Refused("reason-too-long", f"A reason has at most {LONGEST_REASON:,} characters.", "reason")
    return found


def new_wording(passage: PassageOutcome, text: str | None) -> str:
    """The words as they shall read; None puts back what was voted.

    Errors: conflict-undecided, no-change
    """
    if passage.state == "undecided":
        raise Refused(
            "conflict-undecided", f"Decide first which carried motion {passage.ref} follows.", "passage"
        )
    words = passage.voted if text is None else nfc(text).replace("\r\n", "\n").strip()
    if words == (passage.final or "") and passage.stale is None:
        raise Refused("no-change", f"This leaves {passage.ref} as it is.", "text")
    return words


def add_edit(
    tx: Transaction, document: Document, passage: PassageOutcome, text: str, reason: str, *, signatory: bool
) -> OutcomeEdit:
    """The change as a row, under the journal number that comes next."""
    edit = OutcomeEdit(
        id=tx.new_id(), number=tx.chain.number + 1, document_id=document.id, passage=passage.ref, text=text,
        reason=reason, base_hash=base_hash(passage.voted), signatory=signatory, made_by=tx.actor.id,
        made_at=tx.now,
    )  # fmt: skip
    tx.session.add(edit)
    return edit
