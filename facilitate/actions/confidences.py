"""Hall: a delegate tells the tellers something in confidence, such as that somebody puts pressure on them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from facilitate.domain.ballots import BallotState
from facilitate.domain.refusal import Refused
from facilitate.domain.wording import nfc
from facilitate.store.rows import Ballot, Confidence
from facilitate.store.writer import Transaction

# Told to nobody else: not to the desk, not to the chair.
_TELLERS = ["tellers"]
_UP = (BallotState.ANNOUNCED, BallotState.OPEN, BallotState.CLOSED, BallotState.PROVISIONAL)


def write_to_tellers(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Hand a message to the tellers alone, with the delegate's name only where they wish it.

    The journal notes that there was one, and neither its words nor whose it is.

    Errors: `text-missing`.
    """
    text = nfc(data["text"]).strip()
    if not text:
        raise Refused("text-missing", "Write what the tellers should know.", "text")
    if tx.session.get(Confidence, data["item"]) is None:
        up = select(Ballot.number).where(Ballot.state.in_(_UP)).order_by(Ballot.number.desc())
        tx.session.add(
            Confidence(
                id=data["item"], person_id=tx.actor.person if data["named"] else None, text=text,
                ballot_number=tx.session.scalars(up).first(), sent_at=tx.now,
            )
        )  # fmt: skip
        tx.as_nobody("tellers-told", f"confidence:{data['item']}", audiences=_TELLERS)
    return {}


def end_confidence(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Say what a teller did about a message; it stays where it is.

    Errors: `unknown-confidence`, `note-missing`.
    """
    found = tx.session.get(Confidence, data["confidence"])
    if found is None:
        raise Refused("unknown-confidence", "There is no such message.", "confidence")
    note = nfc(data["note"]).strip()
    if not note:
        raise Refused("note-missing", "Say in a few words what you did about it.", "note")
    found.note, found.ended_at = note, tx.now
    tx.record("confidence-ended", f"confidence:{found.id}", audiences=_TELLERS)
    return {}
