"""Archive: what of an event's record is kept for good, and what is left out with its reason."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from facilitate.domain.ballots import BallotState, Purpose, Trust
from facilitate.domain.majority import rules_from_dict
from facilitate.domain.people import Role
from facilitate.store.boards import papers_on
from facilitate.store.rows import (
    Ballot,
    GrantRow,
    JournalEntry,
    JournalPayload,
    Paper,
    Person,
    Row,
    Voted,
    image,
)
from facilitate.store.writer import row_key

KEPT = (
    "assignments", "ballots", "cards", "circulated_drafts", "comments", "considerations", "delegations",
    "devices", "documents", "draft_points", "event", "final_votes", "handovers", "items", "motion_sources",
    "motions", "outcome_decisions", "outcome_edits", "outcome_offerings", "outcome_wordings", "outcomes",
    "passages", "pull_outs", "question_comments", "questions", "responses", "sealed_versions", "signings",
    "stamp_groups", "submission_revisions", "submissions", "tables", "theme_comments", "themes", "tracks",
    "vote_orders",
)  # fmt: skip
# Each with the reason that stands in the archive.
LEFT_OUT = {
    "box_pairing": "where the ballot box stood",
    "commands": "the hub’s memory of what it had answered",
    "confidences": "what delegates told the tellers in confidence",
    "credentials": "sign-in codes",
    "electors": "who was entitled to vote in which ballot, by name; how many were is kept",
    "files": "the table of files; the originals and the sealed texts lie under documents/ and sealed/",
    "grants": "who held which role; the names of those who held an office stand in people.json",
    "help_calls": "calls for help from the tables, private ones among them",
    "invitations": "which delegates wish to be invited again, by name",
    "journal": "the table of entries; they are in journal/entries.jsonl",
    "journal_head": "the journal’s end; it stands in the manifest",
    "journal_payloads": "the table of payloads; those that may be kept are in journal/payloads.jsonl",
    "kept_items": "points as raw bytes that could not be read or came after a sign-in had ended",
    "looks": "who had read which words before signing, by name",
    "missing_points": "what single delegates missed, by name; how many there were is in balance.json",
    "paper_entries": "what single tellers read on single papers",
    "paper_stamps": "the secret halves of stamps for ballots on paper",
    "papers": "single papers; how many were cast for what is in ballots.json",
    "persons": "names and addresses of people without an office",
    "seats": "who sat at which table",
    "sessions": "who was signed in on which device",
    "stamps": "who fetched a stamp",
    "teller_acts": "single tellers’ deeds, some of which name a delegate",
    "voted": "who has voted; how many have is in ballots.json",
    "writings": "which laptop wrote for a table, and drafts that were never sent",
}
_OFFICES = frozenset(Role) - {Role.DELEGATE, Role.ATTENDEE, Role.BODY_OFFICER}


def journal_entries(session: Session) -> Iterator[dict[str, Any]]:
    """Every entry of the journal with its hash, in order.

    A reason that was given for an act on rows that are left out is left out as well: it may say who is ill.
    """
    entries = (
        select(JournalEntry, JournalPayload.body)
        .join(JournalPayload, JournalPayload.number == JournalEntry.number)
        .order_by(JournalEntry.number)
    )
    for entry, body in session.execute(_in_order(entries)):
        found = image(entry)
        if entry.reason is not None and _hidden(body):
            del found["reason"]
            found["reason_left_out"] = True
        yield found


def _hidden(body: str | None) -> list[str]:
    """The kinds of rows in a payload that are left out."""
    rows = json.loads(body)["rows"] if body else {}
    return sorted({row.partition(":")[0] for row in rows} - {*KEPT})


def journal_payloads(session: Session) -> Iterator[dict[str, Any]]:
    """What each entry left behind, in order: whole, erased with its reason, or left out.

    A payload is kept when all rows in it are of kinds that are kept; of another only the rows' names are, so
    that whoever checks knows which rows cannot be compared.
    """
    payloads = select(JournalPayload).order_by(JournalPayload.number)
    for payload in session.scalars(_in_order(payloads)):
        if payload.body is None or payload.salt is None:
            why = payload.erased_because
            yield {"number": payload.number, "erased_by": payload.erased_by, "erased_because": why}
            continue
        rows = sorted(json.loads(payload.body)["rows"])
        if hidden := _hidden(payload.body):
            shown = [row for row in rows if row.partition(":")[0] in KEPT]
            yield {"number": payload.number, "left_out": hidden, "rows": shown}
        else:
            yield {"number": payload.number, "salt": payload.salt, "body": payload.body}


def kept_rows(session: Session) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    """Each table that is kept with its rows, in the order of their keys."""
    tables = {mapper.class_.__tablename__: mapper.class_ for mapper in Row.registry.mappers}
    for name in KEPT:
        yield name, _rows(session, tables[name])


def _rows(session: Session, table: type[Row]) -> Iterator[dict[str, Any]]:
    for row in session.scalars(_in_order(select(table).order_by(*table.__mapper__.primary_key))):
        yield {"key": row_key(row), "row": image(row)}


def _in_order(query: Any) -> Any:
    return query.execution_options(yield_per=500)


def office_holders(session: Session) -> list[dict[str, Any]]:
    """Who acted for the event, by name and roles; delegates stand in the record by their ids alone."""
    found: dict[str, dict[str, Any]] = {}
    rows = session.execute(
        select(Person.id, Person.name, GrantRow.role)
        .join(GrantRow, GrantRow.person_id == Person.id)
        .where(GrantRow.role.in_(sorted(_OFFICES)))
        .order_by(Person.id, GrantRow.role)
    )
    for person, name, role in rows:
        roles = found.setdefault(person, {"id": person, "name": name, "roles": []})["roles"]
        if role not in roles:
            roles.append(role)
    return list(found.values())


def counted_ballots(session: Session) -> list[dict[str, Any]]:
    """What was cast in each ballot whose result or board is published, never by whom.

    Shape: `papers` are {group, choice, papers}; no groups where nothing is counted by section; `board` is
    None where there is none.
    """
    ballots = session.scalars(
        select(Ballot)
        .where(or_(Ballot.state == BallotState.PUBLISHED, Ballot.board.is_not(None)))
        .where(Ballot.purpose != Purpose.PRACTICE)
        .order_by(Ballot.number)
    )
    return [_counted(session, ballot) for ballot in ballots]


def _counted(session: Session, ballot: Ballot) -> dict[str, Any]:
    grouped = bool(rules_from_dict(ballot.rules).shares)
    if ballot.trust == Trust.STAMPED:
        cast = Counter((paper.group, paper.choice) for paper in papers_on(session, ballot))
        voted = sum(ballot.cast or [])
    else:
        boxed = select(Paper.group, Paper.choice, func.count()).where(Paper.ballot_id == ballot.id)
        rows = session.execute(boxed.group_by(Paper.group, Paper.choice))
        cast = Counter({(group, choice): count for group, choice, count in rows})
        voted = session.scalar(select(func.count()).where(Voted.ballot_id == ballot.id)) or 0
    total: Counter[tuple[int, str]] = Counter()
    for (group, choice), papers in cast.items():
        total[group if grouped else 0, choice] += papers
    return {
        "number": ballot.number, "id": ballot.id, "question": ballot.question, "trust": ballot.trust,
        "options": ballot.options, "entitled": ballot.entitled, "voted": voted, "result": ballot.result,
        "papers": [
            {"group": group if grouped else None, "choice": choice, "papers": papers}
            for (group, choice), papers in sorted(total.items())
        ],
        "board": _board(ballot),
    }  # fmt: skip


def _board(ballot: Ballot) -> dict[str, Any] | None:
    if not ballot.board:
        return None
    return {
        "file": f"boards/ballot-{ballot.number}.json", "sha256": ballot.board, "root": ballot.root,
        "keys_hash": ballot.keys_hash, "issued": sum(ballot.issued or []),
    }  # fmt: skip
