"""Every stage: the event comes to this host: its bundle is proven and put in place whole or not at all."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session
from uuid6 import uuid7

from facilitate.actions.handover import note_taken
from facilitate.config import Settings
from facilitate.domain.handover import HandoverState
from facilitate.domain.people import OPERATOR
from facilitate.domain.refusal import Refused
from facilitate.formats.bundle import Head, damaged, hash_of, read_head
from facilitate.handover.files import DATABASE, aside_in, clear_aside, unpack
from facilitate.handover.keys import already_taken, check_keys, key_for, place_keys, use_up
from facilitate.handover.rows import copy_rows, empty
from facilitate.queries.verify import verify_event
from facilitate.store.handovers import gone_from
from facilitate.store.journal import head_of
from facilitate.store.rows import Event, Handover, JournalEntry
from facilitate.store.session import (
    has_our_shape,
    is_known_revision,
    migrate,
    open_store,
    read_sessions,
    write_sessions,
)
from facilitate.store.writer import Command, Transaction, Writer

_FURTHER = (
    "The event here has gone on after this bundle was made: it is an older state. Nothing was changed."
)


@dataclass(frozen=True)
class Taken:
    """The event that came.

    Shape: number and head are the journal's end in the bundle, `now` its number with the entry of this take.
    """

    event: str
    giver: str
    number: int
    head: str
    now: int
    hash: str


@dataclass(frozen=True)
class Came:
    """What a bundle held, unpacked and proven, before it is put in place."""

    reads: Session
    aside: Path
    head: Head
    hash: str
    handover: str
    giver: str


def bundle_hash(place: Path) -> str:
    """The SHA-256 of a bundle, to be compared with the one that was noted."""
    with place.open("rb") as file:
        read_head(file)
        return hash_of(file)


def take(settings: Settings, place: Path) -> Taken:
    """Take a bundle into this event's folder: an empty one, or the old copy whose journal the bundle goes on.

    Errors: `not-a-bundle`, `newer-software`, `damaged-bundle`, `wrong-machine`, `already-taken`,
    `record-broken`, `not-empty`, `other-event`, `journals-part`, `older-state`, `not-a-copy`.
    """
    settings.folder.mkdir(parents=True, exist_ok=True)
    clear_aside(settings.folder)
    with place.open("rb") as file:
        head = read_head(file)
        private = key_for(settings.folder, head.mark, head.recipient)
        with aside_in(settings.folder) as aside:
            unpack(file, head, private, aside)
            with _proven(aside, head, hash_of(file)) as came:
                return _put_in_place(settings, came)


@contextmanager
def _proven(aside: Path, head: Head, hashed: str) -> Iterator[Came]:
    url = f"sqlite+pysqlite:///{aside / DATABASE}"
    database = open_store(url)
    try:
        known = is_known_revision(database)
        if known:
            migrate(url)
        if not known or not has_our_shape(database):
            raise Refused(
                "newer-software",
                "The event in this bundle was written by newer software. Install that here, then take it. "
                "Nothing was changed.",
            )
        with read_sessions(database)() as session:
            yield _checked(session, aside, head, hashed)
    finally:
        database.dispose()


def _checked(session: Session, aside: Path, head: Head, hashed: str) -> Came:
    report = verify_event(session, head.head)
    if not report.whole:
        raise Refused("record-broken", f"{report.sentence} {report.differences[0]} Nothing was changed.")
    row = session.scalar(select(Handover).where(Handover.invitation == head.mark))
    gone = gone_from(session)
    if row is None or gone is None or gone.id != row.id or head_of(session)[0] != head.number:
        raise damaged()
    return Came(session, aside, head, hashed, row.id, row.giver)


def _put_in_place(settings: Settings, came: Came) -> Taken:
    """Replace what is here in one transaction: a power cut leaves the old or the new."""
    local = settings.folder / DATABASE
    new = settings.database_url.endswith(str(local)) and not local.exists()
    migrate(settings.database_url)
    database = open_store(settings.database_url)
    try:
        answer = _write(database, came, settings.folder)
    finally:
        database.dispose()
    if answer.refusal:
        if new:
            local.unlink()
        if answer.refusal.code == "already-taken":
            use_up(settings.folder, came.head.mark, datetime.now(UTC))
        raise answer.refusal
    use_up(settings.folder, came.head.mark, datetime.now(UTC))
    event = came.reads.get_one(Event, "event").name
    return Taken(event, came.giver, came.head.number, came.head.head, answer.number, came.hash)


def _write(database: Engine, came: Came, folder: Path) -> Any:
    sessions = write_sessions(database)
    writer = Writer(
        sessions, lambda: datetime.now(UTC), lambda: str(uuid7()), lambda: secrets.token_hex(16)
    )
    work = partial(_take_over, came=came, folder=folder)
    return writer.write([Command(str(uuid7()), "take-over", OPERATOR, work, None, over=True)])[0]


def _take_over(tx: Transaction, came: Came, folder: Path) -> dict[str, Any]:
    _check_place(tx.session, came)
    check_keys(folder, came.aside / "keys")
    target = tx.session.connection()
    empty(target)
    copy_rows(came.reads.connection(), target)
    tx.cache.clear()
    # The journal goes on where the bundle's ends; the lock on this one's head is held until the commit.
    tx.chain.number, tx.chain.head = came.head.number, came.head.head
    done = note_taken(tx, came.handover, came.hash)
    # Nobody signs in with a printed card before the keys are here: they come before the commit.
    place_keys(folder, came.aside / "keys")
    return done


def _check_place(here: Session, came: Came) -> None:
    """Only an empty database, or an old copy that the bundle goes on, may be replaced."""
    number = head_of(here)[0]
    event = here.get(Event, "event")
    if event is None and number == 0:
        return
    last = _last_common(here, came.reads, min(number, came.head.number))
    if last == 0:
        raise Refused("other-event", "Another event is in this folder. Nothing was changed.")
    known = here.get(Handover, came.handover)
    if known is not None and known.state == HandoverState.TAKEN.value:
        raise already_taken(f"{known.ended_at:%-d %B %Y at %H:%M} UTC")
    if last < min(number, came.head.number):
        raise Refused("journals-part", _parted(here, came, last))
    if number > came.head.number:
        raise Refused("older-state", _FURTHER)
    if gone_from(here) is None:
        raise Refused(
            "not-a-copy",
            "The event in this folder was not handed over: it is written here. A bundle replaces only the "
            "copy that a handover left behind. Nothing was changed.",
        )


def _last_common(here: Session, there: Session, upto: int) -> int:
    """The last number up to which two journals are the same; each hash covers all before it."""
    low, high = 0, upto
    while low < high:
        middle = (low + high + 1) // 2
        if _hash(here, middle) == _hash(there, middle):
            low = middle
        else:
            high = middle - 1
    return low


def _hash(session: Session, number: int) -> str | None:
    return session.scalar(select(JournalEntry.hash).where(JournalEntry.number == number))


def _parted(here: Session, came: Came, last: int) -> str:
    ours, theirs = (
        session.execute(
            select(JournalEntry.action, JournalEntry.at).where(JournalEntry.number == last + 1)
        ).one()
        for session in (here, came.reads)
    )
    return (
        f"The journals part after number {last}: here follows “{ours.action}” of {ours.at[:16]} UTC, in the "
        f"bundle “{theirs.action}” of {theirs.at[:16]} UTC. The event went on in two places, and only one of "
        "them can be the record. Nothing was changed."
    )
