"""Hall: the ballot on one entry of the order of votes: what it asks, what can be chosen, by which rules."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from facilitate.domain.alternatives import rules_for_alternatives
from facilitate.domain.ballots import LONGEST_LABEL, BallotForm, BallotState, Purpose, Trust
from facilitate.domain.electorate import Electorate
from facilitate.domain.majority import Rules, preset_rules, rules_as_dict
from facilitate.domain.motions import MotionEffect, MotionState
from facilitate.domain.order_words import question_of, standing_text
from facilitate.domain.refusal import Refused
from facilitate.domain.vote_entries import Entry, EntryKind
from facilitate.store.balloting import SHOWN, event_settings
from facilitate.store.drafting import binding_on, next_number, track_for
from facilitate.store.order_touches import touches_of_order
from facilitate.store.rows import Ballot, Motion
from facilitate.store.tracks import followers
from facilitate.store.votables import votables_of
from facilitate.store.vote_orders import Order
from facilitate.store.writer import Transaction


def put_entry(tx: Transaction, order: Order, entry: Entry, data: dict[str, Any]) -> tuple[Ballot, bool]:
    """The ballot on an entry, and whether it was drafted just now: it may have been by hand before.

    Errors: `item-taken`.
    """
    motions = [order.motions[each] for each in entry.motions] or [_standing_motion(tx, order, entry)]
    before = binding_on(tx, motions[0].id)
    if before is not None:
        return before, False
    item = data.get("item") or tx.new_id()
    if tx.session.get(Ballot, item):
        raise Refused("item-taken", "This ballot was drafted before.", "item")
    rules, settings = _rules(tx, entry, motions), event_settings(tx)
    asked = settings.get("default_trust", Trust.ANONYMISED.value)
    trust = asked if asked != Trust.STAMPED or data.get("stamping") else Trust.ANONYMISED.value
    ballot = Ballot(
        id=item, number=next_number(tx), version=1, motion_id=motions[0].id,
        alternatives=[m.id for m in motions] if len(motions) > 1 else None,
        track_id=track_for(tx, data.get("track"), motions[0]), question=_question(tx, order, entry, motions),
        form=rules.form.value, options=list(rules.labels), trust=trust, purpose=Purpose.BINDING.value,
        rules=rules_as_dict(rules), electorate=Electorate().as_dict(), state=BallotState.DRAFT.value,
        shares=[], need_time=0,
    )  # fmt: skip
    tx.session.add(ballot)
    touches = [*touches_of_order(tx, order.document.id), *followers(tx)]
    subject = f"ballot:{ballot.id}"
    tx.record("ballot-drafted", subject, rows=[ballot], touches=touches, audiences=SHOWN)
    return ballot, True


def _standing_motion(tx: Transaction, order: Order, entry: Entry) -> Motion:
    """The motion that passages stand as they are, all that nobody pulled out or one by itself."""
    division = order.division
    ids = [entry.passage] if entry.passage else list(division.en_bloc if division else ())
    passages = [order.passages[str(each)] for each in ids]
    text = standing_text([passage.reference for passage in passages])
    title = f"{order.document.prefix} en bloc" if entry.kind is EntryKind.EN_BLOC else text
    motion = Motion(
        id=tx.new_id(), number=1 + (tx.session.scalar(select(func.max(Motion.number))) or 0),
        document_id=order.document.id, passage_id=passages[0].id if entry.passage else None,
        passage_version=passages[0].version if entry.passage else None, effect=MotionEffect.STATE.value,
        title=title, text=text, base="", base_hash=None, ops=None, amends=None, stands=ids,
        state=MotionState.PUT.value, made_by=tx.actor.id, made_at=tx.now, put_at=tx.now,
    )  # fmt: skip
    tx.session.add(motion)
    tx.session.flush()
    touches = touches_of_order(tx, order.document.id)
    tx.record("motion-put", f"motion:{motion.id}", rows=[motion], touches=touches, audiences=SHOWN)
    return motion


def _rules(tx: Transaction, entry: Entry, motions: list[Motion]) -> Rules:
    if entry.kind is EntryKind.ALTERNATIVES:
        labels = [f"Motion {m.number}: {m.title}"[:LONGEST_LABEL].strip() for m in motions]
        return rules_for_alternatives(labels)
    if entry.kind is EntryKind.RESCINDING:
        return preset_rules(event_settings(tx)["rescind_majority"], BallotForm.FOR_AGAINST)
    return Rules()


def _question(tx: Transaction, order: Order, entry: Entry, motions: list[Motion]) -> str:
    passage = order.passages.get(motions[0].passage_id or "")
    beside = list(order.motions.values())
    ended = {m.id: MotionState(m.state) for m in order.over}
    target = next((m.number for m in beside if m.id == motions[0].amends), None)
    return question_of(
        entry.kind, votables_of(tx.session, motions)[0], votables_of(tx.session, beside), ended,
        title=motions[0].title, reference=passage.reference if passage else "", amends=target,
    )  # fmt: skip
