"""Hall: keeps what the tables say, whenever it arrives, and the points that delegates miss."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from facilitate.domain.calls import check_block
from facilitate.domain.comments import MissingState, check_text, check_withdrawal, move_missing
from facilitate.domain.refusal import Refused
from facilitate.store.capture import Way, keep_once, keep_point, known_passage, table_of, withdraw_point
from facilitate.store.points import WITHDRAWN
from facilitate.store.rows import Comment, MissingPoint, TableRow
from facilitate.store.writer import Transaction


def record_comment(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Keep one point of a table; a correction names its parent.

    It is never refused for its age or for what the room does meanwhile (capture.md): it is marked.

    Errors: `no-table`, `unknown-passage`, `text-empty`, `text-too-long`, `strength-negative`, `bad-ops`.
    """
    return keep_once(tx, data, Way(table_of(tx), tx.actor.device))


def withdraw_comment(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Take a table's own comment back; it stays on record as withdrawn.

    Errors: `unknown-comment`, `not-your-comment`, `already-withdrawn`, `superseded`, `no-table`.
    """
    comment = tx.session.get(Comment, data["comment"])
    if comment is None:
        raise Refused("unknown-comment", "The centre does not know this comment yet.", "comment")
    check_withdrawal(comment.table_number, table_of(tx), comment.state == WITHDRAWN)
    if comment.state == "superseded":
        raise Refused("superseded", "This point was corrected meanwhile. Take the corrected one back.")
    withdraw_point(tx, comment, data.get("reason"))
    return {}


def report_missing(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Keep a delegate's word that a point of their table is missing.

    Errors: `text-empty`, `item-taken`, `unknown-passage`.
    """
    text = check_text(data["text"])
    known = tx.session.get(MissingPoint, data["item"])
    if known is not None:
        if known.text == text:
            return {"ref": known.reference}
        raise Refused("item-taken", "This was sent before with other words.", "item")
    if data["passage"] is not None:
        known_passage(tx, data["passage"])
    number = 1 + (tx.session.scalar(select(func.count()).select_from(MissingPoint)) or 0)
    point = MissingPoint(
        id=data["item"], reference=f"M-{number:03d}", person_id=tx.actor.person,
        table_number=tx.actor.table, passage_id=data["passage"], text=text,
        state=MissingState.OPEN.value, received_at=tx.now,
    )  # fmt: skip
    tx.session.add(point)
    _tell_missing(tx, "missing-reported", point)
    return {"ref": point.reference}


def _tell_missing(tx: Transaction, action: str, point: MissingPoint) -> None:
    tx.record(action, f"missing:{point.id}", rows=[point], audiences=["themes", f"person:{point.person_id}"])


def _the_missing(tx: Transaction, missing_id: str) -> MissingPoint:
    point = tx.session.get(MissingPoint, missing_id)
    if point is None:
        raise Refused("unknown-missing", "There is no such call.", "missing")
    table = tx.session.get(TableRow, point.table_number) if point.table_number is not None else None
    check_block(tx.actor, table.block if table else "")
    return point


def answer_missing(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Answer a delegate whose point seemed missing.

    Errors: `unknown-missing`, `missing-state`, `answer-missing`, `not-your-block`.
    """
    point = _the_missing(tx, data["missing"])
    point.state = move_missing(MissingState(point.state), MissingState.ANSWERED, data["answer"]).value
    point.answer = data["answer"].strip()
    point.ended_at, point.ended_by = tx.now, tx.actor.id
    _tell_missing(tx, "missing-answered", point)
    return {}


def add_missing(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Add a missing point as a comment from the floor.

    Errors: `unknown-missing`, `missing-state`, `no-table`, `item-taken`, `unknown-passage`,
    `not-your-block`, what recording refuses.
    """
    point = _the_missing(tx, data["missing"])
    state = move_missing(MissingState(point.state), MissingState.ADDED)
    if point.table_number is None:
        raise Refused("no-table", "This delegate has no table; answer them in words instead.", "missing")
    if tx.session.get(Comment, data["item"]):
        raise Refused("item-taken", "This point was added before.", "item")
    passage = data["passage"] or point.passage_id
    if passage is None:
        raise Refused("unknown-passage", "Say which passage the point is about.", "passage")
    made = keep_point(
        tx, {**data, "passage": passage}, Way(point.table_number, tx.actor.device, floor=True)
    )
    point.state, point.comment_id = state.value, data["item"]
    point.ended_at, point.ended_by = tx.now, tx.actor.id
    _tell_missing(tx, "missing-added", point)
    return {"ref": made["ref"]}
