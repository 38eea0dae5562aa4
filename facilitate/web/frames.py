"""Every stage: one encoded message to many devices: written straight to the sockets that are idle."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Any

from engineio.exceptions import SocketIsClosedError
from engineio.packet import MESSAGE, Packet

from facilitate.web.encoded import encode

_TEXT = 0x81


def text_frame(text: str) -> bytes:
    """A WebSocket frame as a server sends it: whole, unmasked, uncompressed.

    Source: RFC 6455, 5.2.
    """
    body = text.encode()
    length = len(body)
    if length < 126:
        head = struct.pack("!BB", _TEXT, length)
    elif length < 65_536:
        head = struct.pack("!BBH", _TEXT, 126, length)
    else:
        head = struct.pack("!BBQ", _TEXT, 127, length)
    return head + body


class Frames:
    """The way around Socket.IO's queue of each client, for messages that are the same for many.

    A queue, a timer and a switch cost 40 microseconds a device; a plain write to an idle socket costs 7.
    Whoever has anything waiting gets the message through the queue, so that the order stays.
    """

    def __init__(self, server: Any, engine: Any) -> None:
        self._server = server
        self._write_now = engine.write_now
        self._live: dict[str, Any] = {}
        if self._write_now is not None:
            self._watch(server.eio)

    def _watch(self, eio: Any) -> None:
        """Learn which WebSocket belongs to which Engine.IO session as it is opened."""
        opens, live = eio._async["websocket"], self._live

        def open_socket(handler: Any, server: Any) -> Any:
            owner = handler.__self__

            def watched(socket: Any) -> Any:
                live[owner.sid] = (owner, socket)
                try:
                    return handler(socket)
                finally:
                    live.pop(owner.sid, None)

            return opens(watched, server)

        eio._async = {**eio._async, "websocket": open_socket}

    def send(self, sids: Iterable[str], event: str, data: Any) -> None:
        """Send one event to these devices."""
        text = f"2{encode([event, data])}"
        frame = text_frame(f"{MESSAGE}{text}")
        packet = Packet(MESSAGE, text)
        for sid in sids:
            eio_sid = self._server.manager.eio_sid_from_sid(sid, "/")
            if eio_sid is None or self._straight(eio_sid, frame):
                continue
            try:
                self._server._send_eio_packet(eio_sid, packet)
            except SocketIsClosedError:
                # It is going away just now; the others are still to be told.
                continue

    def _straight(self, eio_sid: str, frame: bytes) -> bool:
        live = self._live.get(eio_sid)
        if live is None:
            return False
        owner, socket = live
        if owner.closed or not owner.connected or not owner.queue.empty():
            return False
        done: bool = self._write_now(socket, frame)
        return done
