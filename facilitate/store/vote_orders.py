"""Hall: the order of votes on a document as it is now: what is to come, arranged, and what is over."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from facilitate.domain.en_bloc import Division, PullOut, divide_passages
from facilitate.domain.motions import MotionState
from facilitate.domain.refusal import Refused
from facilitate.domain.vote_entries import Entry, arranged, entries_of
from facilitate.store.rows import (
    Assignment,
    Ballot,
    Document,
    Item,
    Motion,
    Passage,
    PullOutRow,
    Track,
    VoteOrder,
)
from facilitate.store.votables import place_of_passage, votables_of

_OVER = ("carried", "lost", "tied", "fell", "remitted", "referred-back", "rescinded", "not-reached")
_UNSETTLED = ("replace", "delete")


@dataclass(frozen=True)
class Order:
    """The order of votes on one document.

    Shape: `ahead` are the votes to come in their order; `over` the motions that have ended, as they ended;
    `division` is None where the passages are not voted on by themselves, or no longer divided.
    """

    document: Document
    row: VoteOrder | None
    ahead: list[Entry]
    over: list[Motion]
    motions: dict[str, Motion]
    passages: dict[str, Passage]
    division: Division | None

    @property
    def size(self) -> int:
        """How many votes there are in all, those that were not put too."""
        return len(self.over) + len(self.ahead)


def order_of(session: Session, document: Document) -> Order:
    """The order of votes on a document, laid before the room or not yet."""
    row = session.get(VoteOrder, document.id)
    motions = list(session.scalars(
        select(Motion)
        .where(Motion.document_id == document.id, Motion.state != "draft")
        .order_by(Motion.number)
    ))
    passages = {p.id: p for p in session.scalars(
        select(Passage).where(Passage.document_id == document.id).order_by(Passage.position)
    )}
    over = sorted((m for m in motions if m.state in _OVER), key=lambda m: (str(m.decided_at), m.number))
    division = _division(session, row, motions, passages)
    ahead = _ahead(session, row, [m for m in motions if m.state == MotionState.PUT], passages, division)
    return Order(document, row, ahead, over, {m.id: m for m in motions}, passages, division)


def _division(
    session: Session, row: VoteOrder | None, motions: list[Motion], passages: dict[str, Passage]
) -> Division | None:
    """Which passages are voted on en bloc and which were pulled out, until the vote en bloc is put."""
    if row is None or not row.en_bloc or any(m.stands and len(m.stands) > 1 for m in motions):
        return None
    live = [m for m in motions if m.state not in ("withdrawn", "void")]
    settled = {passage for m in live for passage in m.stands or ()}
    # What was moved on a passage is its vote.
    settled |= {m.passage_id for m in live if m.passage_id and m.effect in _UNSETTLED}
    asked = [p.id for p in passages.values() if p.kind != "heading" and p.text and p.id not in settled]
    pulls = session.scalars(select(PullOutRow).where(PullOutRow.passage_id.in_(asked)))
    return divide_passages(asked, [PullOut(pull.passage_id, pull.by) for pull in pulls], row.needed)


def _ahead(
    session: Session, row: VoteOrder | None, put: list[Motion], passages: dict[str, Passage],
    division: Division | None,
) -> list[Entry]:
    votables = votables_of(session, put)
    alone = division.seriatim if division else ()
    by_themselves = {p: place_of_passage(passages[p].position) - 1 for p in alone}
    whole = bool(division and division.en_bloc)
    apart = {place_of_passage(passages[p].position) for p in (row.apart if row else ()) if p in passages}
    rescinding = {m.id for m in put if m.rescinds}
    try:
        found = entries_of(votables, by_themselves, en_bloc=whole, apart=apart, rescinding=rescinding)
    except Refused:
        # Conditions among rival texts: these are put one by one, which no condition forbids.
        every = {one.position for one in votables}
        found = entries_of(votables, by_themselves, en_bloc=whole, apart=every, rescinding=rescinding)
    return arranged(found, row.chosen if row else ())


def laid_order(session: Session, motion: Motion) -> Order | None:
    """The order of votes in which a motion stands, where one was laid before the room."""
    if session.get(VoteOrder, motion.document_id) is None:
        return None
    return order_of(session, session.get_one(Document, motion.document_id))


def next_in_track(session: Session, track: Track) -> Order | None:
    """The first laid order with votes to come that this track holds."""
    laid = select(Document).join(VoteOrder, VoteOrder.document_id == Document.id).order_by(Document.position)
    for document in session.scalars(laid):
        if track_of(session, document.id) == track.id:
            order = order_of(session, document)
            if order.ahead:
                return order
    return None


def track_of(session: Session, document: str) -> str | None:
    """The track that votes on a document: one that discusses it, else the first."""
    found = session.scalars(
        select(Item.track_id)
        .join(Assignment, Assignment.item_id == Item.id)
        .join(Passage, Passage.id == Assignment.passage_id)
        .where(Passage.document_id == document)
        .order_by(Item.position)
    ).first()
    return found or session.scalars(select(Track.id).order_by(Track.position)).first()


def ballots_on(session: Session, motion: str) -> list[Ballot]:
    """Every ballot on a motion, also where it was put against others."""
    own = or_(Ballot.motion_id == motion, Ballot.alternatives.is_not(None))
    found = session.scalars(select(Ballot).where(own).order_by(Ballot.number))
    return [b for b in found if b.motion_id == motion or motion in (b.alternatives or ())]
