"""After: whoever sent a point in agrees to be invited about it, or takes that back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from facilitate.domain.refusal import Refused
from facilitate.store.rows import Comment, Invitation, Submission
from facilitate.store.writer import Transaction


def agree_to_invitation(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Put a delegate on the list of people to invite about a point of their table or body, or off it.

    Shape: data["point"] is a reference; data["agreed"] false takes the word back.
    Errors: `not-your-point`.
    """
    reference, person = data["point"], tx.actor.person or ""
    if not person or not _is_own(tx, reference):
        raise Refused(
            "not-your-point", "Only who sent a point in is invited about it. Nothing was changed.", "point"
        )
    row = tx.session.get(Invitation, (person, reference))
    stands = row is not None and row.revoked_at is None
    if stands == data["agreed"]:
        return {"agreed": stands}
    if row is None:
        row = Invitation(person_id=person, reference=reference, agreed_at=tx.now)
        tx.session.add(row)
    if data["agreed"]:
        row.agreed_at, row.revoked_at = tx.now, None
    else:
        row.revoked_at = tx.now
    act = "invitation-agreed" if data["agreed"] else "invitation-revoked"
    tx.record(act, f"invitation:{person}/{reference}", rows=[row])
    return {"agreed": data["agreed"]}


def _is_own(tx: Transaction, reference: str) -> bool:
    comment = tx.session.scalar(select(Comment).where(Comment.reference == reference))
    if comment is not None:
        return comment.table_number == tx.actor.table
    sent = tx.session.scalar(select(Submission).where(Submission.reference == reference))
    return sent is not None and tx.actor.delegation is not None and sent.delegation_id == tx.actor.delegation
