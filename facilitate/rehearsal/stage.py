"""Rehearsal: what all robots of one run share: content, pace, book, and who has finished what."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from facilitate.rehearsal.content import Content
from facilitate.rehearsal.ledger import Ledger
from facilitate.rehearsal.watchers import Watchers

# Without pace nothing should take this long; with it, planned durations are waited for apart from this.
PATIENCE = 300.0


class Stuck(Exception):
    """The room waits for something that does not come."""


@dataclass(frozen=True)
class Planned:
    """A motion that the theme team has put, with how the robots will vote on it.

    Shape: split holds one share for each option in order, abstaining last.
    """

    motion: str
    title: str
    form: str
    options: tuple[str, ...]
    split: tuple[float, ...]


@dataclass
class Stage:
    """The one place where robots meet."""

    content: Content
    speed: float | None = None
    ledger: Ledger = field(default_factory=Ledger)
    delegates: int = 0
    laptops: set[int] = field(default_factory=set)
    began: float = field(default_factory=time.monotonic)
    # Round (item id) -> tables that have said everything.
    talked: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    themed: set[str] = field(default_factory=set)
    motions: dict[tuple[str, str], list[Planned]] = field(default_factory=dict)
    splits: dict[str, tuple[float, ...]] = field(default_factory=dict)
    # Ballot -> how many delegates are done with it, whatever they did.
    finished: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    busy: int = 0
    wrapping: bool = False
    wrapped: bool = False
    over: bool = False
    _watchers: Watchers = field(default_factory=Watchers)

    def seconds(self, minutes: float) -> float:
        """How long a planned time lasts in this run; nothing without a pace."""
        return minutes * 60 / self.speed if self.speed else 0.0

    async def wait(self, seconds: float) -> None:
        """Let time pass, but always let others run."""
        await asyncio.sleep(max(0.0, seconds))

    def tell(self) -> None:
        """Something here has changed."""
        self._watchers.look()

    async def until(self, look: Callable[[], Any], what: str) -> Any:
        """Wait for the other robots.

        Errors: Stuck when they do not get there.
        """
        try:
            async with asyncio.timeout(PATIENCE + self.seconds(120)):
                return await self.until_told(look)
        except TimeoutError:
            raise Stuck(f"The room waited too long for {what}.") from None

    async def until_told(self, look: Callable[[], Any]) -> Any:
        """Wait for as long as it takes."""
        return await self._watchers.until(look)

    async def until_quiet(self) -> None:
        """Wait until no robot has anything on its way."""
        while self.busy:
            await asyncio.sleep(0.05)

    def tables_of(self, track: str) -> tuple[int, ...]:
        """The tables of a track at which a robot types, by the track's name."""
        tables = next((part.tables for part in self.content.parts if part.name == track), ())
        return tuple(table for table in tables if table in self.laptops)
