"""Proof 2 of ballots: who steals every file of hub and box ties no paper to a name better than by chance."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import sqrt
from pathlib import Path
from random import Random

from facilitate.rehearsal.hub_process import HubProcess
from facilitate.rehearsal.known import new_id
from facilitate.store.rows import Person
from tests.prove.hall import Hall, scratch_hall
from tests.prove.linker import by_rank, keys_in, papers_in, people_in
from tests.prove.proof import Proof
from tests.prove.stamped import PORTS, Vote
from tests.prove.traffic import CHOICES
from tests.prove.voter import Voter, cast_once

_AT_ONCE = 60
# Of so many papers every part is looked for in the hub's files, of the others key and leaf.
_LOOKED_FOR = 100


@dataclass
class Truth:
    """What nobody but this proof knows: whose paper is whose, and what it says."""

    keys: dict[bytes, bytes]
    choices: dict[bytes, bytes]


class Theft:
    """One ballot, and copies of all files: while it is open, and after it is closed."""

    def __init__(self, hall: Hall, voters: int, seed: int) -> None:
        self.hall = hall
        self.chance = Random(seed)
        self.voters = voters
        self.vote = Vote(hall, HubProcess(hall.folder, settings=hall.environment | PORTS))
        self.truth = Truth({}, {})
        self.secrets: list[bytes] = []

    async def stamped(self) -> list[Path]:
        """A stamped ballot; the copies."""
        try:
            await self._arrive()
            ballot = await self.vote.announce()
            for voter in self.vote.voters:
                voter.prepare(ballot)
            await self._in_any_order(lambda voter: voter.fetch(ballot))
            await self.vote.act("open-ballot")
            await self._in_any_order(self._cast)
            copies = [steal(self.hall.folder, "open")]
            await self.vote.close()
            return [*copies, steal(self.hall.folder, "closed")]
        finally:
            await self.vote.stop()

    async def anonymised(self) -> Path:
        """The control: name and paper in one transaction, one voter after another; the copy."""
        try:
            await self._arrive()
            await self.vote.put_up("anonymised")
            await self.vote.act("open-ballot")
            for voter in self.vote.voters:
                choice = self.chance.choice(CHOICES)
                data = {"ballot": self.vote.id, "choice": choice}
                answer = await voter.hub.command({"id": new_id(), "type": "cast-vote", "data": data})
                assert answer["ok"], answer
                self.truth.choices[self.people[voter.way.label]] = choice.encode()
            return steal(self.hall.folder, "control")
        finally:
            await self.vote.stop()

    async def _arrive(self) -> None:
        await self.vote.start(self.voters)
        await self._in_any_order(Voter.sign_in)

    async def _in_any_order(self, work: Callable[[Voter], Awaitable[None]]) -> None:
        voters = self.vote.voters[:]
        self.chance.shuffle(voters)
        gate = asyncio.Semaphore(_AT_ONCE)

        async def one(voter: Voter) -> None:
            async with gate:
                await work(voter)

        await asyncio.gather(*map(one, voters))

    async def _cast(self, voter: Voter) -> None:
        assert voter.device
        paper = voter.device.paper(self.chance.choice(CHOICES))
        box = self.vote.box()
        assert (await cast_once(box, paper))["ok"]
        box.close()
        person = self.people[voter.way.label]
        self.truth.keys[person] = paper.public_key
        self.secrets += [paper.public_key, paper.leaf]
        if len(self.truth.keys) <= _LOOKED_FOR:
            self.secrets += [paper.stamp, paper.prefix, paper.signature]

    @cached_property
    def people(self) -> dict[str, bytes]:
        """Everybody's name and id."""
        with self.hall.open() as house, house.reads() as session:
            return {name: id_.encode() for name, id_ in session.query(Person.name, Person.id)}


def steal(folder: Path, name: str) -> Path:
    """Copy every file as it lies there, and make a copy as the runbook does."""
    loot = folder.with_name(f"{folder.name}-{name}")
    shutil.copytree(folder, loot)
    with sqlite3.connect(folder / "event.db") as source, sqlite3.connect(loot / "backup.db") as to:
        source.backup(to)
    source.close()
    to.close()
    return loot


def traces(loot: Path, secrets: Iterable[bytes], places: Iterable[str]) -> int:
    """How many of these stand in any of these files, as they are or in hexadecimal figures."""
    files = [file for place in places for file in loot.glob(place) if file.is_file()]
    content = b"\0".join(file.read_bytes() for file in files)
    return sum(each in content or each.hex().encode() in content for each in secrets)


def links(copies: Iterable[Path], truth: Truth) -> list[int]:
    """How many papers each way of tying orders together gives to the right person; no way counts twice."""
    ways: dict[tuple[bytes, ...], int] = {}
    for loot in copies:
        files = (loot / "event.db", loot / "backup.db")
        people = [order for file in files for order in people_in(file, set(truth.keys)).values()]
        papers = keys_in(loot / "box" / "box.db", set(truth.keys.values())).values()
        for order, things, turned in product(people, papers, (1, -1)):
            ties = list(by_rank(order, things[::turned]))
            # What is tied to whom, whatever the order in which it was found.
            way = tuple(key for _, key in sorted(ties))
            ways[way] = sum(truth.keys[person] == key for person, key in ties)
    return list(ways.values())


def robbed(voters: int, sigma: int, seed: int = 5) -> Proof:
    """The thief's best."""
    proof = Proof("thief")
    with scratch_hall(1) as hall:
        theft = Theft(hall, voters, seed)
        copies = asyncio.run(theft.stamped())
        tried = links(copies, theft.truth)
        # By chance each way ties one paper rightly, with a deviation of one.
        allowed = len(tried) + sigma * sqrt(len(tried))
        proof.figures |= {
            "voters": len(theft.truth.keys), "ways to tie orders together": len(tried),
            "papers tied rightly by all ways together": sum(tried),
            f"allowed, by chance and {sigma} sigma": round(allowed, 1), "by the best way": max(tried),
        }  # fmt: skip
        if sum(tried) > allowed:
            proof.failures.append("The orders in the files tie papers to people.")
        hub_places = ("event.db*", "backup.db", "hub.log", "keys/**/*")
        proof.none("papers with a trace at the hub", traces(copies[0], theft.secrets, hub_places))
        names = [each for pair in theft.people.items() for each in (pair[0].encode(), pair[1])]
        proof.none("people with a trace in the box", sum(traces(loot, names, ["box/*"]) for loot in copies))
        for loot in copies:
            shutil.rmtree(loot)
    return proof


def control(voters: int) -> float:
    """The share of votes that the same thief reads where name and paper lie in one transaction."""
    with scratch_hall(1) as hall:
        theft = Theft(hall, voters, 7)
        loot = asyncio.run(theft.anonymised())
        people = people_in(loot / "event.db", set(theft.truth.choices))["log"]
        papers = papers_in(loot / "event.db")["log"]
        right = sum(paper[32:] == theft.truth.choices[person] for person, paper in by_rank(people, papers))
        shutil.rmtree(loot)
    return right / voters


def prove(short: bool) -> Proof:
    """The stamped ballot, then the control that the thief reads wholly."""
    # Of forty papers more are tied by luck; the short form looks for what is broken.
    proof = robbed(40, 5) if short else robbed(1400, 3)
    # So few that the log still has all of them: it begins anew every thousand pages.
    share = control(30)
    proof.figures["votes read in the control, in per cent"] = round(100 * share)
    proof.mutants["one-transaction"] = share == 1
    return proof
