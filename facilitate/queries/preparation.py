"""Before: what the clerk has prepared and what is still missing, and the rows of the clerk's pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facilitate.domain.presets import FEATURES
from facilitate.store.rows import (
    Assignment,
    Delegation,
    Device,
    Document,
    Event,
    GrantRow,
    Item,
    Passage,
    Person,
    Seat,
    Submission,
    TableRow,
    Track,
)


@dataclass(frozen=True)
class Preparation:
    """One thing that the clerk prepares: where, what there is and whether it suffices."""

    name: str
    page: str
    sentence: str
    ready: bool


def _count(session: Session, table: Any) -> int:
    return session.scalar(select(func.count()).select_from(table)) or 0


def _many(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"


def checklist(session: Session) -> list[Preparation]:
    """What is prepared, in the order in which a clerk goes about it, without what the preset hides."""
    settings = session.get_one(Event, "event").settings
    shown = {name for name in FEATURES if settings[name]}
    documents, tables = _count(session, Document), _count(session, TableRow)
    people, seats = _count(session, Person), _count(session, Seat)
    delegations, submissions = _count(session, Delegation), _count(session, Submission)
    items, screens = _count(session, Item), _screens(session)
    anything = None if shown else "unused"  # a meeting of ballots alone needs none of this
    every: list[tuple[str | None, str, str, str, bool]] = [
        (anything, "Documents", "documents", _documents(documents, _count(session, Passage)), documents > 0),
        (
            anything,
            "Delegations",
            "delegations",
            _many(delegations, "delegation", "delegations"),
            delegations > 0,
        ),
        ("seating", "Tables", "tables", _many(tables, "table", "tables"), tables > 0),
        (None, "People", "people", _people(people, seats, shown), people > 1),
        (anything, "Submissions", "submissions", _many(submissions, "submission", "submissions"), True),
        ("seating", "Running order", "programme", _programme(session, items), items > 0),
        ("screens", "Screens", "screens", _many(screens, "screen", "screens"), screens > 0),
    ]
    return [
        Preparation(name, page, sentence, ready)
        for feature, name, page, sentence, ready in every
        if feature is None or feature in shown
    ]


def _screens(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Device).where(Device.kind == "screen")) or 0


def _programme(session: Session, items: int) -> str:
    given = session.scalar(select(func.count(Assignment.passage_id.distinct()))) or 0
    passages = _count(session, Passage)
    return f"{_many(items, 'item', 'items')}; {given} of {passages} passages are given to tables"


def _documents(documents: int, passages: int) -> str:
    return f"{_many(documents, 'document', 'documents')} with {_many(passages, 'passage', 'passages')}"


def _people(people: int, seats: int, shown: set[str]) -> str:
    sentence = _many(people, "person", "people")
    return f"{sentence}, {seats:,} of them seated" if "seating" in shown else sentence


def people_page(session: Session, wanted: str, page: int, size: int) -> tuple[list[dict[str, Any]], int]:
    """People by name, one page of them, with roles, seat and presence.

    Shape: (rows, how many there are in all).
    """
    query = select(Person, Delegation.name).outerjoin(Delegation, Delegation.id == Person.delegation_id)
    count = (
        select(func.count()).select_from(Person).outerjoin(Delegation, Delegation.id == Person.delegation_id)
    )
    if wanted:
        match = Person.name.icontains(wanted, autoescape=True) | Delegation.name.icontains(
            wanted, autoescape=True
        )
        query, count = query.where(match), count.where(match)
    total = session.scalar(count) or 0
    found = session.execute(query.order_by(Person.name).limit(size).offset(page * size)).all()
    ids = [person.id for person, _ in found]
    roles: dict[str, list[str]] = {}
    for grant in session.scalars(select(GrantRow).where(GrantRow.person_id.in_(ids)).order_by(GrantRow.role)):
        scope = f" ({grant.scope_kind} {grant.scope})" if grant.scope else ""
        roles.setdefault(grant.person_id or "", []).append(grant.role + scope)
    seats = dict(
        session.execute(select(Seat.person_id, Seat.table_number).where(Seat.person_id.in_(ids))).all()
    )
    rows = [
        {
            "id": person.id,
            "name": person.name,
            "delegation": delegation or "",
            "present": person.present,
            "roles": roles.get(person.id, []),
            "table": seats.get(person.id),
        }
        for person, delegation in found
    ]
    return rows, total


def programme_rows(session: Session) -> list[dict[str, Any]]:
    """The running order as the clerk writes it.

    Shape: one mapping per item with id, track (name), kind, title, planned, minutes, state and assignments.
    """
    tracks = dict(session.execute(select(Track.id, Track.name)).all())
    given: dict[str, list[dict[str, Any]]] = {}
    for a, reference in session.execute(
        select(Assignment, Passage.reference)
        .join(Passage, Passage.id == Assignment.passage_id)
        .order_by(Passage.position)
    ):
        given.setdefault(a.item_id, []).append(
            {"passage": reference, "reach": a.reach, "first": a.first_table, "last": a.last_table}
        )
    return [
        {
            "id": i.id,
            "track": tracks[i.track_id],
            "kind": i.kind,
            "title": i.title,
            "planned": i.planned,
            "minutes": i.minutes,
            "state": i.state,
            "assignments": given.get(i.id, []),
        }
        for i in session.scalars(select(Item).order_by(Item.planned, Item.position))
    ]


def document_rows(session: Session) -> list[dict[str, Any]]:
    """The documents that are frozen, with how many passages each has."""
    counts = dict(
        session.execute(select(Passage.document_id, func.count()).group_by(Passage.document_id)).all()
    )
    return [
        {
            "id": d.id,
            "prefix": d.prefix,
            "title": d.title,
            "commission": d.commission,
            "passages": counts.get(d.id, 0),
            "original": d.original,
        }
        for d in session.scalars(select(Document).order_by(Document.position))
    ]
