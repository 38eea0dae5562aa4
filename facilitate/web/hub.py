"""Every stage: what the doors share: the write queue, who is asking, and the clock."""

from __future__ import annotations

import hashlib
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from prometheus_client import Counter, Histogram
from sqlalchemy.orm import Session, sessionmaker

from facilitate.actions import carry_out
from facilitate.config import Settings
from facilitate.domain.people import Actor
from facilitate.domain.refusal import Refused
from facilitate.queries.people import actor_of
from facilitate.store.journal import Entry
from facilitate.store.writer import Answer, Command, Writer
from facilitate.wire import Asked

LARGEST_BATCH = 500
COMMITS = Counter("facilitate_group_commits_total", "Group commits of the writer.")
COMMANDS = Counter(
    "facilitate_commands_total", "Commands answered, by type and outcome.", ["type", "outcome"]
)
BATCH = Histogram(
    "facilitate_batch_commands", "Commands in one group commit.", buckets=(1, 2, 5, 10, 50, 100, 500)
)
RIGHTS_CHANGE = frozenset(
    {"people-imported", "people-seated", "tables-made", "screen-added", "sign-in-revoked", "signed-out"}
)


@dataclass
class _Ticket:
    command: Command
    done: threading.Event = field(default_factory=threading.Event)
    answer: Answer | None = None


class WriteQueue:
    """Collects the commands that are waiting and hands them to the writer together: group commit."""

    def __init__(self, writer: Writer, spawn: Callable[..., Any], sleep: Callable[[float], None]) -> None:
        self._writer = writer
        self._spawn = spawn
        self._sleep = sleep
        self._waiting: deque[_Ticket] = deque()
        self._lock = threading.Lock()
        self._running = False

    def submit(self, command: Command) -> Answer:
        """Wait until a command is on disk, or refused."""
        ticket = _Ticket(command)
        with self._lock:
            self._waiting.append(ticket)
            start = not self._running
            self._running = True
        if start:
            self._spawn(self._drain)
        ticket.done.wait()
        assert ticket.answer is not None
        return ticket.answer

    def _drain(self) -> None:
        # Everybody who is ready gets to put their command in before the commit.
        self._sleep(0)
        while True:
            with self._lock:
                batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), LARGEST_BATCH))]
                if not batch:
                    self._running = False
                    return
            self._answer(batch)
            self._sleep(0)

    def _answer(self, batch: Sequence[_Ticket]) -> None:
        try:
            answers = self._writer.write([ticket.command for ticket in batch])
        except Exception:
            broken = Refused("failed", "Something went wrong at the centre. Nothing was changed.")
            answers = [Answer(ticket.command.id, refusal=broken) for ticket in batch]
            for ticket, answer in zip(batch, answers, strict=True):
                ticket.answer = answer
                ticket.done.set()
            raise
        COMMITS.inc()
        BATCH.observe(len(batch))
        for ticket, answer in zip(batch, answers, strict=True):
            COMMANDS.labels(ticket.command.type, "refused" if answer.refusal else "done").inc()
            ticket.answer = answer
            ticket.done.set()


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
        self.queue = WriteQueue(writer, engine.spawn, engine.sleep)
        self._actors: dict[str, Actor | None] = {}
        writer.after_commit.append(self._forget_rights)

    def now(self) -> datetime:
        """The moment, in UTC."""
        return datetime.now(UTC)

    def who(self, hashed: str | None) -> Actor | None:
        """Who holds a session now; read anew after every change of rights."""
        if not hashed:
            return None
        if hashed not in self._actors:
            with self.reads() as session:
                self._actors[hashed] = actor_of(session, hashed)
        return self._actors[hashed]

    def _forget_rights(self, entries: Sequence[Entry]) -> None:
        if any(entry.action in RIGHTS_CHANGE for entry in entries):
            self.forget_rights()

    def forget_rights(self) -> None:
        """Read everybody's rights anew when they next ask."""
        self._actors.clear()

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

    def answer(self, actor: Actor | None, asked: Asked) -> dict[str, Any]:
        """The acknowledgement of one command that came from a device."""
        if actor is None:
            refusal = Refused("signed-out", "You are not signed in here any more. What you typed is kept.")
            return {"ok": False, "id": asked.id, "refusal": refusal.as_dict()}
        # A vote leaves no trace of its body: a hash over three possible choices would name the choice.
        body = None if asked.type == "cast-vote" else asked.body
        got = self.queue.submit(
            Command(asked.id, asked.type, actor, lambda tx: carry_out(tx, asked.type, asked.data), body)
        )
        if got.refusal:
            return {"ok": False, "id": asked.id, "refusal": got.refusal.as_dict()}
        return {"ok": True, "id": asked.id, "number": got.number, "result": got.result}
