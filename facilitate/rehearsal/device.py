"""Rehearsal: a robot's device: signs in, joins, notices what it missed, and sends until it is answered."""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable
from functools import partial
from random import Random
from typing import Any

from facilitate.rehearsal.connection import (
    Address,
    ConnectionGone,
    Frames,
    open_frames,
    post_code,
    post_commands,
)
from facilitate.rehearsal.known import HOLE, TAKEN, Known, new_id, read_frame
from facilitate.rehearsal.watchers import Watchers

ACK_WITHIN = 20.0
# As long as the pages wait: giving up early makes the queue of a hall that comes back at once longer.
JOIN_WITHIN = 60.0
_LONGEST_WAIT = 3.0
_TRIES = 240


class SignInRefused(Exception):
    """The hub does not know this code."""


class Device:
    """One light device; every number in it is what really went over the wire."""

    def __init__(
        self, address: Address, code: str, label: str, *, keep: frozenset[str] | None = None, seed: int = 0
    ) -> None:
        self.address = address
        self.label = label
        self.known = Known(keep)
        self.chance = Random(f"{label}{seed}")  # noqa: S311 - robots need repeatable chance
        self.connections = 0
        self.resent = 0
        self.offline = False
        self.heard: Callable[[dict[str, Any]], None] | None = None
        self.loses = 0
        self.patience = JOIN_WITHIN
        self.cookie = ""
        self._code = code
        self._frames: Frames | None = None
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._next = 0
        self._watchers = Watchers()
        self._here = asyncio.Event()
        self._lost = asyncio.Event()
        self._joining = False
        self._task: asyncio.Task[None] | None = None

    # Coming and going

    async def sign_in(self) -> None:
        """Turn the code into a session, as the page's form does.

        Errors: SignInRefused.
        """
        for attempt in range(_TRIES):
            try:
                reply = await post_code(self.address, self._code)
            except ConnectionGone:
                await self._pause(attempt)
                continue
            if reply.status == 303:
                self.cookie = reply.headers["set-cookie"].partition(";")[0]
                return
            if reply.status < 500 and reply.status != 429:
                raise SignInRefused(f"{self.label}: the hub answered {reply.status} to its code")
            await self._pause(attempt)
        raise ConnectionGone(f"{self.label}: no hub at {self.address.origin}")

    def start(self) -> None:
        """Connect, and stay connected until stopped."""
        self._task = asyncio.get_running_loop().create_task(self._stay())
        self._task.add_done_callback(self._fell)

    def _fell(self, task: asyncio.Task[None]) -> None:
        """A robot that stumbles over its own feet must not leave the others waiting for it."""
        error = None if task.cancelled() else task.exception()
        if error:
            self._watchers.fail(error)

    async def stop(self) -> None:
        """Leave for good."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self.drop()

    async def _stay(self) -> None:
        attempt = 0
        while True:
            self._lost = lost = asyncio.Event()
            try:
                if not self.offline:
                    await self._connect(partial(self._broke, lost))
                    attempt = 0
                    await lost.wait()
            except (ConnectionGone, TimeoutError):
                self.drop()
            self._lose()
            attempt += 1
            await self._pause(attempt)

    async def _pause(self, attempt: int) -> None:
        await asyncio.sleep(min(_LONGEST_WAIT, 0.1 * 1.6 ** min(attempt, 8)) * (0.5 + self.chance.random()))

    async def _connect(self, lost: Callable[[], None]) -> None:
        opened = asyncio.get_running_loop().create_future()
        self._waiting[-1] = opened
        async with asyncio.timeout(self.patience):
            self._frames = await open_frames(self.address, self.cookie, self._text, lost)
            self._say("40")
            await opened
        self.connections += 1
        await self._join()
        self._here.set()

    def _broke(self, lost: asyncio.Event) -> None:
        """Whoever waits for an answer over this connection waits no longer, were it still being opened."""
        lost.set()
        if lost is self._lost:
            self._lose()

    def _lose(self) -> None:
        self._here.clear()
        self._frames = None
        waiting, self._waiting = self._waiting, {}
        for future in waiting.values():
            if not future.done():
                future.set_exception(ConnectionGone(self.label))
                future.exception()

    async def arrive(self) -> None:
        """Wait until this device has joined."""
        await self._here.wait()

    def drop(self) -> None:
        """Lose the connection without a word, as a pulled cable or a dead battery does."""
        if self._frames is not None:
            self._frames.drop()

    def drop_soon(self) -> None:
        """Lose the connection as soon as what is being sent is on its way."""
        asyncio.get_running_loop().call_soon(self.drop)

    @property
    def is_here(self) -> bool:
        """Whether this device is connected and has joined."""
        return self._here.is_set()

    # What the hub says

    def _text(self, text: str) -> None:
        start = text[:2]
        if start == "42":
            self._event(*read_frame(text[2:]))
        elif start == "43":
            number, bracket, rest = text[2:].partition("[")
            future = self._waiting.pop(int(number), None)
            if future is not None and not future.done():
                future.set_result(json.loads(bracket + rest)[0])
        elif start[:1] == "2":
            self._say("3")
        elif start == "40":
            opened = self._waiting.pop(-1, None)
            if opened is not None and not opened.done():
                opened.set_result(None)
        elif start in ("41", "44") or start[:1] == "1":
            self.drop()

    def _event(self, name: str, batch: Any = None) -> None:
        if name == "rejoin":
            self.rejoin()
        elif name == "changes":
            if self.loses and batch["changes"] and batch["audience"] == "delegates":
                self.loses -= 1
                return
            if self.heard:
                self.heard(batch)
            fate = self.known.changed(batch)
            if fate == HOLE:
                self.rejoin()
            elif fate == TAKEN:
                self._watchers.look()

    def rejoin(self) -> None:
        """Ask what was missed; one question at a time."""
        if not self._joining:
            task = asyncio.get_running_loop().create_task(self._join_again())
            task.add_done_callback(lambda done: done.cancelled() or done.exception())

    async def _join_again(self) -> None:
        try:
            await self._join()
        except (ConnectionGone, TimeoutError):
            self.drop()

    async def _join(self) -> None:
        self._joining = True
        try:
            for _ in range(2):
                answer = await self.ask("join", {"streams": self.known.numbers()}, JOIN_WITHIN)
                if not answer.get("ok"):
                    raise ConnectionGone(f"{self.label}: {answer.get('refusal')}")
                if self.known.joined(answer):
                    break
        finally:
            self._joining = False
        self._watchers.look()

    async def fresh(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Everything that this device may see now, asked for anew and kept apart from what it was told.

        Shape: kind to id to value, overlaid.
        """
        while True:
            await self._here.wait()
            try:
                answer = await self.ask("join", {"streams": {}}, JOIN_WITHIN)
            except (ConnectionGone, TimeoutError):
                continue
            known = Known()
            known.joined(answer)
            kinds = {kind for stream in known.streams.values() for kind in stream.kinds}
            return defaultdict(dict, {kind: dict(known.all(kind)) for kind in kinds})

    # What the device says

    def _say(self, text: str) -> None:
        if self._frames is not None:
            self._frames.send(text)

    async def ask(self, event: str, data: Any, within: float = ACK_WITHIN) -> Any:
        """Send one event and wait for its answer.

        Errors: ConnectionGone, TimeoutError.
        """
        if self._frames is None:
            raise ConnectionGone(self.label)
        self._next += 1
        number = self._next
        future = self._waiting[number] = asyncio.get_running_loop().create_future()
        self._frames.send(f"42{number}" + json.dumps([event, data], ensure_ascii=False))
        try:
            async with asyncio.timeout(min(within, self.patience)):
                return await future
        finally:
            self._waiting.pop(number, None)

    async def submit(self, kind: str, data: dict[str, Any], *, id_: str | None = None) -> dict[str, Any]:
        """Send one command until it is answered; every further try carries the same id."""
        command = {"id": id_ or new_id(), "type": kind, "data": data}
        while True:
            await self._here.wait()
            try:
                answer: dict[str, Any] = await self.ask("submit", command)
            except (ConnectionGone, TimeoutError):
                self.resent += 1
                continue
            if answer.get("refusal", {}).get("code") == "not-stored":
                self.resent += 1
                await self._pause(4)
                continue
            return answer

    async def post(self, commands: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Send a whole backlog by HTTP, as a laptop does after a time without network."""
        for attempt in range(_TRIES):
            try:
                return await post_commands(self.address, self.cookie, commands)
            except ConnectionGone:
                pass
            self.resent += len(commands)
            await self._pause(attempt)
        raise ConnectionGone(f"{self.label}: the backlog was never answered")

    # Waiting for the room

    async def until(self, look: Callable[[], Any]) -> Any:
        """Wait until what this device knows makes a question true, and give its answer."""
        return await self._watchers.until(look)

    async def reach(self, number: int, audience: str | None = None) -> None:
        """Wait until this device, or one stream of it, has been told everything up to a journal number."""
        await self.until(lambda: self.is_here and self.known.upto(audience) >= number)
