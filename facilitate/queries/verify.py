"""Every stage: recomputes the journal's chain and compares every row with what the journal says of it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facilitate.domain.ballots import Trust
from facilitate.domain.refusal import Refused
from facilitate.store.cards import cards_of
from facilitate.store.journal import GENESIS, entry_hash, head_of, payload_hash
from facilitate.store.papers import take_count
from facilitate.store.register import issued_of
from facilitate.store.rows import (
    Ballot,
    Elector,
    File,
    JournalEntry,
    JournalPayload,
    Paper,
    Row,
    Voted,
    image,
)
from facilitate.store.writer import row_key

# These hold no act of their own: secrets, papers (counted again below), files (under their own hash), and
# the journal itself.
NOT_RECORDED = frozenset(
    {
        "credentials", "sessions", "papers", "voted", "electors", "stamps", "paper_stamps",
        "paper_entries", "confidences", "commands", "files", "journal", "journal_payloads", "journal_head",
    }
)  # fmt: skip


@dataclass
class Report:
    """What verifying found."""

    entries: int = 0
    rows: int = 0
    erased: int = 0
    head: str = GENESIS
    differences: list[str] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether nothing differs."""
        return not self.differences

    @property
    def sentence(self) -> str:
        """The finding in words."""
        if not self.whole:
            return f"The record does NOT hold: {len(self.differences)} differences."
        erased = f", {self.erased} erased with reason" if self.erased else ""
        return f"The record holds: {self.entries} entries{erased}, {self.rows} rows. Head {self.head}"


def verify_event(session: Session, head: str | None = None) -> Report:
    """Recompute chain and payloads, then compare rows.

    Shape: head is the hash that was shown on the screen or printed, if there is one to hold it against.
    """
    report = Report()
    latest = _chain(session, report)
    number, stored = head_of(session)
    if stored != report.head or number != report.entries:
        report.differences.append("The journal's end is not where its head says.")
    if head and head.lower() != report.head:
        report.differences.append(f"The head is {report.head}, not {head}.")
    _rows(session, report, latest)
    _boxes(session, report)
    _files(session, report)
    return report


def _chain(session: Session, report: Report) -> dict[str, Any]:
    latest: dict[str, Any] = {}
    rows = session.execute(
        select(JournalEntry, JournalPayload)
        .outerjoin(JournalPayload, JournalPayload.number == JournalEntry.number)
        .order_by(JournalEntry.number)
        .execution_options(yield_per=500)
    )
    for entry, payload in rows:
        report.entries += 1
        fields = {
            "number": entry.number, "at": entry.at, "actor": entry.actor, "action": entry.action,
            "subject": entry.subject, "reason": entry.reason, "audiences": entry.audiences,
            "payload_hash": entry.payload_hash, "previous": entry.previous,
        }  # fmt: skip
        if (
            entry.number != report.entries
            or entry.previous != report.head
            or entry_hash(fields) != entry.hash
        ):
            report.differences.append(f"Entry {entry.number} does not fit into the chain.")
        report.head = entry.hash
        _payload(report, latest, entry, payload)
    return latest


def _payload(
    report: Report, latest: dict[str, Any], entry: JournalEntry, payload: JournalPayload | None
) -> None:
    if payload is None or (payload.body is None and not payload.erased_because):
        report.differences.append(f"Entry {entry.number} has lost its payload without a reason.")
    elif payload.body is None or payload.salt is None:
        report.erased += 1
    elif payload_hash(payload.salt, payload.body) != entry.payload_hash:
        report.differences.append(f"The payload of entry {entry.number} was changed.")
    else:
        latest.update(json.loads(payload.body)["rows"])


def _rows(session: Session, report: Report, latest: dict[str, Any]) -> None:
    found: set[str] = set()
    for mapper in Row.registry.mappers:
        if mapper.class_.__tablename__ in NOT_RECORDED:
            continue
        for row in session.scalars(select(mapper.class_)):
            key = row_key(row)
            found.add(key)
            report.rows += 1
            if key not in latest:
                report.differences.append(f"{key} is not in the journal.")
            elif latest[key] != image(row):
                report.differences.append(f"{key} is not as the journal says.")
    recorded = {k for k, v in latest.items() if v is not None and k.partition(":")[0] not in NOT_RECORDED}
    if not report.erased:
        report.differences.extend(f"{key} is in the journal but gone." for key in sorted(recorded - found))


def _boxes(session: Session, report: Report) -> None:
    """Count every box again: papers, roll and result have to agree."""
    for ballot in session.scalars(
        select(Ballot).where(Ballot.announced_at.is_not(None)).order_by(Ballot.number)
    ):
        papers, voted, roll = (
            session.scalar(select(func.count()).select_from(table).where(table.ballot_id == ballot.id))
            for table in (Paper, Voted, Elector)
        )
        if ballot.trust == Trust.CARDS:
            roll = len(cards_of(session, ballot)) if ballot.entitled else 0
        issued = ballot.trust != Trust.STAMPED or ballot.issued in (None, issued_of(session, ballot))
        if papers != voted or roll != (ballot.entitled or 0) or not issued:
            report.differences.append(f"The papers of ballot {ballot.number} are not those of its roll.")
        elif ballot.result is not None and _recount(session, ballot) != ballot.result:
            report.differences.append(f"The papers of ballot {ballot.number} do not give its result.")


def _recount(session: Session, ballot: Ballot) -> dict[str, Any] | None:
    try:
        return take_count(session, ballot)
    except (Refused, ValueError):
        return None


def _files(session: Session, report: Report) -> None:
    for sha in session.scalars(select(File.sha256)).all():
        body = session.scalars(select(File.body).where(File.sha256 == sha)).one()
        if hashlib.sha256(body).hexdigest() != sha:
            report.differences.append(f"The file {sha} is not as it was kept.")
