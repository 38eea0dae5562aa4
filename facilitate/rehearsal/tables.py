"""Rehearsal: a table's laptop: it types from the bank, corrects, withdraws, goes away and comes back."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from facilitate.rehearsal.device import Device
from facilitate.rehearsal.known import new_id
from facilitate.rehearsal.ledger import Said
from facilitate.rehearsal.stage import Stage

CORRECTS, WITHDRAWS, REPEATS, LEAVES, CALLS = 0.15, 0.05, 0.1, 0.12, 0.1
REASONS = ("Something technical", "A dispute at the table", "A question about procedure", "Safeguarding")
KEEP = frozenset({"event", "track", "item", "passage", "comment", "heard"})


class TableRobot:
    """One table's facilitator with a laptop."""

    def __init__(self, device: Device, table: int, stage: Stage) -> None:
        self.device = device
        self.table = table
        self.stage = stage
        self.typed = 0
        self._place = 0
        self._kept: list[dict[str, Any]] = []

    async def run(self) -> None:
        """Discuss every round that comes until the event is over."""
        part = next(part for part in self.stage.content.parts if self.table in part.tables)
        self._place = part.tables.index(self.table)
        while not self.stage.over:
            item = await self.device.until(lambda: self._round(part.name) or self._is_over())
            if item is True:
                return
            self.stage.busy += 1
            try:
                await self._discuss(item)
            finally:
                self.stage.busy -= 1
            self.stage.talked[item["id"]].add(self.table)
            self.stage.tell()

    def _is_over(self) -> bool:
        event = self.device.known.one("event", "event")
        return event is not None and event["phase"] == "after"

    def _round(self, name: str) -> Any:
        known = self.device.known
        for track in known.all("track").values():
            if track["name"] != name or not track["current"]:
                continue
            item = known.one("item", track["current"])
            talked = item is not None and self.table in self.stage.talked[item["id"]]
            if item and item["kind"] == "round" and item["progress"] == "running" and not talked:
                given = self._given(item)
                if all(known.one("passage", passage) for passage, _ in given):
                    return item
        return None

    def _given(self, item: dict[str, Any]) -> list[tuple[str, int]]:
        """The passages that this table takes up, with how many points it makes on each."""
        given, free = [], []
        for each in item["assignments"]:
            tables = each["tables"]
            if tables == "choice":
                free.append(each["passage"])
            elif tables == "all" or tables[0] <= self.table <= tables[1]:
                given.append((each["passage"], 2))
        if free:
            given.append((free[self._place % len(free)], 1))
        return given

    async def _discuss(self, item: dict[str, Any]) -> None:
        chance = self.device.chance
        given = [(passage, turn) for passage, count in self._given(item) for turn in range(count)]
        points = [point for passage, turn in given if (point := self._point(item, passage, turn))]
        pause = self.stage.seconds(item["minutes"]) * 0.8 / max(1, len(points))
        leaves = chance.random() < LEAVES and len(points) > 1
        for place, (data, said) in enumerate(points):
            await self.stage.wait(pause * (0.5 + chance.random() / 2))
            if leaves and place == len(points) // 2:
                self._go_away()
            await self._send(data, said)
        if self.device.offline:
            await self._come_back(pause)
        if chance.random() < CALLS:
            await self._call()
        await self.device.submit("report-laptop", {"typed": self.typed, "kept": 0})

    def _point(self, item: dict[str, Any], passage_id: str, turn: int) -> Any:
        passage = self.device.known.one("passage", passage_id)
        bank = self.stage.content.said.get(passage["ref"] if passage else "")
        if not passage or not bank:
            return None
        words = bank[(2 * self._place + turn) % len(bank)]
        self.typed += 1
        data = {
            "item": new_id(), "n": self.typed, "passage": passage_id, "round": item["id"],
            "kind": words["kind"], "agree": words["agree"], "against": words["against"],
            "text": words["text"], "parent": None,
            "typed": self.typed, "at": _now(), "ops": None, "base_hash": None,
        }  # fmt: skip
        if "new_text" in words:
            data |= {"ops": change_of(passage["text"], words["new_text"]), "base_hash": passage["hash"]}
        said = Said(
            data["item"],
            self.table,
            passage_id,
            passage["ref"],
            words["number"],
            words["kind"],
            words["text"],
        )
        return data, said

    async def _send(self, data: dict[str, Any], said: Said) -> None:
        chance, ledger = self.device.chance, self.stage.ledger
        ledger.said[said.item] = said
        command = new_id()
        ledger.asked("record-comment")
        if self.device.offline:
            self._kept.append({"id": command, "type": "record-comment", "data": data})
            return
        answer = await self.device.submit("record-comment", data, id_=command)
        self._taken(said, answer)
        if chance.random() < REPEATS:
            again = await self.device.submit("record-comment", data, id_=command)
            ledger.repeated("record-comment", answer, again)
        if chance.random() < CORRECTS:
            await self._correct(data, said)
        elif chance.random() < WITHDRAWS:
            await self._withdraw(said)

    def _taken(self, said: Said, answer: dict[str, Any]) -> None:
        if self.stage.ledger.answered("record-comment", answer):
            said.acknowledged = True
            said.ref = answer["result"]["ref"]

    async def _correct(self, data: dict[str, Any], before: Said) -> None:
        ledger, text = self.stage.ledger, before.text + " (as read back)"
        self.typed += 1
        said = replace(before, item=new_id(), text=text, parent=before.item, acknowledged=False, ref=None)
        data = {**data, "item": said.item, "n": self.typed, "text": text, "parent": before.item}
        ledger.said[said.item] = said
        ledger.asked("record-comment")
        self._taken(said, await self.device.submit("record-comment", data))
        before.state = "superseded"
        ledger.attempts["corrected"] += 1

    async def _withdraw(self, said: Said) -> None:
        ledger = self.stage.ledger
        ledger.asked("withdraw-comment")
        answer = await self.device.submit("withdraw-comment", {"comment": said.item, "reason": None})
        if ledger.answered("withdraw-comment", answer):
            said.state = "withdrawn"
            ledger.attempts["withdrawn"] += 1

    async def _call(self) -> None:
        """Call for help; some tables find that they can do without."""
        ledger, chance, item = self.stage.ledger, self.device.chance, new_id()
        data = {"item": item, "reason": REASONS[chance.randrange(len(REASONS))], "words": None, "at": _now()}
        ledger.asked("call-help")
        if ledger.answered("call-help", await self.device.submit("call-help", data)):
            ledger.cries.add(item)
        if chance.random() < 0.3:
            ledger.asked("take-back-help")
            taken = await self.device.submit("take-back-help", {"items": [item]})
            ledger.answered("take-back-help", taken)

    def _go_away(self) -> None:
        self.device.offline = True
        self.device.drop()
        self.stage.ledger.attempts["went away and came back"] += 1

    async def _come_back(self, pause: float) -> None:
        """Send the whole backlog by HTTP, twice, as a laptop does that never saw the first answer."""
        await asyncio.sleep(min(2.0, pause))
        backlog, self._kept = self._kept, []
        answers = await self.device.post(backlog)
        again = await self.device.post(backlog)
        for command, answer, second in zip(backlog, answers, again, strict=True):
            self._taken(self.stage.ledger.said[command["data"]["item"]], answer)
            self.stage.ledger.repeated("record-comment", answer, second)
        self.device.offline = False


def change_of(old: str, new: str) -> list[list[Any]]:
    """The change that makes one text of another, as one place.

    Units: code points.
    """
    same = 0
    while same < min(len(old), len(new)) and old[same] == new[same]:
        same += 1
    tail = 0
    while tail < min(len(old), len(new)) - same and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    steps: list[list[Any]] = [
        ["keep", same], ["delete", old[same : len(old) - tail]], ["insert", new[same : len(new) - tail]],
        ["keep", tail],
    ]  # fmt: skip
    return [step for step in steps if step[1]]


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
