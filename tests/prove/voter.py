"""A delegate's device in a stamped ballot: fetches its stamp from the hub, casts its paper to the box."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlencode

from facilitate.ballot_device import BallotDevice, as_cast, device_for
from facilitate.domain.stamped_papers import StampedPaper
from facilitate.queries.people import SignIn
from facilitate.rehearsal.connection import ConnectionGone
from facilitate.rehearsal.known import new_id
from tests.prove.line import Line

_TRIES = 200
T = TypeVar("T")


@dataclass
class Ballot:
    """What every device knows of the ballot."""

    id: str
    version: int
    stamping: dict[str, Any]


@dataclass
class Voter:
    """One device and what became of its vote."""

    way: SignIn
    hub: Line
    answers: list[dict[str, Any]] = field(default_factory=list)
    device: BallotDevice | None = None

    async def sign_in(self) -> None:
        """Turn the code of the badge into a session."""
        body = urlencode({"code": self.way.code}).encode()
        ask = partial(self.hub.send, "POST", "/sessions", body, "application/x-www-form-urlencoded")
        status, head, _ = await patiently(ask)
        if status != 303:
            raise ConnectionGone(f"the hub answered {status} to a code")
        cookie = next(line for line in head.split("\r\n") if line.lower().startswith("set-cookie:"))
        self.hub.headers["Cookie"] = cookie.partition(":")[2].partition(";")[0].strip()

    def prepare(self, ballot: Ballot) -> None:
        """Make a one-time key and cover it."""
        self.device = device_for(ballot.stamping, 0)

    async def fetch(self, ballot: Ballot) -> None:
        """Fetch the stamp, asking again as long as nobody answers."""
        assert self.device
        data = {
            "ballot": ballot.id, "version": ballot.version, "blinded": self.device.blinded.message.hex(),
        }  # fmt: skip
        for _ in range(_TRIES):
            command = {"id": new_id(), "type": "fetch-stamp", "data": data}
            answer = await patiently(partial(self.hub.command, command))
            if answer["ok"]:
                self.device.take(bytes.fromhex(answer["result"]["signature"]))
                return
            if answer["refusal"]["code"] not in ("stamp-not-made", "not-stored", "busy"):
                break
            await asyncio.sleep(0.2)
        raise AssertionError(answer)

    def papers(self) -> list[StampedPaper]:
        """The vote, the same again, and an attempt to vote otherwise with the same stamp."""
        assert self.device
        vote = self.device.paper("for")
        return [vote, vote, self.device.paper("against")]

    async def cast(self, box: Line, papers: list[StampedPaper]) -> None:
        """Cast papers one after another; each again until somebody answers."""
        for paper in papers:
            self.answers.append(await patiently(partial(cast_once, box, paper)))
        box.close()


async def cast_once(box: Line, paper: StampedPaper) -> dict[str, Any]:
    """Cast one paper."""
    _, _, answer = await box.send("POST", "/cast", as_cast(paper), "text/plain")
    found: dict[str, Any] = json.loads(answer)
    if not found["ok"] and found["refusal"]["code"] == "not-stored":
        raise ConnectionGone("not stored")
    return found


async def patiently(ask: Callable[[], Awaitable[T]]) -> T:
    """Ask until somebody answers."""
    for attempt in range(_TRIES):
        try:
            return await ask()
        except ConnectionGone:
            await asyncio.sleep(min(1.0, 0.05 * 1.5**attempt))
    raise ConnectionGone("nobody answered")
