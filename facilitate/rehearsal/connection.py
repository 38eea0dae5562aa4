"""Rehearsal: the thinnest client that a hub accepts: HTTP requests, and text frames over one WebSocket."""

# A conference has 1,650 devices on two cores, one of which the hub needs. python-socketio's clients take a
# thread, or several tasks and queues, for each of them; here a device is one protocol object on one loop.

from __future__ import annotations

import asyncio
import base64
import json
import os
import ssl
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10
_LONGEST_HEAD = 65_536


class ConnectionGone(Exception):
    """The hub did not take the connection, or it broke."""


@dataclass(frozen=True)
class Address:
    """Where a hub is."""

    scheme: str
    host: str
    port: int

    @classmethod
    def read(cls, url: str) -> Address:
        """Take http://host:port apart."""
        parts = urlsplit(url)
        scheme = parts.scheme or "http"
        return cls(scheme, parts.hostname or "127.0.0.1", parts.port or (443 if scheme == "https" else 80))

    @property
    def origin(self) -> str:
        """The origin that a browser on this hub's pages would name."""
        usual = {"http": 80, "https": 443}[self.scheme]
        return f"{self.scheme}://{self.host}" + ("" if self.port == usual else f":{self.port}")

    @property
    def context(self) -> ssl.SSLContext | None:
        """How to speak TLS, where the address asks for it."""
        return ssl.create_default_context() if self.scheme == "https" else None


@dataclass(frozen=True)
class Reply:
    """An HTTP answer; header names are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


async def request(
    address: Address, method: str, path: str, *, body: bytes = b"", kind: str = "", cookie: str = "",
    origin: str = "",
) -> Reply:  # fmt: skip
    """One HTTP request on a connection of its own, as from a page of the same address or of another origin.

    Errors: ConnectionGone when the hub cannot be reached or breaks off.
    """
    try:
        reader, writer = await asyncio.open_connection(address.host, address.port, ssl=address.context)
        try:
            head = _head(address, method, path, len(body), kind, cookie, origin or address.origin)
            writer.write(head + body)
            raw = await reader.read()
        finally:
            writer.close()
    except OSError as error:
        raise ConnectionGone(str(error)) from error
    head, found, rest = raw.partition(b"\r\n\r\n")
    if not found:
        raise ConnectionGone("the hub broke off its answer")
    status, headers = _read_head(head)
    return Reply(
        status, headers, _dechunked(rest) if "chunked" in headers.get("transfer-encoding", "") else rest
    )


async def post_code(address: Address, code: str) -> Reply:
    """Ask to be signed in with a code, as the page's form does.

    Errors: ConnectionGone.
    """
    body = urlencode({"code": code}).encode()
    return await request(address, "POST", "/sessions", body=body, kind="application/x-www-form-urlencoded")


async def post_commands(
    address: Address, cookie: str, commands: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Send commands by HTTP, once, and take their answers in the same order.

    Errors: ConnectionGone, also where what came back is no answer.
    """
    body = json.dumps({"commands": commands}).encode()
    reply = await request(address, "POST", "/commands", body=body, kind="application/json", cookie=cookie)
    try:
        acks: list[dict[str, Any]] = json.loads(reply.body)["acks"]
    except (ValueError, KeyError, TypeError) as error:
        raise ConnectionGone(f"the hub answered {reply.status}") from error
    return acks


async def post_paper(box: Address, paper: bytes, origin: str) -> dict[str, Any]:
    """Cast a paper once, with nothing that says whose it is, and take the ballot box's answer.

    Errors: ConnectionGone, also where what came back is no answer.
    """
    reply = await request(box, "POST", "/cast", body=paper, kind="text/plain", origin=origin)
    try:
        answer: dict[str, Any] = json.loads(reply.body)
    except ValueError as error:
        raise ConnectionGone(f"the ballot box answered {reply.status}") from error
    return answer


def _head(
    address: Address, method: str, path: str, length: int, kind: str, cookie: str, origin: str
) -> bytes:
    lines = [
        f"{method} {path} HTTP/1.1", f"Host: {address.host}:{address.port}", "Connection: close",
        f"Origin: {origin}", f"Content-Length: {length}", "Accept: application/json",
    ]  # fmt: skip
    lines += [f"Content-Type: {kind}"] if kind else []
    lines += [f"Cookie: {cookie}"] if cookie else []
    return "\r\n".join([*lines, "", ""]).encode()


def _read_head(head: bytes) -> tuple[int, dict[str, str]]:
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = {
        name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)
    }
    return int(first.split()[1]), headers


def _dechunked(raw: bytes) -> bytes:
    body = b""
    while raw:
        size, _, raw = raw.partition(b"\r\n")
        length = int(size.partition(b";")[0] or b"0", 16)
        if not length:
            break
        body, raw = body + raw[:length], raw[length + 2 :]
    return body


class Frames(asyncio.Protocol):
    """One WebSocket that carries text."""

    def __init__(self, opening: bytes, on_text: Callable[[str], None], on_lost: Callable[[], None]) -> None:
        self._opening = opening
        self._on_text = on_text
        self._on_lost = on_lost
        self._buffer = bytearray()
        self._parts = bytearray()
        self._transport: asyncio.Transport | None = None
        self.opened: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the WebSocket."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._opening)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the device, whoever broke off."""
        if not self.opened.done():
            self.opened.set_exception(ConnectionGone(str(exc or "closed before it was opened")))
        self._transport = None
        self._on_lost()

    def data_received(self, data: bytes) -> None:
        """Take bytes in and hand whole texts on."""
        self._buffer += data
        if not self.opened.done() and not self._answered():
            return
        while self._transport is not None and self._frame():
            pass

    def _answered(self) -> bool:
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0 and len(self._buffer) < _LONGEST_HEAD:
            return False
        status = bytes(self._buffer[9:12])
        del self._buffer[: end + 4]
        if status != b"101":
            self.opened.set_exception(ConnectionGone(f"the hub answered {status.decode(errors='replace')}"))
            self.drop()
            return False
        self.opened.set_result(None)
        return True

    def _frame(self) -> bool:
        buffer = self._buffer
        if len(buffer) < 2:
            return False
        length, start = buffer[1] & 127, 2
        if length == 126:
            start = 4
        elif length == 127:
            start = 10
        if len(buffer) < start:
            return False
        if start > 2:
            length = int.from_bytes(buffer[2:start], "big")
        if len(buffer) < start + length:
            return False
        last, code = buffer[0] & 128, buffer[0] & 15
        body = bytes(buffer[start : start + length])
        del buffer[: start + length]
        self._take(bool(last), code, body)
        return True

    def _take(self, last: bool, code: int, body: bytes) -> None:
        if code == _PING:
            self._write(_PONG, body)
        elif code == _CLOSE:
            self.drop()
        elif code != _PONG:
            self._parts += body
            if last:
                text = self._parts.decode()
                self._parts.clear()
                self._on_text(text)

    def send(self, text: str) -> None:
        """Send one text; lost with the connection if that is gone."""
        self._write(_TEXT, text.encode())

    def _write(self, code: int, body: bytes) -> None:
        if self._transport is None:
            return
        length, mask = len(body), os.urandom(4)
        if length < 126:
            head = struct.pack("!BB", 128 | code, 128 | length)
        elif length < 65_536:
            head = struct.pack("!BBH", 128 | code, 128 | 126, length)
        else:
            head = struct.pack("!BBQ", 128 | code, 128 | 127, length)
        # One large exclusive-or instead of one for each byte.
        key = int.from_bytes((mask * (length // 4 + 1))[:length], "big")
        masked = (int.from_bytes(body, "big") ^ key).to_bytes(length, "big")
        self._transport.write(head + mask + masked)

    def drop(self) -> None:
        """Break off without a word, as a pulled cable does."""
        if self._transport is not None:
            self._transport.abort()


async def open_frames(
    address: Address, cookie: str, on_text: Callable[[str], None], on_lost: Callable[[], None]
) -> Frames:
    """Open a hub's live connection.

    Errors: ConnectionGone.
    """
    key = base64.b64encode(os.urandom(16)).decode()
    opening = "\r\n".join(
        [
            "GET /socket.io/?EIO=4&transport=websocket HTTP/1.1", f"Host: {address.host}:{address.port}",
            "Upgrade: websocket", "Connection: Upgrade", f"Sec-WebSocket-Key: {key}",
            "Sec-WebSocket-Version: 13", f"Origin: {address.origin}", f"Cookie: {cookie}", "", "",
        ]
    )  # fmt: skip
    loop = asyncio.get_running_loop()
    try:
        _, frames = await loop.create_connection(
            lambda: Frames(opening.encode(), on_text, on_lost),
            address.host,
            address.port,
            ssl=address.context,
        )
    except OSError as error:
        raise ConnectionGone(str(error)) from error
    try:
        await frames.opened
    except asyncio.CancelledError:
        frames.drop()
        raise
    return frames
