"""Hall: where a track is, read from its rows, for the chair's button and for the screens that follow it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.domain.ballots import BallotState, Trust
from facilitate.domain.chair import BallotStep, ItemPhase, ItemStep, TrackState, VoteStep
from facilitate.domain.counting import Reason
from facilitate.domain.programme import ItemKind, ItemState, Phase
from facilitate.store.rows import Ballot, Device, Event, Item, Track
from facilitate.store.vote_orders import next_in_track
from facilitate.store.writer import Transaction

# A ballot that was drafted for no item in particular is taken up by an item of these kinds.
_VOTING = (ItemKind.BALLOT.value, ItemKind.PLENARY.value)


def items_of(session: Session, track: str) -> list[Item]:
    """A track's items in their order."""
    return list(session.scalars(select(Item).where(Item.track_id == track).order_by(Item.position)))


def track_state(session: Session, track: Track) -> TrackState:
    """Where a track is."""
    event = session.get_one(Event, "event")
    ballots = list(session.scalars(select(Ballot).order_by(Ballot.number)))
    vote = _vote_step(session, track)
    steps = tuple(_item_step(item, ballots, vote) for item in items_of(session, track.id))
    return TrackState(Phase(event.phase), steps, _others_done(session, track), _others_begun(session, track))


def _others_done(session: Session, track: Track) -> bool:
    left = session.scalar(
        select(Item.id).where(Item.track_id != track.id, Item.state != ItemState.DONE.value).limit(1)
    )
    return left is None


def _others_begun(session: Session, track: Track) -> bool:
    begun = session.scalar(
        select(Item.id).where(Item.track_id != track.id, Item.state != ItemState.PLANNED.value).limit(1)
    )
    return begun is not None


def _vote_step(session: Session, track: Track) -> VoteStep | None:
    order = next_in_track(session, track)
    if order is None:
        return None
    return VoteStep(order.document.id, order.document.prefix, len(order.over) + 1, order.size)


def _item_step(item: Item, ballots: Sequence[Ballot], vote: VoteStep | None) -> ItemStep:
    votes = item.kind in _VOTING and item.state == ItemState.CURRENT
    own = tuple(_ballot_step(b) for b in ballots if belongs(b, item))
    return ItemStep(
        id=item.id, kind=ItemKind(item.kind), title=item.title, state=ItemState(item.state),
        phase=ItemPhase(item.progress), minutes=item.minutes, ballots=own,
        vote=vote if votes else None,
    )  # fmt: skip


def belongs(ballot: Ballot, item: Item) -> bool:
    """Whether a ballot is voted on in an item."""
    if ballot.item_id is not None:
        return ballot.item_id == item.id
    waiting = item.kind in _VOTING and item.state == ItemState.CURRENT
    return waiting and ballot.track_id in (None, item.track_id)


def _ballot_step(ballot: Ballot) -> BallotStep:
    waits = (ballot.result or {}).get("reason") == Reason.TIE_WAITS_FOR_CHAIR
    state, trust = BallotState(ballot.state), Trust(ballot.trust)
    uncertified = state is BallotState.PROVISIONAL and trust is Trust.STAMPED and ballot.certified_at is None
    return BallotStep(ballot.id, ballot.number, state, trust, waits, uncertified)


def followers(tx: Transaction) -> list[str]:
    """What depends on phase, items and ballots: the chair's main buttons and the screens, as touches."""
    tracks = tx.session.scalars(select(Track.id))
    screens = tx.session.scalars(select(Device.id).where(Device.kind == "screen"))
    return [*(f"track:{track}" for track in tracks), *(f"screen:{screen}" for screen in screens)]
