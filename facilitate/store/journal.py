"""Every stage: the numbered, hash-chained record of every act, with payloads that can be erased beside it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import rfc8785
from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from facilitate.store.rows import JournalEntry, JournalHead, JournalPayload

GENESIS = "0" * 64


@dataclass(frozen=True)
class Entry:
    """One act as it was recorded.

    Shape: `touches` names every thing that changed as "kind:id", the subject first.
    """

    number: int
    at: str
    actor: str
    action: str
    subject: str
    reason: str | None
    audiences: tuple[str, ...]
    payload_hash: str
    previous: str
    hash: str
    touches: tuple[str, ...]
    salt: str
    body: str


def entry_hash(fields: dict[str, Any]) -> str:
    """SHA-256 of an entry's canonical JSON.

    Source: RFC 8785.
    """
    return hashlib.sha256(rfc8785.dumps(fields)).hexdigest()


def payload_hash(salt: str, body: str) -> str:
    """SHA-256 of salt and canonical payload, so that an erased payload cannot be guessed back."""
    return hmac.new(bytes.fromhex(salt), body.encode(), hashlib.sha256).hexdigest()


def stamp(moment: datetime) -> str:
    """A moment as the journal writes it: ISO 8601, UTC, microseconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@dataclass
class Chain:
    """The end of the journal while one group commit is being written."""

    number: int
    head: str

    def add(
        self,
        *,
        at: str,
        actor: str,
        action: str,
        subject: str,
        reason: str | None,
        audiences: Sequence[str],
        rows: dict[str, Any],
        touches: Sequence[str],
        salt: str,
    ) -> Entry:
        """Append one entry and move the head."""
        body = rfc8785.dumps({"rows": rows, "touches": list(touches)}).decode()
        fields: dict[str, Any] = {
            "number": self.number + 1,
            "at": at,
            "actor": actor,
            "action": action,
            "subject": subject,
            "reason": reason,
            "audiences": list(audiences),
            "payload_hash": payload_hash(salt, body),
            "previous": self.head,
        }
        digest = entry_hash(fields)
        self.number, self.head = self.number + 1, digest
        fields["audiences"] = tuple(audiences)
        return Entry(**fields, hash=digest, touches=tuple(touches), salt=salt, body=body)


def take_chain(session: Session) -> Chain:
    """The end of the journal, under the lock that gives this group commit its numbers."""
    head = session.execute(
        select(JournalHead.number, JournalHead.hash).where(JournalHead.id == 1).with_for_update()
    ).one_or_none()
    if head is None:
        session.execute(insert(JournalHead).values(id=1, number=0, hash=GENESIS))
        return Chain(0, GENESIS)
    return Chain(head.number, head.hash)


def save_entries(session: Session, chain: Chain, entries: Sequence[Entry]) -> None:
    """Write the entries of one group commit and the new head."""
    if not entries:
        return
    session.execute(
        insert(JournalEntry),
        [
            {
                "number": e.number, "at": e.at, "actor": e.actor, "action": e.action, "subject": e.subject,
                "reason": e.reason, "audiences": list(e.audiences), "payload_hash": e.payload_hash,
                "previous": e.previous, "hash": e.hash,
            }
            for e in entries
        ],
    )  # fmt: skip
    session.execute(
        insert(JournalPayload),
        [{"number": e.number, "salt": e.salt, "body": e.body} for e in entries],
    )
    session.execute(
        update(JournalHead).where(JournalHead.id == 1).values(number=chain.number, hash=chain.head)
    )


def head_of(session: Session) -> tuple[int, str]:
    """The journal's last number and hash."""
    row = session.execute(
        select(JournalHead.number, JournalHead.hash).where(JournalHead.id == 1)
    ).one_or_none()
    return (row.number, row.hash) if row else (0, GENESIS)


def entries_after(session: Session, number: int, upto: int) -> list[tuple[int, list[str], list[str]]]:
    """What was touched after a number.

    Shape: (number, audiences, touches) in the journal's order; an erased payload leaves its subject.
    """
    found = session.execute(
        select(JournalEntry.number, JournalEntry.audiences, JournalEntry.subject, JournalPayload.body)
        .join(JournalPayload, JournalPayload.number == JournalEntry.number)
        .where(JournalEntry.number > number, JournalEntry.number <= upto)
        .order_by(JournalEntry.number)
    )
    return [
        (row.number, row.audiences, json.loads(row.body)["touches"] if row.body else [row.subject])
        for row in found
    ]
