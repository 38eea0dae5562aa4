"""Proof 6: whoever comes back is told everything once, in the order of commits, by one hub or by two."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from facilitate.rehearsal.connection import Address
from facilitate.rehearsal.hub_process import HubProcess
from tests.prove.hall import Hall, make_hall, scratch_hall
from tests.prove.laptop import Laptop, drained
from tests.prove.launch import command
from tests.prove.ledger import balance
from tests.prove.proof import Proof
from tests.prove.readers import STREAM, Reader, Verdict
from tests.support.postgres import MISSING, find_programs, run_postgres

LAPTOPS = 8
MISSED = "changes missed"
# Two hubs on one database hear of one another by asking every few seconds.
_HEARD_WITHIN = 30.0


@dataclass(frozen=True)
class Traffic:
    """How long it goes on, and for how many readers."""

    seconds: float
    readers: int


FULL, SHORT, MUTANT = Traffic(20, 100), Traffic(2, 20), Traffic(5, 30)


class Run:
    """One event with one or two hubs, laptops that type and readers that come and go."""

    def __init__(self, hall: Hall, hubs: Sequence[HubProcess], traffic: Traffic) -> None:
        self.hall = hall
        self.hubs = hubs
        self.traffic = traffic
        self.stop = asyncio.Event()
        self.laptops: list[Laptop] = []
        self.readers: list[Reader] = []
        self.laggards = 0

    async def run(self) -> None:
        """Start everything, let it go on, and let every reader hear the rest."""
        try:
            for hub in self.hubs:
                await hub.start()
            await self._arrive()
            async with asyncio.TaskGroup() as group:
                for laptop in self.laptops:
                    group.create_task(laptop.type_on(0.1, self.stop))
                for reader in self.readers:
                    group.create_task(reader.come_and_go(self.stop))
                await asyncio.sleep(self.traffic.seconds)
                self.stop.set()
            # What never arrived is found in the balance; the readers are asked all the same.
            with suppress(TimeoutError):
                await drained(self.laptops, 20)
            last = max(self.hall.numbers().values())
            heard = await asyncio.gather(*(self._hears(reader, last) for reader in self.readers))
            self.laggards = heard.count(False)
        finally:
            await asyncio.gather(*(each.stop() for each in self.laptops))
            await asyncio.gather(*(each.device.stop() for each in self.readers))
            for hub in self.hubs:
                await hub.stop()

    async def _hears(self, reader: Reader, last: int) -> bool:
        try:
            async with asyncio.timeout(_HEARD_WITHIN):
                await reader.device.reach(last, STREAM)
        except TimeoutError:
            return False
        return True

    async def _arrive(self) -> None:
        addresses = [Address.read(hub.url) for hub in self.hubs]
        for number, way in enumerate(self.hall.add_people("theme-team", self.traffic.readers)):
            self.readers.append(Reader(addresses[number % len(addresses)], way.code, number))
        for number, each in enumerate(self.hall.laptops()):
            address = addresses[number % len(addresses)]
            self.laptops.append(Laptop(address, each.code, each.label, self.hall.passage, number))
        await asyncio.gather(*(laptop.start() for laptop in self.laptops))
        await asyncio.gather(*(reader.start() for reader in self.readers))
        await asyncio.gather(*(reader.device.arrive() for reader in self.readers))


def out_of_order(laptops: Sequence[Laptop], numbers: dict[str, int]) -> int:
    """Comments with a smaller number than one that was acknowledged before they were typed."""
    spans = [
        (numbers[item], *laptop.times[item])
        for laptop in laptops
        for item in laptop.acknowledged
        if item in numbers
    ]
    found, soonest_end = 0, float("inf")
    for _, start, end in sorted(spans, reverse=True):
        found += soonest_end < start
        soonest_end = min(soonest_end, end)
    return found


def traffic(hall: Hall, traffic: Traffic, faults: Sequence[str], hubs: int) -> Proof:
    """One run over one event, and what readers, laptops and store say of it."""
    proof = Proof("resume")
    started = [
        HubProcess(hall.folder, settings=hall.environment, command=command("slow-commits", *faults))
        for _ in range(hubs)
    ]
    run = Run(hall, started, traffic)
    asyncio.run(run.run())
    numbers, verdict = hall.numbers(), Verdict()
    for reader in run.readers:
        verdict.judge(reader.log, numbers)
    proof.figures["readers"] = len(run.readers)
    proof.figures["reconnections"] = sum(reader.device.connections for reader in run.readers)
    proof.none(MISSED, verdict.missed)
    proof.none("changes doubled", verdict.doubled)
    proof.none("changes told before their turn", verdict.early)
    proof.none("numbers against the order of commits", out_of_order(run.laptops, numbers))
    proof.none("readers that never heard the last", run.laggards)
    balance(proof, hall, run.laptops)
    return proof


def on_sqlite(size: Traffic, *faults: str) -> Proof:
    """Eight laptops on one hub."""
    with scratch_hall(LAPTOPS) as hall:
        return traffic(hall, size, faults, 1)


# The database's own word on the order in which it committed.
_LATE = """
    SELECT count(*) FROM (
        SELECT pg_xact_commit_timestamp(xmin) AS done,
            max(pg_xact_commit_timestamp(xmin)) OVER (ORDER BY number) AS latest
        FROM journal
    ) AS entries WHERE done < latest
"""


def on_postgresql(size: Traffic, programs: Path, *faults: str) -> Proof:
    """Eight laptops on two hubs with one database."""
    with (
        run_postgres(programs, "track_commit_timestamp=on") as server,
        tempfile.TemporaryDirectory(prefix="facilitate-proof-") as folder,
    ):
        server.run("CREATE DATABASE proof")
        hall = make_hall(Path(folder), LAPTOPS, server.url("proof"))
        connection = psycopg2.connect(host=str(server.folder), user=server.account, dbname="proof")
        connection.autocommit = True
        cursor = connection.cursor()
        cursor.execute("SELECT max(number) + 1 FROM journal")
        cursor.execute(f"CREATE SEQUENCE proof_numbers START {cursor.fetchone()[0]}")
        proof = traffic(hall, size, faults, 2)
        cursor.execute(_LATE)
        proof.none("numbers against the database's own order", cursor.fetchone()[0])
        connection.close()
    return proof


def _named(proof: Proof, part: Proof, where: str) -> None:
    proof.figures |= {f"{where}: {name}": value for name, value in part.figures.items()}
    proof.failures += [f"{where}: {failure}" for failure in part.failures]


def prove(short: bool) -> Proof:
    """One hub on SQLite, two on PostgreSQL, then each with a fault; the short form has one hub alone."""
    proof = Proof("resume")
    _named(proof, on_sqlite(SHORT if short else FULL), "one hub")
    proof.mutants["resume-forgets"] = (
        on_sqlite(SHORT if short else MUTANT, "resume-forgets").figures[MISSED] > 0
    )
    if short:
        return proof
    programs = find_programs()
    if programs is None:
        proof.skipped = f"Two hubs on one database were not tried. {MISSING}"
        return proof
    _named(proof, on_postgresql(FULL, programs), "two hubs")
    for mutant in ("numbers-from-a-sequence", "own-news-hides-others"):
        proof.mutants[mutant] = on_postgresql(MUTANT, programs, mutant).figures[MISSED] > 0
    return proof
