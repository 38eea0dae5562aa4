"""Every stage: signs a device in with its code and out again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from facilitate.domain.codes import code_hash, tidy_code
from facilitate.domain.people import Actor
from facilitate.domain.refusal import Refused
from facilitate.store.rows import Credential, SessionRow
from facilitate.store.writer import Transaction


def sign_in(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Begin a session for whoever holds a code.

    Shape: data holds the typed code and the hash of the session's token.
    Errors: `unknown-code`.
    """
    typed = tidy_code(data["code"])
    credential = tx.session.scalar(
        select(Credential).where(
            Credential.code_hash == code_hash(tx.key, typed), Credential.revoked_at.is_(None)
        )
    )
    if credential is None:
        raise Refused(
            "unknown-code",
            "This code is not known here. Look at your badge again, or ask at the desk.",
            "code",
        )
    tx.session.add(
        SessionRow(
            token_hash=data["token_hash"], credential_id=credential.id, person_id=credential.person_id,
            device_id=credential.device_id, began_at=tx.now,
        )
    )  # fmt: skip
    holder = f"person:{credential.person_id}" if credential.person_id else f"device:{credential.device_id}"
    tx.actor = Actor(person=credential.person_id, device=credential.device_id)
    tx.record("signed-in", holder)
    return {"holder": holder}


def sign_out(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """End a session."""
    tx.session.execute(
        update(SessionRow).where(SessionRow.token_hash == data["token_hash"]).values(ended_at=tx.now)
    )
    tx.record("signed-out", tx.actor.id)
    return {}
