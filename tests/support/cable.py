"""A network cable between a browser and a hub on one machine, to be pulled out and plugged in again."""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import Self


class Cable:
    """Carries every connection to its own port on to another port, until it is pulled."""

    def __init__(self) -> None:
        self.port = 0
        self._to = 0
        self._listener: socket.socket | None = None
        self._ends: set[socket.socket] = set()
        self._lock = threading.Lock()
        self._reserved = socket.socket()
        self._reserved.bind(("127.0.0.1", 0))
        self.port = self._reserved.getsockname()[1]

    def leads_to(self, port: int) -> Self:
        """Say where it ends, and plug it in."""
        self._to = port
        self._reserved.close()
        self.plug()
        return self

    def plug(self) -> None:
        """Let connections through."""
        listener = socket.create_server(("127.0.0.1", self.port), backlog=64)
        self._listener = listener
        threading.Thread(target=self._carry, args=(listener,), daemon=True).start()

    def pull(self) -> None:
        """End what is connected, and let nothing new through."""
        if self._listener:
            # A thread that waits in accept is woken by the end of reading alone.
            with contextlib.suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        with self._lock:
            ends = list(self._ends)
        for end in ends:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _carry(self, listener: socket.socket) -> None:
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._to))
            with self._lock:
                self._ends |= {near, far}
            for one, other in ((near, far), (far, near)):
                threading.Thread(target=self._pump, args=(one, other), daemon=True).start()

    def _pump(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65_536):
                other.sendall(data)
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        with self._lock:
            self._ends.discard(one)
        one.close()
