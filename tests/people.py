"""The people of the tests and what they do, in a small event that is really built."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select

from facilitate.actions import carry_out
from facilitate.actions.event import make_event
from facilitate.domain.people import OPERATOR, Actor, audiences_of
from facilitate.domain.refusal import Refused
from facilitate.queries import View, snapshot
from facilitate.queries.people import device_actor, person_actor, sign_ins
from facilitate.store.journal import Entry
from facilitate.store.rows import Device, Passage, Person, Row, Track
from facilitate.store.session import migrate, open_store, read_sessions, write_sessions
from facilitate.store.writer import Answer, Command, Writer, body_hash
from facilitate.wire import COMMANDS, parse
from tests.cast import BLOCKS, CAST, DELEGATIONS, KEY, START, TABLES, as_row, devices, document, programme
from tests.support.postgres import Postgres

_NAMES = itertools.count(1)


@dataclass
class Clock:
    """A clock that moves by one second whenever it is asked, and further when a test says so."""

    moment: datetime = START

    def __call__(self) -> datetime:
        self.moment += timedelta(seconds=1)
        return self.moment

    def forward(self, **by: float) -> None:
        """Let time pass."""
        self.moment += timedelta(**by)


@dataclass
class Hall:
    """One event of the tests, with its store, its one writer and its people."""

    database: Engine
    clock: Clock = field(default_factory=Clock)
    count: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        self.reads = read_sessions(self.database)
        self.told: list[Entry] = []
        salts = itertools.count(1)
        self.writer = Writer(
            write_sessions(self.database), self.clock, self.new_id, lambda: f"{next(salts):032x}", KEY
        )
        self.writer.after_commit.append(self.told.extend)

    def new_id(self) -> str:
        """An id as devices and the hub make them."""
        return f"01900000-0000-7000-8000-{next(self.count):012d}"

    def as_(self, name: str) -> Somebody:
        """A person of the cast, or a device by its label."""
        return Somebody(self, name)

    def write(self, actor: Actor, verb: str, data: dict[str, Any], command: str | None = None) -> Answer:
        """Hand one command to the writer, as a door would."""
        given = parse(COMMANDS[verb], data) if verb in COMMANDS else data
        body = data if verb in COMMANDS and verb != "cast-vote" else None
        asked = Command(command or self.new_id(), verb, actor, lambda tx: carry_out(tx, verb, given), body)
        assert body is None or body_hash(body)
        return self.writer.write([asked])[0]

    def office(self, verb: str, data: dict[str, Any]) -> dict[str, Any]:
        """What the clerk does at the machine itself."""
        answer = self.write(OPERATOR, verb, data)
        if answer.refusal:
            raise answer.refusal
        return answer.result

    def found(self, **settings: Any) -> None:
        """Make the event of the cast: a document, people, three tables, a screen, a running order."""
        made = {"name": "Autumn forum", "preset": "forum", "settings": settings}
        answer = self.writer.write(
            [Command("founding", "make-event", OPERATOR, lambda tx: make_event(tx, made), None)]
        )
        assert answer[0].refusal is None
        self.office("import-delegations", {"rows": [dict(row) for row in DELEGATIONS]})
        self.office("import-document", document())
        self.office("write-programme", programme())
        tables = [{"number": n, "track": "Hall", "block": BLOCKS[n]} for n in TABLES]
        self.office("make-tables", {"tables": tables})
        self.office("import-people", {"rows": [as_row(*each) for each in CAST]})
        for verb, data in devices(self.track):
            self.office(verb, data)

    @property
    def track(self) -> str:
        """The id of the only track."""
        with self.reads() as session:
            return session.scalars(select(Track.id)).one()

    def code(self, name: str) -> str:
        """The code on somebody's badge."""
        with self.reads() as session:
            return next(way.code for way in sign_ins(session, KEY) if way.label == name)

    def passage(self, reference: str) -> str:
        """A passage's id by its reference."""
        with self.reads() as session:
            return session.scalars(select(Passage.id).where(Passage.reference == reference)).one()

    def row(self, table: type[Row], key: Any) -> Any:
        """One row as it stands in the store."""
        with self.reads() as session:
            return session.get_one(table, key)

    def sees(self, audience: str) -> dict[str, dict[str, Any]]:
        """Everything that an audience sees now: kind to id to value."""
        with self.reads() as session:
            return snapshot(View(session, self.clock.moment), audience)

    def presses(self) -> str:
        """Let the chair press the main button as the desk shows it, and say what it did."""
        step = self.sees("desk")["track"][self.track]["step"]
        asked = {"track": self.track, "verb": step["verb"], "subject": step["subject"]}
        done = self.as_("Amara").does("take-step", asked)
        return str(done["done"])

    def reaches(self, title: str) -> str:
        """Let the chair press on until an item is reached; its id."""
        for _ in range(30):
            found = [i for i in self.sees("desk")["item"].values() if i["title"] == title]
            if found[0]["state"] == "current":
                return str(found[0]["id"])
            self.presses()
        raise AssertionError(f"{title} was never reached")


@dataclass(frozen=True)
class Somebody:
    """One person or device of the cast, and what they do."""

    hall: Hall
    name: str

    @property
    def id(self) -> str:
        """The id of the person or device."""
        with self.hall.reads() as session:
            person = session.scalar(select(Person.id).where(Person.name == self.name))
            return person or session.scalars(select(Device.id).where(Device.label == self.name)).one()

    @property
    def actor(self) -> Actor:
        """Who the hub takes this person for."""
        with self.hall.reads() as session:
            actor = person_actor(session, self.id) or device_actor(session, self.id)
            assert actor is not None
            return actor

    def asks(self, verb: str, data: dict[str, Any] | None = None, command: str | None = None) -> Answer:
        """Ask for something and take the answer, whatever it is."""
        return self.hall.write(self.actor, verb, data or {}, command)

    def does(
        self, verb: str, data: dict[str, Any] | None = None, command: str | None = None
    ) -> dict[str, Any]:
        """Do something that is granted."""
        answer = self.asks(verb, data, command)
        if answer.refusal:
            raise answer.refusal
        return answer.result

    def is_refused(self, verb: str, data: dict[str, Any] | None = None) -> str:
        """Ask for something that is not granted, and say by which code it was refused."""
        answer = self.asks(verb, data)
        assert answer.refusal is not None, f"{self.name} was let do {verb}"
        return answer.refusal.code

    def says(self, text: str, passage: str = "HOU-1.1", **other: Any) -> str:
        """Record a comment at this table; its id."""
        item = other.pop("item", None) or self.hall.new_id()
        self.does("record-comment", {
            "item": item, "n": 1, "passage": self.hall.passage(passage), "kind": "concern", "agree": 3,
            "against": 1, "text": text, **other,
        })  # fmt: skip
        return str(item)

    def sees(self) -> dict[str, dict[str, dict[str, Any]]]:
        """Everything that reaches this person's devices: audience to kind to id to value."""
        return {a: self.hall.sees(a) for a in audiences_of(self.actor, echo=True)}


def refused(code: str) -> Any:
    """Expect a refusal with this code."""
    return pytest.raises(Refused, match=rf"^{code}: ")


def open_hall(url: str, **settings: Any) -> Hall:
    """A new event with the cast in it, in an empty database."""
    migrate(url)
    hall = Hall(open_store(url))
    hall.found(**settings)
    return hall


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The event of the cast as a file, built once."""
    path = tmp_path_factory.mktemp("founded") / "event.db"
    hall = open_hall(f"sqlite+pysqlite:///{path}")
    with hall.database.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    hall.database.dispose()
    return path


@pytest.fixture(scope="session")
def founded_postgres(postgres_server: Postgres) -> str:
    """The event of the cast as a database of PostgreSQL, built once; its name."""
    postgres_server.run("CREATE DATABASE founded")
    open_hall(postgres_server.url("founded")).database.dispose()
    return "founded"


@dataclass(frozen=True)
class Stage:
    """What tests copy to begin with: a file or a database, and how far its clock and its ids have come."""

    source: str
    moment: datetime = START
    ids: int = 100_000

    def opened(self, url: str) -> Hall:
        """A copy of it at this address, for one test."""
        return Hall(open_store(url), Clock(self.moment), itertools.count(self.ids))


def _talk(stage: Stage, url: str) -> Stage:
    """Let the event at this address go on to its first round, whose clock runs."""
    hall = stage.opened(url)
    hall.reaches("Homes that are built")
    assert hall.presses() == "start-clock"
    hall.database.dispose()
    return Stage(stage.source, hall.clock.moment, next(hall.count))


@pytest.fixture(scope="session")
def founded_talking(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """The event of the cast in its first round as a file, brought there once."""
    path = shutil.copy(founded, tmp_path_factory.mktemp("talking") / "event.db")
    return _talk(Stage(str(path)), f"sqlite+pysqlite:///{path}")


@pytest.fixture(scope="session")
def postgres_talking(postgres_server: Postgres, founded_postgres: str) -> Stage:
    """The same as a database of PostgreSQL."""
    postgres_server.run(f"CREATE DATABASE talking TEMPLATE {founded_postgres}")
    return _talk(Stage("talking"), postgres_server.url("talking"))


@pytest.fixture
def hall(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hall]:
    """The event of the cast, before it is opened or where `talking` has it; every test has its own."""
    talks = "talking" in request.fixturenames
    if getattr(request, "param", "sqlite") == "postgresql":
        server, name = request.getfixturevalue("postgres_server"), f"hall_{next(_NAMES)}"
        given = request.getfixturevalue("postgres_talking" if talks else "founded_postgres")
        stage = given if talks else Stage(given)
        server.run(f"CREATE DATABASE {name} TEMPLATE {stage.source}")
        url = server.url(name)
    else:
        given = request.getfixturevalue("founded_talking" if talks else "founded")
        stage = given if talks else Stage(str(given))
        shutil.copy(stage.source, tmp_path / "event.db")
        url = f"sqlite+pysqlite:///{tmp_path / 'event.db'}"
    hall = stage.opened(url)
    yield hall
    hall.database.dispose()


@pytest.fixture
def talking(hall: Hall) -> Hall:
    """The event of the cast in its first round, with the clock running."""
    return hall
