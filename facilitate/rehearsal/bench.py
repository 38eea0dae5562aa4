"""Rehearsal: measures one hub against itself: joins, a push, votes with and without store, a lost batch."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from facilitate.rehearsal.bench_laptops import Laptops
from facilitate.rehearsal.conference import Way, raise_file_limit
from facilitate.rehearsal.connection import Address
from facilitate.rehearsal.delegates import KEEP
from facilitate.rehearsal.device import Device
from facilitate.rehearsal.hub_process import HubProcess
from facilitate.rehearsal.known import new_id
from facilitate.rehearsal.tables import KEEP as LAPTOPS_KEEP

# What is accepted (issue 2): every device joins, the store costs at most so much, a hole is soon repaired.
LEAST_STORE_RATIO, LONGEST_REPAIR = 0.6, 10.0
_PUSHES = 5
_AT_ONCE = 40
_WITHIN = 120.0
Tell = Callable[[str], None]


@dataclass
class Bench:
    """One run of all measurements."""

    folder: Path
    chair: Device
    phones: list[Device]
    laptops: list[Device]
    ballots: int
    tell: Tell
    figures: dict[str, Any] = field(default_factory=dict)

    async def run(self, hub: HubProcess) -> None:
        """Measure with the store, then the same hub without it."""
        everybody = [self.chair, *self.phones, *self.laptops]
        await self._sign_in(everybody)
        await self._join(hub, everybody)
        await self._push()
        await self._vote(hub)
        await self._lose_a_batch()
        laptops = Laptops(self.laptops, await self._open_round())
        await laptops.speak()
        await self._key_presses(laptops, "")
        await hub.kill()
        hub.settings["FACILITATE_STORE_OFF"] = "1"
        self.tell("Starting the hub without its store")
        await hub.start()
        await asyncio.gather(*(device.arrive() for device in everybody))
        await self._vote_without_store(hub)
        await self._key_presses(laptops, "_without_store")
        self._ratios()

    async def _sign_in(self, devices: Sequence[Device]) -> None:
        gate = asyncio.Semaphore(_AT_ONCE)

        async def one(device: Device) -> None:
            async with gate:
                await device.sign_in()

        self.tell(f"Signing {len(devices):,} devices in")
        await asyncio.gather(*map(one, devices))

    async def _join(self, hub: HubProcess, devices: Sequence[Device]) -> None:
        self.tell(f"{len(devices):,} devices join at once")
        before, start = memory_of(hub.pid), time.perf_counter()
        for device in devices:
            device.start()
        try:
            async with asyncio.timeout(_WITHIN):
                await asyncio.gather(*(device.arrive() for device in devices))
        except TimeoutError:
            pass
        joined = sum(device.is_here for device in self.phones)
        self.figures |= {
            "asked": len(self.phones), "joined": joined, "join_s": round(time.perf_counter() - start, 2),
            "kib_per_connection": round((memory_of(hub.pid) - before) / len(devices), 1),
        }  # fmt: skip

    async def _push(self) -> None:
        self.tell("One push to everybody")
        for way, name in (("emit", "emit_last_ms"), ("own", "push_last_ms")):
            times = [await self._one_push(way) for _ in range(_PUSHES)]
            self.figures[name] = round(1000 * median(times), 1)

    async def _one_push(self, way: str) -> float:
        # The heartbeat that may come just now reaches everybody too, once for each of their streams.
        await asyncio.sleep(0.3)
        missing, all_heard = len(self.phones), asyncio.Event()

        def heard(batch: dict[str, Any]) -> None:
            nonlocal missing
            if batch["audience"] == "delegates" and batch["changes"]:
                missing -= 1
                if missing == 0:
                    all_heard.set()

        for phone in self.phones:
            phone.heard = heard
        start = time.perf_counter()
        await self.chair.ask("bench", way)
        async with asyncio.timeout(_WITHIN):
            await all_heard.wait()
        took = time.perf_counter() - start
        for phone in self.phones:
            phone.heard = None
        return took

    async def _chair(self, kind: str, data: dict[str, Any]) -> dict[str, Any]:
        answer = await self.chair.submit(kind, data)
        if not answer["ok"]:
            raise RuntimeError(f"{kind}: {answer['refusal']['sentence']}")
        return answer

    async def _draft(self) -> str:
        made = new_id()
        data: dict[str, Any] = {
            "item": made, "motion": None, "question": "Does the hub keep up?", "form": "for-against",
            "options": [], "trust": "anonymised", "purpose": "practice", "rules": None,
        }  # fmt: skip
        await self._chair("draft-ballot", data)
        return made

    async def _open_round(self) -> str:
        """Let the tables talk; the passage that all of them talk about."""
        talk = next(item for item in self.chair.known.all("item").values() if item["kind"] == "round")
        await self._chair("go-to-item", {"track": talk["track"], "item": talk["id"]})
        return str(talk["assignments"][0]["passage"])

    async def _open_ballot(self) -> str:
        ballot = await self._draft()
        await self._chair("announce-ballot", {"ballot": ballot, "reason": None})
        await self._chair("open-ballot", {"ballot": ballot, "reason": None})
        # Everybody is told of the opening before the clock runs, as in a hall.
        await asyncio.gather(*(_until(phone, ballot, "open") for phone in self.phones))
        return ballot

    async def _vote(self, hub: HubProcess) -> None:
        await self._chair("open-event", {})
        acknowledged, seconds, cpu = 0, 0.0, 0.0
        for turn in range(self.ballots):
            self.tell(f"Everybody votes: ballot {turn + 1} of {self.ballots}")
            ballot = await self._open_ballot()
            used = processor_of(hub.pid)
            taken, took = await self._everybody_votes(ballot)
            cpu += processor_of(hub.pid) - used
            acknowledged, seconds = acknowledged + taken, seconds + took
            await self._chair("close-ballot", {"ballot": ballot, "reason": None})
        self.figures |= {
            "votes": acknowledged, "acks_per_s": round(acknowledged / seconds, 1),
            "cpu_us_per_ack": round(1e6 * cpu / max(1, acknowledged)),
        }  # fmt: skip

    async def _vote_without_store(self, hub: HubProcess) -> None:
        self.tell("Everybody votes on the hub without a store")
        acknowledged, seconds, cpu = 0, 0.0, 0.0
        for _ in range(self.ballots):
            used = processor_of(hub.pid)
            taken, took = await self._everybody_votes(new_id())
            cpu += processor_of(hub.pid) - used
            acknowledged, seconds = acknowledged + taken, seconds + took
        self.figures |= {
            "acks_per_s_without_store": round(acknowledged / seconds, 1),
            "cpu_us_per_ack_without_store": round(1e6 * cpu / max(1, acknowledged)),
        }

    async def _key_presses(self, laptops: Laptops, where: str) -> None:
        self.tell(f"Comments from laptop to laptop, {len(self.laptops)} tables")
        one, last = await laptops.measure()
        self.figures["laptops"] = sum(device.is_here for device in self.laptops)
        self.figures |= {f"key_to_laptop_ms{where}": one, f"key_to_last_laptop_ms{where}": last}

    async def _everybody_votes(self, ballot: str) -> tuple[int, float]:
        choices = ("for", "against", "abstain")
        start = time.perf_counter()
        answers = await asyncio.gather(
            *(
                phone.submit("cast-vote", {"ballot": ballot, "choice": choices[place % 3]})
                for place, phone in enumerate(self.phones)
            )
        )
        return sum(answer["ok"] for answer in answers), time.perf_counter() - start

    async def _lose_a_batch(self) -> None:
        """One phone is not given one batch; the next one shows it the hole."""
        self.tell("One device loses a batch")
        phone, ballot = self.phones[0], await self._draft()
        phone.loses, before = 1, phone.known.holes
        start = time.perf_counter()
        await self._chair("announce-ballot", {"ballot": ballot, "reason": None})
        async with asyncio.timeout(_WITHIN):
            await _until(phone, ballot, "announced")
        self.figures["holes_noticed"] = phone.known.holes - before
        self.figures["hole_repaired_s"] = round(time.perf_counter() - start, 2)

    def _ratios(self) -> None:
        figures = self.figures
        figures["ratio_store"] = round(figures["acks_per_s"] / figures["acks_per_s_without_store"], 2)
        figures["ratio_push"] = round(figures["push_last_ms"] / figures["emit_last_ms"], 2)
        figures["ok"] = (
            figures["joined"] == figures["asked"]
            and figures["ratio_store"] >= LEAST_STORE_RATIO
            and figures["hole_repaired_s"] <= LONGEST_REPAIR
        )


async def _until(phone: Device, ballot: str, state: str) -> None:
    def look() -> bool:
        value = phone.known.one("ballot", ballot)
        return value is not None and value["state"] == state

    await phone.until(look)


def memory_of(pid: int) -> float:
    """What a process holds in memory.

    Units: KiB.
    """
    with Path(f"/proc/{pid}/statm").open() as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1024


def processor_of(pid: int) -> float:
    """How much processor time a process has used.

    Units: seconds.
    """
    parts = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


async def run_bench(folder: Path, ways: Sequence[Way], ballots: int, tell: Tell) -> dict[str, Any]:
    """All figures of one run on loopback.

    Errors: HubFailed, ConnectionGone.
    """
    raise_file_limit()
    hub = HubProcess(folder, settings={"FACILITATE_BENCH": "1"})
    await hub.start()
    address = Address.read(hub.url)
    chair = next(way for way in ways if way.role == "chair")
    phones = [Device(address, way.code, way.label, keep=KEEP) for way in ways if way.role == "delegate"]
    laptops = [
        Device(address, way.code, way.label, keep=LAPTOPS_KEEP)
        for way in ways
        if way.role == "facilitator" and way.table is not None and way.label.startswith("Laptop")
    ]
    bench = Bench(folder, Device(address, chair.code, chair.label), phones, laptops, ballots, tell)
    try:
        await bench.run(hub)
    finally:
        await asyncio.gather(*(device.stop() for device in [bench.chair, *phones, *laptops]))
        await hub.stop()
    return bench.figures
