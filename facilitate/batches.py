"""Every stage: what is asked at the same moment is done together, one batch after another."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

import structlog

log = structlog.get_logger()


@dataclass
class Waiting:
    """Something that was asked; `done` is set once it was tried, whatever came of it."""

    done: threading.Event = field(default_factory=threading.Event, kw_only=True)


Item = TypeVar("Item", bound=Waiting)


class Batches(Generic[Item]):
    """Hands what waits to one worker at a time, which starts when there is something and ends after it."""

    def __init__(
        self,
        work: Callable[[list[Item]], None],
        largest: int,
        spawn: Callable[..., Any],
        pause: Callable[[float], None],
    ) -> None:
        self._work = work
        self._largest = largest
        self._spawn = spawn
        self._pause = pause
        self._waiting: deque[Item] = deque()
        self._lock = threading.Lock()
        self._running = False

    def enter(self, item: Item) -> None:
        """Put something among what waits; it is done with whatever else is there by then."""
        with self._lock:
            self._waiting.append(item)
            start = not self._running
            self._running = True
        if start:
            self._spawn(self._run)

    def _run(self) -> None:
        # Everybody who is ready gets to put theirs in before the first batch, and before each next one.
        self._pause(0)
        while batch := self._next():
            try:
                self._work(batch)
            except Exception:
                # Nobody may be left waiting, and the next batch has to find somebody at work.
                log.exception("batch-failed", size=len(batch))
            for item in batch:
                item.done.set()
            self._pause(0)

    def _next(self) -> list[Item]:
        with self._lock:
            batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), self._largest))]
            self._running = bool(batch)
            return batch
