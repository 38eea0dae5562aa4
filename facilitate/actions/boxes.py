"""Hall: the hub and the ballot box come to know one another, and a lost box is put on record."""

from __future__ import annotations

from typing import Any

from facilitate.store.box_orders import LOST, PAIRING, pairing_of, running_ballots
from facilitate.store.rows import BoxPairing
from facilitate.store.writer import Transaction

_ROOM = ["delegates", "themes"]


def pair_box(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Write down which ballot box the hub is paired with from now on.

    Where a ballot is running, another key means other papers: the box that had them is lost to it.

    Shape: `held` where the hub itself started the box. The hub's web layer has proven the key before.
    """
    before, running = pairing_of(tx.session), running_ballots(tx.session)
    touches = [f"ballot:{each.id}" for each in running]
    if running and before is not None and before.key != data["key"]:
        tx.record(LOST, f"box:{PAIRING}", touches=touches, audiences=_ROOM)
    row = before or BoxPairing(id=PAIRING)
    row.address, row.key, row.held, row.paired_at = data["address"], data["key"], data["held"], tx.now
    tx.session.add(row)
    tx.record("box-paired", f"box:{PAIRING}", rows=[row], touches=touches, audiences=_ROOM)
    return {"key": row.key}
