"""Rehearsal: brings the robots in, lets them hold the whole event and reads back what it left."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any

from facilitate.rehearsal.answers import AREA_KEEPS, DESK_KEEPS, AreaRobot, ResourceRobot
from facilitate.rehearsal.chair import ChairRobot
from facilitate.rehearsal.connection import Address
from facilitate.rehearsal.delegates import KEEP as PHONE_KEEPS
from facilitate.rehearsal.delegates import DelegateRobot
from facilitate.rehearsal.device import Device
from facilitate.rehearsal.endings import end_everything
from facilitate.rehearsal.findings import Held
from facilitate.rehearsal.hub_process import HubProcess
from facilitate.rehearsal.stage import Stage
from facilitate.rehearsal.tables import KEEP as LAPTOP_KEEPS
from facilitate.rehearsal.tables import TableRobot
from facilitate.rehearsal.tellers import KEEPS as TELLER_KEEPS
from facilitate.rehearsal.tellers import TellerRobot
from facilitate.rehearsal.themes import ThemeRobot

# A hall does not sign in within one second either, and the hub is to be tried by joins, not by accepts.
_SIGN_INS_AT_ONCE = 40
_SAID = ("ref", "table", "passage", "kind", "agree", "against", "text", "state")


@dataclass(frozen=True)
class Way:
    """One holder's way in."""

    role: str
    label: str
    code: str
    table: int | None


class NotARehearsal(Exception):
    """Robots never touch an event that is not marked as a rehearsal."""


def raise_file_limit() -> None:
    """Let this process hold as many connections as the machine allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65_536 if hard == resource.RLIM_INFINITY else min(65_536, hard)
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


class Conference:
    """One rehearsed event."""

    def __init__(self, url: str, ways: Sequence[Way], stage: Stage, *, seed: int = 0) -> None:
        self.stage = stage
        self.address = Address.read(url)
        self.seed = seed
        self.devices: list[Device] = []
        self.laptops: dict[int, TableRobot] = {}
        self.phones: list[DelegateRobot] = []
        self.screens: list[Device] = []
        self.team: list[ThemeRobot] = []
        self.answering: list[AreaRobot | ResourceRobot] = []
        self.tellers: list[TellerRobot] = []
        self.chair: ChairRobot | None = None
        for way in ways:
            self._seat(way)
        stage.delegates, stage.laptops = len(self.phones), set(self.laptops)

    def _seat(self, way: Way) -> None:
        if way.role == "facilitator" and way.label.startswith("Laptop") and way.table:
            self.laptops[way.table] = TableRobot(self._device(way, LAPTOP_KEEPS), way.table, self.stage)
        elif way.role == "delegate":
            device = self._device(way, PHONE_KEEPS)
            self.phones.append(DelegateRobot(device, way.label, way.table or 1, self.stage))
        elif way.role == "screen":
            self.screens.append(self._device(way, frozenset({"screen"})))
        elif way.role == "theme-team":
            self.team.append(ThemeRobot(self._device(way), self.stage))
        elif way.role == "area-facilitator":
            self.answering.append(AreaRobot(self._device(way, AREA_KEEPS), self.stage))
        elif way.role == "resource-person":
            self.answering.append(ResourceRobot(self._device(way, DESK_KEEPS), self.stage))
        elif way.role == "teller":
            self.tellers.append(TellerRobot(self._device(way, TELLER_KEEPS), self.stage))
        elif way.role == "chair" and self.chair is None:
            self.chair = ChairRobot(self._device(way), self.stage)

    def _device(self, way: Way, keep: frozenset[str] | None = None) -> Device:
        device = Device(self.address, way.code, way.label, keep=keep, seed=self.seed)
        self.devices.append(device)
        return device

    # The run

    async def come_in(self, told: Callable[[int, int], None]) -> None:
        """Sign everybody in and wait until all have joined.

        Errors: NotARehearsal.
        """
        assert self.chair is not None
        gate = asyncio.Semaphore(_SIGN_INS_AT_ONCE)
        signed = 0

        async def one(device: Device) -> None:
            nonlocal signed
            async with gate:
                await device.sign_in()
                signed += 1
                told(signed, len(self.devices))

        await one(self.chair.device)
        self.chair.device.start()
        event = await self.chair.device.until(lambda: self._desk("event", "event"))
        if not event["rehearsal"]:
            raise NotARehearsal(f"“{event['name']}” is not marked as a rehearsal. Robots hold no real event.")
        others = [device for device in self.devices if device is not self.chair.device]
        await asyncio.gather(*map(one, others))
        for device in others:
            device.start()
        await asyncio.gather(*(device.arrive() for device in others))

    def _desk(self, kind: str, key: str) -> dict[str, Any] | None:
        return self.chair.device.known.one(kind, key) if self.chair else None

    async def hold(self, meanwhile: Callable[[], Awaitable[None]] | None = None) -> None:
        """Hold the event from its opening to its close.

        Errors: Stuck, or whatever stops a robot.
        """
        assert self.chair is not None
        chair = self.chair
        tracks = [part.name for part in self.stage.content.parts]
        leading = [chair.hold(track) for track in tracks]
        team = [self.team[n % len(self.team)].tend(track) for n, track in enumerate(tracks)]
        rest = [laptop.run() for laptop in self.laptops.values()] + [phone.run() for phone in self.phones]
        rest += [robot.run() for robot in (*self.answering, *self.tellers)]
        aside: list[Coroutine[Any, Any, None]] = [
            self._wrap_up(),
            *([_as_coroutine(meanwhile)] if meanwhile else []),
        ]
        async with asyncio.TaskGroup() as group:
            others = [group.create_task(each) for each in (*team, *rest, *aside)]
            await asyncio.gather(*(group.create_task(each) for each in leading))
            self.stage.over = True
            for task in others:
                task.cancel()
        await chair.device.reach(self.stage.ledger.last_number)

    async def _wrap_up(self) -> None:
        stage = self.stage
        await stage.until_told(lambda: stage.wrapping)
        await stage.until_quiet()
        await end_everything(self.team[0].device, stage)
        stage.wrapped = True
        stage.tell()

    # Reading back

    async def read_back(self) -> Held:
        """What the hub's pages show now, asked for anew, and what the devices missed that were told live."""
        assert self.chair is not None
        team = self.team[0].device
        last = self.stage.ledger.last_number
        devices = [self.chair.device, team, *(robot.device for robot in self.laptops.values())]
        await asyncio.gather(*(device.reach(last) for device in devices))
        themes = await team.fresh()
        desk = await self.chair.device.fresh()
        tables = {}
        unheard = _differences("The theme team", team.known.all("comment"), themes["comment"])
        for number, robot in self.laptops.items():
            shown = await robot.device.fresh()
            tables[number] = shown["comment"]
            live = _as_seen_by(number, robot.device.known.all("comment"))
            unheard += _differences(
                f"The laptop of table {number}", live, _as_seen_by(number, tables[number])
            )
        return Held(themes=themes, tables=tables, desk=desk, unheard=unheard)

    async def leave(self) -> None:
        """Everybody goes."""
        await asyncio.gather(*(device.stop() for device in self.devices))


async def _as_coroutine(work: Callable[[], Awaitable[None]]) -> None:
    await work()


def _as_seen_by(table: int, comments: dict[str, Any]) -> dict[str, Any]:
    """A table follows its own points to their end; of the others it is told what they say."""
    return {
        key: value if value["table"] == table else {name: value[name] for name in _SAID}
        for key, value in comments.items()
    }


def _differences(who: str, live: dict[str, Any], fresh: dict[str, Any]) -> list[str]:
    unlike = [key for key in {*live, *fresh} if live.get(key) != fresh.get(key)]
    return [f"{who} was not told of {len(unlike)} comments as they are now."] if unlike else []


async def kill_now_and_then(hub: HubProcess, stage: Stage, times: int, expected: int) -> None:
    """Kill the hub so many times, spread over the acknowledgements to be expected, and start it again."""
    for turn in range(times):
        mark = expected * (turn + 1) // (times + 1)
        while sum(stage.ledger.acknowledged.values()) < mark:
            await asyncio.sleep(0.02)
        await hub.kill()
        await hub.start()
