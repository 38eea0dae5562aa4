"""The other tables in a process of their own, at low priority: quiet for a while, then all at once."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

from facilitate.rehearsal.connection import Address
from tests.prove.laptop import Laptop

NICE = 10
# Of each minute so many seconds are a burst; every table then sends one point in five seconds.
BURST, MINUTE, PAUSE = 20, 60, 5.0
_AT_ONCE = 20


async def talk(base: str, passages: list[str], codes: list[str], minutes: float) -> None:
    """Let every table talk in bursts, and say on the way how much was typed."""
    gate, loop = asyncio.Semaphore(_AT_ONCE), asyncio.get_running_loop()
    laptops = [
        Laptop(Address.read(base), code, f"Table {place}", passages[place % len(passages)], place)
        for place, code in enumerate(codes, 1)
    ]

    async def arrive(laptop: Laptop) -> None:
        async with gate:
            await laptop.start()
            await laptop.device.arrive()

    await asyncio.gather(*map(arrive, laptops))
    print("here", flush=True)
    began, turn = loop.time(), 0
    while turn < minutes:
        stop = asyncio.Event()
        loop.call_later(min(BURST, MINUTE * (minutes - turn)), stop.set)
        await asyncio.gather(*(laptop.type_on(PAUSE, stop) for laptop in laptops))
        turn += 1
        typed = sum(laptop.typed for laptop in laptops)
        print(f"{typed} {sum(len(laptop.acknowledged) for laptop in laptops)}", flush=True)
        await asyncio.sleep(max(0.0, began + MINUTE * min(turn, minutes) - loop.time()))
    await asyncio.gather(*(laptop.stop() for laptop in laptops))


if __name__ == "__main__":
    os.nice(NICE)
    address, given, how_long, file = sys.argv[1:]
    asyncio.run(talk(address, given.split(","), Path(file).read_text().split(), float(how_long)))
