"""Hall: a table calls for help, somebody is on the way, and the call is closed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from facilitate.domain import calls as rules
from facilitate.domain.calls import OPEN_STATES, CallState
from facilitate.domain.people import own_table
from facilitate.domain.refusal import Refused
from facilitate.store.rows import Event, HelpCall, Person, TableRow, plain
from facilitate.store.writer import Transaction


def call_help(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Call for help at a table; while a call is open, a second one adds to it and it waits anew.

    Like a comment it is never refused for its age: a call that arrives late says when it was made.

    Errors: `no-table`, `words-too-long`.
    """
    table = _table_of(tx)
    words = rules.check_words(data["words"])
    calls = list(tx.session.scalars(select(HelpCall).where(HelpCall.table_number == table)))
    known = next((call for call in calls if _holds(call, data["item"])), None)
    if known is not None:
        return {"call": known.id, "state": known.state}
    cry = _cry(tx, data, words)
    call = next((call for call in calls if call.state in OPEN_STATES), None)
    if call is None:
        call = HelpCall(
            id=data["item"], table_number=table, state=CallState.WAITING.value, cries=[cry],
            called_at=tx.now, waits_since=tx.now,
        )  # fmt: skip
        tx.session.add(call)
        _tell(tx, "help-called", call)
    else:
        # What is added is new to whoever is on the way.
        call.state, call.cries = CallState.WAITING.value, [*call.cries, cry]
        call.waits_since, call.seen_at, call.seen_by = tx.now, None, None
        _tell(tx, "help-called-again", call)
    return {"call": call.id, "state": call.state}


def _table_of(tx: Transaction) -> int:
    table = own_table(tx.actor)
    if table is None:
        raise Refused("no-table", "This device does not belong to a table. Ask somebody in person.")
    return table


def _holds(call: HelpCall, item: str) -> bool:
    return any(cry["item"] == item for cry in call.cries)


def _cry(tx: Transaction, data: dict[str, Any], words: str) -> dict[str, Any]:
    settings = tx.session.get_one(Event, "event").settings
    reason = data["reason"].strip() or rules.SOMETHING_ELSE
    private = rules.is_private(reason, settings["help_reasons"], settings["help_private_reasons"])
    return {
        "item": data["item"], "reason": reason, "words": words, "private": private, "said": data["at"],
        "arrived": plain(tx.now), "late": rules.is_late(data["at"], tx.now), "back": False,
    }  # fmt: skip


def take_back_help(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Take a table's own cries back; with the last of them the call is taken back.

    A call that was closed meanwhile stays closed.

    Errors: `unknown-call`, `no-table`.
    """
    table, items = _table_of(tx), set(data["items"])
    own = list(tx.session.scalars(select(HelpCall).where(HelpCall.table_number == table)))
    held = [call for call in own if any(_holds(call, item) for item in items)]
    if not held:
        raise Refused("unknown-call", "The centre does not know this call of your table.", "items")
    for call in held:
        cries = rules.still_cried(call.cries, items)
        if call.state not in OPEN_STATES or cries == call.cries:
            continue
        call.cries = cries
        if all(cry["back"] for cry in cries):
            call.state, call.ended_at, call.ended_by = CallState.TAKEN_BACK.value, tx.now, tx.actor.id
        _tell(tx, "help-taken-back", call)
    return {"state": held[-1].state}


def acknowledge_help(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Say that one has seen a call and is on the way.

    Errors: `unknown-call`, `not-your-block`, `call-ended`, `already-seen`.
    """
    call = _the_call(tx, data)
    seen_by = tx.session.get(Person, (call.seen_by or "").removeprefix("person:"))
    name = seen_by.name if seen_by else "Somebody"
    state = rules.acknowledge(CallState(call.state), call.seen_by, tx.actor.id, name)
    if call.state == state:
        return {"state": call.state}
    call.state, call.seen_at, call.seen_by = state.value, tx.now, tx.actor.id
    _tell(tx, "help-acknowledged", call)
    return {"state": call.state}


def close_help(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Close a call: the table has been helped.

    Errors: `unknown-call`, `not-your-block`, `call-ended`.
    """
    call = _the_call(tx, data)
    call.state = rules.close(CallState(call.state)).value
    call.ended_at, call.ended_by = tx.now, tx.actor.id
    _tell(tx, "help-closed", call)
    return {"state": call.state}


def _the_call(tx: Transaction, data: dict[str, Any]) -> HelpCall:
    call = tx.session.get(HelpCall, data["call"])
    if call is None:
        raise Refused("unknown-call", "There is no such call.", "call")
    rules.check_block(tx.actor, tx.session.get_one(TableRow, call.table_number).block)
    return call


def _tell(tx: Transaction, action: str, call: HelpCall) -> None:
    # Blocks hear of everything that is theirs; at the table the laptop alone does, never the phones.
    tx.record(action, f"call:{call.id}", rows=[call], audiences=[f"table:{call.table_number}+echo"])
