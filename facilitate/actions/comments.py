"""Hall: keeps what the tables say, whenever it arrives, and the points that delegates miss."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, insert, select, update

from facilitate.domain.comments import (
    ArrivalFacts,
    CommentKind,
    MissingState,
    check_strength,
    check_text,
    check_withdrawal,
    marks_for,
    move_missing,
    table_reference,
)
from facilitate.domain.refusal import Refused
from facilitate.domain.stations import Disposition
from facilitate.domain.wording import check_ops
from facilitate.store.rows import Comment, Device, Event, Item, MissingPoint, Passage, plain
from facilitate.store.writer import Transaction


def record_comment(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Keep one point of a table; a correction names its parent.

    It is never refused for its age or for what the room does meanwhile (capture.md): it is marked.

    Errors: `no-table`, `unknown-passage`, `text-empty`, `text-too-long`, `strength-negative`, `bad-ops`.
    """
    table = tx.actor.table
    if table is None:
        raise Refused("no-table", "This device does not belong to a table. What you typed is kept on it.")
    first = tx.session.execute(
        select(Comment.reference, Comment.marks, Comment.text, Comment.table_number).where(
            Comment.id == data["item"]
        )
    ).one_or_none()
    text = check_text(data["text"])
    if first is not None:
        return _again(tx, data, first, text)
    return _keep(tx, data, table=table, text=text, floor=False)


def _again(tx: Transaction, data: dict[str, Any], first: Any, text: str) -> dict[str, Any]:
    if first.text == text and first.table_number == tx.actor.table:
        return {"ref": first.reference, "marks": first.marks}
    # The same item with other words is kept beside the first, never over it.
    kept = {**data, "item": tx.new_id(), "parent": data["item"], "again": True}
    return _keep(tx, kept, table=tx.actor.table or first.table_number, text=text, floor=False)


def _keep(tx: Transaction, data: dict[str, Any], *, table: int, text: str, floor: bool) -> dict[str, Any]:
    check_strength(data["agree"], data["against"])
    passage = _passage(tx, data["passage"])
    if data.get("ops"):
        check_ops(passage.text or passage.heading, data["ops"])
    facts = _arrival(tx, data, table=table, floor=floor)
    marks = [mark.value for mark in marks_for(facts)]
    serial = 1 + (
        tx.session.scalar(select(func.max(Comment.serial)).where(Comment.table_number == table)) or 0
    )
    parents = _supersede(tx, data.get("parent"))
    row = {
        "id": data["item"], "reference": table_reference(table, serial), "table_number": table,
        "serial": serial, "passage_id": passage.id, "passage_version": passage.version,
        "item_id": data.get("round"), "device_id": tx.actor.device, "device_serial": data.get("n"),
        "kind": CommentKind(data["kind"]).value, "agree": data["agree"], "against": data["against"],
        "text": text, "ops": data.get("ops"), "parent": data.get("parent"),
        "state": "conflict" if parents and parents[0] else "current", "marks": marks,
        "said_at": data.get("at"), "received_at": tx.now, "read_at": None, "withdrawn_at": None,
        "disposition": None, "reason": None, "note": None, "ended_by": None, "ended_at": None,
    }  # fmt: skip
    opened = _echo_opened(tx, table, passage.id)
    tx.session.execute(insert(Comment).values(row))
    siblings = parents[1] if parents else []
    tx.record(
        "comment-recorded", f"comment:{row['id']}",
        images={f"comments:{row['id']}": {k: plain(v) for k, v in row.items()}},
        touches=[*(f"comment:{c}" for c in siblings), f"table:{table}"],
        audiences=[f"table:{table}", "echo", "themes"],
    )  # fmt: skip
    if opened:
        # The table has now spoken on this passage: what others said of it becomes visible to it.
        tx.record("echo-opened", f"table:{table}", touches=opened, audiences=[f"table:{table}+echo"])
    return {"ref": row["reference"], "marks": marks}


def _passage(tx: Transaction, passage_id: str) -> Any:
    known = tx.cache.get(("passage", passage_id))
    if known is None:
        known = tx.session.execute(
            select(Passage.id, Passage.version, Passage.text, Passage.heading).where(Passage.id == passage_id)
        ).one_or_none()
        if known is None:
            raise Refused(
                "unknown-passage", "The centre does not know this passage. Your point is kept.", "passage"
            )
        tx.cache["passage", passage_id] = known
    return known


def _arrival(tx: Transaction, data: dict[str, Any], *, table: int, floor: bool) -> ArrivalFacts:
    item = tx.session.get(Item, data["round"]) if data.get("round") else None
    if "limit" not in tx.cache:
        tx.cache["limit"] = tx.session.get_one(Event, "event").settings["limit"]
    limit = tx.cache["limit"]
    sent = 0
    if limit is not None and item is not None and not data.get("parent"):
        sent = tx.session.scalar(
            select(func.count())
            .select_from(Comment)
            .where(Comment.table_number == table, Comment.item_id == item.id, Comment.parent.is_(None))
        ) or 0  # fmt: skip
    return ArrivalFacts(
        round_is_open=item is None or item.state == "current",
        sent_before=sent,
        limit=limit,
        sent_from=_own_table(tx),
        table=table,
        same_id_other_content=bool(data.get("again")),
        from_the_floor=floor,
    )


def _own_table(tx: Transaction) -> int | None:
    if tx.actor.device is None:
        return None
    key = ("device-table", tx.actor.device)
    if key not in tx.cache:
        tx.cache[key] = tx.session.scalar(select(Device.table_number).where(Device.id == tx.actor.device))
    number: int | None = tx.cache[key]
    return number


def _supersede(tx: Transaction, parent: str | None) -> tuple[bool, list[str]] | None:
    """Mark what a correction replaces; two corrections of one wording stand side by side."""
    if not parent:
        return None
    siblings = list(
        tx.session.scalars(select(Comment.id).where(Comment.parent == parent, Comment.state != "withdrawn"))
    )
    tx.session.execute(
        update(Comment)
        .where(Comment.id == parent, Comment.state.in_(["current", "conflict"]))
        .values(state="superseded")
    )
    if siblings:
        tx.session.execute(
            update(Comment)
            .where(Comment.id.in_(siblings), Comment.state == "current")
            .values(state="conflict")
        )
    changed = list(
        tx.session.scalars(
            select(Comment)
            .where(Comment.id.in_([parent, *siblings]))
            .execution_options(populate_existing=True)
        )
    )
    if changed:
        tx.record("comments-revised", f"comment:{parent}", rows=changed)
    return bool(siblings), [parent, *siblings]


def _echo_opened(tx: Transaction, table: int, passage: str) -> list[str]:
    spoken = tx.session.scalar(
        select(Comment.id).where(Comment.table_number == table, Comment.passage_id == passage).limit(1)
    )
    if spoken is not None:
        return []
    others = tx.session.scalars(
        select(Comment.id).where(Comment.passage_id == passage, Comment.state.in_(["current", "conflict"]))
    )
    return [f"comment:{c}" for c in others]


def withdraw_comment(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Take a table's own comment back; it stays on record as withdrawn.

    Errors: `unknown-comment`, `not-your-comment`, `already-withdrawn`.
    """
    comment = tx.session.get(Comment, data["comment"])
    if comment is None:
        raise Refused("unknown-comment", "The centre does not know this comment yet.", "comment")
    check_withdrawal(comment.table_number, tx.actor.table, comment.state == "withdrawn")
    comment.state = "withdrawn"
    comment.withdrawn_at = comment.ended_at = tx.now
    comment.disposition = Disposition.WITHDRAWN.value
    comment.note = data.get("reason")
    comment.ended_by = f"table {comment.table_number}"
    tx.record(
        "comment-withdrawn", f"comment:{comment.id}", rows=[comment], reason=data.get("reason"),
        touches=[f"table:{comment.table_number}"],
        audiences=[f"table:{comment.table_number}", "echo", "themes"],
    )  # fmt: skip
    return {}


def report_missing(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Keep a delegate's word that a point of their table is missing.

    Errors: `text-empty`, `item-taken`.
    """
    text = check_text(data["text"])
    known = tx.session.get(MissingPoint, data["item"])
    if known is not None:
        if known.text == text:
            return {"ref": known.reference}
        raise Refused("item-taken", "This was sent before with other words.", "item")
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
    return point


def answer_missing(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Answer a delegate whose point seemed missing.

    Errors: `unknown-missing`, `missing-state`, `answer-missing`.
    """
    point = _the_missing(tx, data["missing"])
    point.state = move_missing(MissingState(point.state), MissingState.ANSWERED, data["answer"]).value
    point.answer = data["answer"].strip()
    point.ended_at, point.ended_by = tx.now, tx.actor.id
    _tell_missing(tx, "missing-answered", point)
    return {}


def add_missing(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Add a missing point as a comment from the floor.

    Errors: `unknown-missing`, `missing-state`, `no-table`, `unknown-passage`, what recording refuses.
    """
    point = _the_missing(tx, data["missing"])
    state = move_missing(MissingState(point.state), MissingState.ADDED)
    if point.table_number is None:
        raise Refused("no-table", "This delegate has no table; answer them in words instead.", "missing")
    passage = data["passage"] or point.passage_id
    if passage is None:
        raise Refused("unknown-passage", "Say which passage the point is about.", "passage")
    made = _keep(
        tx, {**data, "passage": passage}, table=point.table_number, text=check_text(data["text"]), floor=True
    )
    point.state, point.comment_id = state.value, data["item"]
    point.ended_at, point.ended_by = tx.now, tx.actor.id
    _tell_missing(tx, "missing-added", point)
    return {"ref": made["ref"]}
