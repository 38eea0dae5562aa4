"""Somebody between phones and the ballot box, with the box's own certificate, who writes down every byte."""

from __future__ import annotations

import asyncio
import re
import ssl
import threading
from collections.abc import Coroutine, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
# What an answer may differ in: when it was given, and what is in its body.
MOMENT = re.compile(r"(?mi)^date: .*$")
# The one thing that a browser may send beside what every request has: where its page is from.
_NAMING = ("cookie:", "referer:", "authorization:", "x-")
_END = b"\r\n\r\n"


@dataclass(frozen=True)
class Message:
    """One request, or one answer to it."""

    head: str
    body: bytes

    @property
    def start(self) -> str:
        """Its first words: method and path, or the status."""
        return self.head.partition("\r\n")[0]


class Recorder:
    """Ends the encryption on one side and begins it anew on the other."""

    def __init__(self, to: int, chain: Path, key: Path, port: int) -> None:
        self.to, self.port = to, port
        self.said: list[tuple[bytearray, bytearray]] = []
        self._own = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._own.load_cert_chain(chain, key)
        self._writers: list[asyncio.StreamWriter] = []
        self._loop = asyncio.new_event_loop()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Listen in a thread of its own: the browser's is busy with the browser."""
        thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        thread.start()
        server = self._do(asyncio.start_server(self._carry, "127.0.0.1", self.port, ssl=self._own))
        try:
            yield
        finally:
            server.close()
            self._do(self._hang_up())
            self._loop.call_soon_threadsafe(self._loop.stop)
            thread.join()
            self._loop.close()

    def _do(self, work: Coroutine[Any, Any, T]) -> T:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(timeout=30)

    async def _hang_up(self) -> None:
        for writer in self._writers:
            writer.close()
        await asyncio.gather(*(asyncio.all_tasks() - {asyncio.current_task()}), return_exceptions=True)

    async def _carry(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        # Whose certificate this is was seen when it was made: it is the one that is shown to the phones.
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        far, on = await asyncio.open_connection("127.0.0.1", self.to, ssl=context)
        self._writers += (back, on)
        asked, told = bytearray(), bytearray()
        self.said.append((asked, told))
        await asyncio.gather(_pass_on(near, on, asked), _pass_on(far, back, told))

    def exchanges(self) -> list[tuple[Message, Message]]:
        """Every request with its answer, in order on each connection."""
        return [pair for asked, told in self.said for pair in zip(_split(asked), _split(told), strict=False)]


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, kept: bytearray) -> None:
    with suppress(OSError):
        while some := await reader.read(65_536):
            kept += some
            writer.write(some)
            await writer.drain()
    with suppress(OSError):
        writer.close()


def _split(stream: bytearray) -> Iterator[Message]:
    rest = bytes(stream)
    while _END in rest:
        raw, _, rest = rest.partition(_END)
        head = raw.decode("latin-1")
        lengths = [line.partition(":")[2] for line in head.split("\r\n") if _is_length(line)]
        length = int(lengths[0]) if lengths else 0
        yield Message(head, rest[:length])
        rest = rest[length:]


def _is_length(line: str) -> bool:
    return line.lower().startswith("content-length:")


def kinds(found: Iterable[str | int]) -> int:
    """How many different ones there are."""
    return len(set(found))


def names_somebody(head: str) -> bool:
    """Whether a request says more of its sender than that its page is one of the hub's."""
    return any(line.lower().startswith(_NAMING) for line in head.split("\r\n"))
