"""A faulty network between laptops and hub: cuts, half-closed connections, partitions, delays, duplicates."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Coroutine
from contextlib import suppress
from random import Random
from typing import Any

_LINGERS = 3.0


class Gone(Exception):
    """This side of the connection has ended."""


class Link:
    """One connection of a laptop's, and the one to the hub that belongs to it."""

    def __init__(
        self, proxy: Proxy, number: int, near: tuple[asyncio.StreamReader, asyncio.StreamWriter]
    ) -> None:
        self.proxy = proxy
        self.number = number
        self.reader, self.writer = near
        self.far_reader: asyncio.StreamReader | None = None
        self.far_writer: asyncio.StreamWriter | None = None
        self.torn = False
        self.broken = False

    async def run(self) -> None:
        """Carry bytes both ways until either side ends."""
        try:
            await self.proxy.pass_through(self.number)
            self.far_reader, self.far_writer = await asyncio.open_connection("127.0.0.1", self.proxy.hub_port)
        except OSError:
            self.abort()
            return
        up = asyncio.create_task(self._up())
        down = asyncio.create_task(self._down())
        await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
        if self.broken:
            await asyncio.sleep(_LINGERS * self.proxy.chance.random())
        for task in (up, down):
            task.cancel()
        await asyncio.gather(up, down, return_exceptions=True)
        self.abort()

    def abort(self) -> None:
        """End both sides without a word."""
        for writer in (self.writer, self.far_writer):
            if writer is not None:
                writer.transport.abort()

    def tear(self, how: str) -> None:
        """Break this connection: both sides, in the middle of a message, or one side alone."""
        self.broken = True
        if how == "both":
            self.abort()
        elif how == "in a message":
            self.torn = True
        elif how == "the hub's side" and self.far_writer is not None:
            self.far_writer.transport.abort()
        elif how == "the laptop's side":
            self.writer.transport.abort()

    async def _down(self) -> None:
        assert self.far_reader is not None
        with suppress(Gone, ConnectionError):
            while data := await self.far_reader.read(65_536):
                await self._give(self.writer, data)

    async def _up(self) -> None:
        assert self.far_writer is not None
        with suppress(Gone, asyncio.IncompleteReadError, ConnectionError):
            if await self._http():
                while True:
                    await self._frame()

    async def _give(self, writer: asyncio.StreamWriter, data: bytes) -> None:
        await self.proxy.pass_through(self.number)
        if self.torn:
            writer.write(data[: len(data) // 2])
            await asyncio.sleep(0)
            self.abort()
            raise Gone
        writer.write(data)
        await writer.drain()

    async def _http(self) -> bool:
        """Carry one HTTP request; whether the connection is a WebSocket from here on."""
        assert self.far_writer is not None
        head = await self.reader.readuntil(b"\r\n\r\n")
        lines = head.decode("latin-1").lower().split("\r\n")
        length = next((int(line.split(":")[1]) for line in lines if line.startswith("content-length")), 0)
        body = await self.reader.readexactly(length)
        if lines[0].startswith("post /commands") and self.proxy.doubles():
            self.proxy.spawn(self._again(head + body))
        await self._give(self.far_writer, head + body)
        if "upgrade: websocket" in lines:
            return True
        # Nothing more comes up a connection of one request; it lives until its answer is through.
        await asyncio.Event().wait()
        return False

    async def _again(self, request: bytes) -> None:
        """The same request once more, on a connection of its own; nobody hears the answer."""
        await asyncio.sleep(self.proxy.chance.random() * 0.3)
        with suppress(OSError):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.proxy.hub_port)
            try:
                writer.write(request)
                await reader.read()
                self.proxy.counts["requests sent twice"] += 1
            finally:
                writer.close()

    async def _frame(self) -> None:
        """Carry one whole frame of the WebSocket, perhaps twice."""
        assert self.far_writer is not None
        head = await self.reader.readexactly(2)
        length = head[1] & 127
        if length >= 126:
            more = await self.reader.readexactly(2 if length == 126 else 8)
            length, head = int.from_bytes(more, "big"), head + more
        mask = await self.reader.readexactly(4)
        body = await self.reader.readexactly(length)
        await self._give(self.far_writer, head + mask + body)
        if b'["submit"' in _unmasked(mask, body[:24]) and self.proxy.doubles():
            self.proxy.spawn(self._frame_again(head + mask + body))

    async def _frame_again(self, frame: bytes) -> None:
        await asyncio.sleep(self.proxy.chance.random() * 0.1)
        if self.far_writer is not None and not self.far_writer.transport.is_closing():
            # A torn connection is not mended for the copy's sake.
            with suppress(Gone):
                await self._give(self.far_writer, frame)
                self.proxy.counts["requests sent twice"] += 1


def _unmasked(mask: bytes, body: bytes) -> bytes:
    return bytes(byte ^ mask[place % 4] for place, byte in enumerate(body))


class Proxy:
    """Stands between laptops and hub on a port of its own."""

    WAYS = ("both", "both", "in a message", "in a message", "the hub's side", "the laptop's side")

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.hub_port = 0
        self.port = 0
        self.counts: Counter[str] = Counter()
        self.links: set[Link] = set()
        self.duplicates = 0.0
        self.longest_delay = 0.0
        self._dark: Callable[[int], bool] = lambda _number: False
        self._light = asyncio.Event()
        self._numbers = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None

    async def start(self) -> None:
        """Listen on a free port."""
        self._server = await asyncio.start_server(self._arrived, "127.0.0.1", 0, limit=1 << 20)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """End everything."""
        assert self._server is not None
        self._server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for link in list(self.links):
            link.abort()

    def spawn(self, work: Coroutine[Any, Any, None]) -> None:
        """Let something happen beside the rest."""
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled():
            # A broken pipe is this network's daily bread.
            task.exception()

    async def _arrived(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._numbers += 1
        link = Link(self, self._numbers, (reader, writer))
        self.links.add(link)
        try:
            await link.run()
        except (OSError, asyncio.CancelledError):
            link.abort()
        finally:
            self.links.discard(link)

    async def pass_through(self, number: int) -> None:
        """Wait as the network does: a little always, and for long in a partition."""
        if self.longest_delay:
            await asyncio.sleep(self.chance.random() * self.longest_delay)
        while self._dark(number):
            await self._light.wait()

    def doubles(self) -> bool:
        """Whether this request goes twice."""
        return self.chance.random() < self.duplicates

    async def partition(self, seconds: float) -> None:
        """Let nothing through for a while, for everybody or for every second connection."""
        self._light.clear()
        part = self.chance.choice((None, 0, 1))
        self._dark = (lambda _n: True) if part is None else (lambda n: n % 2 == part)
        self.counts["partitions"] += 1
        try:
            await asyncio.sleep(seconds)
        finally:
            self._dark = lambda _number: False
            self._light.set()

    def break_one(self) -> None:
        """Break any one connection that holds."""
        holding = [link for link in self.links if link.far_writer is not None and not link.broken]
        if holding:
            self.chance.choice(holding).tear(self.chance.choice(self.WAYS))
            self.counts["broken connections"] += 1
