"""Every stage: who listens to what, how far each audience was told, and what is waiting to be told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import structlog

from facilitate.domain.people import Actor, Role, audiences_of
from facilitate.domain.rights import check_right
from facilitate.queries import View, project, viewer_of
from facilitate.queries.event import phase_of
from facilitate.store.journal import Entry, entries_after, head_of
from facilitate.web.derived import DERIVED, derived
from facilitate.web.encoded import Encoded, encode, encode_object
from facilitate.web.hub import RIGHTS_CHANGE, Hub
from facilitate.web.snapshots import Snapshots
from facilitate.wire import Asked

log = structlog.get_logger()
# A device that is further behind than this takes a snapshot instead.
LONGEST_GAP = 500
# Totals over the whole room change with every comment and are told once a second.
SLOW = frozenset({"room:room", "balance:balance", "heard:heard"})
# The turnout changes with every vote.
SLOW_ACTS = frozenset({"turnout-advanced"})


@dataclass(frozen=True)
class Listener:
    """One connected device, as the session that it came with, and what it listens to."""

    sid: str
    session: str
    actor: Actor
    audiences: Sequence[str]

    @property
    def laptop_of(self) -> int | None:
        """The table whose laptop this is."""
        at_table = self.actor.roles & {Role.FACILITATOR, Role.SCRIBE}
        return self.actor.table if at_table else None


class Streams:
    """The live streams of one hub."""

    def __init__(self, hub: Hub, epoch: str) -> None:
        self.hub = hub
        self.epoch = epoch
        self.presence = hub.presence
        self.send: Callable[[str, dict[str, Any]], None] = lambda _audience, _batch: None
        self.rejoin: Callable[[str], None] = lambda _sid: None
        self.dismiss: Callable[[str], None] = lambda _sid: None
        self._listeners: dict[str, Listener] = {}
        self._members: dict[str, set[str]] = {}
        self._kinds: dict[str, set[str]] = defaultdict(set)
        self._told: dict[str, int] = {}
        self._waiting: dict[str, dict[str, None]] = {}
        self._slow: dict[str, dict[str, None]] = {}
        self._snapshots = Snapshots()
        self._rights_moved = False
        # Another process has written, and what it wrote has not been read yet.
        self.behind = False
        with hub.reads() as session:
            self.head = head_of(session)[0]
        hub.writer.after_commit.append(self.notice)
        hub.passing["report-laptop"] = self.laptop_reported
        hub.whisper = self.whisper

    # Joining and leaving

    def join(self, listener: Listener, asked: dict[str, int | None]) -> Encoded:
        """Enter a device into its audiences and tell it what it lacks.

        Shape: {"ok", "now", "epoch", "streams": {audience: snapshot or changes}}.
        """
        self.leave(listener.sid)
        self._listeners[listener.sid] = listener
        for audience in listener.audiences:
            self._enter(listener.sid, audience)
        table = listener.laptop_of
        if table is not None:
            self.presence.came(table)
            self.tell_passing([f"table:{table}"])
        self._at_kiosk(listener, 1)
        with self.hub.reads() as session:
            view = View(session, self.hub.now(), self.presence)
            streams = {a: self._since(view, a, asked.get(a)) for a in listener.audiences}
        answer = {"ok": "true", "now": str(self._now()), "epoch": encode(self.epoch)}
        return Encoded(encode_object({**answer, "streams": encode_object(streams)}))

    def devices(self, audience: str) -> list[str]:
        """The devices that listen to an audience."""
        return list(self._members.get(audience, ()))

    def _enter(self, sid: str, audience: str) -> None:
        if audience not in self._members:
            self._members[audience] = set()
            self._kinds[viewer_of(audience).kind].add(audience)
            self._told[audience] = self.head
        self._members[audience].add(sid)

    def leave(self, sid: str) -> None:
        """Forget a device, and an audience with the last device in it."""
        listener = self._listeners.pop(sid, None)
        if listener is None:
            return
        self._quit(sid, listener.audiences)
        table = listener.laptop_of
        if table is not None:
            self.presence.went(table)
            self.tell_passing([f"table:{table}"])
        self._at_kiosk(listener, -1)

    def _at_kiosk(self, listener: Listener, by: int) -> None:
        kiosk = self.presence.at_kiosk(listener.actor, by, self.hub.now())
        if kiosk:
            self.whisper("desk", [f"kiosk:{kiosk}"])

    def _quit(self, sid: str, audiences: Iterable[str]) -> None:
        for audience in audiences:
            self._members[audience].discard(sid)
            if not self._members[audience]:
                self._forget(audience)

    def _forget(self, audience: str) -> None:
        self._kinds[viewer_of(audience).kind].discard(audience)
        for kept in (self._members, self._told, self._waiting, self._slow):
            kept.pop(audience, None)
        self._snapshots.forget(audience)

    def _since(self, view: View, audience: str, after: int | None) -> str:
        upto = self.head
        if after is None or not 0 <= upto - after <= LONGEST_GAP or after < 0:
            return self._snapshots.answer(view, audience, upto)
        # Totals are told late and presence not by number: whoever was away may have missed either.
        passing = ["hub:hub", *DERIVED["comment"], *(f"table:{n}" for n in self.presence.laptops)]
        touches: dict[str, None] = dict.fromkeys(passing)
        for _, audiences, touched in entries_after(view.session, after, upto):
            if audience in self._concerned(audiences):
                touches.update(dict.fromkeys(derived(touched)))
        return encode({"after": after, "upto": upto, "changes": project(view, audience, touches)})

    # Rights

    def check_rights(self) -> None:
        """Send away who is signed out, and tell those whose audiences have changed to join again."""
        if not self._rights_moved:
            return
        self._rights_moved = False
        for sid, listener in list(self._listeners.items()):
            actor = self.hub.who(listener.session)
            if actor is None:
                self.dismiss(sid)
                continue
            audiences = audiences_of(actor, echo=True)
            if set(audiences) != set(listener.audiences):
                # What is lost is lost at once; what is gained comes with the device's own join.
                kept = [audience for audience in listener.audiences if audience in audiences]
                self._quit(sid, [audience for audience in listener.audiences if audience not in kept])
                self._listeners[sid] = replace(listener, audiences=kept)
                self.rejoin(sid)

    # Telling

    def notice(self, entries: Sequence[Entry]) -> None:
        """Mark what has been committed, to be told with the next tick."""
        # What was read from the journal meanwhile is marked already.
        fresh = [entry for entry in entries if entry.number > self.head]
        if fresh and fresh[0].number > self.head + 1:
            # Another process wrote in between: all of it is read from the journal, in its order.
            self.behind = True
            return
        for entry in fresh:
            self.head = entry.number
            self._rights_moved = self._rights_moved or entry.action in RIGHTS_CHANGE
            touched = derived(entry.touches)
            for audience in self._concerned(entry.audiences):
                self._mark(audience, touched, slow=entry.action in SLOW_ACTS)
        if self._rights_moved:
            self._snapshots.clear()

    def _concerned(self, audiences: Iterable[str]) -> set[str]:
        """The audiences that an entry is for; desk, screens and blocks are told of all that they may see."""
        named = set(audiences)
        kinds = ["desk", "screen", "block", "questions"]
        kinds += ["echo"] if "echo" in named else []
        kinds += ["person"] if "person:*" in named else []
        kinds += ["commission"] if "delegates" in named else []
        return {a for a in named if a in self._members}.union(*(self._kinds[kind] for kind in kinds))

    def _mark(self, audience: str, touched: Iterable[str], *, slow: bool = False) -> None:
        touched = list(touched)
        self._snapshots.touch(audience, touched)
        for touch in touched:
            where = self._slow if slow or touch in SLOW else self._waiting
            where.setdefault(audience, {})[touch] = None

    def tell_passing(self, touched: Sequence[str]) -> None:
        """Mark what is no part of the record for everybody who works with it."""
        told = {a for kind in ("desk", "themes", "screen", "block") for a in self._kinds[kind]}
        for audience in told | {a for a in touched if a in self._members}:
            self._mark(audience, derived(touched))

    def tell_everybody(self, touched: Sequence[str]) -> None:
        """The same for delegates too."""
        self.tell_passing(touched)
        self.whisper("delegates", touched)

    def whisper(self, audience: str, touched: Sequence[str]) -> None:
        """Tell one audience of something of which the journal must not say whom it concerns."""
        if audience in self._members:
            self._mark(audience, touched)

    def flush(self, *, slow: bool = False, everybody: bool = False) -> None:
        """Tell every audience that has something waiting; with everybody, also those that have not."""
        due = {audience: self._waiting.pop(audience) for audience in list(self._waiting)}
        for audience in list(self._slow) if slow else ():
            due.setdefault(audience, {}).update(self._slow.pop(audience))
        for audience in self._members if everybody else ():
            due.setdefault(audience, {})
        if not due:
            return
        # What is committed while this is being read goes with the next tick, whatever is read of it here.
        upto = self.head
        with self.hub.reads() as session:
            view = View(session, self.hub.now(), self.presence)
            batches = [
                (a, self._changes(view, a, touches)) for a, touches in due.items() if a in self._members
            ]
        for audience, changes in batches:
            try:
                self._tell(audience, upto, changes)
            except Exception:
                # Whoever is in this audience notices the hole; all others are told as usual.
                log.exception("telling-failed", audience=audience)

    def _changes(self, view: View, audience: str, touches: dict[str, None]) -> list[list[Any]] | None:
        try:
            return project(view, audience, touches)
        except Exception:
            log.exception("projection-failed", audience=audience)
            return None

    def _tell(self, audience: str, upto: int, changes: list[list[Any]] | None) -> None:
        if audience not in self._members:
            return
        if changes is None:
            for sid in list(self._members[audience]):
                self.rejoin(sid)
            return
        after = self._told[audience]
        self._told[audience] = max(after, upto)
        self.send(
            audience,
            {"audience": audience, "after": after, "upto": upto, "now": self._now(), "changes": changes},
        )

    def tell_presence(self) -> None:
        """Mark the tables that time alone has made silent."""
        self.tell_passing([f"table:{n}" for n in self.presence.changed(self.hub.now())])

    def catch_up(self) -> None:
        """Notice what another process wrote into the same event, such as an import by command line."""
        self.behind = False
        with self.hub.reads() as session:
            head = head_of(session)[0]
            if head <= self.head:
                return
            found = entries_after(session, self.head, head)
        # While a database is waited for, this process may have noticed its own.
        for number, audiences, touched in found:
            for audience in self._concerned(audiences) if number > self.head else ():
                self._mark(audience, derived(touched))
        self.head = max(self.head, head)
        self._rights_moved = True
        self.hub.forget_rights()

    def laptop_reported(self, actor: Actor, asked: Asked) -> dict[str, Any]:
        """Keep a laptop's own numbers for the desk; they are passing, not part of the record."""
        with self.hub.reads() as session:
            check_right(actor, "report-laptop", phase_of(session))
        if actor.table is not None:
            laptop = asked.data["device"] or actor.id
            self.presence.reported(actor.table, asked.data["typed"], asked.data["kept"], laptop)
            self.tell_passing([f"table:{actor.table}"])
        return {"ok": True, "id": asked.id, "number": self.head, "result": {}}

    def _now(self) -> int:
        return int(self.hub.now().timestamp() * 1000)
