"""Readers that come and go: what each was told, in which numbers, held against the journal."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from random import Random
from typing import Any

from facilitate.rehearsal.connection import Address
from facilitate.rehearsal.device import Device
from facilitate.rehearsal.known import TAKEN, Known

STREAM = "themes"
SNAPSHOT = -1


@dataclass(frozen=True)
class Told:
    """One thing that a reader was told: the comments after one number up to another, or all of them."""

    after: int
    upto: int
    comments: frozenset[str]


class Log(Known):
    """What a reader knows, and everything that it took in on the way."""

    def __init__(self) -> None:
        super().__init__(frozenset({"comment"}))
        self.told: list[Told] = []

    def joined(self, answer: dict[str, Any]) -> bool:
        """Take the answer to a join, and note it where it counts."""
        part = answer["streams"][STREAM]
        old = self.streams.get(STREAM)
        reached = old.upto if old else 0
        taken = super().joined(answer)
        if taken and "snapshot" in part:
            self.told.append(Told(SNAPSHOT, part["upto"], frozenset(part["snapshot"]["comment"])))
        elif taken and part["upto"] >= reached:
            self.told.append(Told(part["after"], part["upto"], _comments(part["changes"])))
        return taken

    def changed(self, batch: dict[str, Any]) -> str:
        """Take a batch, and note it where it counts."""
        fate = super().changed(batch)
        if fate == TAKEN and batch["audience"] == STREAM:
            self.told.append(Told(batch["after"], batch["upto"], _comments(batch["changes"])))
        return fate


def _comments(changes: list[list[Any]]) -> frozenset[str]:
    return frozenset(key for kind, key, value in changes if kind == "comment" and value is not None)


class Reader:
    """A theme desk that loses its connection again and again."""

    def __init__(self, address: Address, code: str, number: int) -> None:
        self.log = Log()
        self.device = Device(address, code, f"Reader {number}", seed=number)
        self.device.known = self.log
        self.chance = Random(number)

    async def start(self) -> None:
        """Sign in and connect."""
        await self.device.sign_in()
        self.device.start()

    async def come_and_go(self, stop: asyncio.Event) -> None:
        """Break off and come back until told to stop."""
        while not stop.is_set():
            await self.device.arrive()
            await asyncio.sleep(0.2 + 2.5 * self.chance.random())
            self.device.drop()


@dataclass
class Verdict:
    """What was wrong with what readers were told."""

    missed: int = 0
    doubled: int = 0
    early: int = 0

    def judge(self, log: Log, numbers: dict[str, int]) -> None:
        """Hold one reader's log against the journal's numbers of the comments."""
        known: set[str] = set()
        reached = 0
        for told in log.told:
            if told.after == SNAPSHOT:
                wanted = {item for item, number in numbers.items() if number <= told.upto}
                known = set(told.comments)
                self.missed += len(wanted - told.comments)
            else:
                # A hole is asked about and never taken in.
                self.missed += max(0, told.after - reached)
                wanted = {item for item, number in numbers.items() if told.after < number <= told.upto}
                self.missed += len(wanted - told.comments)
                self.doubled += sum(numbers.get(item, 0) <= told.after for item in told.comments)
                self.early += sum(numbers.get(item, 0) > told.upto for item in told.comments)
                known |= told.comments
            reached = max(reached, told.upto)
        self.missed += len(set(numbers) - known)
