"""Hall: keeps one point of a table, whichever way it came, and tells who hears it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, insert, select

from facilitate.domain.chair import ItemPhase
from facilitate.domain.comments import (
    ArrivalFacts,
    CommentKind,
    CommentMark,
    Revision,
    check_strength,
    check_text,
    marks_for,
    points_of,
    table_reference,
)
from facilitate.domain.kept import KeptState
from facilitate.domain.people import own_table
from facilitate.domain.refusal import Refused
from facilitate.domain.responses import Response
from facilitate.domain.stations import Disposition
from facilitate.domain.wording import check_ops, nfc
from facilitate.store.points import WITHDRAWN, Settled, settle_point, standing_wordings
from facilitate.store.responses import put_response
from facilitate.store.rows import Comment, Event, Item, KeptItem, Passage, plain
from facilitate.store.writer import Transaction, other_id


@dataclass(frozen=True)
class Way:
    """By which way a point came to the centre; the bare one is a laptop of the table.

    Shape: `device` is the signed-in device that sent it, if one did; `again` is the same id with other words.
    """

    table: int
    device: str | None = None
    again: bool = False
    floor: bool = False
    paper: bool = False
    other: tuple[CommentMark, ...] = ()


def table_of(tx: Transaction) -> int:
    """The table whose laptop this is, also where the person sits at another one.

    Errors: `no-table`.
    """
    table = own_table(tx.actor)
    if table is None:
        raise Refused("no-table", "This device does not belong to a table. What you typed is kept on it.")
    return table


def keep_once(tx: Transaction, data: dict[str, Any], way: Way) -> dict[str, Any]:
    """Keep one point of a table unless it is here; the same id with other words is kept beside the first.

    Shape: data as in record-comment; answers the reference and the marks.
    Errors: as `keep_point`.
    """
    check_text(data["text"])
    if tx.session.get(Comment, data["item"]) is None:
        return keep_point(tx, data, way)
    known = known_point(tx, data, way.table)
    if known is not None:
        return {"ref": known.reference, "marks": known.marks}
    again = {"item": _revision(data, way.table), "parent": data["item"]}
    return keep_point(tx, data | again, replace(way, again=True))


def known_point(tx: Transaction, data: dict[str, Any], table: int | None) -> Comment | None:
    """The comment that is this very point of this table, or its revision beside the first; None if new.

    Shape: data as in record-comment.
    """
    first = tx.session.get(Comment, data["item"])
    if first is None or table is None:
        return None
    if first.table_number == table and _says(first, data, nfc(data["text"]).strip()):
        return first
    return tx.session.get(Comment, _revision(data, table))


def _revision(data: dict[str, Any], table: int) -> str:
    words = [str(data.get(key)) for key in ("kind", "agree", "against", "passage", "ops")]
    words += ["minority"] if data.get("minority") else []
    return other_id(data["item"], str(table), nfc(data["text"]).strip(), *words)


def _says(first: Comment, data: dict[str, Any], text: str) -> bool:
    said = (first.text, first.kind, first.agree, first.against, first.minority, first.passage_id, first.ops)
    return said == (
        text, data["kind"], data["agree"], data["against"], bool(data.get("minority")), data["passage"],
        data.get("ops"),
    )  # fmt: skip


def keep_point(tx: Transaction, data: dict[str, Any], way: Way) -> dict[str, Any]:
    """Keep one point of a table, under its own reference, marked with the way by which it came.

    Shape: data as in record-comment; answers the reference and the marks.
    Errors: `unknown-passage`, `text-empty`, `text-too-long`, `strength-negative`, `bad-ops`.
    """
    table, text = way.table, check_text(data["text"])
    check_strength(data["agree"], data["against"])
    passage = known_passage(tx, data["passage"])
    if data.get("ops"):
        check_ops(passage.text or passage.heading, data["ops"])
    item = tx.session.get(Item, data["round"]) if data.get("round") else None
    heard = _heard(tx, data.get("adds_to"), table)
    marks = [mark.value for mark in marks_for(_arrival(tx, item, data, way))]
    serial = 1 + (
        tx.session.scalar(select(func.max(Comment.serial)).where(Comment.table_number == table)) or 0
    )
    row = {
        "id": data["item"], "reference": table_reference(table, serial), "table_number": table,
        "serial": serial, "passage_id": passage.id, "passage_version": passage.version,
        "item_id": item.id if item else None, "device_id": way.device, "device_serial": data.get("n"),
        "kind": CommentKind(data["kind"]).value, "agree": data["agree"], "against": data["against"],
        "minority": bool(data.get("minority")), "text": text, "ops": data.get("ops"),
        "parent": _parent(tx, data.get("parent"), table), "adds_to": heard.id if heard else None,
        "state": "current", "marks": marks,
        "said_at": data.get("at"), "received_at": tx.now, "read_at": None, "withdrawn_at": None,
        "disposition": None, "reason": None, "note": None, "ended_by": None, "ended_at": None,
    }  # fmt: skip
    opened = _opens_echo(tx, table, passage.id)
    tx.session.execute(insert(Comment).values(row))
    _tell(tx, row, table, heard)
    _has_come(tx, row["id"], way)
    if opened:
        # The table has now spoken on this passage: what others said of it becomes visible to it.
        tx.record("echo-opened", f"table:{table}", touches=["heard:anew"], audiences=[f"table:{table}+echo"])
    return {"ref": row["reference"], "marks": marks}


def _has_come(tx: Transaction, comment: str, way: Way) -> None:
    """End what was kept of this point as it came: the point itself is here now."""
    if CommentMark.TYPED_IN in way.other or CommentMark.ADMITTED in way.other:
        return
    if "kept-open" not in tx.cache:
        still = select(KeptItem.item).where(KeptItem.state == KeptState.OPEN.value)
        tx.cache["kept-open"] = set(tx.session.scalars(still))
    if comment not in tx.cache["kept-open"]:
        return
    for row in tx.session.scalars(
        select(KeptItem).where(KeptItem.item == comment, KeptItem.state == KeptState.OPEN.value)
    ):
        row.state, row.comment_id = KeptState.ARRIVED.value, comment
        row.ended_at, row.ended_by = tx.now, tx.actor.id
        tx.record("kept-item-arrived", f"kept:{row.id}", rows=[row], audiences=["themes"])


def _parent(tx: Transaction, parent: str | None, table: int) -> str | None:
    """What is corrected, as far as it is this table's own; it may still be on its way."""
    if parent is None:
        return None
    other = tx.session.scalar(select(Comment.table_number).where(Comment.id == parent))
    return parent if other in (None, table) else None


def _heard(tx: Transaction, comment: str | None, table: int) -> Comment | None:
    """The other table's comment to which a point adds; the point is kept also where that is not here."""
    found = tx.session.get(Comment, comment) if comment else None
    return found if found is not None and found.table_number != table else None


def _tell(tx: Transaction, row: dict[str, Any], table: int, heard: Comment | None) -> None:
    images = {f"comments:{row['id']}": {k: plain(v) for k, v in row.items()}}
    settled = Settled(images=images)
    if row["parent"] or tx.session.scalar(select(Comment.id).where(Comment.parent == row["id"]).limit(1)):
        settled = settle_point(tx, row["id"])
    asks = [f"question:{row['id']}"] if row["kind"] == CommentKind.QUESTION.value else []
    tellers = hearers(table, settled)
    for comment in standing_wordings(tx.session, heard.id) if heard else ():
        settled.images |= put_response(tx, comment.id, table, Response.ADDS.value, heard.id if heard else "")
        settled.touches.append(f"comment:{comment.id}")
        tellers.append(f"table:{comment.table_number}")
    tx.record(
        "comment-recorded", f"comment:{row['id']}", rows=settled.rows, images=settled.images,
        touches=[*settled.touches, f"table:{table}", *asks], audiences=tellers,
    )  # fmt: skip


def hearers(table: int, settled: Settled) -> list[str]:
    """Who is told of a table's point and of what settling it has changed."""
    room = ["delegates"] if any(touch.startswith("theme:") for touch in settled.touches) else []
    return [f"table:{table}", "echo", "themes", *room]


def known_passage(tx: Transaction, passage_id: str) -> Any:
    """A passage with its version and words, read once for a group commit.

    Errors: `unknown-passage`.
    """
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


def _arrival(tx: Transaction, item: Item | None, data: dict[str, Any], way: Way) -> ArrivalFacts:
    if "limit" not in tx.cache:
        tx.cache["limit"] = tx.session.get_one(Event, "event").settings["limit"]
    limit = tx.cache["limit"]
    sent = 0
    if limit is not None and item is not None and not data.get("parent"):
        sent = _sent_in(tx, item.id, way.table)
    return ArrivalFacts(
        round_is_open=item is None or (item.state == "current" and item.progress != ItemPhase.OVER),
        sent_before=sent,
        limit=limit,
        sent_from=data.get("table"),
        table=way.table,
        same_id_other_content=way.again,
        from_the_floor=way.floor,
        from_paper=way.paper,
        other=way.other,
    )


def _sent_in(tx: Transaction, round_: str, table: int) -> int:
    """How many points of a table count towards the limit of a round, as its laptop counts them.

    Shape: each in the round in which it was first said, as long as one of its wordings stands.
    """
    said = tx.session.execute(
        select(Comment.id, Comment.serial, Comment.parent, Comment.state, Comment.item_id).where(
            Comment.table_number == table
        )
    ).all()
    rounds = {each.id: each.item_id for each in said}
    points = points_of(Revision(each.id, each.serial, each.parent, each.state == WITHDRAWN) for each in said)
    return sum(rounds[point.root] == round_ and not point.is_withdrawn for point in points)


def _opens_echo(tx: Transaction, table: int, passage: str) -> bool:
    spoken = tx.session.scalar(
        select(Comment.id).where(Comment.table_number == table, Comment.passage_id == passage).limit(1)
    )
    return spoken is None


def withdraw_point(tx: Transaction, comment: Comment, reason: str | None) -> None:
    """Take a table's comment back for it; it stays on record as withdrawn."""
    comment.state = WITHDRAWN
    comment.withdrawn_at = comment.ended_at = tx.now
    comment.disposition = Disposition.WITHDRAWN.value
    comment.note = reason
    comment.ended_by = f"table {comment.table_number}"
    tx.session.flush()
    settled = settle_point(tx, comment.id)
    tx.record(
        "comment-withdrawn", f"comment:{comment.id}", rows=settled.rows, images=settled.images,
        touches=[*settled.touches, f"table:{comment.table_number}"], reason=reason,
        audiences=hearers(comment.table_number, settled),
    )  # fmt: skip
