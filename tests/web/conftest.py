"""The cast's event behind a real hub in a process of its own, on either engine."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from facilitate.queries.people import sign_ins
from facilitate.store.session import open_store, read_sessions
from tests.cast import KEY
from tests.people import Hall, open_hall
from tests.support.hub import Hub
from tests.web.device import Device

ENGINES = ("eventlet", "gevent")


class Served:
    """A running hub with the cast in it, and the way to a device of anybody."""

    def __init__(self, hub: Hub, database: Engine) -> None:
        self.hub = hub
        self.database = database
        self.hall = Hall(database, count=itertools.count(500_000))
        with read_sessions(database)() as session:
            self.codes = {each.label: each.code for each in sign_ins(session, KEY)}

    def device(self, name: str) -> Device:
        """A device of somebody of the cast, by the code on their badge."""
        return Device(self.hub.base, self.codes[name])

    def passage(self, reference: str) -> str:
        """A passage's id by its reference."""
        return self.hall.passage(reference)


def _folder(path: Path) -> Path:
    (path / "keys").mkdir(parents=True)
    (path / "keys" / "sign-in").write_bytes(KEY)
    return path


class Server:
    """Serves the cast's event from folders of its own, and ends what it started."""

    def __init__(self, place: Path, founded: Path) -> None:
        self.place = place
        self.founded = founded
        self.made: list[Served] = []

    def __call__(self, engine: str, url: str = "", *, event: dict[str, Any] | None = None) -> Served:
        """A hub with the cast's event in its first round, by default on SQLite; `event` changes settings."""
        folder = _folder(self.place / f"event-{len(self.made)}")
        chosen = {"FACILITATE_ENGINE": engine, "FACILITATE_DATABASE_URL": url}
        if url:
            database = open_hall(url).database
        else:
            shutil.copy(self.founded, folder / "event.db")
            database = open_store(f"sqlite+pysqlite:///{folder / 'event.db'}")
        served = Served(Hub(folder, {key: value for key, value in chosen.items() if value}), database)
        self.made.append(served)
        if event:
            served.hall.office("set-event", {"settings": event})
        served.hall.reaches("Homes that are built")
        served.hub.start()
        return served

    def close(self) -> None:
        """End every hub."""
        for served in self.made:
            served.hub.stop()
            served.database.dispose()


@pytest.fixture
def serve(tmp_path: Path, founded: Path) -> Iterator[Server]:
    """Serves the cast's event for one test: `serve("gevent")`, or with a database's address."""
    server = Server(tmp_path, founded)
    yield server
    server.close()


@pytest.fixture(params=ENGINES, scope="module")
def served(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, founded: Path
) -> Iterator[Served]:
    """The cast's event in its first round, behind a hub on each engine; the tests of a file share it."""
    server = Server(tmp_path_factory.mktemp("served"), founded)
    yield server(request.param)
    server.close()
