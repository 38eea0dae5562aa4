"""How long news of a table takes to another device, again and again, measured in a process of its own."""

from __future__ import annotations

import asyncio
import json
import sys
import time

from facilitate.rehearsal.connection import Address
from facilitate.rehearsal.device import Device
from facilitate.rehearsal.known import new_id

PAUSE = 0.2


async def beat(base: str, passage: str, laptop_code: str, desk_code: str) -> None:
    """Let a laptop record points until told to stop; print when each was sent and how long it took."""
    laptop, desk = (Device(Address.read(base), code, code) for code in (laptop_code, desk_code))
    for device in (laptop, desk):
        await device.sign_in()
        device.start()
        await device.arrive()
    stop = asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)
    print("here", flush=True)
    found: list[tuple[float, float]] = []
    while not stop.done():
        item, sent = new_id(), time.monotonic()
        data = {
            "item": item, "n": len(found) + 1, "passage": passage, "round": None, "kind": "support",
            "agree": 3, "against": 1, "text": f"A point of {sent}.", "parent": None, "typed": len(found) + 1,
            "at": None, "ops": None, "base_hash": None,
        }  # fmt: skip
        answer = await laptop.submit("record-comment", data)
        assert answer["ok"], answer
        await desk.until(lambda here=item: desk.known.one("comment", here))  # type: ignore[misc]
        found.append((sent, time.monotonic() - sent))
        await asyncio.sleep(PAUSE)
    print(json.dumps(found), flush=True)
    for device in (laptop, desk):
        await device.stop()


if __name__ == "__main__":
    asyncio.run(beat(*sys.argv[1:]))
