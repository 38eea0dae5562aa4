"""Rehearsal: a hub as a process of its own, which can be killed as a power cut kills and started again."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

_START_WITHIN = 60.0


class HubFailed(Exception):
    """The hub did not start."""


class HubProcess:
    """One hub serving one event's folder."""

    def __init__(
        self,
        folder: Path,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        settings: dict[str, str] | None = None,
        command: Sequence[str] = ("-m", "facilitate.server"),
    ) -> None:
        self._folder = folder
        self._host = host
        self._command = command
        self._log = folder / "hub.log"
        self.settings = settings or {}
        self._process: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[Any] | None = None
        self.port = port
        self.kills = 0

    @property
    def url(self) -> str:
        """Where this hub answers on this machine."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        """The process."""
        assert self._process is not None
        return self._process.pid

    async def start(self) -> None:
        """Start it, on the same port as before if there was one, and wait until it listens.

        Errors: HubFailed with what the hub said.
        """
        env = {
            **os.environ, "FACILITATE_EVENT": str(self._folder), "FACILITATE_HOST": self._host,
            "FACILITATE_PORT": str(self.port), "FACILITATE_LOG_LEVEL": "WARNING", **self.settings,
        }  # fmt: skip
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable, *self._command, env=env, stdout=asyncio.subprocess.PIPE, stderr=log
            )
        assert self._process.stdout is not None
        try:
            async with asyncio.timeout(_START_WITHIN):
                line = (await self._process.stdout.readline()).decode()
        except TimeoutError:
            line = ""
        if "listening on port" not in line:
            await self.stop()
            raise HubFailed(f"The hub did not start. {line.strip() or self._last_words()}".strip())
        self.port = int(line.rsplit(" ", 1)[1])
        # What else it says goes nowhere; a full pipe would stop it.
        self._reading = asyncio.get_running_loop().create_task(self._process.stdout.read())

    def _last_words(self) -> str:
        return self._log.read_text(errors="replace")[-2000:]

    async def kill(self) -> None:
        """End it as a power cut would: it is given no chance to write anything."""
        assert self._process is not None
        self.kills += 1
        self._process.kill()
        await self._process.wait()

    async def stop(self) -> None:
        """End it politely."""
        if self._process is not None and self._process.returncode is None:
            self._process.terminate()
            try:
                async with asyncio.timeout(5):
                    await self._process.wait()
            except TimeoutError:
                self._process.kill()
                await self._process.wait()
        if self._reading:
            self._reading.cancel()
