"""Every stage: the event leaves this host, comes to it, or is taken back where its bundle was lost."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from facilitate.domain.ballots import BallotState, Trust
from facilitate.domain.handover import HandoverState, Invitation
from facilitate.domain.refusal import Refused
from facilitate.store.handovers import gone_from
from facilitate.store.rows import Ballot, Handover
from facilitate.store.writer import Transaction

# Everybody sees of the event whether it is here.
_ROOM = ("delegates", "themes")


def hand_over(tx: Transaction, invitation: Invitation, giver: str) -> dict[str, Any]:
    """Hand the event over: from here on nothing is written on this host.

    A bundle for the same invitation may be asked for again, and the journal says nothing twice.
    Errors: `handed-over` to another machine already, `ballot-open`, `invitation-used`.
    """
    gone = gone_from(tx.session)
    before = tx.session.scalar(select(Handover).where(Handover.invitation == invitation.mark))
    if gone is not None:
        if before is None or before.id != gone.id:
            raise gone.refusal
        return {"handover": before.id, "again": True}
    if before is not None:
        raise Refused(
            "invitation-used",
            f"This invitation of {invitation.name} was used before. Let it make another: each is for one "
            "move. Nothing was changed.",
        )
    _check_at_rest(tx)
    row = Handover(
        id=tx.new_id(), giver=giver, recipient=invitation.name, invitation=invitation.mark,
        state=HandoverState.GIVEN.value, given_at=tx.now, ended_at=None, bundle=None, reason=None,
    )  # fmt: skip
    tx.session.add(row)
    _tell(tx, "event-handed-over", row)
    return {"handover": row.id, "again": False}


def _check_at_rest(tx: Transaction) -> None:
    """A ballot lives in the hub's memory, its keys and its box: none may be between two ends."""
    running = tx.session.scalars(
        select(Ballot.number)
        .where(
            Ballot.state.in_([BallotState.ANNOUNCED.value, BallotState.OPEN.value])
            # Its papers are in the box, and its board has not come.
            | ((Ballot.state == BallotState.CLOSED.value) & (Ballot.trust == Trust.STAMPED.value))
        )
        .order_by(Ballot.number)
    ).all()
    if running:
        which = ", ".join(map(str, running))
        raise Refused(
            "ballot-open",
            f"Ballot {which} is announced or open, or its papers are still in the ballot box. Close it and "
            "wait for its result, or recall it. The event was not handed over.",
        )


def note_taken(tx: Transaction, handover: str, bundle: str) -> dict[str, Any]:
    """Write into the journal that came that the event goes on here.

    Shape: `bundle` is the hash of the file that it came in.
    """
    row = tx.session.get_one(Handover, handover)
    row.state, row.ended_at, row.bundle = HandoverState.TAKEN.value, tx.now, bundle
    _tell(tx, "event-taken-over", row)
    return {"handover": row.id}


def take_back(tx: Transaction, reason: str) -> dict[str, Any]:
    """Let the event go on here, because its bundle was lost before anybody took it.

    Errors: `not-handed-over`, `reason-missing`.
    """
    gone = gone_from(tx.session)
    if gone is None:
        raise Refused("not-handed-over", "The event is here: there is nothing to take back.")
    if not reason.strip():
        raise Refused("reason-missing", "Say for the record why it is taken back.", "reason")
    row = tx.session.get_one(Handover, gone.id)
    row.state, row.ended_at, row.reason = HandoverState.TAKEN_BACK.value, tx.now, reason.strip()
    _tell(tx, "event-taken-back", row, reason.strip())
    return {"handover": row.id, "recipient": row.recipient}


def _tell(tx: Transaction, action: str, row: Handover, reason: str | None = None) -> None:
    tx.record(
        action, f"handover:{row.id}", rows=[row], touches=["event:event"], audiences=_ROOM, reason=reason
    )
