"""Hall: the order of votes is laid before the room; tables pull passages out; the next vote is put."""

from __future__ import annotations

from typing import Any

from facilitate.domain.motions import MotionState
from facilitate.domain.refusal import Refused
from facilitate.domain.vote_entries import check_arranged, entries_of
from facilitate.store.balloting import SHOWN, event_settings
from facilitate.store.named import the_document, the_motion
from facilitate.store.next_vote import put_entry
from facilitate.store.order_touches import touches_of_order
from facilitate.store.rows import Document, Passage, PullOutRow, VoteOrder
from facilitate.store.votables import votables_of
from facilitate.store.vote_orders import order_of
from facilitate.store.writer import Transaction


def lay_order(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Lay the order of votes on a document before the room, as the rules propose it or rearranged.

    Shape: data["entries"] are the keys of all votes to come in their new order, or none to leave it as it is;
    data["apart"] the passages whose rival texts are put one by one.
    Errors: `unknown-document`, `en-bloc-put`, `order-incomplete`, `order-not-legal`.
    """
    document = the_document(tx, data["document"])
    row = tx.session.get(VoteOrder, document.id)
    before = order_of(tx.session, document)
    if row is not None and row.en_bloc != data["en_bloc"] and any(m.stands for m in before.motions.values()):
        raise Refused("en-bloc-put", "The vote en bloc has been put already; it stays in the order. Nothing "
                      "was changed.", "en_bloc")
    needed = event_settings(tx)["pull_outs_needed"]
    if row is None:
        row = VoteOrder(
            document_id=document.id, chosen=[], en_bloc=False, apart=[], needed=needed, laid_at=tx.now
        )
        tx.session.add(row)
    row.en_bloc, row.apart, row.needed = data["en_bloc"], sorted(set(data["apart"])), needed
    row.laid_at = tx.now
    tx.session.flush()
    if data["entries"]:
        check_arranged(data["entries"], order_of(tx.session, document).ahead)
        row.chosen = list(data["entries"])
    _tell(tx, "order-laid", document.id, f"document:{document.id}", [row])
    return {"votes": len(order_of(tx.session, document).ahead)}


def _tell(tx: Transaction, action: str, document: str, subject: str, rows: list[Any], **images: Any) -> None:
    tx.record(
        action, subject, rows=rows, images=images.get("images"), audiences=SHOWN,
        touches=touches_of_order(tx, document),
    )  # fmt: skip


def pull_out(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Ask that a passage be taken out of the vote en bloc and put by itself, for one's delegation or table.

    Errors: `unknown-passage`, `not-en-bloc`, `en-bloc-put`.
    """
    passage = _asked(tx, data["passage"])
    key = (passage.id, _asker(tx))
    row = tx.session.get(PullOutRow, key)
    if row is None:
        row = PullOutRow(passage_id=passage.id, by=key[1], at=tx.now)
        tx.session.add(row)
        _tell(tx, "passage-pulled-out", passage.document_id, f"passage:{passage.id}", [row])
    return {}


def put_back(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Take one's own wish to have a passage put by itself back.

    Errors: `unknown-passage`, `not-en-bloc`, `en-bloc-put`.
    """
    passage = _asked(tx, data["passage"])
    by = _asker(tx)
    row = tx.session.get(PullOutRow, (passage.id, by))
    if row is not None:
        tx.session.delete(row)
        gone = {f"{PullOutRow.__tablename__}:{passage.id}/{by}": None}
        _tell(tx, "passage-put-back", passage.document_id, f"passage:{passage.id}", [], images=gone)
    return {}


def _asker(tx: Transaction) -> str:
    """For whom somebody asks: a delegate for their delegation, else for their table; a laptop for its own."""
    actor = tx.actor
    if actor.person and actor.delegation:
        return f"delegation:{actor.delegation}"
    return f"table:{actor.table}" if actor.table is not None else actor.id


def _asked(tx: Transaction, passage_id: str) -> Passage:
    passage = tx.session.get(Passage, passage_id)
    if passage is None:
        raise Refused("unknown-passage", "There is no such passage.", "passage")
    order = order_of(tx.session, tx.session.get_one(Document, passage.document_id))
    if order.division is None:
        if order.row is not None and order.row.en_bloc:
            raise Refused("en-bloc-put", "The vote en bloc has been put already, so nothing more is pulled "
                          "out of it. Nothing was changed; tell the chair.", "passage")
        raise Refused("not-en-bloc", f"No vote en bloc is laid on this document, so {passage.reference} "
                      "cannot be pulled out of one. Nothing was changed.", "passage")
    if passage_id not in order.division.en_bloc + order.division.seriatim:
        told = f"{passage.reference} is not voted on en bloc. Nothing was changed."
        raise Refused("not-en-bloc", told, "passage")
    return passage


def make_contingent(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Let a motion be put only if another one is carried, or only if it is not; or take that back.

    Errors: `unknown-motion`, `motion-state`, `order-circle`.
    """
    motion = the_motion(tx, data["motion"])
    if motion.state not in (MotionState.DRAFT, MotionState.PUT):
        raise Refused("motion-state", f"Motion {motion.number} is decided already. Nothing was changed.")
    if data["on"] is not None:
        other = the_motion(tx, data["on"])
        if other.state not in (MotionState.DRAFT, MotionState.PUT):
            told = f"Motion {other.number} is decided already, so nothing can wait for it."
            raise Refused("motion-state", f"{told} Nothing was changed.", "on")
    motion.contingent_on, motion.when_carried = data["on"], data["when_carried"]
    tx.session.flush()
    open_ = [m for m in order_of(tx.session, the_document(tx, motion.document_id)).motions.values()
             if m.state == MotionState.PUT]
    beside = [motion] if motion.state == MotionState.DRAFT else []
    every = {one.position for one in votables_of(tx.session, open_)}
    entries_of(votables_of(tx.session, open_ + beside), {}, en_bloc=False, apart=every)
    _tell(tx, "motion-made-contingent", motion.document_id, f"motion:{motion.id}", [motion])
    return {}


def put_next_vote(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Draft the ballot on the next vote of a laid order, unless it is drafted already.

    Shape: `entry` is the vote that was asked for, None for whatever is next; `item` the id of a new ballot;
    `stamping` as for a ballot that is drafted by hand.
    Errors: `unknown-document`, `order-not-laid`, `order-moved`, `no-vote-left`, `item-taken`.
    """
    document = the_document(tx, data["document"])
    order = order_of(tx.session, document)
    if order.row is None:
        raise Refused("order-not-laid", f"The order of votes on {document.prefix} is not laid before the "
                      "room yet. Nothing was changed; lay it first.")
    if not order.ahead:
        raise Refused("no-vote-left", f"Every vote on {document.prefix} has been taken. Nothing was changed.")
    entry = order.ahead[0]
    if data.get("entry") not in (None, entry.key):
        raise Refused("order-moved", "The order of votes has moved on meanwhile, so another vote is next. "
                      "Nothing was changed; look at the order again.", "entry")
    ballot, is_new = put_entry(tx, order, entry, data)
    return {"ballot": ballot.id, "number": ballot.number, "drafted": is_new}
