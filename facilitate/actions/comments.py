"""Hall: keeps what the tables say, whenever it arrives, and the points that delegates miss."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, insert, select

from facilitate.domain.chair import ItemPhase
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
from facilitate.domain.people import Role
from facilitate.domain.refusal import Refused
from facilitate.domain.stations import Disposition
from facilitate.domain.wording import check_ops
from facilitate.store.points import WITHDRAWN, Settled, settle_point
from facilitate.store.rows import Comment, Event, Item, MissingPoint, Passage, plain
from facilitate.store.writer import Transaction, other_id


def record_comment(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Keep one point of a table; a correction names its parent.

    It is never refused for its age or for what the room does meanwhile (capture.md): it is marked.

    Errors: `no-table`, `unknown-passage`, `text-empty`, `text-too-long`, `strength-negative`, `bad-ops`.
    """
    table = _table_of(tx)
    text = check_text(data["text"])
    first = tx.session.get(Comment, data["item"])
    if first is None:
        return _keep(tx, data, table=table, text=text)
    if first.table_number == table and _says(first, data, text):
        return {"ref": first.reference, "marks": first.marks}
    # The same item with other words is kept beside the first, never over it, and once.
    words = [str(data[key]) for key in ("kind", "agree", "against", "passage", "ops")]
    revision = other_id(data["item"], str(table), text, *words)
    known = tx.session.get(Comment, revision)
    if known is not None:
        return {"ref": known.reference, "marks": known.marks}
    return _keep(tx, data | {"item": revision, "parent": first.id}, table=table, text=text, again=True)


def _table_of(tx: Transaction) -> int:
    """The table whose laptop this is, also where the person sits at another one."""
    own = [*tx.actor.scopes(Role.FACILITATOR, "table"), *tx.actor.scopes(Role.SCRIBE, "table")]
    if own and str(tx.actor.table) not in own:
        return int(min(own))
    if tx.actor.table is None:
        raise Refused("no-table", "This device does not belong to a table. What you typed is kept on it.")
    return tx.actor.table


def _says(first: Comment, data: dict[str, Any], text: str) -> bool:
    said = (first.text, first.kind, first.agree, first.against, first.passage_id, first.ops)
    return said == (text, data["kind"], data["agree"], data["against"], data["passage"], data.get("ops"))


def _keep(
    tx: Transaction, data: dict[str, Any], *, table: int, text: str, floor: bool = False, again: bool = False
) -> dict[str, Any]:
    check_strength(data["agree"], data["against"])
    passage = _passage(tx, data["passage"])
    if data.get("ops"):
        check_ops(passage.text or passage.heading, data["ops"])
    marks = [mark.value for mark in marks_for(_arrival(tx, data, floor=floor, again=again, table=table))]
    serial = 1 + (
        tx.session.scalar(select(func.max(Comment.serial)).where(Comment.table_number == table)) or 0
    )
    row = {
        "id": data["item"], "reference": table_reference(table, serial), "table_number": table,
        "serial": serial, "passage_id": passage.id, "passage_version": passage.version,
        "item_id": data.get("round"), "device_id": tx.actor.device, "device_serial": data.get("n"),
        "kind": CommentKind(data["kind"]).value, "agree": data["agree"], "against": data["against"],
        "text": text, "ops": data.get("ops"), "parent": _parent(tx, data.get("parent"), table),
        "state": "current", "marks": marks,
        "said_at": data.get("at"), "received_at": tx.now, "read_at": None, "withdrawn_at": None,
        "disposition": None, "reason": None, "note": None, "ended_by": None, "ended_at": None,
    }  # fmt: skip
    opened = _echo_opened(tx, table, passage.id)
    tx.session.execute(insert(Comment).values(row))
    _tell(tx, row, table)
    if opened:
        # The table has now spoken on this passage: what others said of it becomes visible to it.
        tx.record("echo-opened", f"table:{table}", touches=opened, audiences=[f"table:{table}+echo"])
    return {"ref": row["reference"], "marks": marks}


def _parent(tx: Transaction, parent: str | None, table: int) -> str | None:
    """What is corrected, as far as it is this table's own; it may still be on its way."""
    if parent is None:
        return None
    other = tx.session.scalar(select(Comment.table_number).where(Comment.id == parent))
    return parent if other in (None, table) else None


def _tell(tx: Transaction, row: dict[str, Any], table: int) -> None:
    images = {f"comments:{row['id']}": {k: plain(v) for k, v in row.items()}}
    settled = Settled(images=images)
    if row["parent"] or tx.session.scalar(select(Comment.id).where(Comment.parent == row["id"]).limit(1)):
        settled = settle_point(tx, row["id"])
    tx.record(
        "comment-recorded", f"comment:{row['id']}", rows=settled.rows, images=settled.images,
        touches=[*settled.touches, f"table:{table}"], audiences=_audiences(table, settled),
    )  # fmt: skip


def _audiences(table: int, settled: Settled) -> list[str]:
    room = ["delegates"] if any(touch.startswith("theme:") for touch in settled.touches) else []
    return [f"table:{table}", "echo", "themes", *room]


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


def _arrival(tx: Transaction, data: dict[str, Any], *, table: int, floor: bool, again: bool) -> ArrivalFacts:
    item = tx.session.get(Item, data["round"]) if data.get("round") else None
    if "limit" not in tx.cache:
        tx.cache["limit"] = tx.session.get_one(Event, "event").settings["limit"]
    limit = tx.cache["limit"]
    sent = 0
    if limit is not None and item is not None and not data.get("parent"):
        sent = tx.session.scalar(
            select(func.count())
            .select_from(Comment)
            .where(
                Comment.table_number == table, Comment.item_id == item.id, Comment.parent.is_(None),
                Comment.state != WITHDRAWN,
            )
        ) or 0  # fmt: skip
    return ArrivalFacts(
        round_is_open=item is None or (item.state == "current" and item.progress != ItemPhase.OVER),
        sent_before=sent,
        limit=limit,
        same_id_other_content=again,
        from_the_floor=floor,
    )


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

    Errors: `unknown-comment`, `not-your-comment`, `already-withdrawn`, `superseded`, `no-table`.
    """
    comment = tx.session.get(Comment, data["comment"])
    if comment is None:
        raise Refused("unknown-comment", "The centre does not know this comment yet.", "comment")
    check_withdrawal(comment.table_number, _table_of(tx), comment.state == WITHDRAWN)
    if comment.state == "superseded":
        raise Refused("superseded", "This point was corrected meanwhile. Take the corrected one back.")
    comment.state = WITHDRAWN
    comment.withdrawn_at = comment.ended_at = tx.now
    comment.disposition = Disposition.WITHDRAWN.value
    comment.note = data.get("reason")
    comment.ended_by = f"table {comment.table_number}"
    tx.session.flush()
    settled = settle_point(tx, comment.id)
    tx.record(
        "comment-withdrawn", f"comment:{comment.id}", rows=settled.rows, images=settled.images,
        touches=[*settled.touches, f"table:{comment.table_number}"], reason=data.get("reason"),
        audiences=_audiences(comment.table_number, settled),
    )  # fmt: skip
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
        _passage(tx, data["passage"])
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

    Errors: `unknown-missing`, `missing-state`, `no-table`, `item-taken`, `unknown-passage`, what recording
    refuses.
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
    made = _keep(
        tx, {**data, "passage": passage}, table=point.table_number, text=check_text(data["text"]), floor=True
    )
    point.state, point.comment_id = state.value, data["item"]
    point.ended_at, point.ended_by = tx.now, tx.actor.id
    _tell_missing(tx, "missing-added", point)
    return {"ref": made["ref"]}
