"""Rehearsal: one run from the first sign-in to the last sentence of the report."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from facilitate.rehearsal.conference import Conference, Way, kill_now_and_then, raise_file_limit
from facilitate.rehearsal.content import Content
from facilitate.rehearsal.findings import Findings, Held, find
from facilitate.rehearsal.hub_process import HubProcess
from facilitate.rehearsal.stage import Stage, Stuck

# What one event of a size makes its robots send, roughly: when to kill is all that hangs on it.
_COMMENTS_PER_TABLE, _VOTES_PER_DELEGATE = 24, 6


@dataclass(frozen=True)
class Order:
    """What is to be rehearsed."""

    content: Content
    ways: Sequence[Way]
    speed: float | None = None
    kills: int = 0
    seed: int = 0


@dataclass
class Outcome:
    """How a rehearsal ended."""

    order: Order
    stage: Stage
    findings: Findings
    seconds: dict[str, float] = field(default_factory=dict)
    kills: int = 0
    resent: int = 0
    holes: int = 0
    connections: int = 0
    stuck: str | None = None

    @property
    def holds(self) -> bool:
        """Whether the event was held whole, with nothing lost, doubled or counted wrongly."""
        return self.stuck is None and self.findings.holds

    def as_dict(self) -> dict[str, Any]:
        """The report as data."""
        size, ledger, found = self.order.content.size, self.stage.ledger, self.findings
        return {
            "ok": self.holds, "tables": size.tables, "delegates": size.delegates, "tracks": size.tracks,
            "speed": self.order.speed, "kills": self.kills, "seconds": self.seconds,
            "sent": dict(ledger.sent), "acknowledged": dict(ledger.acknowledged),
            "refused": dict(ledger.refused), "tried": dict(ledger.attempts), "resent": self.resent,
            "connections": self.connections, "holes_repaired": self.holes, "found": found.found,
            "lost": found.lost, "doubled": found.doubled, "wrong": found.wrong, "counted": found.ballots,
            "balance": found.balance, "passages": found.passages, "stuck": self.stuck,
        }  # fmt: skip


Watch = Callable[[str, Stage, int, int], None]
Meanwhile = Callable[[], Awaitable[None]]
ReadStore = Callable[[Held], None]


async def rehearse(
    order: Order, hub: HubProcess | None, url: str, watch: Watch, read_store: ReadStore | None = None
) -> Outcome:
    """Hold the whole event and say what became of everything that was sent.

    Shape: with a hub of its own the url is that of the hub; read_store fills in what the store holds.
    Errors: NotARehearsal, HubFailed, SignInRefused.
    """
    raise_file_limit()
    stage = Stage(order.content, order.speed)
    conference = Conference(url, order.ways, stage, seed=order.seed)
    outcome = Outcome(order, stage, Findings())
    start = time.monotonic()
    try:
        await conference.come_in(lambda done, of: watch("Signing in", stage, done, of))
        outcome.seconds["sign_in"] = round(time.monotonic() - start, 1)
        stage.began = time.monotonic()
        held = await _hold(order, hub, conference, watch)
        outcome.seconds["event"] = round(time.monotonic() - stage.began, 1)
        if read_store:
            read_store(held)
        outcome.findings = find(stage.ledger, held)
    except* Stuck as stuck:
        outcome.stuck = str(stuck.exceptions[0])
    finally:
        outcome.seconds["all"] = round(time.monotonic() - start, 1)
        outcome.kills = hub.kills if hub else 0
        outcome.resent = sum(device.resent for device in conference.devices)
        outcome.holes = sum(device.known.holes for device in conference.devices)
        outcome.connections = sum(device.connections for device in conference.devices)
        await conference.leave()
    return outcome


async def _hold(order: Order, hub: HubProcess | None, conference: Conference, watch: Watch) -> Held:
    stage, size = conference.stage, order.content.size
    expected = size.tables * _COMMENTS_PER_TABLE + size.delegates * _VOTES_PER_DELEGATE

    async def kill() -> None:
        if hub is not None:
            await kill_now_and_then(hub, stage, order.kills, expected)

    await _told(conference, watch, kill)
    watch("Reading everything back", stage, 0, 0)
    return await conference.read_back()


async def _told(conference: Conference, watch: Watch, meanwhile: Meanwhile | None) -> None:
    """Hold the event and say from time to time how far it is."""
    stage = conference.stage

    async def tell() -> None:
        while True:
            watch("Holding the event", stage, 0, 0)
            await asyncio.sleep(0.25)

    telling = asyncio.get_running_loop().create_task(tell())
    try:
        await conference.hold(meanwhile)
    finally:
        telling.cancel()


async def hold_for_watchers(order: Order, url: str, watch: Watch) -> None:
    """Hold the event once, at its pace, with the first delegate's phone left to whoever watches."""
    raise_file_limit()
    stage = Stage(order.content, order.speed)
    first = next((way for way in order.ways if way.role == "delegate"), None)
    conference = Conference(url, [way for way in order.ways if way is not first], stage, seed=order.seed)
    try:
        await conference.come_in(lambda done, of: watch("Signing in", stage, done, of))
        stage.began = time.monotonic()
        await _told(conference, watch, None)
    finally:
        await conference.leave()
