"""Hall: the order of votes on each document: what is to come and why in this order, what is over and why."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from facilitate.domain.en_bloc import Division, division_sentence
from facilitate.domain.motions import MotionState
from facilitate.domain.order_words import falls_in_words, label_of
from facilitate.domain.vote_entries import Entry, EntryKind, reason_for
from facilitate.queries.view import View, Viewer
from facilitate.store.rows import Ballot, Delegation, Document, Motion, Person, PullOutRow, VoteOrder
from facilitate.store.votables import votables_of
from facilitate.store.vote_orders import Order, order_of

_SHORT = 80


def see_orders(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """Theme team and desk see the order that the rules propose for every document with motions put to the
    room; the room sees an order once it was laid before it, with what is to come, what is over and what fell.
    """
    laid = select(VoteOrder.document_id)
    query = select(Document).order_by(Document.position)
    if ids is not None:
        query = query.where(Document.id.in_(ids))
    if viewer.kind not in ("themes", "desk"):
        query = query.where(Document.id.in_(laid))
    else:
        put = select(Motion.document_id).where(Motion.state != "draft")
        query = query.where(Document.id.in_(laid) | Document.id.in_(put))
    return {d.id: _order(view, order_of(view.session, d)) for d in view.session.scalars(query)}


def _order(view: View, order: Order) -> dict[str, Any]:
    document, row = order.document, order.row
    ballots = _ballots(view, order)
    over = [_over(order, motion, ballots) for motion in order.over]
    ahead = [_ahead(view, order, entry, ballots) for entry in order.ahead]
    return {
        "id": document.id, "document": document.id, "prefix": document.prefix, "title": document.title,
        "position": document.position, "laid": row is not None, "en_bloc": bool(row and row.en_bloc),
        "pulling": order.division is not None, "needed": row.needed if row else 0,
        "apart": list(row.apart) if row else [],
        "divided": division_sentence(_by_reference(order)) if order.division else "",
        "passages": _passages(view, order), "entries": [*over, *ahead],
    }  # fmt: skip


def _by_reference(order: Order) -> Division:
    division = order.division
    assert division is not None

    def named(passages: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(order.passages[each].reference for each in passages)

    return Division(named(division.en_bloc), named(division.seriatim))


def _ballots(view: View, order: Order) -> dict[str, Ballot]:
    """The ballot that decides, or decided, each motion: the last that is not void, once announced."""
    found = view.session.scalars(
        select(Ballot)
        .join(Motion, Motion.id == Ballot.motion_id)
        .where(
            Motion.document_id == order.document.id, Ballot.state.not_in(("draft", "void")),
            Ballot.purpose == "binding",
        )
        .order_by(Ballot.number)
    )
    return {motion: b for b in found for motion in b.alternatives or [str(b.motion_id)]}


def _entry(
    key: str, kind: EntryKind, label: str, motions: list[str], ballot: Ballot | None
) -> dict[str, Any]:
    up = ballot is not None and ballot.state in ("announced", "open", "closed", "provisional")
    return {
        "key": key, "kind": kind.value, "label": label, "motions": motions, "reason": "", "falls": [],
        "state": "up" if up else "ahead", "why": None, "ballot": ballot.number if ballot else None,
    }  # fmt: skip


def _over(order: Order, motion: Motion, ballots: dict[str, Ballot]) -> dict[str, Any]:
    kind = _kind(motion)
    ballot = ballots.get(motion.id)
    value = _entry(f"motion:{motion.id}", kind, _label(order, kind, [motion]), [motion.id], ballot)
    return value | {"state": motion.state, "why": motion.ended_why}


def _kind(motion: Motion) -> EntryKind:
    if motion.stands:
        return EntryKind.EN_BLOC if len(motion.stands) > 1 else EntryKind.PASSAGE
    if motion.rescinds:
        return EntryKind.RESCINDING
    return EntryKind.AMENDMENT if motion.amends else EntryKind.MOTION


def _ahead(view: View, order: Order, entry: Entry, ballots: dict[str, Ballot]) -> dict[str, Any]:
    motions = [order.motions[each] for each in entry.motions]
    kind = _kind(motions[0]) if len(motions) == 1 else entry.kind
    ballot = next((ballots[m.id] for m in motions if m.id in ballots), None)
    value = _entry(entry.key, kind, _label(order, kind, motions, entry), list(entry.motions), ballot)
    amended = {f"motion:{m.amends}" for m in order.motions.values() if m.amends}
    value["reason"] = reason_for(entry, order.ahead, amended)
    if len(motions) == 1:
        later = {m for each in order.ahead[order.ahead.index(entry) + 1 :] for m in each.motions}
        value["falls"] = _when(what_falls(view, motions[0], later))
    return value


def _label(order: Order, kind: EntryKind, motions: list[Motion], entry: Entry | None = None) -> str:
    first = motions[0] if motions else None
    passage = order.passages.get((first.passage_id if first else entry and entry.passage) or "")
    amends = order.motions.get(first.amends or "") if first else None
    changed = {m.amends for m in order.motions.values() if m.state == "carried"}
    together = order.division.en_bloc if order.division else ()
    count = len((first.stands or ()) if first else together)
    return label_of(
        kind, [m.number for m in motions], title=first.title[:_SHORT] if first else "",
        reference=passage.reference if passage else "", amends=amends.number if amends else None,
        passages=count, amended=first is not None and first.id in changed,
    )  # fmt: skip


def _when(falls: dict[MotionState, str]) -> list[str]:
    """What falls, with the end by which it does."""
    words = {MotionState.CARRIED: "If it is carried:", MotionState.LOST: "If it is lost:"}
    if len(falls) == len(set(falls.values())):
        return [f"{words[how]} {said[:1].lower()}{said[1:]}" for how, said in falls.items()]
    return [f"However it ends: {said[:1].lower()}{said[1:]}" for said in set(falls.values())]


def what_falls(view: View, motion: Motion, among: Collection[str] | None = None) -> dict[MotionState, str]:
    """What is not put any more once a motion is carried, and once it is lost, each in a sentence.

    Shape: of motions before the room alone, so that nobody learns of drafts; or of these among them.
    """
    waiting = view.cache.get("put-motions")
    if waiting is None:
        put = select(Motion).where(Motion.state == "put").order_by(Motion.number)
        waiting = list(view.session.scalars(put))
        view.cache["put-motions"] = waiting
    one, *others = votables_of(view.session, [motion, *_others(waiting, motion, among)])
    return falls_in_words(one, others)


def _others(waiting: list[Motion], motion: Motion, among: Collection[str] | None) -> list[Motion]:
    wanted = [each for each in waiting if each.id != motion.id]
    return wanted if among is None else [each for each in wanted if each.id in among]


def _passages(view: View, order: Order) -> list[dict[str, Any]]:
    """The passages of the vote en bloc while they can be pulled out of it: by how many each was.

    Shape: `by` names the delegations and tables that asked, as they are known to everybody.
    """
    division = order.division
    if division is None:
        return []
    asked: dict[str, list[str]] = {}
    names = dict(view.session.execute(select(Delegation.id, Delegation.name)).all())
    wanted = [*division.en_bloc, *division.seriatim]
    for pull in view.session.scalars(select(PullOutRow).where(PullOutRow.passage_id.in_(wanted))):
        kind, _, key = pull.by.partition(":")
        named = f"table {key}" if kind == "table" else names.get(key) or _name(view, key)
        asked.setdefault(pull.passage_id, []).append(named)
    return [
        {
            "id": p.id, "ref": p.reference, "words": (p.heading or p.text)[:_SHORT],
            "by": sorted(asked.get(p.id, ())), "alone": p.id in division.seriatim,
        }
        for p in order.passages.values() if p.id in wanted
    ]  # fmt: skip


def _name(view: View, person: str) -> str:
    """Whoever asked without a delegation or a table."""
    found = view.session.get(Person, person)
    return found.name if found else ""
