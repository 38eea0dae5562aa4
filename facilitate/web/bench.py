"""Rehearsal: what a hub does differently while it is measured; never in one that serves people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from facilitate.queries import View, viewer_of
from facilitate.queries.event import see_event
from facilitate.store.writer import Answer, Command
from facilitate.web.beat import TICK
from facilitate.web.hub import Hub
from facilitate.web.push import Push
from facilitate.web.streams import Streams

_ROOM = "bench"


class WithoutStore:
    """A writer that keeps nothing, to find out what the store costs; what tables say is passed on anyhow."""

    def __init__(self, hub: Hub, streams: Streams) -> None:
        self._hub = hub
        self._streams = streams
        self._said: list[list[Any]] = []

    def write(self, batch: Sequence[Command]) -> list[Answer]:
        """Say yes to everything."""
        said = [command.body for command in batch if command.type == "record-comment" and command.body]
        self._said += [["comment", body["item"], {"id": body["item"], **body}] for body in said]
        return [Answer(command.id) for command in batch]

    def run(self) -> None:
        """Pass on with every tick, as a hub with a store does, what was said."""
        while True:
            self._hub.engine.sleep(TICK)
            said, self._said = self._said, []
            for table in list(self._hub.presence.laptops) if said else ():
                audience = f"table:{table}+echo"
                self._streams.send(audience, passing(self._hub, self._streams, audience, said))


def passing(hub: Hub, streams: Streams, audience: str, changes: list[list[Any]]) -> dict[str, Any]:
    """A batch of a passing state: devices take it in as they take any other."""
    return {
        "audience": audience, "after": streams.head, "upto": streams.head,
        "now": int(hub.now().timestamp() * 1000), "changes": changes,
    }  # fmt: skip


def measure(push: Push) -> None:
    """Open the event "bench": one frame to all delegates, in the hub's own way or by plain emit."""
    hub, streams = push.hub, push.streams
    if hub.settings.store_off:
        hub.queue.writer = without = WithoutStore(hub, streams)
        hub.engine.spawn(without.run)

    among: set[str] = set()

    def bench(_sid: str, way: str) -> dict[str, Any]:
        with hub.reads() as session:
            event = see_event(View(session, hub.now()), viewer_of("delegates"), None)["event"]
        batch = passing(hub, streams, "delegates", [["event", "event", event]])
        if way == "emit":
            # The hub needs no rooms of Socket.IO's own; what it is measured against does.
            for sid in set(streams.devices("delegates")) - among:
                push.server.enter_room(sid, _ROOM)
                among.add(sid)
            push.server.emit("changes", batch, room=_ROOM)
        else:
            streams.send("delegates", batch)
        return {"ok": True}

    push.server.on("bench", bench)
