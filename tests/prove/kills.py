"""Proof 1: killed hubs, broken connections, partitions and doubled requests lose and double nothing."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from itertools import cycle
from random import Random

from facilitate.rehearsal.connection import Address
from facilitate.rehearsal.hub_process import HubProcess
from tests.prove.hall import Hall, scratch_hall
from tests.prove.laptop import Laptop, drained
from tests.prove.launch import command
from tests.prove.ledger import balance
from tests.prove.proof import Proof
from tests.prove.proxy import Proxy

DRAINED_WITHIN = 5.0
KILLS = "kills of the hub"


@dataclass(frozen=True)
class Storm:
    """How long, and how hard at least; it lasts longer on a slow machine until it was hard enough."""

    seconds: float
    laptops: int = 20
    kills: int = 25
    partitions: int = 8
    breaks: int = 400
    duplicates: int = 700
    longest: float = 5.0
    give_up: float = 20.0
    drained_within: float = DRAINED_WITHIN

    @property
    def wanted(self) -> dict[str, int]:
        """The least counts by their names."""
        return {
            KILLS: self.kills, "partitions": self.partitions,
            "broken connections": self.breaks, "requests sent twice": self.duplicates,
        }  # fmt: skip


FULL = Storm(60)
# How fast a busy machine is, is no test: times are judged in the long form.
SHORT = Storm(
    3, laptops=8, kills=2, partitions=1, breaks=8, duplicates=8, longest=15, give_up=40, drained_within=40
)
MUTANT = Storm(6, laptops=20, kills=3, partitions=0, breaks=10, duplicates=10, give_up=2)
CALM = Storm(1.5, laptops=8, kills=0, partitions=0, breaks=5, duplicates=5, give_up=1)


class Weather:
    """One run of a storm over a hub and its laptops."""

    def __init__(self, hall: Hall, storm: Storm, mutant: str | None, seed: int) -> None:
        self.storm = storm
        self.hall = hall
        self.chance = Random(seed)
        self.proxy = Proxy(Random(seed + 1))
        self.seed = seed
        self.mutant = mutant
        self.stop = asyncio.Event()
        self.up = asyncio.Event()
        self.laptops: list[Laptop] = []

    async def run(self, proof: Proof) -> None:
        """Let it rage, let it end, and measure how soon everything has arrived."""
        await self.proxy.start()
        origins = {"FACILITATE_ORIGINS": f"http://127.0.0.1:{self.proxy.port}"}
        self.hub = HubProcess(
            self.hall.folder, settings=self.hall.environment | origins, command=command(self.mutant)
        )
        try:
            await self.hub.start()
            self.proxy.hub_port = self.hub.port
            await self._arrive()
            await self._rage()
            proof.figures |= {name: self.counts[name] for name in self.storm.wanted}
            try:
                took = await drained(self.laptops, self.storm.give_up)
            except TimeoutError:
                took = self.storm.give_up
            proof.within("drained, in seconds", took, self.storm.drained_within)
        finally:
            await asyncio.gather(*(laptop.stop() for laptop in self.laptops))
            await self.proxy.stop()
            await self.hub.stop()

    @property
    def counts(self) -> dict[str, int]:
        """How hard it has been so far."""
        return {name: self.proxy.counts[name] for name in self.storm.wanted} | {KILLS: self.hub.kills}

    async def _arrive(self) -> None:
        address = Address("http", "127.0.0.1", self.proxy.port)
        # Each speaks of another passage: six thousand points on one would be sent to all with every joining.
        for way, passage in zip(self.hall.laptops(), cycle(self.hall.passages), strict=False):
            self.laptops.append(Laptop(address, way.code, way.label, passage, self.seed))
        await asyncio.gather(*(laptop.start() for laptop in self.laptops))
        await asyncio.gather(*(laptop.device.arrive() for laptop in self.laptops))

    async def _rage(self) -> None:
        self.proxy.duplicates, self.proxy.longest_delay = 0.6, 0.02
        self.up.set()
        loop = asyncio.get_running_loop()
        began = loop.time()
        async with asyncio.TaskGroup() as group:
            for laptop in self.laptops:
                group.create_task(laptop.type_on(0.3, self.stop))
            for fault in (self._kill, self._partition, self._break):
                group.create_task(fault())
            while not self._is_enough(loop.time() - began):
                await asyncio.sleep(0.1)
            self.stop.set()
        self.proxy.duplicates = self.proxy.longest_delay = 0.0

    def _is_enough(self, seconds: float) -> bool:
        hard = all(self.counts[name] >= least for name, least in self.storm.wanted.items())
        return seconds >= self.storm.seconds and (hard or seconds >= self.storm.longest * self.storm.seconds)

    async def _kill(self) -> None:
        while self.storm.kills and not self.stop.is_set():
            await asyncio.sleep(0.4 + 0.8 * self.chance.random())
            self.up.clear()
            await self.hub.kill()
            await self.hub.start()
            self.up.set()

    async def _partition(self) -> None:
        pause = self.storm.seconds / (self.storm.partitions + 2) if self.storm.partitions else 0
        while pause and not self.stop.is_set():
            await asyncio.sleep(pause * (0.4 + 0.4 * self.chance.random()))
            await self.proxy.partition(0.3 + 1.2 * self.chance.random())

    async def _break(self) -> None:
        while not self.stop.is_set():
            await asyncio.sleep(0.12 * self.chance.random())
            if self.up.is_set():
                self.proxy.break_one()


def storm(mutant: str | None, storm: Storm, seed: int = 3) -> Proof:
    """One storm over one event."""
    proof = Proof("hub-killed")
    with scratch_hall(storm.laptops) as hall:
        weather = Weather(hall, storm, mutant, seed)
        asyncio.run(weather.run(proof))
        for name, least in storm.wanted.items():
            proof.want(name, least=least)
        balance(proof, hall, weather.laptops)
    return proof


def prove(short: bool) -> Proof:
    """The storm, then the same with each fault put into the hub."""
    proof = storm(None, SHORT if short else FULL)
    mutants = {"no-unique-id": "doubled", "acknowledge-before-commit": "acknowledged lost"}
    for mutant, sign in list(mutants.items())[: 1 if short else None]:
        # What a kill has to hit in the right moment may need another storm.
        proof.mutants[mutant] = any(
            storm(mutant, CALM if short else MUTANT, seed).figures[sign] for seed in range(1 if short else 3)
        )
    return proof
