"""One connection that is kept, as a browser keeps its own: requests one after another, answers whole."""

from __future__ import annotations

import asyncio
import json
import ssl
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from facilitate.rehearsal.connection import ConnectionGone


@dataclass
class Line:
    """A device's connection to a hub or a box."""

    base: str
    headers: dict[str, str] = field(default_factory=dict)
    context: ssl.SSLContext | None = None

    def __post_init__(self) -> None:
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    async def send(self, method: str, path: str, body: bytes = b"", kind: str = "") -> tuple[int, str, bytes]:
        """One request and its answer: status, head, body.

        Errors: ConnectionGone.
        """
        try:
            await self._open()
            assert self._reader is not None and self._writer is not None
            self._writer.write(self._request(method, path, len(body), kind) + body)
            head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            length = next(
                int(line.partition(":")[2])
                for line in head.split("\r\n") if line.lower().startswith("content-length:")
            )  # fmt: skip
            return int(head.split()[1]), head, await self._reader.readexactly(length)
        except (OSError, EOFError, asyncio.LimitOverrunError, StopIteration) as error:
            self.close()
            raise ConnectionGone(str(error)) from error

    async def _open(self) -> None:
        if self._writer is None or self._writer.is_closing():
            parts = urlsplit(self.base)
            self._reader, self._writer = await asyncio.open_connection(
                parts.hostname, parts.port, ssl=self.context if parts.scheme == "https" else None
            )

    def _request(self, method: str, path: str, length: int, kind: str) -> bytes:
        lines = [f"{method} {path} HTTP/1.1", f"Host: {urlsplit(self.base).netloc}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        lines += [f"Content-Length: {length}", *([f"Content-Type: {kind}"] if kind else [])]
        return "\r\n".join([*lines, "", ""]).encode()

    async def command(self, command: dict[str, Any]) -> dict[str, Any]:
        """One command to a hub, and its answer."""
        _, _, answer = await self.send("POST", "/commands", json.dumps(command).encode(), "application/json")
        found: dict[str, Any] = json.loads(answer)
        return found

    def close(self) -> None:
        """Hang up."""
        if self._writer is not None:
            self._writer.close()
        self._reader = self._writer = None
