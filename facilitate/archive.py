"""Archive: puts an event into one file that can be read and checked in twenty years without this software."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path, PurePath
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.archive_signature import signer
from facilitate.domain.people import Actor, Grant, Role
from facilitate.domain.refusal import Refused
from facilitate.formats.archive_pages import archive_page, board_verifier, checker
from facilitate.formats.archive_zip import ArchiveFile, as_json, as_line
from facilitate.formats.outcome_akn import outcome_akn
from facilitate.formats.outcome_csv import outcome_csv
from facilitate.formats.outcome_html import outcome_html
from facilitate.formats.outcome_json import Facts, outcome_data, schema_bytes
from facilitate.formats.outcome_popolo import outcome_popolo
from facilitate.formats.outcome_status import status_sentence, version_sentence
from facilitate.formats.outcome_words import when
from facilitate.queries import View
from facilitate.queries.archive import (
    LEFT_OUT,
    counted_ballots,
    journal_entries,
    journal_payloads,
    kept_rows,
    office_holders,
)
from facilitate.queries.balance import balance_rows
from facilitate.queries.event import event_row
from facilitate.queries.outcome import Reading, reading_of
from facilitate.queries.story import story_of
from facilitate.queries.versions import record_of, sealed_versions
from facilitate.store.journal import head_of
from facilitate.store.rows import (
    Comment,
    Document,
    Event,
    File,
    JournalEntry,
    OutcomeRow,
    Passage,
    Submission,
)

_CERTIFICATE = re.compile(rb"-----BEGIN CERTIFICATE-----.+?-----END CERTIFICATE-----\n?", re.DOTALL)
# In whose place stories are read: the archive names tables, as the record does.
_ARCHIVIST = Actor(person="archive", name="archive", grants=(Grant(Role.CLERK),))


@dataclass(frozen=True)
class Archived:
    """What was written: the manifest's hash, and the journal's end as the archive has it."""

    seal: str
    number: int
    head: str
    files: int


def write_archive(session: Session, keys: Path, place: Path) -> Archived:
    """Write the event's archive; the event is only read, from one moment of it.

    Shape: `keys` is the event's folder of keys, of which public parts alone are taken.
    Errors: `file-exists`, `no-event`.
    """
    if place.exists():
        raise Refused("file-exists", f"{place} is there already. Nothing was written; choose another name.")
    if session.get(Event, "event") is None:
        raise Refused("no-event", "There is no event in this folder. Nothing was written.")
    part = place.with_name(place.name + ".part")
    part.unlink(missing_ok=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        done = _Archive(session, ArchiveFile(part)).write(keys)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.rename(place)
    finally:
        part.unlink(missing_ok=True)
    return done


@dataclass
class _Archive:
    """One archive while it is being written."""

    session: Session
    file: ArchiveFile
    counts: dict[str, int] = field(default_factory=dict)
    files: int = 0

    def write(self, keys: Path) -> Archived:
        number, head = head_of(self.session)
        self.view = View(self.session, self._last_moment(number))
        self.event = event_row(self.view)
        self.documents = list(self.session.scalars(select(Document).order_by(Document.position)))
        balance, ballots = balance_rows(self.view), counted_ballots(self.session)
        sign = signer(keys)
        self._explain(number, head, ballots, signed=sign is not None)
        self._record()
        self.add("balance.json", [as_json(balance)])
        self.add("ballots.json", [as_json(ballots)])
        self.add("people.json", [as_json(office_holders(self.session))])
        self._boards(ballots)
        for document in self.documents:
            self._document(document)
        self.add("outcome/outcome.schema.json", [schema_bytes()])
        stories = self._stories()
        self.add("index.html", [self._index(stories, balance, ballots, number, head)])
        for name in ("ca.crt", "hub.crt", "seal.crt"):
            if (keys / name).is_file():
                self.add(f"keys/{name}", _CERTIFICATE.findall((keys / name).read_bytes()))
        seal = self.file.close({
            "event": {"name": self.event.name, "zone": self.event.zone, "phase": self.event.phase,
                      "rehearsal": self.event.rehearsal},
            "journal": {"number": number, "head": head, "at": self.view.now.isoformat()},
            "counts": {"rows": self.counts, "stories": len(stories)},
        }, sign)  # fmt: skip
        return Archived(seal, number, head, self.files + (3 if sign else 2))

    def add(self, name: str, parts: Iterable[bytes]) -> int:
        """Write one file; answers of how many parts it was."""
        self.files += 1
        return self.file.add(name, parts)

    def _last_moment(self, number: int) -> datetime:
        """The moment of the last act: the same event gives the same archive, whenever it is written."""
        at = self.session.scalar(select(JournalEntry.at).where(JournalEntry.number == number))
        return datetime.fromisoformat(at) if at else datetime(1980, 1, 1, tzinfo=UTC)

    def _explain(self, number: int, head: str, ballots: list[dict[str, Any]], *, signed: bool) -> None:
        facts = {
            "event": self.event, "number": number, "head": head, "left_out": LEFT_OUT,
            "at": when(self.view.now, self.event.zone), "boards": [b["board"] for b in ballots if b["board"]],
            "signed": signed,
        }  # fmt: skip
        self.add("README.txt", [archive_page("README.txt", **facts)])
        self.add("check.py", [checker()])
        self.add("verify_ballot.py", [board_verifier()])

    def _record(self) -> None:
        self.add("journal/entries.jsonl", map(as_line, journal_entries(self.session)))
        self.add("journal/payloads.jsonl", map(as_line, journal_payloads(self.session)))
        for table, rows in kept_rows(self.session):
            self.counts[table] = self.add(f"record/{table}.jsonl", map(as_line, rows))

    def _boards(self, ballots: list[dict[str, Any]]) -> None:
        for ballot in ballots:
            if ballot["board"]:
                self.add(ballot["board"]["file"], [self._kept(ballot["board"]["sha256"])])

    def _kept(self, sha: str) -> bytes:
        return self.session.scalars(select(File.body).where(File.sha256 == sha)).one()

    def _document(self, document: Document) -> None:
        name = safe_name(document.prefix)
        if document.original:
            original = self.session.get_one(File, document.original)
            self.add(f"documents/{name}{_suffix(original.name)}", [self._kept(original.sha256)])
        query = select(Passage).where(Passage.document_id == document.id).order_by(Passage.position)
        passages = list(self.session.scalars(query))
        page = archive_page("document.html", event=self.event, document=document, passages=passages)
        self.add(f"documents/{name}-passages.html", [page])
        reading = reading_of(self.view, document)
        data = outcome_data(reading.outcome, self._facts(reading))
        self.add(f"outcome/{name}.html", [outcome_html(data)])
        self.add(f"outcome/{name}.csv", [outcome_csv(data)])
        self.add(f"outcome/{name}.json", [as_json(data)])
        self.add(f"outcome/{name}.akn.xml", [outcome_akn(data)])
        self.add(f"outcome/{name}.popolo.json", [outcome_popolo(data)])
        row = self.session.get(OutcomeRow, document.id)
        if row is not None and row.sealed_hash:
            self.add(f"sealed/{name}.json", [self._kept(row.sealed_hash)])
        self._earlier(document, name)

    def _earlier(self, document: Document, name: str) -> None:
        """Every version that was sealed and followed by another: its text, its record and its page."""
        for version in sealed_versions(self.view, document):
            if version.superseded_by:
                named, data = f"{name}-version-{version.version}", record_of(self.view, version)
                self.add(f"sealed/{named}.json", [self._kept(version.hash)])
                self.add(f"sealed/{named}-record.json", [self._kept(version.record)])
                self.add(f"outcome/{named}.html", [outcome_html(data)])
                self.add(f"outcome/{named}.csv", [outcome_csv(data)])

    def _facts(self, reading: Reading) -> Facts:
        row, zone = reading.row, self.event.zone
        status = status_sentence(
            reading.signing, reading.names, zone, compiled=row is not None,
            offered_at=row.offered_at if row else None, sealed_at=row.sealed_at if row else None,
        )  # fmt: skip
        number, head = reading.journal
        status, earlier = version_sentence(reading.version, reading.earlier, status, zone)
        return Facts(
            self.event.name, zone, number, self.view.now, head, status, reading.sheet.sealed,
            self.event.rehearsal, reading.missing, balance=balance_rows(self.view),
            version=reading.version, earlier=earlier,
        )  # fmt: skip

    def _stories(self) -> list[dict[str, str]]:
        """A page for each comment and submission; answers the list of them."""
        return [self._story(ref) for ref in self._references()]

    def _references(self) -> Iterator[str]:
        comments = select(Comment.reference).order_by(Comment.table_number, Comment.serial)
        yield from self.session.scalars(comments).all()
        yield from self.session.scalars(select(Submission.reference).order_by(Submission.reference)).all()

    def _story(self, ref: str) -> dict[str, str]:
        story = story_of(self.view, _ARCHIVIST, ref)
        assert story is not None
        name = f"stories/{safe_name(ref)}.html"
        steps = [(when(step.at, self.event.zone), step) for step in story.steps]
        page = archive_page("story.html", event=self.event, story=story, steps=steps)
        self.add(name, [page])
        return {"ref": ref, "file": name, "about": story.about, "end": story.end}

    def _index(self, stories: Any, balance: Any, ballots: Any, number: int, head: str) -> bytes:
        documents = [
            {"title": d.title, "prefix": d.prefix, "name": safe_name(d.prefix)} for d in self.documents
        ]
        return archive_page(
            "index.html", event=self.event, documents=documents, stories=stories, balance=balance,
            ballots=ballots, number=number, head=head, at=when(self.view.now, self.event.zone),
        )  # fmt: skip


def safe_name(words: str) -> str:
    """A reference as the name of a file on any machine."""
    return re.sub(r"[^A-Za-z0-9]+", "-", words)


def _suffix(name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    return suffix if re.fullmatch(r"\.[a-z0-9]{1,8}", suffix) else ""
