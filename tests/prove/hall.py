"""An event made for a proof: tables with a laptop each, and what its store holds in the end."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from facilitate import House, open_house
from facilitate.config import Settings
from facilitate.demo import all_sign_ins, make_demo
from facilitate.office import run
from facilitate.queries.people import SignIn
from facilitate.queries.verify import verify_event
from facilitate.rehearsal.content import Size, read_content
from facilitate.store.rows import Comment, JournalEntry, Passage


@dataclass
class Hall:
    """One event in its hall, without a hub."""

    folder: Path
    url: str
    ways: list[SignIn] = field(default_factory=list)
    passages: list[str] = field(default_factory=list)

    @property
    def settings(self) -> Settings:
        """How a house opens it."""
        return Settings(self.folder, self.url, log_level="ERROR")

    @property
    def environment(self) -> dict[str, str]:
        """How a hub finds it."""
        return {"FACILITATE_EVENT": str(self.folder), "FACILITATE_DATABASE_URL": self.url}

    @property
    def passage(self) -> str:
        """The passage of which all speak, where it does not matter which it is."""
        return self.passages[0]

    @contextmanager
    def open(self) -> Iterator[House]:
        """The event's house for a moment."""
        house = open_house(self.settings)
        try:
            yield house
        finally:
            house.close()

    def laptops(self) -> list[SignIn]:
        """The laptops' ways in, one for each table."""
        return [way for way in self.ways if way.role == "facilitator" and way.label.startswith("Laptop")]

    def add_people(self, role: str, count: int) -> list[SignIn]:
        """So many more people with a role, and their ways in."""
        rows = [{"name": f"Reader {number}", "roles": [role]} for number in range(count)]
        with self.open() as house:
            run(house, "import-people", {"rows": rows})
            names = {row["name"] for row in rows}
            return [way for way in all_sign_ins(house) if way.label in names]

    def way(self, role: str) -> SignIn:
        """The first way in that gives a role."""
        return next(way for way in self.ways if way.role == role)

    def comments(self) -> dict[str, str]:
        """What the store holds: id to text."""
        with self.open() as house, house.reads() as session:
            return dict(session.query(Comment.id, Comment.text).tuples())

    def numbers(self) -> dict[str, int]:
        """The journal number under which each comment was recorded."""
        with self.open() as house, house.reads() as session:
            found = session.query(JournalEntry.subject, JournalEntry.number).filter(
                JournalEntry.action == "comment-recorded"
            )
            return {subject.removeprefix("comment:"): number for subject, number in found}

    def differences(self) -> list[str]:
        """Where chain, payloads and rows do not agree."""
        with self.open() as house, house.reads() as session:
            return verify_event(session).differences


def make_hall(folder: Path, tables: int, url: str = "") -> Hall:
    """Make an event in a folder, open, with so many tables."""
    hall = Hall(folder, url or f"sqlite+pysqlite:///{folder / 'event.db'}")
    with hall.open() as house:
        make_demo(house, read_content(Size(tables, tables, 1)), rehearsal=True)
        run(house, "open-event", {})
        hall.ways = all_sign_ins(house)
        with house.reads() as session:
            hall.passages = list(session.scalars(select(Passage.id).order_by(Passage.position)))
    return hall


@contextmanager
def scratch_hall(tables: int) -> Iterator[Hall]:
    """The same in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="facilitate-proof-") as folder:
        yield make_hall(Path(folder), tables)
