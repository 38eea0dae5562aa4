"""Tests: an asynchronous story told in a thread of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Told = TypeVar("Told")


def run_apart(story: Callable[[], Awaitable[Told]]) -> Told:
    """Tell a story to its end; a browser of the tests before may have left its loop running here."""

    async def tell() -> Told:
        return await story()

    with ThreadPoolExecutor(1) as apart:
        return apart.submit(lambda: asyncio.run(tell())).result()
