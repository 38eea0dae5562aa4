"""Hall: people and devices of a test's event, acting over HTTP and the socket as their pages would."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import requests
import socketio
from sqlalchemy.orm import Session
from uuid6 import uuid7

from facilitate.queries.people import SignIn, sign_ins
from facilitate.store.session import open_store, read_sessions
from tests.support.hub import Hub

T = TypeVar("T")
# Units: seconds; only a failure waits for as long.
WAIT = 90


def new_id() -> str:
    """An id as a device makes it."""
    return str(uuid7())


class Somebody:
    """One signed-in person or device; `do` says what it asks the hub to do and fails where it is refused."""

    def __init__(self, base: str, code: str) -> None:
        self.base = base
        self.http = requests.Session()
        self.http.headers["Origin"] = base
        answer = self.http.post(f"{base}/sessions", data={"code": code}, allow_redirects=False, timeout=WAIT)
        assert answer.status_code == 303, answer.text

    def do(self, verb: str, /, **data: Any) -> dict[str, Any]:
        """Carry out one command and give its result."""
        return self.do_all([(verb, data)])[0]

    def do_all(self, wanted: Sequence[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
        """Carry out several commands in one request."""
        commands = [{"id": new_id(), "type": verb, "data": data} for verb, data in wanted]
        answer = self.http.post(f"{self.base}/commands", json={"commands": commands}, timeout=WAIT).json()
        refused = [ack["refusal"] for ack in answer["acks"] if not ack["ok"]]
        assert not refused, refused
        return [ack["result"] for ack in answer["acks"]]

    def send(self, address: str, **form: Any) -> requests.Response:
        """Send a form of a page and follow it to where it leads."""
        answer = self.http.post(f"{self.base}{address}", data=form, timeout=WAIT)
        assert answer.ok, answer.text
        return answer

    def connect(self) -> socketio.Client:
        """Be there, as a page is that somebody has open."""
        client = socketio.Client(reconnection=False)
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.http.cookies)
        asked = {"headers": {"Cookie": cookies}, "transports": ["websocket"]}
        client.connect(self.base, **asked, wait_timeout=WAIT)
        client.call("join", {"streams": {}}, timeout=WAIT)
        return client


class Cast:
    """Everybody of one event, signed in when first asked for."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        url = hub.settings.get("FACILITATE_DATABASE_URL") or f"sqlite+pysqlite:///{hub.folder / 'event.db'}"
        self._store = open_store(url)
        self._reads = read_sessions(self._store)
        self._known: dict[str, Somebody] = {}
        self.connected: list[socketio.Client] = []

    def read(self, question: Callable[[Session], T]) -> T:
        """Ask the event's own database, as it is on the disk."""
        with self._reads() as session:
            return question(session)

    def ways(self, role: str) -> list[SignIn]:
        """Everybody's way in who holds this role first, in the order of the cards."""
        key = (Path(self.hub.folder) / "keys" / "sign-in").read_bytes()
        return [way for way in self.read(lambda session: sign_ins(session, key)) if way.role == role]

    def sign_in(self, way: SignIn) -> Somebody:
        """Somebody who holds this way in."""
        if way.code not in self._known:
            self._known[way.code] = Somebody(self.hub.base, way.code)
        return self._known[way.code]

    def a(self, role: str, at: int = 0) -> Somebody:
        """The first, or a later one, of those who hold this role."""
        return self.sign_in(self.ways(role)[at])

    def table(self, number: int) -> Somebody:
        """The laptop of a table."""
        laptops = [way for way in self.ways("facilitator") if way.table == number]
        return self.sign_in(next(way for way in laptops if way.label.startswith("Laptop")))

    def connect(self, somebody: Somebody) -> None:
        """Let somebody be there until the test is over."""
        self.connected.append(somebody.connect())

    def leave(self) -> None:
        """Everybody goes."""
        for client in self.connected:
            client.disconnect()
        self.connected.clear()
        self._store.dispose()
