"""Hosts between which the tests move an event: each a folder, and a database of one of both kinds."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from facilitate.config import Settings
from facilitate.handover.give import Given, give, take_back_event
from facilitate.handover.keys import make_invitation
from facilitate.handover.take import Taken, take
from facilitate.queries.verify import Report, verify_event
from facilitate.store.journal import head_of
from facilitate.store.rows import JournalEntry, Row, image
from facilitate.store.session import open_store, read_sessions
from tests.cast import KEY
from tests.people import Hall

_IDS = itertools.count(1_000_000, 100_000)


@dataclass(frozen=True)
class Host:
    """One machine with its folder."""

    folder: Path
    url: str = ""

    @property
    def settings(self) -> Settings:
        """What the commands are told."""
        return Settings(self.folder, self.url or f"sqlite+pysqlite:///{self.folder / 'event.db'}")

    @contextmanager
    def hall(self) -> Iterator[Hall]:
        """Its event, as the tests' people use it."""
        hall = Hall(open_store(self.settings.database_url), count=itertools.count(next(_IDS)))
        yield hall
        hall.database.dispose()

    def gives(self, to: Host, name: str = "hall") -> Given:
        """Hand the event over to another host, by an invitation that this one makes."""
        invitation = make_invitation(to.folder, name)
        return give(self.settings, invitation, self.folder.parent / f"{invitation.mark}.event")

    def takes(self, given: Given) -> Taken:
        """Take a bundle."""
        return take(self.settings, given.place)

    def takes_back(self, reason: str = "The stick fell into the canal.") -> None:
        """Go on without the bundle."""
        take_back_event(self.settings, reason)

    def head(self) -> tuple[int, str]:
        """The journal's end."""
        with self.hall() as hall, hall.reads() as session:
            return head_of(session)

    def report(self) -> Report:
        """What verifying finds."""
        with self.hall() as hall, hall.reads() as session:
            return verify_event(session)

    def says(self, text: str, who: str = "Fay") -> None:
        """Let a table say something here."""
        with self.hall() as hall:
            hall.as_(who).says(text)

    def is_refused(self) -> str:
        """Try to say something here, and say by which code it was refused."""
        with self.hall() as hall:
            data = {"item": hall.new_id(), "n": 1, "passage": hall.passage("HOU-1.1"), "kind": "idea",
                    "agree": 1, "against": 0, "text": "Said too late."}  # fmt: skip
            return hall.as_("Fay").is_refused("record-comment", data)

    def handovers(self) -> list[str]:
        """What the journal says of moves."""
        with self.hall() as hall, hall.reads() as session:
            found = session.query(JournalEntry).order_by(JournalEntry.number)
            return [entry.action for entry in found if entry.subject.startswith("handover:")]

    def images(self) -> dict[str, list[dict[str, Any]]]:
        """Every row of every table, those of sessions aside."""
        tables = [each.class_ for each in Row.registry.mappers if each.class_.__tablename__ != "sessions"]
        with read_sessions(open_store(self.settings.database_url))() as session:
            found = {t.__tablename__: [image(row) for row in session.query(t)] for t in tables}
        return {name: sorted(rows, key=repr) for name, rows in found.items()}


def office_with(source: str | Path, place: Path) -> Host:
    """A host with a copy of an event."""
    (place / "keys").mkdir(parents=True, mode=0o700)
    (place / "keys" / "sign-in").write_bytes(KEY)
    shutil.copy(source, place / "event.db")
    return Host(place)
