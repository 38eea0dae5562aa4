"""Rehearsal: how long a comment takes from the key press on one table's laptop to another's."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from statistics import median
from time import perf_counter
from typing import Any

from facilitate.rehearsal.device import Device
from facilitate.rehearsal.known import new_id

TURNS = 20
_WITHIN = 30.0


class Laptops:
    """All tables' laptops, every one of which hears what the others say on one passage."""

    def __init__(self, devices: Sequence[Device], passage: str) -> None:
        self.devices = devices
        self.passage = passage
        self._typed = 0

    def _point(self, text: str) -> dict[str, Any]:
        self._typed += 1
        return {
            "item": new_id(), "n": self._typed, "passage": self.passage, "round": None, "kind": "support",
            "agree": 1, "against": 0, "text": text, "parent": None, "typed": self._typed, "at": None,
            "ops": None, "base_hash": None,
        }  # fmt: skip

    async def speak(self) -> None:
        """Let each table speak once: only then does it hear the others."""
        said = (device.submit("record-comment", self._point("Here we are.")) for device in self.devices)
        for answer in await asyncio.gather(*said):
            if not answer["ok"]:
                raise RuntimeError(answer["refusal"]["sentence"])
        # What all have said is told to all before anything is measured.
        await asyncio.sleep(2.0)

    async def measure(self) -> tuple[float, float]:
        """One comment after another, each from another table.

        Shape: until it came to any one other laptop, until it came to the last; medians.
        Units: milliseconds.
        """
        turns = [await self._one(self.devices[turn % len(self.devices)]) for turn in range(TURNS)]
        one, last = (1000 * median(times) for times in zip(*turns, strict=True))
        return round(one, 1), round(last, 1)

    async def _one(self, writer: Device) -> tuple[float, float]:
        others = [device for device in self.devices if device is not writer]
        point, came = self._point("Heard by all."), list[float]()
        everywhere = asyncio.Event()

        def heard(batch: dict[str, Any]) -> None:
            if any(change[:2] == ["comment", point["item"]] for change in batch["changes"]):
                came.append(perf_counter())
                if len(came) >= len(others):
                    everywhere.set()

        for device in others:
            device.heard = heard
        # Nobody presses keys in step with the hub.
        await asyncio.sleep(0.1 * writer.chance.random())
        pressed = perf_counter()
        await writer.submit("record-comment", point)
        async with asyncio.timeout(_WITHIN):
            await everywhere.wait()
        for device in others:
            device.heard = None
        return median(came) - pressed, came[-1] - pressed
