"""Hall: takes in the points of a paper sheet, for a table that had no power, no laptop or no wish for one."""

from __future__ import annotations

from typing import Any

from facilitate.domain.refusal import Refused
from facilitate.store.capture import Way, keep_once
from facilitate.store.rows import Item, TableRow
from facilitate.store.writer import Transaction

_BARE: dict[str, Any] = dict.fromkeys(("n", "parent", "ops"))


def record_paper(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Keep the points of one sheet as its table's comments, marked "from paper", all or none.

    Errors: `unknown-table`, `unknown-item`, what keeping a point refuses.
    """
    if tx.session.get(TableRow, data["table"]) is None:
        raise Refused("unknown-table", f"There is no table {data['table']}. Nothing was typed in.", "table")
    if data["round"] is not None and tx.session.get(Item, data["round"]) is None:
        raise Refused("unknown-item", "There is no such round. Nothing was typed in.", "round")
    way = Way(data["table"], paper=True)
    said = {"round": data["round"], "at": data["at"]} | _BARE
    made = [keep_once(tx, point | said, way) for point in data["points"]]
    return {"refs": [each["ref"] for each in made]}
