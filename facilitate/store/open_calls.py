"""Hall: the help calls that are still open when the hall closes: nobody comes any more."""

from __future__ import annotations

from sqlalchemy import select

from facilitate.domain.calls import OPEN_STATES, CallState
from facilitate.store.rows import HelpCall
from facilitate.store.writer import Transaction


def close_open_calls(tx: Transaction) -> None:
    """Close every call that waits or has been seen, so that nothing stays open on the balance sheet."""
    calls = select(HelpCall).where(HelpCall.state.in_(OPEN_STATES)).order_by(HelpCall.called_at)
    for call in tx.session.scalars(calls).all():
        call.state, call.ended_at, call.ended_by = CallState.CLOSED.value, tx.now, tx.actor.id
        tx.record(
            "help-closed", f"call:{call.id}", rows=[call], audiences=[f"table:{call.table_number}+echo"]
        )
