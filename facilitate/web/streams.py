"""Every stage: who listens to what, how far each audience was told, and what is waiting to be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import structlog

from facilitate.domain.people import Actor, Role, check_right
from facilitate.queries import Presence, View, project, snapshot
from facilitate.queries.event import phase_of
from facilitate.store.journal import Entry, entries_after, head_of
from facilitate.web.hub import RIGHTS_CHANGE, Hub
from facilitate.wire import Asked

log = structlog.get_logger()
TICK = 0.08
HEARTBEAT = 4.0
SLOW_TICK = 1.0
# A device that is further behind than this takes a snapshot instead.
LONGEST_GAP = 500
# Totals over the whole room change with every comment and are told once a second.
SLOW = frozenset({"room", "balance"})
DERIVED = {
    "comment": ("room:room", "balance:balance"),
    "theme": ("room:room",),
    "missing": ("balance:balance",),
    "submission": ("balance:balance",),
}


class Streams:
    """The live streams of one hub."""

    def __init__(self, hub: Hub, epoch: str) -> None:
        self.hub = hub
        self.epoch = epoch
        self.presence = Presence()
        self.send: Callable[[str, dict[str, Any]], None] = lambda _audience, _batch: None
        self.rejoin: Callable[[str], None] = lambda _sid: None
        self._members: dict[str, set[str]] = defaultdict(set)
        self._rooms: dict[str, set[str]] = {}
        self._laptops: dict[str, int] = {}
        self._told: dict[str, int] = {}
        self._waiting: dict[str, dict[str, None]] = defaultdict(dict)
        self._slow: dict[str, dict[str, None]] = defaultdict(dict)
        self._snapshots: dict[str, tuple[tuple[int, int], dict[str, Any]]] = {}
        with hub.reads() as session:
            self.head = head_of(session)[0]
        hub.writer.after_commit.append(self.notice)

    # Joining and leaving

    def join(
        self, sid: str, actor: Actor, audiences: Sequence[str], asked: dict[str, int | None]
    ) -> dict[str, Any]:
        """Enter a device into its audiences and tell it what it lacks.

        Shape: {"ok", "now", "epoch", "streams": {audience: snapshot or changes}}.
        """
        self.leave(sid)
        self._rooms[sid] = set(audiences)
        for audience in audiences:
            self._members[audience].add(sid)
            self._told.setdefault(audience, self.head)
        if actor.table is not None and actor.roles & {Role.FACILITATOR, Role.SCRIBE}:
            self._laptops[sid] = actor.table
            self.presence.came(actor.table)
            self._passing([f"table:{actor.table}"])
        with self.hub.reads() as session:
            view = View(session, self.hub.now(), self.presence)
            streams = {a: self._since(view, a, asked.get(a)) for a in audiences}
        return {"ok": True, "now": self._now(), "epoch": self.epoch, "streams": streams}

    def leave(self, sid: str) -> None:
        """Forget a device."""
        for audience in self._rooms.pop(sid, ()):
            self._members[audience].discard(sid)
            if not self._members[audience]:
                del self._members[audience]
        table = self._laptops.pop(sid, None)
        if table is not None:
            self.presence.went(table)
            self._passing([f"table:{table}"])

    def rooms_of(self, sid: str) -> set[str]:
        """The audiences of a device."""
        return set(self._rooms.get(sid, ()))

    def _since(self, view: View, audience: str, after: int | None) -> dict[str, Any]:
        head = self.head
        if after is None or after > head or head - after > LONGEST_GAP or after < 0:
            return {"upto": head, "snapshot": self._snapshot(view, audience)}
        touches: dict[str, None] = {}
        for _, audiences, touched in entries_after(view.session, after, head):
            if _concerns(audience, audiences):
                touches.update(dict.fromkeys(_derive(touched)))
        return {"after": after, "upto": head, "changes": project(view, audience, touches)}

    def _snapshot(self, view: View, audience: str) -> dict[str, Any]:
        state = (self.head, self.presence.version)
        kept = self._snapshots.get(audience)
        if kept is None or kept[0] != state:
            kept = (state, snapshot(view, audience))
            self._snapshots[audience] = kept
        return kept[1]

    # Telling

    def notice(self, entries: Sequence[Entry]) -> None:
        """Mark what has been committed, to be told with the next tick."""
        for entry in entries:
            self.head = max(self.head, entry.number)
            touched = _derive(entry.touches)
            for audience in list(self._members):
                if _concerns(audience, entry.audiences):
                    self._mark(audience, touched)
            if entry.action in RIGHTS_CHANGE:
                for sid in list(self._rooms):
                    self.rejoin(sid)

    def _mark(self, audience: str, touched: Iterable[str]) -> None:
        for touch in touched:
            where = self._slow if touch.partition(":")[0] in SLOW else self._waiting
            where[audience][touch] = None

    def _passing(self, touched: Sequence[str]) -> None:
        for audience in list(self._members):
            if audience in ("desk", "themes") or audience.startswith("screen:") or audience in touched:
                self._mark(audience, touched)

    def flush(self, *, slow: bool = False, everybody: bool = False) -> None:
        """Tell every audience that has something waiting; with everybody, also those that have not."""
        due = set(self._waiting) | (set(self._slow) if slow else set())
        due |= set(self._members) if everybody else set()
        if not due:
            return
        # Taken before anything is read: while a database is waited for, more can be committed.
        head = self.head
        with self.hub.reads() as session:
            view = View(session, self.hub.now(), self.presence)
            for audience in due & set(self._members):
                touches = self._waiting.pop(audience, {})
                if slow:
                    touches |= self._slow.pop(audience, {})
                self._tell(view, audience, touches, head)
        for audience in due - set(self._members):
            self._waiting.pop(audience, None)
            self._slow.pop(audience, None)

    def _tell(self, view: View, audience: str, touches: dict[str, None], head: int) -> None:
        try:
            changes = project(view, audience, touches)
        except Exception:
            log.exception("projection-failed", audience=audience)
            for sid in list(self._members[audience]):
                self.rejoin(sid)
            return
        after = self._told.get(audience, head)
        self._told[audience] = head
        self.send(
            audience,
            {"audience": audience, "after": after, "upto": head, "now": self._now(), "changes": changes},
        )

    def run(self) -> None:
        """Tick for ever: tell what is waiting, and from time to time that nothing is."""
        ticks = 0
        while True:
            self.hub.engine.sleep(TICK)
            ticks += 1
            try:
                beat = ticks % round(HEARTBEAT / TICK) == 0
                if beat:
                    self._catch_up()
                    self._passing([f"table:{n}" for n in self.presence.changed(self.hub.now())])
                self.flush(slow=ticks % round(SLOW_TICK / TICK) == 0, everybody=beat)
            except Exception:
                log.exception("tick-failed")

    def _catch_up(self) -> None:
        """Notice what another process wrote into the same event, such as an import by command line."""
        with self.hub.reads() as session:
            head = head_of(session)[0]
            if head <= self.head:
                return
            for number, audiences, touched in entries_after(session, self.head, head):
                self.head = max(self.head, number)
                for audience in list(self._members):
                    if _concerns(audience, audiences):
                        self._mark(audience, _derive(touched))
        self.hub.forget_rights()

    def laptop_reported(self, actor: Actor, asked: Asked) -> dict[str, Any]:
        """Keep a laptop's own numbers for the desk; they are passing, not part of the record."""
        with self.hub.reads() as session:
            check_right(actor, "report-laptop", phase_of(session))
        if actor.table is not None:
            self.presence.reported(actor.table, asked.data["typed"], asked.data["kept"])
            self._passing([f"table:{actor.table}"])
        return {"ok": True, "id": asked.id, "number": self.head, "result": {}}

    def _now(self) -> int:
        return int(self.hub.now().timestamp() * 1000)


def _concerns(audience: str, audiences: Iterable[str]) -> bool:
    if audience == "desk" or audience.startswith("screen:"):
        return True
    named = set(audiences)
    if audience in named:
        return True
    if audience.endswith("+echo"):
        return "echo" in named
    return audience.startswith("person:") and "person:*" in named


def _derive(touched: Iterable[str]) -> list[str]:
    found = dict.fromkeys(touched)
    for touch in list(found):
        found.update(dict.fromkeys(DERIVED.get(touch.partition(":")[0], ())))
    return list(found)
