"""A real device of the tests: signs in by HTTP, talks Socket.IO, and keeps what it was told."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

import requests
import socketio
from uuid6 import uuid7

# Longer than a hub waits for its own processes; only a failure waits for as long.
WAIT = 90.0


def new_id() -> str:
    """An id as a device makes it."""
    return str(uuid7())


@dataclass
class Device:
    """One device at one hub; use it in a with statement, so that it always goes."""

    base: str
    code: str
    changes: list[dict[str, Any]] = field(default_factory=list)
    numbers: dict[str, int | None] = field(default_factory=dict)
    seen: dict[tuple[str, str, str], Any] = field(default_factory=dict)
    epoch: str = ""
    rejoins: int = 0
    gone: bool = False

    def __post_init__(self) -> None:
        self.web = requests.Session()
        self.wires: list[Any] = []
        self.news = threading.Condition()
        self.socket = self._new_socket()

    def _new_socket(self) -> Any:
        return self._listening(socketio.Client(reconnection=False))

    def _listening(self, socket: Any) -> Any:
        socket.on("changes", self._changed)
        socket.on("rejoin", self._asked_to_rejoin)
        socket.on("disconnect", self._lost)
        return socket

    def __enter__(self) -> Self:
        self.sign_in()
        self.connect()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Go, leaving nothing open behind."""
        self.socket.disconnect()
        self._close_wires()
        self.web.close()

    def _close_wires(self) -> None:
        while self.wires:
            self.wires.pop().shutdown()

    def sign_in(self) -> requests.Response:
        """Type the code on the start page."""
        return self.web.post(
            f"{self.base}/sessions", data={"code": self.code}, headers={"Origin": self.base},
            allow_redirects=False, timeout=WAIT,
        )  # fmt: skip

    @property
    def cookie(self) -> str:
        """The session's cookie as a header has it."""
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.web.cookies)

    def connect(self) -> None:
        """Open the socket, anew when there was one."""
        if self.gone:
            self._close_wires()
            self.socket, self.gone = self._new_socket(), False
        self.socket.connect(
            self.base, headers={"Cookie": self.cookie}, transports=["websocket"], wait_timeout=WAIT
        )
        self.wires.append(self.socket.eio.ws)

    def call(self, event: str, data: Any) -> Any:
        """Send one message and wait for its acknowledgement.

        Errors: `ConnectionError` where the connection ends before it comes.
        """
        answers: list[Any] = []

        def answered(answer: Any) -> None:
            with self.news:
                answers.append(answer)
                self.news.notify_all()

        self.socket.emit(event, data, callback=answered)
        self.until(lambda: answers or self.gone, f"no answer to {event}")
        if not answers:
            raise ConnectionError(f"The connection ended before the answer to {event} came.")
        return answers[0]

    def join(self) -> dict[str, Any]:
        """Ask what there is since what this device knows, and keep it."""
        answer: dict[str, Any] = self.call("join", {"streams": self.numbers})
        if not answer["ok"]:
            return answer
        with self.news:
            self.epoch = answer["epoch"]
            self.numbers = {audience: part["upto"] for audience, part in answer["streams"].items()}
            for audience, part in answer["streams"].items():
                if "snapshot" in part:
                    self._drop(audience)
                for kind, values in part.get("snapshot", {}).items():
                    self.seen.update({(audience, kind, key): value for key, value in values.items()})
                self._apply(audience, part.get("changes", []))
        return answer

    def _drop(self, audience: str) -> None:
        self.seen = {key: value for key, value in self.seen.items() if key[0] != audience}

    def _apply(self, audience: str, changes: list[list[Any]]) -> None:
        for kind, key, value in changes:
            if value is None:
                self.seen.pop((audience, kind, key), None)
            else:
                self.seen[audience, kind, key] = value

    def _changed(self, batch: dict[str, Any]) -> None:
        with self.news:
            self.changes.append(batch)
            mine = self.numbers.get(batch["audience"])
            if mine is not None and batch["after"] <= mine <= batch["upto"]:
                self.numbers[batch["audience"]] = batch["upto"]
                self._apply(batch["audience"], batch["changes"])
            self.news.notify_all()

    def _asked_to_rejoin(self, _: Any) -> None:
        with self.news:
            self.rejoins += 1
            self.news.notify_all()

    def _lost(self, *_: Any) -> None:
        with self.news:
            self.gone = True
            self.news.notify_all()

    def until(self, what: Callable[[], Any], why: str = "it never came") -> Any:
        """Wait until something holds, and give it."""
        deadline = time.monotonic() + WAIT
        with self.news:
            while not (found := what()):
                left = deadline - time.monotonic()
                assert left > 0, why
                # Not everything that a test waits for comes with news: it looks again by itself.
                self.news.wait(min(left, 0.25))
        return found

    def sees(self, audience: str, kind: str) -> dict[str, Any]:
        """What this device knows of one kind from one audience: id to value."""
        return {key: v for (a, k, key), v in self.seen.items() if (a, k) == (audience, kind)}

    def submit(self, verb: str, data: dict[str, Any], command: str | None = None) -> dict[str, Any]:
        """Send a command over the socket and take its acknowledgement."""
        ack: dict[str, Any] = self.call("submit", {"id": command or new_id(), "type": verb, "data": data})
        return ack

    def post(self, body: Any, **headers: str) -> requests.Response:
        """Send commands by HTTP."""
        return self.web.post(
            f"{self.base}/commands", json=body, headers={"Origin": self.base, **headers}, timeout=WAIT
        )
