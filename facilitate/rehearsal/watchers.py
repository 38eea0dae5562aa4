"""Rehearsal: whoever waits for something that is still to become known."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any


class Watchers:
    """Questions that are asked again whenever something new is known."""

    def __init__(self) -> None:
        self._waiting: list[tuple[Callable[[], Any], asyncio.Future[Any]]] = []

    async def until(self, look: Callable[[], Any]) -> Any:
        """Wait until a question is answered with something true, and give it."""
        found = look()
        if found:
            return found
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting.append((look, future))
        return await future

    def look(self) -> None:
        """Something new is known."""
        waiting, self._waiting = self._waiting, []
        for look, future in waiting:
            if future.done():
                continue
            found = look()
            if found:
                future.set_result(found)
            else:
                self._waiting.append((look, future))

    def fail(self, error: BaseException) -> None:
        """Nothing new will ever be known."""
        for _, future in self._waiting:
            if not future.done():
                future.set_exception(error)
