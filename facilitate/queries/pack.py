"""Hall: what a day without power needs on paper: order, passages, roll, prepared ballots, tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.domain.ballots import BallotState, Trust
from facilitate.domain.electorate import Electorate, electorate_from_dict, roll_of
from facilitate.queries.ballots import see_ballots
from facilitate.queries.paper import sheets_of
from facilitate.queries.view import View, viewer_of
from facilitate.store.roll import voter_facts
from facilitate.store.rows import (
    Ballot,
    Delegation,
    Document,
    Elector,
    Item,
    Passage,
    Person,
    TableRow,
    Track,
)
from facilitate.store.sections import group_names

_PREPARED = (BallotState.DRAFT, BallotState.RECALLED, BallotState.ANNOUNCED)


def pack_of(view: View) -> dict[str, Any]:
    """Everything that is still to come, for paper; nobody's code, link or address is in it.

    Shape: order, documents, ballots (as the desk sees them, with groups), roll, cards, tables.
    """
    session = view.session
    query = select(Ballot).where(Ballot.state.in_([state.value for state in _PREPARED]))
    ballots = list(session.scalars(query.order_by(Ballot.number)))
    seen = see_ballots(view, viewer_of("desk"), {b.id for b in ballots})
    return {
        "order": _order(session), "documents": _documents(session),
        "ballots": [seen[b.id] | {"groups": group_names(b)} for b in ballots],
        "roll": _roll(session, ballots),
        "cards": _cards(session) if any(b.trust == Trust.CARDS for b in ballots) else [],
        "tables": _tables(session),
    }  # fmt: skip


def _order(session: Session) -> list[dict[str, Any]]:
    """The items that are not over, day by day."""
    rows = session.execute(
        select(Item, Track.name).join(Track, Track.id == Item.track_id)
        .where(Item.progress != "over").order_by(Item.day, Item.planned, Track.position)
    )  # fmt: skip
    days: dict[str, list[list[str]]] = {}
    for item, track in rows:
        line = [item.planned[-5:], f"{item.minutes} min", track, item.title]
        days.setdefault(item.day, []).append(line)
    return [{"day": day, "items": items} for day, items in days.items()]


def _documents(session: Session) -> list[dict[str, Any]]:
    passages: dict[str, list[dict[str, Any]]] = {}
    for p in session.scalars(select(Passage).order_by(Passage.position)):
        words = {"ref": p.reference, "kind": p.kind, "text": p.text or p.heading}
        passages.setdefault(p.document_id, []).append(words)
    documents = session.scalars(select(Document).order_by(Document.position))
    return [{"title": d.title, "passages": passages.get(d.id, [])} for d in documents]


def _roll(session: Session, ballots: Sequence[Ballot]) -> list[dict[str, Any]]:
    """Everybody who may vote if they are here, by name, with the numbers of the ballots they may vote in."""
    facts = {key: replace(each, present=True) for key, each in voter_facts(session).items()}
    everybody = set(roll_of(facts, Electorate()))
    of_ballot = {b.number: _may_vote(session, b, facts) for b in ballots if b.trust != Trust.CARDS}
    everybody.update(*of_ballot.values())
    rows = session.execute(
        select(Person.id, Person.name, Person.present, Delegation.name, Delegation.section)
        .outerjoin(Delegation, Delegation.id == Person.delegation_id)
    )  # fmt: skip
    found = [
        {
            "name": name, "delegation": body or "", "section": section or "", "present": present,
            "votes": [number for number, may in of_ballot.items() if key in may],
        }
        for key, name, present, body, section in rows if key in everybody
    ]  # fmt: skip
    return sorted(found, key=lambda each: (each["name"].casefold(), each["delegation"].casefold()))


def _may_vote(session: Session, ballot: Ballot, facts: dict[str, Any]) -> set[str]:
    """Who is on a ballot's roll: as frozen by its announcement, else whoever would be on it."""
    if ballot.state == BallotState.ANNOUNCED:
        return set(session.scalars(select(Elector.person_id).where(Elector.ballot_id == ballot.id)))
    return set(roll_of(facts, electorate_from_dict(ballot.electorate)))


def _cards(session: Session) -> list[list[str]]:
    rows = session.scalars(select(Delegation).where(Delegation.votes > 0).order_by(Delegation.name))
    return [[each.name, f"{each.votes:,}"] for each in rows]


def _tables(session: Session) -> list[dict[str, Any]]:
    """Each table with the rounds that are still to come and the passages that it discusses in them."""
    rounds: dict[int, list[dict[str, Any]]] = {}
    query = select(Item).where(Item.kind == "round", Item.progress != "over")
    for item in session.scalars(query.order_by(Item.planned, Item.position)):
        for sheet in sheets_of(session, item, None):
            refs = [passage["ref"] for passage in sheet["passages"]]
            rounds.setdefault(sheet["number"], []).append({"title": item.title, "refs": refs})
    tables = session.scalars(select(TableRow).order_by(TableRow.number))
    return [{"number": t.number, "block": t.block, "rounds": rounds.get(t.number, [])} for t in tables]
