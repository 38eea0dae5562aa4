"""Every stage: what the doors share: the write queue, who is asking, and the clock."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, Protocol

import structlog
from prometheus_client import Counter, Histogram
from sqlalchemy.orm import Session, sessionmaker

from facilitate.actions import carry_out
from facilitate.batches import Batches, Waiting
from facilitate.config import Settings
from facilitate.domain.people import Actor
from facilitate.domain.refusal import Refused
from facilitate.queries.people import actors_of
from facilitate.queries.view import Presence
from facilitate.store.journal import Entry
from facilitate.store.writer import Answer, Command, Writer, body_hash, other_id
from facilitate.web.pace import Pace
from facilitate.wire import Asked, parse_command

LARGEST_BATCH = 500
COMMITS = Counter("facilitate_group_commits_total", "Group commits of the writer.")
COMMANDS = Counter(
    "facilitate_commands_total", "Commands answered, by type and outcome.", ["type", "outcome"]
)
BATCH = Histogram(
    "facilitate_batch_commands", "Commands in one group commit.", buckets=(1, 2, 5, 10, 50, 100, 500)
)
RIGHTS_CHANGE = frozenset(
    {"people-imported", "people-seated", "sign-in-revoked", "signed-out", "kiosk-freed"}
)
# What a table captured is never refused, also where its id was used for other words (capture.md).
CAPTURED = frozenset({"record-comment"})
# Of these no body is kept. A vote's would name the choice, by a hash over three possible ones too; the
# register keeps stamps by itself.
_VOTING = frozenset({"cast-vote", "fetch-stamp"})
# Nor of what is told the tellers in confidence: it would say who told it; nor of what a paper says.
_BODILESS = _VOTING | {"write-to-tellers", "enter-paper"}
log = structlog.get_logger()
# Waits for a command's acknowledgement.
_End = Callable[[], dict[str, Any]]


class Writes(Protocol):
    """Whatever carries out a batch and answers it."""

    def write(self, batch: Sequence[Command]) -> list[Answer]:
        """One answer for each command, in order."""


@dataclass
class _Ticket(Waiting):
    command: Command
    answer: Answer | None = None

    def wait(self) -> Answer:
        """Wait for the answer."""
        self.done.wait()
        assert self.answer is not None
        return self.answer


class WriteQueue:
    """Collects the commands that are waiting and hands them to the writer together: group commit."""

    def __init__(self, writer: Writes, spawn: Callable[..., Any], sleep: Callable[[float], None]) -> None:
        self.writer = writer
        self._batches = Batches(self._answer, LARGEST_BATCH, spawn, sleep)

    def submit(self, command: Command) -> Answer:
        """Wait until a command is on disk, or refused."""
        return self.enter(command)()

    def enter(self, command: Command) -> Callable[[], Answer]:
        """Put a command into the queue; what is given back waits until it is on disk, or refused."""
        ticket = _Ticket(command)
        self._batches.enter(ticket)
        return ticket.wait

    def _answer(self, batch: list[_Ticket]) -> None:
        try:
            answers = self.writer.write([ticket.command for ticket in batch])
        except Exception:
            # Nobody may be left without an answer.
            log.exception("batch-failed", commands=len(batch))
            answers = [Answer(ticket.command.id, refusal=broken()) for ticket in batch]
        COMMITS.inc()
        BATCH.observe(len(batch))
        for ticket, answer in zip(batch, answers, strict=True):
            COMMANDS.labels(ticket.command.type, "refused" if answer.refusal else "done").inc()
            ticket.answer = answer


def token_hash(token: str) -> str:
    """What is stored of a session's token."""
    return hashlib.sha256(token.encode()).hexdigest()


class Hub:
    """The one process that serves one event."""

    def __init__(
        self,
        settings: Settings,
        reads: sessionmaker[Session],
        writer: Writer,
        engine: Any,
        new_id: Callable[[], str],
    ) -> None:
        self.settings = settings
        self.reads = reads
        self.writer = writer
        self.engine = engine
        self.new_id = new_id
        self.pace = Pace()
        self.queue = WriteQueue(writer, engine.spawn, engine.sleep)
        # Commands that the hub answers from memory: what they say passes and is no part of the record.
        self.passing: dict[str, Callable[[Actor, Asked], dict[str, Any]]] = {}
        # What the hub itself hands to a verb beyond what was asked, such as the keys of a ballot.
        self.prepared: dict[str, Callable[[Actor, Asked], dict[str, Any]]] = {}
        # Makes sure that the ballot box answers, before a ballot that needs it is announced.
        self.ready_box: Callable[[], Any] = lambda: None
        # What a table captured is kept as it came where it would be turned away; None for all else.
        self.rescue: Callable[[Actor | None, Any, Refused, str | None], dict[str, Any] | None] = (
            lambda _actor, _raw, _refusal, _session: None
        )
        self.whisper: Callable[[str, Sequence[str]], None] = lambda _audience, _touched: None
        # What the laptops say of themselves; kept up by the streams, read by the clerk's pages.
        self.presence = Presence()
        self.presence.page, self.presence.jitter = settings.secure_page, settings.stamp_jitter
        self._rights_turn = 0
        self._actors: dict[str, Actor] | None = None
        writer.after_commit.append(self._forget_rights)

    def now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(UTC)

    def who(self, hashed: str | None) -> Actor | None:
        """Who holds a session now; read anew after every change of rights."""
        if not hashed:
            return None
        while self._actors is None:
            self._read_everybody()
        if hashed not in self._actors:
            known = self._actors
            with self.reads() as session:
                # Only those who are signed in are remembered: a stranger can make up any number of tokens.
                known |= actors_of(session, hashed)
            return known.get(hashed)
        return self._actors[hashed]

    def _read_everybody(self) -> None:
        """Read all rights together: one by one, a hall that comes back at once waits for seconds."""
        turn = self._rights_turn
        with self.reads() as session:
            found = actors_of(session)
        if turn == self._rights_turn:
            self._actors = found

    def _forget_rights(self, entries: Sequence[Entry]) -> None:
        if any(entry.action in RIGHTS_CHANGE for entry in entries):
            self.forget_rights()

    def forget_rights(self) -> None:
        """Read everybody's rights anew when they next ask."""
        self._rights_turn += 1
        self._actors = None

    def do(
        self, actor: Actor, verb: str, data: dict[str, Any], *, command: str | None = None
    ) -> dict[str, Any]:
        """Carry out one verb for an actor and wait until it is on disk.

        Errors: whatever the verb refuses.
        """
        answer = self.queue.submit(
            Command(command or self.new_id(), verb, actor, lambda tx: carry_out(tx, verb, data), None)
        )
        if answer.refusal:
            raise answer.refusal
        return answer.result

    def answer(self, actor: Actor | None, raw: Any, session: str | None = None) -> dict[str, Any]:
        """The acknowledgement of one command as it came from a device, by whichever door.

        Shape: `session` is the hash of the session that the device showed, also where it has ended.
        """
        return self.answers(actor, [raw], session)[0]

    def answers(
        self, actor: Actor | None, raws: Sequence[Any], session: str | None = None
    ) -> list[dict[str, Any]]:
        """The acknowledgements of commands that came together, in their order.

        All are in the queue before the first is waited for: a backlog needs one commit, not one for each.
        """
        read = [self._read(actor, raw) for raw in raws]
        begun = [begin() for begin in read]
        return [self._end(actor, raw, session, end) for raw, end in zip(raws, begun, strict=True)]

    def _read(self, actor: Actor | None, raw: Any) -> Callable[[], _End]:
        try:
            if actor is None:
                raise signed_out()
            self.pace.command(actor.id)
            asked = parse_command(raw)
            body = None if asked.type in _BODILESS else asked.body
            if asked.type in self.prepared:
                asked = replace(asked, data=asked.data | self.prepared[asked.type](actor, asked))
        except Exception as error:
            return partial(partial, _raise, error)
        if asked.type in self.passing:
            return partial(partial, self.passing[asked.type], actor, asked)
        command = self._command(actor, asked, asked.id, body)
        return lambda: partial(self._written, actor, asked, body, self.queue.enter(command))

    def _end(self, actor: Actor | None, raw: Any, session: str | None, end: _End) -> dict[str, Any]:
        known = raw.get("id") if isinstance(raw, dict) else None
        try:
            return end()
        except Refused as refusal:
            kept = self.rescue(actor, raw, refusal, session)
            return kept or {"ok": False, "id": known, "refusal": refusal.as_dict()}
        except Exception:
            log.exception("command-failed")
            return {"ok": False, "id": known, "refusal": broken().as_dict()}

    def _written(
        self, actor: Actor, asked: Asked, body: dict[str, Any] | None, wait: Callable[[], Answer]
    ) -> dict[str, Any]:
        got = wait()
        if got.refusal and got.refusal.code == "id-reused" and asked.type in CAPTURED:
            other = other_id(asked.id, actor.id, body_hash(body))
            got = self.queue.submit(self._command(actor, asked, other, body))
        if got.refusal:
            raise got.refusal
        if asked.type in _VOTING and actor.person:
            # Other devices of the same person learn that they have voted or are stamped; the journal names
            # nobody.
            self.whisper(f"person:{actor.person}", [f"vote:{asked.data['ballot']}"])
        return {"ok": True, "id": asked.id, "number": got.number, "result": got.result}

    def _command(self, actor: Actor, asked: Asked, command: str, body: dict[str, Any] | None) -> Command:
        return Command(command, asked.type, actor, lambda tx: carry_out(tx, asked.type, asked.data), body)


def _raise(error: Exception) -> dict[str, Any]:
    raise error


def signed_out() -> Refused:
    """How whoever holds no session is told so."""
    return Refused("signed-out", "You are not signed in here any more. What you typed is kept.")


def broken() -> Refused:
    """How a bug is told to the person; what it was stands in the log."""
    return Refused("failed", "Something went wrong at the centre. Nothing was changed.")
