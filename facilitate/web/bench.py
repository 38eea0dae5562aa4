"""Rehearsal: what a hub does differently while it is measured; never in one that serves people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from facilitate.queries import View, viewer_of
from facilitate.queries.event import see_event
from facilitate.store.writer import Answer, Command
from facilitate.web.push import Push

_ROOM = "bench"


class WithoutStore:
    """A writer that keeps nothing, to find out what the store costs."""

    def write(self, batch: Sequence[Command]) -> list[Answer]:
        """Say yes to everything."""
        return [Answer(command.id) for command in batch]


def measure(push: Push) -> None:
    """Open the event "bench": one frame to all delegates, in the hub's own way or by plain emit."""
    hub, streams = push.hub, push.streams
    if hub.settings.store_off:
        hub.queue.writer = WithoutStore()

    among: set[str] = set()

    def bench(_sid: str, way: str) -> dict[str, Any]:
        with hub.reads() as session:
            event = see_event(View(session, hub.now()), viewer_of("delegates"), None)["event"]
        # A batch of a passing state: devices take it in as they take any other.
        batch = {
            "audience": "delegates", "after": streams.head, "upto": streams.head,
            "now": int(hub.now().timestamp() * 1000), "changes": [["event", "event", event]],
        }  # fmt: skip
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
