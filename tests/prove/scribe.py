"""A child process that writes through the real actions, writer and store, and says what was acknowledged."""

from __future__ import annotations

import itertools
import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any, NoReturn

from sqlalchemy import Engine, create_engine, event, select
from uuid6 import uuid7

from facilitate import House, open_house
from facilitate.actions import carry_out
from facilitate.domain.people import Actor
from facilitate.queries.people import device_actor
from facilitate.store import session as store
from facilitate.store.rows import Device
from facilitate.store.writer import Command, Transaction
from tests.prove.hall import Hall

Pragmas = tuple[str, ...]
_OPENS = store._open_sqlite.__name__
# What makes a database lose what it acknowledged, by the name of the fault.
LOOSE: dict[str, Pragmas] = {
    "synchronous-normal": ("journal_mode=WAL", "synchronous=NORMAL"),
    "rollback-journal": ("journal_mode=DELETE", "synchronous=FULL"),
}


def _open_loosely(pragmas: Pragmas) -> Callable[[str], Engine]:
    def prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (*pragmas, "foreign_keys=ON", "busy_timeout=15000"):
            connection.execute(f"PRAGMA {pragma}")

    def open_sqlite(url: str) -> Engine:
        from pysqlite3 import dbapi2

        engine = create_engine(url, module=dbapi2, connect_args={"check_same_thread": False})
        event.listen(engine, "connect", prepare)
        event.listen(engine, "begin", store._begin_sqlite)
        return engine

    return open_sqlite


class Scribe:
    """The child: `acknowledged` gives what it has said so far; it is killed, never asked to end."""

    def __init__(self, hall: Hall, seed: int, fault: str | None) -> None:
        self._reading, writing = os.pipe()
        self._rest = b""
        self.pid = os.fork()
        if self.pid == 0:
            os.close(self._reading)
            _write_on(hall, seed, fault, writing)
        os.close(writing)

    def first(self) -> list[str]:
        """Wait for the first acknowledgements."""
        return self._read()

    def _read(self) -> list[str]:
        *whole, self._rest = (self._rest + os.read(self._reading, 1 << 20)).split(b"\n")
        return [line.decode() for line in whole]

    def kill(self) -> list[str]:
        """End it at once; everything that it had said by then."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        said: list[str] = []
        while more := self._read():
            said += more
        os.close(self._reading)
        return said


def _write_on(hall: Hall, seed: int, fault: str | None, told: int) -> NoReturn:
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        if fault:
            setattr(store, _OPENS, _open_loosely(LOOSE[fault]))
        house = open_house(replace(hall.settings, log_level="CRITICAL"))
        _comments(house, hall, Random(seed), told)
    finally:
        os._exit(1)


def _comments(house: House, hall: Hall, chance: Random, told: int) -> NoReturn:
    with house.reads() as session:
        devices = session.scalars(select(Device.id).where(Device.table_number.is_not(None))).all()
        actors = [actor for device in devices if (actor := device_actor(session, device))]
    numbers = itertools.count(1)
    while True:
        batch = [_comment(hall, chance.choice(actors), next(numbers)) for _ in range(chance.randint(1, 4))]
        answers = house.writer.write([command for command, _ in batch])
        items = [item for (_, item), answer in zip(batch, answers, strict=True) if not answer.refusal]
        if items:
            os.write(told, "".join(f"{item}\n" for item in items).encode())
        time.sleep(chance.random() * 0.01)


def _comment(hall: Hall, actor: Actor, n: int) -> tuple[Command, str]:
    item = str(uuid7())
    data: dict[str, Any] = {
        "item": item, "n": n, "passage": hall.passage, "round": None, "kind": "support", "agree": 2,
        "against": 0, "text": f"Point {item}", "parent": None, "typed": n, "at": None, "ops": None,
        "base_hash": None,
    }  # fmt: skip

    def work(tx: Transaction) -> dict[str, Any]:
        return carry_out(tx, "record-comment", data)

    return Command(str(uuid7()), "record-comment", actor, work, data), item
