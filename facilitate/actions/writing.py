"""Hall: which laptop of a table writes; the draft goes along when it changes hands."""

from __future__ import annotations

from typing import Any

from facilitate.store.capture import table_of
from facilitate.store.rows import Writing
from facilitate.store.writer import Transaction


def hand_over_writing(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Give a table's writing away with the draft, or take it to this laptop, in one step.

    The draft has the id that its point will have: whoever sends it, it is one point.

    Errors: `no-table`.
    """
    table = table_of(tx)
    row = tx.session.get(Writing, table)
    if row is None:
        row = Writing(table_number=table, laptop=None, draft=None, name="", at=tx.now)
        tx.session.add(row)
    takes = data["takes"]
    row.laptop = data["laptop"] if takes else None
    row.giver = None if takes else data["laptop"]
    row.name, row.at = tx.actor.name, tx.now
    if data["draft"] is not None:
        row.draft = data["draft"]
    tx.session.flush()
    action = "writing-taken" if takes else "writing-given"
    tx.record(action, f"writing:{table}", rows=[row], audiences=[f"table:{table}"])
    return {}
