"""Rehearsal: a delegate's phone: it votes once, tries twice, loses its network and says what is missing."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from facilitate.rehearsal.device import Device
from facilitate.rehearsal.known import new_id
from facilitate.rehearsal.papers import fill_in, is_further
from facilitate.rehearsal.stage import Stage
from facilitate.rehearsal.stamped import StampedVotes, is_stamped

STAYS_OUT, REPEATS, TRIES_TWICE, LOSES_NETWORK, NEEDS_TIME = 0.04, 0.03, 0.03, 0.02, 0.01
MISSES = 1 / 30
KEEP = frozenset({"event", "ballot", "vote", "item", "track"})
_EVEN = (0.6, 0.3, 0.1)


class DelegateRobot:
    """One delegate with a phone."""

    def __init__(self, device: Device, person: str, table: int, stage: Stage) -> None:
        self.device = device
        self.person = person
        self.table = table
        self.stage = stage
        self.stamped = StampedVotes(device, stage)
        self._done: set[str] = set()
        # The one point that some delegates will miss, after the round in which this falls to them.
        self._misses = device.chance.random() < MISSES

    async def run(self) -> None:
        """Take part in every ballot until the event is over."""
        while not self.stage.over:
            found = await self.device.until(self._next)
            if found is True:
                return
            if found["kind"] == "round":
                await self._miss(found)
            elif found["kind"] == "stamp":
                await self.stamped.fetch(found["ballot"], found["group"])
            else:
                await self._take_part(found)

    def _next(self) -> Any:
        known = self.device.known
        event = known.one("event", "event")
        if event is not None and event["phase"] == "after":
            return True
        for ballot in known.all("ballot").values():
            vote = known.one("vote", ballot["id"])
            if vote is None or ballot["id"] in self._done:
                continue
            if self.stamped.wants(ballot) and vote["entitled"]:
                return {"kind": "stamp", "ballot": ballot, "group": vote["group"]}
            is_held = ballot["state"] == "open" and ballot["trust"] != "hands"
            if is_held and not self.stamped.has_no_box(ballot):
                return {"kind": "ballot", **ballot}
        return self._over_round()

    def _over_round(self) -> Any:
        """A round of this table that is over, for the few who then miss a point."""
        if not self._misses or self.stage.wrapping:
            return None
        part = next(part for part in self.stage.content.parts if self.table in part.tables)
        for item in self.device.known.all("item").values():
            track = self.device.known.one("track", item["track"])
            mine = track is not None and track["name"] == part.name and track["current"] == item["id"]
            if mine and item["kind"] == "round" and item["progress"] == "over" and item["assignments"]:
                return item
        return None

    async def _miss(self, item: dict[str, Any]) -> None:
        self._misses = False
        ledger, text = self.stage.ledger, f"Our point about money is not on the list ({self.person})."
        data = {"item": new_id(), "text": text, "passage": item["assignments"][0]["passage"]}
        ledger.asked("report-missing")
        self.stage.busy += 1
        try:
            answer = await self.device.submit("report-missing", data)
        finally:
            self.stage.busy -= 1
        if ledger.answered("report-missing", answer):
            ledger.missing[data["item"]] = text

    async def _take_part(self, ballot: dict[str, Any]) -> None:
        self._done.add(ballot["id"])
        try:
            vote = self.device.known.one("vote", ballot["id"])
            await self.stage.wait(self.stage.seconds(2) * self.device.chance.random())
            if vote is not None and vote["entitled"]:
                await (self._vote_stamped if is_stamped(ballot) else self._vote)(ballot)
            elif self.device.chance.random() < 0.5:
                await self._try_anyway(ballot)
        finally:
            self.stage.finished[ballot["id"]] += 1
            self.stage.tell()

    async def _try_anyway(self, ballot: dict[str, Any]) -> None:
        if is_stamped(ballot):
            await self.stamped.try_without_a_vote(ballot)
        else:
            await self._try("not-entitled", ballot, self._choice(ballot))

    async def _hesitates(self, ballot: dict[str, Any]) -> bool:
        """Whether this delegate stays out after all; some need more time."""
        chance, ledger = self.device.chance, self.stage.ledger
        if chance.random() < STAYS_OUT:
            ledger.attempts["stayed out of a ballot"] += 1
            return True
        if chance.random() < NEEDS_TIME:
            ledger.asked("need-time")
            ledger.answered("need-time", await self.device.submit("need-time", {"ballot": ballot["id"]}))
        return False

    async def _vote_stamped(self, ballot: dict[str, Any]) -> None:
        chance, ledger = self.device.chance, self.stage.ledger
        if await self._hesitates(ballot) or not self.stamped.may_cast(ballot):
            return
        choice = self._choice(ballot)
        if chance.random() < LOSES_NETWORK:
            self.device.drop_soon()
            ledger.attempts["lost the network while voting"] += 1
        answer = await self.stamped.cast(ballot, choice)
        if answer["ok"]:
            ledger.votes[ballot["id"]][self.person] = choice
        if answer["ok"] and chance.random() < REPEATS:
            ledger.attempts["the same paper again"] += 1
            if await self.stamped.cast(ballot, choice) != answer:
                ledger.wrong.append("The same paper sent again got another receipt.")
        other = next(key for key in self._offered(ballot) if key != choice)
        if answer["ok"] and chance.random() < TRIES_TWICE:
            ledger.attempts["tried another choice with the same stamp"] += 1
            await self.stamped.cast(ballot, other, wanted="key-used")

    def _offered(self, ballot: dict[str, Any]) -> list[str]:
        return [option["key"] for option in ballot["options"]]

    async def _vote(self, ballot: dict[str, Any]) -> None:
        chance, ledger = self.device.chance, self.stage.ledger
        if await self._hesitates(ballot):
            return
        choice, command = self._choice(ballot), new_id()
        data = {"ballot": ballot["id"], "choice": choice}
        ledger.asked("cast-vote")
        if chance.random() < LOSES_NETWORK:
            self.device.drop_soon()
            ledger.attempts["lost the network while voting"] += 1
        answer = await self.device.submit("cast-vote", data, id_=command)
        if ledger.answered("cast-vote", answer):
            ledger.votes[ballot["id"]][self.person] = choice
        if chance.random() < REPEATS:
            ledger.repeated("cast-vote", answer, await self.device.submit("cast-vote", data, id_=command))
        if chance.random() < TRIES_TWICE:
            await self._try("already-voted", ballot, self._choice(ballot))

    async def _try(self, wanted: str, ballot: dict[str, Any], choice: str) -> None:
        ledger = self.stage.ledger
        ledger.attempts[f"tried to vote although {wanted}"] += 1
        ledger.asked("cast-vote")
        answer = await self.device.submit("cast-vote", {"ballot": ballot["id"], "choice": choice})
        if ledger.answered("cast-vote", answer, wanted=wanted):
            ledger.votes[ballot["id"]].setdefault(self.person, choice)

    def _choice(self, ballot: dict[str, Any]) -> str:
        if is_further(ballot):
            return fill_in(ballot, self.device.chance)
        keys = self._offered(ballot)
        split = self.stage.splits.get(ballot["id"], _EVEN)
        split = split if len(split) == len(keys) else (1 / len(keys),) * len(keys)
        bounds = [0.0]
        for share in split:
            bounds.append(bounds[-1] + share)
        drawn = self.device.chance.random() * bounds[-1]
        for key, (low, high) in zip(keys, pairwise(bounds), strict=True):
            if low <= drawn < high:
                return key
        return keys[-1]
