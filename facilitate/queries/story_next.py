"""Every stage: where a passage comes up next, for whoever made a point about it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import select

from facilitate.domain.programme import Phase
from facilitate.queries.event import event_row
from facilitate.queries.outcome import Reading, reading_of
from facilitate.queries.view import View
from facilitate.store.rows import Assignment, Ballot, Document, Item, Motion, Passage, Track
from facilitate.store.vote_orders import order_of

_NOW = {"announced": "is announced", "open": "is open now", "closed": "is being counted"}


def reading_at(view: View, document: Document) -> Reading:
    """One document's outcome as it stands, put together once for all stories of a page."""
    key = ("outcome", document.id)
    if key not in view.cache:
        view.cache[key] = reading_of(view, document)
    found: Reading = view.cache[key]
    return found


def coming_up(view: View, passages: Sequence[Passage], motions: Iterable[Motion]) -> tuple[str, ...]:
    """When and where the passages of a point, and the motions made from it, are dealt with next.

    Shape: sentences, each once: rounds and votes to come while the event goes on; after it, where the
    sign-off is and that the conference decides.
    """
    if Phase(event_row(view).phase) is Phase.AFTER:
        documents = dict.fromkeys(passage.document_id for passage in passages)
        found = [_signing(view, view.session.get_one(Document, each)) for each in documents]
    else:
        found = [sentence for passage in passages for sentence in _rounds(view, passage)]
        asked = {m.id: m for m in motions} | {m.id: m for m in _put_on(view, passages)}
        waiting = [motion for motion in asked.values() if motion.state == "put"]
        found += [_vote(view, motion) for motion in sorted(waiting, key=lambda motion: motion.number)]
    return tuple(dict.fromkeys(found))


def _rounds(view: View, passage: Passage) -> list[str]:
    """The next round that deals with a passage, in the order of the day."""
    row = view.session.execute(
        select(Item, Track.name, Assignment)
        .join(Track, Track.id == Item.track_id)
        .join(Assignment, Assignment.item_id == Item.id)
        .where(Assignment.passage_id == passage.id, Item.state != "done", Item.progress != "over")
        .order_by(Item.planned, Item.position)
        .limit(1)
    ).first()
    if row is None:
        return []
    item, track, given = row
    if item.state == "current":
        return [f"{passage.reference} is being discussed now, in “{item.title}” ({track}, {_who(given)})."]
    when = _at(item.planned)
    return [f"{passage.reference} is discussed next on {when}, in “{item.title}” ({track}, {_who(given)})."]


def _who(given: Assignment) -> str:
    if given.reach == "block":
        return f"tables {given.first_table} to {given.last_table}"
    return "all its tables" if given.reach == "all" else "at the tables that choose it"


def _at(planned: str) -> str:
    day = date.fromisoformat(planned[:10])
    return f"{day:%A} {day.day} {day:%B %Y} at {planned[-5:]}"


def _put_on(view: View, passages: Sequence[Passage]) -> list[Motion]:
    ids = [passage.id for passage in passages]
    return list(view.session.scalars(select(Motion).where(Motion.passage_id.in_(ids), Motion.state == "put")))


def _vote(view: View, motion: Motion) -> str:
    """When a motion comes to the vote: by its ballot where there is one, else by the order of votes."""
    named = f"Motion {motion.number}, “{motion.title}”," if motion.title else f"Motion {motion.number}"
    ballot = view.session.scalar(
        select(Ballot)
        .where(Ballot.motion_id == motion.id, Ballot.state.in_(list(_NOW)))
        .order_by(Ballot.number.desc())
        .limit(1)
    )
    if ballot is not None:
        return f"{named} is put to the vote: ballot {ballot.number} {_NOW[ballot.state]}."
    document = view.session.get_one(Document, motion.document_id)
    key = ("order", document.id)
    if key not in view.cache:
        view.cache[key] = order_of(view.session, document)
    order = view.cache[key]
    places = [at for at, entry in enumerate(order.ahead) if motion.id in entry.motions]
    if order.row is None or not places:
        return f"{named} is before the room and waits for its vote."
    at = places[0]
    before = f"after {at} other {'vote' if at == 1 else 'votes'}" if at else "as the next vote"
    return f"{named} comes to the vote {before} in the order of votes on “{document.title}”."


def _signing(view: View, document: Document) -> str:
    """Where the outcome of a document is on its way to the conference."""
    reading, title = reading_at(view, document), f"The outcome of “{document.title}”"
    if reading.final:
        return reading.final
    if reading.sealed:
        return f"{title} is signed and sealed. The autumn conference has the final vote on it."
    if reading.row is None:
        return f"{title} is not put together yet. After that the policy forum signs it."
    if reading.sheet.offered is None:
        return f"{title} is put together and is offered to its signatories next."
    left = len(reading.signing.missing)
    whom = "1 signatory has" if left == 1 else f"{left} signatories have"
    return f"{title} is before its signatories: {whom} still to sign. Then the autumn conference decides."
