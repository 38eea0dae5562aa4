"""Hall: keeps points that cannot be comments yet, and lets the desk type them in, admit them or end them."""

from __future__ import annotations

import uuid
from typing import Any

from sqlalchemy import func, select

from facilitate.domain.comments import CommentMark
from facilitate.domain.kept import KeptCause, KeptState, check_room, kept_reference, move_kept
from facilitate.domain.people import own_table
from facilitate.domain.refusal import Refused
from facilitate.store.capture import Way, keep_once, known_point, withdraw_point
from facilitate.store.points import WITHDRAWN
from facilitate.store.rows import Comment, KeptItem, TableRow
from facilitate.store.writer import Transaction, other_id

_ACTS = {KeptCause.UNREADABLE: "item-kept", KeptCause.SIGNED_OUT: "item-quarantined"}
_SAID = {
    KeptCause.UNREADABLE: "The centre keeps this point as it came; somebody at the desk types it in.",
    KeptCause.SIGNED_OUT: "This laptop's sign-in has ended. The centre keeps the point; the clerk decides.",
}


def keep_item(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Keep a captured point as it came, once, where it cannot become a comment.

    Shape: data holds cause, raw (the command as JSON), data (the same read, or None), why and perhaps table;
    answers {"kept": its reference, "sentence"}, or the comment's where the very same point is here already.
    Errors: `kept-too-long`, `kept-too-many`.
    """
    cause = KeptCause(data["cause"])
    table = data.get("table") or own_table(tx.actor)
    known = known_point(tx, data["data"], table) if data["data"] else None
    if known is not None:
        return {"ref": known.reference, "marks": known.marks}
    key = other_id("kept", cause, tx.actor.id, data["raw"])
    row = tx.session.get(KeptItem, key)
    if row is None:
        row = _keep(tx, key, cause, table, data)
    return {"kept": row.reference, "sentence": _SAID[cause]}


def _keep(
    tx: Transaction, key: str, cause: KeptCause, table: int | None, data: dict[str, Any], sender: str = ""
) -> KeptItem:
    size = len(data["raw"])
    before, filled = tx.session.execute(
        select(func.count(), func.coalesce(func.sum(func.length(KeptItem.raw)), 0)).where(
            KeptItem.sender == (sender or tx.actor.id)
        )
    ).one()
    check_room(size, before, filled)
    number = 1 + (tx.session.scalar(select(func.count()).select_from(KeptItem)) or 0)
    item = data.get("item")
    row = KeptItem(
        id=key, reference=kept_reference(number), cause=cause.value, sender=sender or tx.actor.id,
        sender_name="a laptop read in at the desk" if sender else tx.actor.name,
        device_id=tx.actor.device, table_number=table,
        item=item if _is_id(item) else None, raw=data["raw"], data=data["data"], why=data["why"],
        state=KeptState.OPEN.value, received_at=tx.now,
    )  # fmt: skip
    tx.session.add(row)
    tx.cache.pop("kept-open", None)
    _tell(tx, _ACTS[cause], row)
    return row


def _is_id(item: Any) -> bool:
    try:
        return isinstance(item, str) and str(uuid.UUID(item)) == item
    except ValueError:
        return False


def _tell(tx: Transaction, action: str, row: KeptItem, reason: str | None = None) -> None:
    touches = [f"table:{row.table_number}"] if row.table_number is not None else []
    audiences = [f"table:{row.table_number}"] if row.table_number is not None else []
    tx.record(
        action, f"kept:{row.id}", rows=[row], touches=touches, reason=reason,
        audiences=["themes", *audiences],
    )  # fmt: skip


def _the_kept(tx: Transaction, key: str) -> KeptItem:
    row = tx.session.get(KeptItem, key)
    if row is None:
        raise Refused("unknown-kept", "There is no such point at the desk.", "kept")
    return row


def _end(tx: Transaction, row: KeptItem, to: KeptState, comment: str | None, reason: str = "") -> None:
    row.state = move_kept(KeptState(row.state), to, reason).value
    row.comment_id, row.reason = comment, reason.strip() or None
    row.ended_at, row.ended_by = tx.now, tx.actor.id
    _tell(tx, f"kept-item-{to.value}", row, row.reason)


def type_in_kept(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Make a proper comment of a kept point, under its own id where that is free: it is never doubled.

    Errors: `unknown-kept`, `kept-ended`, `no-table`, `unknown-table`, what keeping a point refuses.
    """
    row = _the_kept(tx, data["kept"])
    move_kept(KeptState(row.state), KeptState.TYPED_IN)
    table = _table(tx, row, data.get("table"))
    free = row.item is not None and tx.session.get(Comment, row.item) is None
    key = row.item if free and row.item else other_id(row.id, "comment")
    point = _came(row) | {k: data[k] for k in ("passage", "kind", "agree", "against", "text")} | {"item": key}
    made = keep_once(tx, point, Way(table, row.device_id, other=(CommentMark.TYPED_IN,)))
    _end(tx, row, KeptState.TYPED_IN, key)
    return {"ref": made["ref"]}


def _table(tx: Transaction, row: KeptItem, chosen: int | None) -> int:
    table = row.table_number if row.table_number is not None else chosen
    if table is None:
        raise Refused("no-table", "Say which table this point is from.", "table")
    if tx.session.get(TableRow, table) is None:
        raise Refused("unknown-table", f"There is no table {table}.", "table")
    return table


def _came(row: KeptItem) -> dict[str, Any]:
    """What still tells where the point belongs: its round, its number, what it corrects, when it was said."""
    data = row.data or {}
    return {key: data.get(key) for key in ("round", "n", "parent", "at", "minority", "adds_to")}


def admit_kept(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Let points from an ended sign-in become their table's comments, marked.

    Errors: `unknown-kept`, `kept-ended`, `no-table`, `not-readable`, what keeping a point refuses.
    """
    made = []
    for key in data["kept"]:
        row = _the_kept(tx, key)
        move_kept(KeptState(row.state), KeptState.ADMITTED)
        if row.data is None or row.cause != KeptCause.SIGNED_OUT.value:
            raise Refused("not-readable", f"{row.reference} cannot be read: type it in instead.", "kept")
        way = Way(_table(tx, row, None), row.device_id, other=(CommentMark.ADMITTED,))
        made.append(keep_once(tx, row.data, way))
        comment = tx.session.scalars(select(Comment.id).where(Comment.reference == made[-1]["ref"])).one()
        _end(tx, row, KeptState.ADMITTED, comment)
    return {"refs": [each["ref"] for each in made]}


def end_kept(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """End kept points that become no comments, with a reason.

    Errors: `unknown-kept`, `kept-ended`, `reason-missing`.
    """
    for key in data["kept"]:
        _end(tx, _the_kept(tx, key), KeptState.ENDED, None, data["reason"])
    return {"ended": len(data["kept"])}


def read_in(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Take in what a laptop handed over without a network; every point once, whatever else arrives of it.

    Shape: data holds device and entries, each with table, raw, data (the point read, or None), why, item and
    withdraws (a comment's id or None); answers how many are new, here, kept, withdrawn, and left there.
    """
    counts = dict.fromkeys(("new", "here", "kept", "withdrawn", "left"), 0)
    for entry in data["entries"]:
        counts[_read_one(tx, f"laptop:{data['device']}", entry)] += 1
    return counts


def _read_one(tx: Transaction, sender: str, entry: dict[str, Any]) -> str:
    table = entry["table"] if tx.session.get(TableRow, entry["table"] or 0) else None
    if entry["withdraws"] is not None:
        return _read_withdrawal(tx, entry["withdraws"], table)
    why = entry["why"] or "It names a table that is not here."
    if entry["data"] is not None and table is not None:
        if known_point(tx, entry["data"], table) is not None:
            return "here"
        try:
            keep_once(tx, entry["data"], Way(table, other=(CommentMark.READ_IN,)))
            return "new"
        except Refused as refusal:
            why = refusal.sentence
    known = tx.session.scalar(select(KeptItem.id).where(KeptItem.raw == entry["raw"]).limit(1))
    if known is not None:
        return "here"
    try:
        key = other_id("kept", KeptCause.UNREADABLE, sender, entry["raw"])
        _keep(tx, key, KeptCause.UNREADABLE, table, entry | {"why": why, "data": None}, sender)
    except Refused:
        return "left"
    return "kept"


def _read_withdrawal(tx: Transaction, key: str, table: int | None) -> str:
    comment = tx.session.get(Comment, key)
    if comment is None or comment.table_number != table or comment.state == "superseded":
        return "left"
    if comment.state == WITHDRAWN:
        return "here"
    withdraw_point(tx, comment, None)
    return "withdrawn"
