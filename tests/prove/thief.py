"""Proof 2 of ballots: who steals every file of hub and box ties no paper to a name better than by chance."""

# The thief comes twice: to a hub as it is delivered, whose logs begin anew every thousand pages and so forget
# the orders in which people and papers came, and to one whose logs keep everything from the first vote on.

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from math import sqrt
from pathlib import Path
from random import Random

from facilitate.rehearsal.known import new_id
from facilitate.store.rows import Person
from tests.prove.hall import Hall, scratch_hall
from tests.prove.linker import by_rank, keys_in, papers_in, people_in
from tests.prove.loot import hub_of, steal, traces
from tests.prove.paper_thief import LEFT, papers_robbed
from tests.prove.proof import Proof
from tests.prove.stamped import Vote
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

    def __init__(self, hall: Hall, voters: int, seed: int, *, kept: bool) -> None:
        self.hall = hall
        self.chance = Random(seed)
        self.voters = voters
        self.vote = Vote(hall, hub_of(hall, "logs-keep-all" if kept else None))
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


def robbed(voters: int, sigma: int, *, kept: bool) -> Proof:
    """The thief's best, where the logs begin anew or where they keep everything."""
    proof, which = Proof("thief"), "logs that keep all" if kept else "logs as delivered"
    with scratch_hall(1) as hall:
        theft = Theft(hall, voters, 5, kept=kept)
        copies = asyncio.run(theft.stamped())
        tried = links(copies, theft.truth)
        # By chance each way ties one paper rightly, with a deviation of one.
        allowed = len(tried) + sigma * sqrt(len(tried))
        proof.figures |= {
            f"voters, {which}": len(theft.truth.keys), f"ways to tie orders, {which}": len(tried),
            f"papers tied rightly by all ways, {which}": sum(tried),
            f"allowed, by chance and {sigma} sigma, {which}": round(allowed, 1),
            f"by the best way, {which}": max(tried, default=0),
        }  # fmt: skip
        if sum(tried) > allowed:
            proof.failures.append(f"The orders in the files tie papers to people, {which}.")
        hub_places = ("event.db*", "backup.db", "hub.log", "keys/**/*", "spool/**/*")
        proof.none(f"papers with a trace at the hub, {which}", traces(copies[0], theft.secrets, hub_places))
        names = [each for pair in theft.people.items() for each in (pair[0].encode(), pair[1])]
        found = sum(traces(loot, names, ["box/*"]) for loot in copies)
        proof.none(f"people with a trace in the box, {which}", found)
        for loot in copies:
            shutil.rmtree(loot)
    return proof


def control(voters: int) -> float:
    """The share of votes that the same thief reads where name and paper lie in one transaction."""
    with scratch_hall(1) as hall:
        theft = Theft(hall, voters, 7, kept=True)
        loot = asyncio.run(theft.anonymised())
        people = people_in(loot / "event.db", set(theft.truth.choices))["log"]
        papers = papers_in(loot / "event.db")["log"]
        right = sum(paper[32:] == theft.truth.choices[person] for person, paper in by_rank(people, papers))
        shutil.rmtree(loot)
    return right / voters


def prove(short: bool) -> Proof:
    """The stamped ballot, papers from tellers' hands, then the control that the thief reads wholly."""
    proof, voters = Proof("thief"), 40 if short else 1400
    # Of forty papers more are tied by luck; the short form looks for what is broken.
    sigma = 5 if short else 3
    for made in [robbed(voters, sigma, kept=kept) for kept in ((True,) if short else (True, False))]:
        proof.take(made)
    proof.take(papers_robbed(8 if short else 40, sigma))
    if not short:
        without = papers_robbed(3, sigma, "log-not-emptied")
        proof.mutants["log-not-emptied"] = bool(without.figures[LEFT])
    share = control(voters)
    proof.figures["votes read in the control, in per cent"] = round(100 * share, 1)
    proof.mutants["one-transaction"] = share == 1
    return proof
