"""Every stage: the hub's own beat: tells what is waiting and does what is due without a command."""

from __future__ import annotations

import structlog
from sqlalchemy import select

from facilitate.domain.counting import Reason
from facilitate.domain.people import HUB
from facilitate.domain.refusal import Refused
from facilitate.queries.programme import times_of_tracks
from facilitate.queries.view import View
from facilitate.store.rows import Ballot
from facilitate.web.hub import Hub
from facilitate.web.streams import Streams
from facilitate.web.trouble import Watch

log = structlog.get_logger()
TICK = 0.08
HEARTBEAT = 4.0
SLOW_TICK = 1.0


class Beat:
    """What happens in a hub as time goes by."""

    def __init__(self, hub: Hub, streams: Streams) -> None:
        self.hub = hub
        self.streams = streams
        self.watch = Watch(hub, streams)
        self._given_up: set[str] = set()
        self._times: dict[str, tuple[int, str]] = {}

    def run(self) -> None:
        """Tick for ever."""
        ticks = 0
        while True:
            self.hub.engine.sleep(TICK)
            ticks += 1
            try:
                self.tick(
                    slow=ticks % round(SLOW_TICK / TICK) == 0, beat=ticks % round(HEARTBEAT / TICK) == 0
                )
            except Exception:
                log.exception("tick-failed")

    def tick(self, *, slow: bool, beat: bool) -> None:
        """One tick: tell what is waiting; now and then do what is due, and say that nothing is."""
        if slow:
            self.publish_due()
            self.watch.look()
        if beat or self.streams.behind:
            self.streams.catch_up()
        if beat:
            self.streams.tell_presence()
            self.tell_lateness()
        self.streams.check_rights()
        self.streams.flush(slow=slow, everybody=beat)

    def tell_lateness(self) -> None:
        """Tell how late the tracks have become and when they will end, minute by minute."""
        with self.hub.reads() as session:
            now = times_of_tracks(View(session, self.hub.now()))
        moved = [f"track:{track}" for track, times in now.items() if self._times.get(track, times) != times]
        self._times = now
        if moved:
            self.streams.tell_passing(moved)
            self.streams.whisper("delegates", moved)

    def publish_due(self) -> None:
        """Publish the results whose time has come: nobody holds them back (ballots.md, Protocol, 3)."""
        for ballot in self._due():
            try:
                self.hub.do(HUB, "publish-result", {"ballot": ballot, "reason": None})
            except Refused as refusal:
                if refusal.code in ("not-stored", "handed-over"):
                    # It stays due until the disk takes it, or wherever the event goes on.
                    return
                self._given_up.add(ballot)
                log.error("result-not-published", ballot=ballot, code=refusal.code)  # noqa: TRY400

    def _due(self) -> list[str]:
        with self.hub.reads() as session:
            found = session.execute(
                select(Ballot.id, Ballot.result).where(
                    Ballot.state == "provisional", Ballot.publish_at <= self.hub.now()
                )
            ).all()
        waits = Reason.TIE_WAITS_FOR_CHAIR.value
        return [b.id for b in found if b.id not in self._given_up and (b.result or {}).get("reason") != waits]
