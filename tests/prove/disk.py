"""Proof 4: a disk that fails now and then, and one that is full: nothing is lost, and the desk is told."""

from __future__ import annotations

import asyncio
import os
import subprocess
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from facilitate.rehearsal.connection import Address
from facilitate.rehearsal.device import Device
from facilitate.rehearsal.hub_process import HubProcess
from tests.prove.faults import MISSING, PRELOAD, Faults
from tests.prove.hall import Hall, make_hall, scratch_hall
from tests.prove.laptop import Laptop, drained
from tests.prove.launch import command
from tests.prove.ledger import balance
from tests.prove.proof import Proof

LAPTOPS = 8
BANNER_WITHIN, DRAINED_WITHIN = 1.0, 10.0
# How fast a busy machine is, is no test: the short form judges times no more than roughly.
_SLACK = 10.0
LEAST_FAULTS = 50
BANNER = "banner at the desk, in seconds"
_PATIENCE = 30.0
_SIZE = 32


@dataclass
class Desk:
    """The chair's desk: when it was told that the hub can store, or cannot."""

    device: Device
    told: list[tuple[float, bool]] = field(default_factory=list)

    def hear(self, batch: dict[str, Any]) -> None:
        """Note what the hub says of itself."""
        for kind, _, value in batch["changes"]:
            if kind == "hub":
                self.told.append((asyncio.get_running_loop().time(), value["storing"]))

    def first(self, *, storing: bool, since: float) -> float | None:
        """When it was first told so after a moment."""
        return next((at for at, said in self.told if at >= since and said == storing), None)


@dataclass
class Session:
    """One hub, its laptops and its desk."""

    hall: Hall
    hub: HubProcess
    laptops: list[Laptop] = field(default_factory=list)
    desk: Desk = field(init=False)
    # A fault that hides all trouble is not waited for as long as trouble that has yet to come.
    patience: float = _PATIENCE
    slack: float = 1.0
    typing: list[asyncio.Task[None]] = field(default_factory=list)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[None]:
        """Start everything, let the laptops type, and end everything."""
        await self.hub.start()
        address, chair = Address.read(self.hub.url), self.hall.way("chair")
        self.desk = Desk(Device(address, chair.code, chair.label))
        self.desk.device.heard = self.desk.hear
        self.laptops = [
            Laptop(address, way.code, way.label, self.hall.passage, 4) for way in self.hall.laptops()
        ]
        try:
            await asyncio.gather(self.desk.device.sign_in(), *(laptop.start() for laptop in self.laptops))
            self.desk.device.start()
            await self.desk.device.arrive()
            self.type()
            yield
        finally:
            await self.pause()
            await asyncio.gather(self.desk.device.stop(), *(laptop.stop() for laptop in self.laptops))
            await self.hub.stop()

    def type(self) -> None:
        """Let the laptops type."""
        never = asyncio.Event()
        self.typing = [asyncio.create_task(laptop.type_on(0.1, never)) for laptop in self.laptops]

    async def pause(self) -> None:
        """Let them stop for a while."""
        for task in self.typing:
            task.cancel()
        await asyncio.gather(*self.typing, return_exceptions=True)

    def first_refusal(self, since: float) -> float | None:
        """When a laptop was first told after a moment that something could not be stored."""
        return min((at for laptop in self.laptops for at in laptop.not_stored if at >= since), default=None)

    async def trouble(self, proof: Proof, began: float, name: str) -> None:
        """Wait until something could not be stored, and measure how soon the desk knew."""
        await _until(lambda: self.first_refusal(began) is not None, self.patience)
        limit = BANNER_WITHIN * self.slack
        await _until(lambda: self.desk.first(storing=False, since=began) is not None, limit + 2)
        told = self.desk.first(storing=False, since=began)
        refused = self.first_refusal(began)
        late = _PATIENCE if told is None or refused is None else max(0.0, told - refused)
        proof.within(f"{name}: {BANNER}", late, limit)

    async def recovery(self, proof: Proof, name: str) -> None:
        """Measure how soon all that was kept has arrived, and whether the desk is told."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        await self.pause()
        limit = DRAINED_WITHIN * self.slack
        took = limit + 1
        with suppress(TimeoutError):
            took = await drained(self.laptops, limit + 1)
        proof.within(f"{name}: drained, in seconds", took, limit)
        await _until(lambda: self.desk.first(storing=True, since=began) is not None, limit)
        if self.desk.told and not self.desk.told[-1][1]:
            proof.failures.append(f"{name}: the desk was never told that all is well again.")
        self.type()


async def _until(look: Any, within: float = _PATIENCE) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(within):
            while not look():
                await asyncio.sleep(0.02)


def failing(seconds: float, least: int, slack: float, *mutants: str) -> Proof:
    """One hub on a disk that fails, as long as asked and until it has failed often enough."""
    proof = Proof("failing-disk")
    with scratch_hall(LAPTOPS) as hall:
        faults = Faults(hall.folder / "faults")
        hub = HubProcess(
            hall.folder,
            settings=hall.environment | faults.environment,
            command=command("failing-disk", *mutants),
        )
        session = Session(hall, hub, patience=4.0 if mutants else _PATIENCE, slack=slack)

        async def run() -> None:
            loop = asyncio.get_running_loop()
            async with session.open():
                began, first = loop.time(), hub.pid
                with faults.failing():
                    await session.trouble(proof, began, "failing")
                    await asyncio.sleep(max(0.0, seconds - (loop.time() - began)))
                    # A hub in trouble asks the disk seldom, and on a busy machine more seldom still.
                    await _until(lambda: faults.fired >= least, 90.0)
                await session.recovery(proof, "failing")
                proof.none("restarts of the failing hub", int(hub.pid != first))

        asyncio.run(run())
        proof.figures["failing: faults that fired"] = faults.fired
        proof.want("failing: faults that fired", least=least)
        balance(proof, hall, session.laptops)
    return proof


@contextmanager
def small_disk() -> Iterator[Path | None]:
    """A file system with little room, or none where this process may not mount one."""
    with tempfile.TemporaryDirectory(prefix="facilitate-small-") as folder:
        mount = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}m", "tmpfs", folder]
        if os.geteuid() or subprocess.run(mount, check=False, capture_output=True).returncode:
            yield None
            return
        try:
            yield Path(folder)
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)


def _fill(ballast: Path) -> None:
    with suppress(OSError), ballast.open("ab", buffering=0) as file:
        while file.write(bytes(4096)):
            pass


def filling(folder: Path, times: int, slack: float) -> Proof:
    """One hub on a disk that is filled up and emptied again, so many times."""
    proof = Proof("failing-disk")
    hall = make_hall(folder / "event", LAPTOPS)
    hub = HubProcess(hall.folder, settings=hall.environment)
    session, ballast = Session(hall, hub, slack=slack), folder / "ballast"

    async def run() -> None:
        async with session.open():
            first = hub.pid
            for turn in range(1, times + 1):
                began = asyncio.get_running_loop().time()
                _fill(ballast)
                await session.trouble(proof, began, f"full {turn}")
                await asyncio.sleep(1)
                ballast.unlink()
                await session.recovery(proof, f"full {turn}")
            proof.none("restarts of the full hub", int(hub.pid != first))

    asyncio.run(run())
    proof.figures["times full"] = times
    balance(proof, hall, session.laptops)
    return proof


def _take(proof: Proof, part: Proof, where: str) -> None:
    proof.figures |= {name if ":" in name else f"{where}: {name}": v for name, v in part.figures.items()}
    proof.failures += part.failures


def is_lost(proof: Proof) -> bool:
    """Whether something was seen to be lost."""
    return bool(proof.figures["acknowledged lost"])


def is_silent(proof: Proof) -> bool:
    """Whether the desk was seen to hear nothing."""
    return bool(proof.figures[f"failing: {BANNER}"] >= _PATIENCE)


MUTANTS = {"acknowledge-what-failed": is_lost, "tell-nobody": is_silent}


def prove(short: bool) -> Proof:
    """A failing disk, with its mutants, then one that is full and empty again."""
    proof = Proof("failing-disk")
    if not PRELOAD.exists():
        proof.skipped = MISSING
        return proof
    _take(proof, failing(*((2, 10, _SLACK) if short else (20, LEAST_FAULTS, 1.0))), "failing")
    for mutant, sign in list(MUTANTS.items())[: 1 if short else None]:
        proof.mutants[mutant] = sign(failing(2, 10, _SLACK, mutant))
    with small_disk() as folder:
        if folder is None:
            proof.skipped = "A full disk was not tried: mounting a small one needs root."
        else:
            _take(proof, filling(folder, *((1, _SLACK) if short else (3, 1.0))), "full")
    return proof
