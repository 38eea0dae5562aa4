"""Every stage: the one writer; many commands, one transaction, one commit, and only then the answers."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import rfc8785
import structlog
from sqlalchemy import Table, insert, select
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session, sessionmaker

from facilitate.domain.people import NOBODY, Actor
from facilitate.domain.refusal import Refused
from facilitate.store.handovers import gone_from
from facilitate.store.journal import Chain, Entry, save_entries, stamp, take_chain
from facilitate.store.rows import CommandRow, Row, image

log = structlog.get_logger()
Work = Callable[["Transaction"], dict[str, Any]]


@dataclass(frozen=True)
class Command:
    """Something that somebody asks for, under an id of their own making.

    Shape: `body` is what was asked, for telling a repeat from another request; None keeps no trace of it
    (a vote's body would name the choice); `over` is carried out also where the event was handed over.
    """

    id: str
    type: str
    actor: Actor
    work: Work
    body: dict[str, Any] | None
    over: bool = False


@dataclass(frozen=True)
class Answer:
    """What became of a command: a result with its journal number, or a refusal."""

    id: str
    number: int = 0
    result: dict[str, Any] = field(default_factory=dict)
    refusal: Refused | None = None


@dataclass
class Transaction:
    """One group commit as an action sees it."""

    session: Session
    now: datetime
    new_id: Callable[[], str]
    new_salt: Callable[[], str]
    chain: Chain
    key: bytes = b""
    actor: Actor = field(default_factory=Actor)
    command: str = ""
    entries: list[Entry] = field(default_factory=list)
    cache: dict[Any, Any] = field(default_factory=dict)
    put_off: dict[tuple[str, ...], tuple[Table, dict[str, Any]]] = field(default_factory=dict)

    def insert_later(self, table: Table, key: tuple[str, ...], row: dict[str, Any]) -> None:
        """Put an insertion off until the group commit, where it goes with all others of its table.

        Shape: the key is the table's name and the row's own key; a later command finds the row under it.
        """
        self.put_off[table.name, *key] = (table, row)

    def insert_now(self) -> None:
        """Write what was put off, one statement for each table."""
        rows: dict[str, list[dict[str, Any]]] = {}
        tables = {table.name: table for table, _ in self.put_off.values()}
        for table, row in self.put_off.values():
            rows.setdefault(table.name, []).append(row)
        self.put_off.clear()
        for name, table in tables.items():
            self.session.connection().execute(insert(table), rows[name])

    def record(
        self,
        action: str,
        subject: str,
        *,
        rows: Sequence[Row] = (),
        images: dict[str, Any] | None = None,
        touches: Sequence[str] = (),
        audiences: Sequence[str] = (),
        reason: str | None = None,
    ) -> Entry:
        """Write one act into the journal, with the after-images of the rows it changed.

        Shape: subject and touches are "kind:id"; images adds rows that were written without the ORM,
        keyed "table:key" as rows are.
        """
        self.session.flush()
        after = (images or {}) | {row_key(row): image(row) for row in rows}
        entry = self.chain.add(
            at=stamp(self.now), actor=self.actor.id, action=action, subject=subject, reason=reason,
            audiences=audiences, rows=after, touches=list(dict.fromkeys([subject, *touches])),
            salt=self.new_salt(),
        )  # fmt: skip
        self.entries.append(entry)
        return entry

    def as_nobody(
        self, action: str, subject: str, *, rows: Sequence[Row] = (), audiences: Sequence[str] = ()
    ) -> Entry:
        """Record an act that must not name who caused it."""
        caller, self.actor = self.actor, NOBODY
        try:
            return self.record(action, subject, rows=rows, audiences=audiences)
        finally:
            self.actor = caller

    @property
    def writes(self) -> int:
        """How many statements that write have run on this connection."""
        return int(self.session.connection().info.get("writes", 0))


def row_key(row: Row) -> str:
    """The name of a row in the journal: its table and its key."""
    keys = row.__mapper__.primary_key_from_instance(row)
    return f"{row.__tablename__}:{'/'.join(str(key) for key in keys)}"


def other_id(*parts: str) -> str:
    """An id made of other names, the same whenever these are the same.

    Shape: UUIDv5.
    """
    return str(uuid.uuid5(uuid.NAMESPACE_OID, "\n".join(parts)))


def body_hash(body: dict[str, Any] | None) -> str:
    """What tells a repeated command from another one under the same id."""
    return hashlib.sha256(rfc8785.dumps(body)).hexdigest() if body is not None else ""


class Writer:
    """Owns writing: nothing else in the house commits."""

    def __init__(
        self,
        sessions: sessionmaker[Session],
        clock: Callable[[], datetime],
        new_id: Callable[[], str],
        new_salt: Callable[[], str],
        key: bytes = b"",
    ) -> None:
        self._key = key
        self._sessions = sessions
        self._clock = clock
        self._new_id = new_id
        self._new_salt = new_salt
        self.after_commit: list[Callable[[Sequence[Entry]], None]] = []
        # Told what went wrong whenever a group commit could not be stored.
        self.after_failure: list[Callable[[Exception], None]] = []

    def write(self, batch: Sequence[Command]) -> list[Answer]:
        """Carry out a batch in one transaction and say what became of each command.

        Shape: answers in the order of the batch; they are true once this returns, and on disk.
        Errors: a command's own refusal, `id-reused`, `handed-over`, `not-stored` when disk or database fail.
        """
        try:
            try:
                answers, entries = self._attempt(batch, savepoints=False)
            except _NeedsSavepoints:
                answers, entries = self._attempt(batch, savepoints=True)
        except (DBAPIError, OSError) as error:
            log.exception("group-commit-failed", commands=len(batch))
            for tell in self.after_failure:
                tell(error)
            sentence = "The centre could not store this just now. Keep it and send it again."
            refusal = Refused("not-stored", sentence)
            return [Answer(c.id, refusal=refusal) for c in batch]
        if entries:
            self._tell(entries)
        return answers

    def _tell(self, entries: Sequence[Entry]) -> None:
        # It is on disk: whatever goes wrong from here on must not be answered as a failure.
        for tell in self.after_commit:
            try:
                tell(entries)
            except Exception:
                log.exception("telling-failed", number=entries[-1].number)

    def _attempt(self, batch: Sequence[Command], *, savepoints: bool) -> tuple[list[Answer], list[Entry]]:
        with self._sessions() as session, session.begin():
            chain = take_chain(session)
            tx = Transaction(session, self._clock(), self._new_id, self._new_salt, chain, self._key)
            known = _known(session, [c.id for c in batch])
            gone = gone_from(session)
            fresh: list[dict[str, Any]] = []
            answers, before = list[Answer](), ""
            for command in batch:
                answer = _repeat(command, known)
                if answer is None and gone and not command.over:
                    answer = Answer(command.id, refusal=gone.refusal)
                if answer is None:
                    if command.type != before:
                        # A command of another kind must see what those before it put off.
                        tx.insert_now()
                        before = command.type
                    answer = self._one(tx, command, savepoints=savepoints)
                    if answer.refusal is None and command.body is not None:
                        row = _done(command, answer, tx.now)
                        fresh.append(row)
                        known[command.id] = row
                answers.append(answer)
            tx.insert_now()
            save_entries(session, chain, tx.entries)
            if fresh:
                session.execute(insert(CommandRow), fresh)
            return answers, tx.entries

    def _one(self, tx: Transaction, command: Command, *, savepoints: bool) -> Answer:
        mark = (len(tx.entries), tx.chain.number, tx.chain.head)
        put_off = len(tx.put_off)
        writes = tx.writes
        nested = tx.session.begin_nested() if savepoints else None
        tx.actor, tx.command = command.actor, command.id
        try:
            result = command.work(tx)
            tx.session.flush()
            if nested:
                nested.commit()
            return Answer(command.id, tx.chain.number, result)
        except Exception as error:
            if isinstance(error, OperationalError):
                raise
            if nested:
                nested.rollback()
            elif _has_written(tx, writes, error):
                raise _NeedsSavepoints from error
            del tx.entries[mark[0] :]
            while len(tx.put_off) > put_off:
                tx.put_off.popitem()
            tx.chain.number, tx.chain.head = mark[1], mark[2]
            tx.cache.clear()
            if isinstance(error, Refused):
                return Answer(command.id, refusal=error)
            log.exception("command-failed", command=command.id, type=command.type)
            return Answer(
                command.id,
                refusal=Refused("failed", "Something went wrong at the centre. Nothing was changed."),
            )


def _has_written(tx: Transaction, writes: int, error: Exception) -> bool:
    # After a failed statement the connection cannot even be asked.
    if isinstance(error, DBAPIError):
        return True
    pending = tx.session.new or tx.session.dirty or tx.session.deleted
    return bool(pending) or tx.writes != writes


class _NeedsSavepoints(Exception):
    """A command failed after it had written: the batch runs again with a savepoint each."""


def _known(session: Session, ids: Sequence[str]) -> dict[str, dict[str, Any]]:
    found = session.execute(
        select(CommandRow.id, CommandRow.actor, CommandRow.body_hash, CommandRow.number, CommandRow.result)
        .where(CommandRow.id.in_(ids))
    )  # fmt: skip
    return {row.id: dict(row._mapping) for row in found}


def _repeat(command: Command, known: dict[str, dict[str, Any]]) -> Answer | None:
    first = known.get(command.id)
    if first is None:
        return None
    if first["actor"] != command.actor.id or first["body_hash"] != body_hash(command.body):
        return Answer(
            command.id,
            refusal=Refused("id-reused", "This command's id was used for something else. Send it anew."),
        )
    return Answer(command.id, first["number"], first["result"])


def _done(command: Command, answer: Answer, now: datetime) -> dict[str, Any]:
    return {
        "id": command.id, "actor": command.actor.id, "type": command.type,
        "body_hash": body_hash(command.body), "number": answer.number, "result": answer.result,
        "done_at": now,
    }  # fmt: skip
