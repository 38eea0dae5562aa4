"""Hall: adds kiosks, and lets one delegate after another vote at each."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select

from facilitate.domain.codes import code_hash, tidy_code
from facilitate.domain.people import Role
from facilitate.domain.refusal import Refused
from facilitate.store.holders import add_holders, new_device, without_credentials
from facilitate.store.rows import Credential, Device, GrantRow, SessionRow
from facilitate.store.writer import Transaction


def add_kiosk(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Add a kiosk: a device that signs in for itself, where delegates without one of their own vote.

    Errors: `kiosk-taken`.
    """
    label = data["label"].strip()
    if not label or tx.session.scalar(select(Device.id).where(Device.label == label)):
        raise Refused("kiosk-taken", "Give the kiosk a name that no other device has.", "label")
    made = new_device(tx, "kiosk", label, Role.KIOSK)
    add_holders(tx, made)
    device = made[0]
    assert isinstance(device, Device)
    tx.record("kiosk-added", f"kiosk:{device.id}", rows=without_credentials(made))
    return {"kiosk": device.id}


def begin_visit(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Let a delegate vote at this kiosk, by the code of their badge; whoever was there before is signed out.

    The journal says that the kiosk was used, and not by whom.

    Shape: data holds the typed code and the hash of the visit's token.
    Errors: `unknown-code`, `no-vote`.
    """
    typed = code_hash(tx.key, tidy_code(data["code"]))
    known = select(Credential).where(Credential.code_hash == typed, Credential.revoked_at.is_(None))
    credential = tx.session.scalar(known)
    if credential is None:
        raise Refused("unknown-code", "This code is not known here. Check it letter by letter, or ask the "
                      "teller beside the kiosk.", "code")
    person = credential.person_id
    voter = select(GrantRow.id).where(GrantRow.person_id == person, GrantRow.role == Role.DELEGATE.value)
    if person is None or tx.session.scalar(voter) is None:
        raise Refused("no-vote", "This badge has no vote. The clerk can tell you why.", "code")
    _free(tx)
    tx.session.add(
        SessionRow(
            token_hash=data["token_hash"], credential_id=credential.id, person_id=person,
            device_id=tx.actor.device, began_at=tx.now,
        )
    )  # fmt: skip
    tx.record("kiosk-taken", f"kiosk:{tx.actor.device}")
    return {}


def end_visit(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Sign out whoever votes at this kiosk."""
    _free(tx)
    return {}


def _free(tx: Transaction) -> None:
    """Forget that anybody was here: a visit leaves no row behind."""
    here = (SessionRow.device_id == tx.actor.device, SessionRow.person_id.is_not(None))
    gone = tx.session.execute(delete(SessionRow).where(*here).returning(SessionRow.token_hash)).all()
    if gone:
        tx.record("kiosk-freed", f"kiosk:{tx.actor.device}")
