"""Rehearsal: who comes when a table calls for help, and who answers the tables' questions."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from facilitate.rehearsal.device import Device
from facilitate.rehearsal.stage import Stage

AREA_KEEPS = frozenset({"event", "table", "call"})
DESK_KEEPS = frozenset({"event", "question"})
ANSWERED, MOST = 0.5, 40
ANSWERS = (
    "The commission has no figure of its own yet; it asks the councils for theirs by May.",
    "Yes. The text says “homes” and means flats as well.",
    "The money comes from the fund that the passage before this one names.",
    "No. Nobody loses what they have today; the passage is about new agreements.",
)
# What a table does meanwhile, or a colleague: no fault of the hub.
_OVERTAKEN = frozenset(
    {"unknown-question", "question-merged", "claimed-already", "call-ended", "already-seen"}
)


class Answering(ABC):
    """What both kinds of answering robots do alike."""

    def __init__(self, device: Device, stage: Stage) -> None:
        self.device = device
        self.stage = stage
        self._seen: set[str] = set()

    async def run(self) -> None:
        """Answer whatever comes until everything is wrapped up."""
        while not self.stage.over:
            found = await self.device.until(self._next)
            self.stage.busy += 1
            try:
                await self._answer(found)
            finally:
                self.stage.busy -= 1

    @abstractmethod
    def _next(self) -> dict[str, Any] | None:
        """What waits for this robot, if anything does."""

    @abstractmethod
    async def _answer(self, found: dict[str, Any]) -> None:
        """Do what is to be done about it."""

    async def _do(self, kind: str, data: dict[str, Any]) -> bool:
        ledger = self.stage.ledger
        ledger.asked(kind)
        answer = await self.device.submit(kind, data)
        code = None if answer["ok"] else answer["refusal"]["code"]
        return ledger.answered(kind, answer, wanted=code if code in _OVERTAKEN else None)


class AreaRobot(Answering):
    """An area facilitator: sees a call, goes, and closes it."""

    def _next(self) -> dict[str, Any] | None:
        if self.stage.wrapping:
            return None
        calls: list[dict[str, Any]] = list(self.device.known.all("call").values())
        waiting = (c for c in calls if c["state"] == "waiting" and self._cry(c) not in self._seen)
        return next(waiting, None)

    def _cry(self, call: dict[str, Any]) -> str:
        """A call with everything that was cried so far; what is added is heard anew."""
        return f"{call['id']} {len(call['cries'])}"

    async def _answer(self, found: dict[str, Any]) -> None:
        self._seen.add(self._cry(found))
        await self.stage.wait(self.stage.seconds(0.5) * self.device.chance.random())
        if await self._do("acknowledge-help", {"call": found["id"]}):
            await self.stage.wait(self.stage.seconds(2) * self.device.chance.random())
            await self._do("close-help", {"call": found["id"]})


class ResourceRobot(Answering):
    """A resource person: shares what is asked twice, writes an answer and publishes it; some stay open."""

    def _next(self) -> dict[str, Any] | None:
        if self.stage.wrapping or len(self._seen) >= MOST:
            return None
        questions: list[dict[str, Any]] = list(self.device.known.all("question").values())
        return next((q for q in questions if q["state"] == "open" and q["id"] not in self._seen), None)

    async def _answer(self, found: dict[str, Any]) -> None:
        chance, question = self.device.chance, found["id"]
        self._seen.add(question)
        await self.stage.wait(self.stage.seconds(1) * chance.random())
        if chance.random() > ANSWERED or not await self._do("claim-question", {"question": question}):
            return
        await self._share(found)
        text = ANSWERS[chance.randrange(len(ANSWERS))]
        if not await self._do("answer-question", {"question": question, "answer": text}):
            return
        if await self._do("publish-answer", {"question": question}):
            self.stage.ledger.answers[question] = text

    async def _share(self, found: dict[str, Any]) -> None:
        others = [
            other["id"]
            for other in self.device.known.all("question").values()
            if other["text"] == found["text"] and other["state"] == "open" and other["id"] != found["id"]
        ]
        self._seen.update(others)
        if others:
            await self._do("merge-questions", {"into": found["id"], "from": others[:5], "text": None})
