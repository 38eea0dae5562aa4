"""A stamped ballot in a running hub: its chair's desk, its delegates, and the processes behind it."""

from __future__ import annotations

import os
import signal
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from facilitate.rehearsal.connection import Address
from facilitate.rehearsal.device import Device as Desk
from facilitate.rehearsal.hub_process import HubProcess
from facilitate.rehearsal.known import new_id
from tests.prove.hall import Hall
from tests.prove.line import Line
from tests.prove.voter import Ballot, Voter

PORTS = {"FACILITATE_BOX_PORT": "0"}


@dataclass
class Vote:
    """One ballot from its draft to its result."""

    hall: Hall
    hub: HubProcess
    voters: list[Voter] = field(default_factory=list)
    id: str = field(default_factory=new_id)

    async def start(self, delegates: int, secure_port: str = "") -> None:
        """Start the hub and sit down at the chair's desk; delegates come by https where it has a port."""
        ways = self.hall.add_people("delegate", delegates)
        await self.hub.start()
        self.desk = Desk(Address.read(self.hub.url), self.hall.way("chair").code, "Desk")
        await self.desk.sign_in()
        self.desk.start()
        await self.desk.arrive()
        self.pages = f"https://localhost:{secure_port}" if secure_port else self.hub.url
        self.voters = [Voter(way, self.line(self.pages)) for way in ways]

    def line(self, base: str) -> Line:
        """A connection as a page of this hub opens it."""
        return Line(base, {"Origin": self.pages if base != self.hub.url else self.hub.url}, self.trust)

    @cached_property
    def trust(self) -> ssl.SSLContext | None:
        """The event's own authority, where it has one."""
        authority = self.hall.folder / "keys" / "ca.crt"
        return ssl.create_default_context(cafile=authority) if authority.exists() else None

    async def act(self, verb: str, **data: Any) -> dict[str, Any]:
        """One act of the chair's, which is granted."""
        answer = await self.desk.submit(verb, {"ballot": self.id, **data})
        assert answer["ok"], answer
        result: dict[str, Any] = answer["result"]
        return result

    async def put_up(self, trust: str, **other: Any) -> None:
        """Draft it and announce it."""
        given = {"item": self.id, "motion": None, "question": "Shall it be so?", "form": "for-against"}
        given |= {"trust": trust, "purpose": "binding", **other}
        drafted = await self.desk.submit("draft-ballot", given)
        assert drafted["ok"], drafted
        await self.act("announce-ballot")

    async def announce(self) -> Ballot:
        """Draft it and announce it; what the devices then know."""
        await self.put_up("stamped")
        seen = await self.until(lambda: (self.seen.get("stamping") or {}).get("box") and self.seen)
        return Ballot(self.id, seen["version"], seen["stamping"])

    @property
    def seen(self) -> dict[str, Any]:
        """The ballot as the desk sees it now."""
        return self.desk.known.one("ballot", self.id) or {}

    async def until(self, look: Any) -> Any:
        """Wait for something that the desk is told."""
        return await self.desk.until(look)

    def box(self) -> Line:
        """A connection to the box as a device opens it."""
        return self.line(self.seen["stamping"]["box"])

    async def close(self) -> dict[str, Any]:
        """Close it, and wait until the board is here and counted."""
        await self.act("close-ballot")
        counted: dict[str, Any] = await self.until(lambda: self.seen.get("board") and self.seen)
        return counted

    async def stop(self) -> None:
        """Everybody goes home."""
        for voter in self.voters:
            voter.hub.close()
        await self.desk.stop()
        await self.hub.stop()


def children(pid: int) -> dict[str, int]:
    """The processes that another one started, by the last words of what they were started with."""
    found = {}
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            number = int(entry.name)
            if int((entry / "stat").read_text().rpartition(")")[2].split()[1]) == pid:
                words = (entry / "cmdline").read_bytes().decode().strip("\0").split("\0")
                found["box" if words[-1] == "box" else "registrar"] = number
    return found


def kill(pid: int) -> None:
    """End a process as a power cut would."""
    os.kill(pid, signal.SIGKILL)
