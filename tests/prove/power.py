"""Proof 2: the power of the hub's disk is cut while it writes: nothing that was acknowledged is lost."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from pathlib import Path
from random import Random

from facilitate.rehearsal.connection import Address
from facilitate.rehearsal.hub_process import HubProcess
from tests.prove.hall import Hall, make_hall
from tests.prove.laptop import Laptop
from tests.prove.mounted import CannotMount, Disk, mounted
from tests.prove.proof import Proof
from tests.prove.scribe import LOOSE, Scribe

LAPTOPS = 4
# In all 200 on each file system; a hub takes seconds to start, so most are of what lies under it.
BY_WRITER, BY_HUB = 180, 20
MUTANT_CUTS = 12
# Stopped, or dead.
_STANDING = frozenset("TtZ")


class Cuts:
    """One event on one disk, whose power goes again and again."""

    def __init__(self, disk: Disk, seed: int) -> None:
        self.disk = disk
        self.chance = Random(seed)
        self.seed = seed
        self.hall: Hall = make_hall(disk.place / "event", LAPTOPS)
        os.sync()
        self.acknowledged: set[str] = set()
        self.lost: set[str] = set()
        self.count = 0

    def power_cut(self, pid: int) -> None:
        """Stop the process wherever it is, and the disk with it: a machine without power says nothing more.

        A process that goes on while the disk is shut down is no power cut: an fsync under way just then
        can be answered as done by the kernel, and the process would acknowledge after its own end.
        """
        os.kill(pid, signal.SIGSTOP)
        stat = Path(f"/proc/{pid}/stat")
        while stat.read_text().rpartition(")")[2].split()[0] not in _STANDING:
            time.sleep(0.0002)
        self.disk.cut()

    def look(self) -> None:
        """Bring the disk back and see what is left of what was acknowledged."""
        self.disk.restart()
        self.count += 1
        self.lost |= self.acknowledged - set(self.hall.comments())

    def of_writer(self, fault: str | None = None) -> None:
        """One cut while the real actions, writer and store write in a process of their own."""
        scribe = Scribe(self.hall, self.seed + self.count, fault)
        said = scribe.first()
        time.sleep(0.25 * self.chance.random() ** 2)
        self.power_cut(scribe.pid)
        self.acknowledged |= {*said, *scribe.kill()}
        self.look()

    def of_hub(self) -> None:
        """One cut while a whole hub takes what laptops send."""
        asyncio.run(self._of_hub())
        self.look()

    async def _of_hub(self) -> None:
        hub = HubProcess(self.hall.folder, settings=self.hall.environment)
        await hub.start()
        address, never = Address.read(hub.url), asyncio.Event()
        laptops = [
            Laptop(address, w.code, w.label, self.hall.passage, self.count) for w in self.hall.laptops()
        ]
        await asyncio.gather(*(laptop.start() for laptop in laptops))
        typing = [asyncio.create_task(laptop.type_on(0.02, never)) for laptop in laptops]
        while not any(laptop.acknowledged for laptop in laptops):
            await asyncio.sleep(0.005)
        await asyncio.sleep(0.4 * self.chance.random())
        self.power_cut(hub.pid)
        await hub.kill()
        # What it had said by then is still on its way to the laptops.
        await asyncio.sleep(0.05)
        for task in typing:
            task.cancel()
        await asyncio.gather(*typing, *(laptop.stop() for laptop in laptops), return_exceptions=True)
        await hub.stop()
        self.acknowledged |= {item for laptop in laptops for item in laptop.acknowledged}


def cut(kind: str, by_writer: int, by_hub: int, proof: Proof) -> None:
    """So many cuts on a file system of a kind."""
    with mounted(kind) as disk:
        cuts = Cuts(disk, seed=2)
        for _ in range(by_writer):
            cuts.of_writer()
        for _ in range(by_hub):
            cuts.of_hub()
        proof.figures[f"{kind}: cuts under writer and store"] = by_writer
        proof.figures[f"{kind}: cuts under a whole hub"] = by_hub
        proof.figures[f"{kind}: acknowledged"] = len(cuts.acknowledged)
        proof.want(f"{kind}: acknowledged", least=cuts.count)
        proof.none(f"{kind}: acknowledged lost", len(cuts.lost))
        proof.none(f"{kind}: differences in the record", len(cuts.hall.differences()))


def is_caught(kind: str, fault: str, most: int) -> bool:
    """Whether a database that is not durable is seen to lose something within so many cuts."""
    with mounted(kind) as disk:
        cuts = Cuts(disk, seed=5)
        while not cuts.lost and cuts.count < most:
            cuts.of_writer(fault)
        return bool(cuts.lost)


def prove(short: bool) -> Proof:
    """Cuts on two file systems, then on a database that is not durable, in two ways."""
    proof = Proof("power-cut")
    try:
        for kind in ("ext4",) if short else ("ext4", "xfs"):
            cut(kind, *((4, 0) if short else (BY_WRITER, BY_HUB)), proof)
            for fault in LOOSE:
                proof.mutants[f"{fault}, {kind}"] = is_caught(kind, fault, MUTANT_CUTS)
    except CannotMount as reason:
        proof.skipped = f"The power of a disk was not cut. {reason}"
    return proof
