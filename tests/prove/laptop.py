"""A table's laptop as a robot: types, keeps, and sends by socket or by POST until it is acknowledged."""

from __future__ import annotations

import asyncio
import math
from random import Random
from typing import Any

from facilitate.rehearsal.connection import Address, ConnectionGone, post_commands
from facilitate.rehearsal.device import Device
from facilitate.rehearsal.known import new_id

# Said of the connection or of the hub, not of the item: it is sent again.
UNDECIDED = frozenset({"not-stored", "failed", "busy", "signed-out"})
_BY_SOCKET, _AT_ONCE = 3, 20
_WITHIN = 2.0
_LONGEST_WAIT = 0.6
MOST_KEPT = 20


class Laptop:
    """One laptop and its outbox."""

    def __init__(self, address: Address, code: str, label: str, passage: str, seed: int) -> None:
        self.device = Device(address, code, label, keep=frozenset({"event"}), seed=seed)
        self.device.patience = _WITHIN
        self.label = label
        self.chance = Random(f"{label}{seed}")
        self.passage = passage
        self.typed = 0
        self.kept: dict[str, dict[str, Any]] = {}
        self.acknowledged: dict[str, str] = {}
        # Item -> when it was typed, and when its acknowledgement came.
        self.times: dict[str, tuple[float, float]] = {}
        self.refused: list[str] = []
        # When the hub said that it could not store something.
        self.not_stored: list[float] = []
        self._something = asyncio.Event()
        self._sending: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Sign in, connect, and send whatever is kept from then on."""
        await self.device.sign_in()
        self.device.start()
        self._sending = asyncio.get_running_loop().create_task(self._send_on())

    async def stop(self) -> None:
        """Leave."""
        if self._sending:
            self._sending.cancel()
            await asyncio.gather(self._sending, return_exceptions=True)
        await self.device.stop()

    def type(self) -> None:
        """Type one point and keep it."""
        self.typed += 1
        data: dict[str, Any] = {
            "item": new_id(), "n": self.typed, "passage": self.passage, "round": None, "kind": "support",
            "agree": 3, "against": 1, "text": f"{self.label}, point {self.typed}", "parent": None,
            "typed": self.typed, "at": None, "ops": None, "base_hash": None,
        }  # fmt: skip
        command: dict[str, Any] = {"id": new_id(), "type": "record-comment", "data": data}
        self.kept[command["id"]] = command
        self.times[data["item"]] = (asyncio.get_running_loop().time(), math.inf)
        self._something.set()

    async def type_on(self, pause: float, stop: asyncio.Event) -> None:
        """Type one point after another until told to stop."""
        while not stop.is_set():
            # A table that waits for its hub does not talk faster than the hub can ever take it in.
            if len(self.kept) < MOST_KEPT:
                self.type()
            await asyncio.sleep(pause * (0.5 + self.chance.random()))

    async def _send_on(self) -> None:
        failures = 0
        while True:
            await self._something.wait()
            try:
                await self._send(list(self.kept.values()))
                failures = 0
            except (ConnectionGone, TimeoutError):
                failures += 1
                longest = min(_LONGEST_WAIT, 0.1 * 2.0 ** min(failures, 8))
                await asyncio.sleep(longest * (0.5 + self.chance.random() / 2))
            if not self.kept:
                self._something.clear()

    async def _send(self, backlog: list[dict[str, Any]]) -> None:
        if len(backlog) <= _BY_SOCKET and self.device.is_here:
            try:
                for command in backlog:
                    self._take(await self.device.ask("submit", command))
                return
            except TimeoutError:
                # An open socket on which nothing is answered is a dead one.
                self.device.drop()
            except ConnectionGone:
                pass
        some = list(self.kept.values())[:_AT_ONCE]
        async with asyncio.timeout(_WITHIN):
            acks = await post_commands(self.device.address, self.device.cookie, some)
        for ack in acks:
            self._take(ack)

    def _take(self, ack: dict[str, Any]) -> None:
        command = self.kept.get(ack["id"])
        if command is None:
            return
        if not ack["ok"]:
            code = ack["refusal"]["code"]
            if code in UNDECIDED:
                if code == "not-stored":
                    self.not_stored.append(asyncio.get_running_loop().time())
                raise ConnectionGone(code)
            self.refused.append(f"{command['data']['text']} was refused as {code}.")
        else:
            item = command["data"]["item"]
            self.acknowledged[item] = command["data"]["text"]
            self.times[item] = (self.times[item][0], asyncio.get_running_loop().time())
        del self.kept[ack["id"]]


async def drained(laptops: list[Laptop], within: float) -> float:
    """How long it took until no laptop kept anything any more.

    Errors: TimeoutError.
    """
    loop = asyncio.get_running_loop()
    began = loop.time()
    async with asyncio.timeout(within):
        while any(laptop.kept for laptop in laptops):
            await asyncio.sleep(0.02)
    return loop.time() - began
