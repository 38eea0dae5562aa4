"""Rehearsal: a teller: certifies the result of every stamped ballot, so that it is published."""

from __future__ import annotations

from typing import Any

from facilitate.rehearsal.device import Device
from facilitate.rehearsal.stage import Stage

KEEPS = frozenset({"event", "ballot"})
# The other teller was quicker, or the result published itself.
_OVERTAKEN = frozenset({"certified-already", "ballot-state"})


class TellerRobot:
    """One of two tellers."""

    def __init__(self, device: Device, stage: Stage) -> None:
        self.device = device
        self.stage = stage
        self._done: set[str] = set()

    async def run(self) -> None:
        """Certify whatever is counted until everything is over."""
        ledger = self.stage.ledger
        while not self.stage.over:
            ballot = await self.device.until(self._next)
            self._done.add(ballot["id"])
            ledger.asked("certify-result")
            answer = await self.device.submit("certify-result", {"ballot": ballot["id"]})
            code = None if answer["ok"] else answer["refusal"]["code"]
            ledger.answered("certify-result", answer, wanted=code if code in _OVERTAKEN else None)

    def _next(self) -> dict[str, Any] | None:
        ballots = self.device.known.all("ballot").values()
        return next((each for each in ballots if self._waits(each)), None)

    def _waits(self, ballot: dict[str, Any]) -> bool:
        counted = ballot["trust"] == "stamped" and ballot["state"] == "provisional"
        return counted and ballot["id"] not in self._done
