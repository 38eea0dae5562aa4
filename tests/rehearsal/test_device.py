"""Rehearsal: a robot's device notices at once that its connection is gone."""

from __future__ import annotations

import asyncio

from facilitate.rehearsal.connection import Address
from facilitate.rehearsal.device import JOIN_WITHIN, Device
from tests.support.apart import run_apart

_SOON = 20.0
_WELCOME = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"


def test_device_comes_back_although_its_connection_broke_before_it_had_joined() -> None:
    async def come_and_break() -> int:
        visits = asyncio.Queue[int]()

        async def welcome_and_close(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(_WELCOME)
            # The device has asked to join the conversation by then, and is never answered.
            await reader.readexactly(6)
            writer.close()
            visits.put_nowait(1)

        server = await asyncio.start_server(welcome_and_close, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            device = Device(Address("http", "127.0.0.1", port), "code", "Robot")
            device.start()
            try:
                async with asyncio.timeout(_SOON):
                    return sum([await visits.get() for _ in range(3)])
            finally:
                await device.stop()

    assert _SOON < JOIN_WITHIN
    assert run_apart(come_and_break) == 3
