"""Hall: what every ballot that is drafted needs: a number, a track, a motion that is decided only once."""

from __future__ import annotations

from sqlalchemy import func, select

from facilitate.domain.ballots import BallotState, Purpose
from facilitate.domain.refusal import Refused
from facilitate.store.rows import Assignment, Ballot, Item, Motion, Track
from facilitate.store.vote_orders import ballots_on
from facilitate.store.writer import Transaction


def next_number(tx: Transaction) -> int:
    """The number of the next ballot."""
    return 1 + (tx.session.scalar(select(func.max(Ballot.number))) or 0)


def binding_on(tx: Transaction, motion: str) -> Ballot | None:
    """The ballot that decides a motion, drafted or further on, if there is one that is not void."""
    return next((
        b for b in ballots_on(tx.session, motion)
        if b.purpose == Purpose.BINDING and b.state != BallotState.VOID and not b.doubtful
    ), None)  # fmt: skip


def check_only_one(tx: Transaction, motion: str | None, purpose: str) -> None:
    """Refuse a second ballot that would decide a motion: it is decided by one.

    Errors: `motion-has-ballot`.
    """
    if not motion or purpose != Purpose.BINDING:
        return
    other = binding_on(tx, motion)
    if other is not None:
        raise Refused("motion-has-ballot", f"Ballot {other.number} is on this motion already.", "motion")


def track_for(tx: Transaction, named: str | None, motion: Motion | None) -> str | None:
    """The track that votes: as named, else the one that discusses the motion's passage, else the first.

    Errors: `unknown-track`.
    """
    if named:
        if tx.session.get(Track, named) is None:
            raise Refused("unknown-track", "There is no such track.", "track")
        return named
    if motion is not None and motion.passage_id:
        found = tx.session.scalars(
            select(Item.track_id)
            .join(Assignment, Assignment.item_id == Item.id)
            .where(Assignment.passage_id == motion.passage_id)
        ).first()
        if found:
            return found
    return tx.session.scalars(select(Track.id).order_by(Track.position)).first()
