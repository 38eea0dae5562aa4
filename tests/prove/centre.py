"""A hub without doors, over a real event file: it can die in a commit, and go on from an older copy."""

from __future__ import annotations

import shutil
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sqlalchemy import event, select

from facilitate.config import Settings
from facilitate.queries.people import device_actor, person_actor
from facilitate.queries.verify import verify_event
from facilitate.store.rows import Comment, Device, Person, Track
from facilitate.store.session import open_store, read_sessions, write_sessions
from facilitate.store.writer import Writer
from facilitate.web.hub import Hub
from facilitate.web.resume import answer_laptops
from tests.people import Hall, open_hall

# Everything happens at once and in one thread: whoever waits is served before the next line runs.
_AT_ONCE = SimpleNamespace(spawn=lambda work, *given: work(*given), sleep=lambda _seconds: None)
NINE = datetime(2027, 3, 27, 9, 30, tzinfo=UTC)
CHAIR = "Amara"


class Killed(BaseException):
    """The hub's process is no more."""


def make_template(folder: Path, **settings: Any) -> Path:
    """An event with its tables in the first round, as a file to copy."""
    file = folder / "template.db"
    hall = open_hall(f"sqlite+pysqlite:///{file}", **settings)
    hall.reaches("Homes that are built")
    assert hall.presses() == "start-clock"
    with hall.database.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    hall.database.dispose()
    return file


def copy_event(file: Path, to: Path) -> None:
    """Copy an event's file as a sudden end would leave it: with its log, without what is only in memory."""
    for end in ("", "-wal"):
        source = file.with_name(file.name + end)
        target = to.with_name(to.name + end)
        if source.exists():
            shutil.copyfile(source, target)
        else:
            target.unlink(missing_ok=True)
    to.with_name(to.name + "-shm").unlink(missing_ok=True)


class Centre:
    """The hub of all runs, one after another, over a file that is a fresh copy for each."""

    def __init__(self, folder: Path, template: Path) -> None:
        self.folder, self.template = folder, template
        self.file = folder / "event.db"
        copy_event(template, self.file)
        # One engine for all runs remembers the statements that it has put together once.
        self.database = open_store(f"sqlite+pysqlite:///{self.file}")
        event.listen(self.database, "commit", self._committing)

    def begin(self) -> None:
        """Start a run over a fresh copy of the event."""
        self.clock = NINE
        self._dies: str | None = None
        self._died = False
        # A hub that starts again gives no name twice.
        self._ids, self._salts = count(500_000), count(1)
        self._go_on_from(self.template)

    def _go_on_from(self, file: Path) -> None:
        """End at once, and start again with what a file holds."""
        self.database.dispose()
        copy_event(file, self.file)
        self.start()

    def start(self) -> None:
        """Start serving what the file holds."""
        self.hall = Hall(self.database, count=self._ids)
        writer = Writer(
            write_sessions(self.database),
            self.now,
            self.hall.new_id,
            lambda: f"{next(self._salts):032x}",
            b"key",
        )
        self.hall.writer = writer
        settings = Settings(self.folder, str(self.database.url))
        self.hub = Hub(settings, read_sessions(self.database), writer, _AT_ONCE, self.hall.new_id)
        answer_laptops(self.hub)
        with self.hall.reads() as session:
            tables = select(Device.id, Device.table_number).where(Device.table_number.is_not(None))
            self._devices = {int(at or 0): device_actor(session, id_) for id_, at in session.execute(tables)}
            self._chair = person_actor(
                session, session.scalars(select(Person.id).where(Person.name == CHAIR)).one()
            )
            self.track, self.round = session.execute(select(Track.id, Track.current_item)).one()

    def now(self) -> datetime:
        """The hub's clock; it moves whenever it is asked."""
        self.clock += timedelta(seconds=1)
        return self.clock

    def asked(self, table: int, command: dict[str, Any], dies: str | None = None) -> dict[str, Any] | None:
        """What the laptop of a table is answered; nothing where the hub dies before or after its commit."""
        self._dies, self._died = dies, False
        answer = None
        with suppress(Killed):
            answer = self.hub.answer(self._devices[table], command)
        self._dies = None
        if self._died:
            self._go_on_from(self.file.with_name("killed.db"))
            return answer
        if dies is not None:
            # It died after the commit, and nobody hears of it.
            self.restart()
            return None
        return answer

    def chair(self, verb: str, data: dict[str, Any]) -> dict[str, Any]:
        """What the chair does, and is granted."""
        command = {"id": self.hall.new_id(), "type": verb, "data": {"track": self.track, **data}}
        answer = self.hub.answer(self._chair, command)
        assert answer["ok"], answer
        return dict(answer["result"])

    def _committing(self, connection: Any) -> None:
        if self._dies == "before" and connection.get_execution_options().get("writing"):
            copy_event(self.file, self.file.with_name("killed.db"))
            self._died = True
            raise Killed

    def restart(self) -> None:
        """End at once and start again."""
        self.database.dispose()
        self.start()

    def back_up(self) -> None:
        """Copy the event beside itself."""
        copy_event(self.file, self.file.with_name("backup.db"))

    def go_back(self) -> None:
        """Go on from the copy."""
        self._go_on_from(self.file.with_name("backup.db"))

    def comments(self) -> list[Comment]:
        """What stands in the store of the tables' points, in the order of their references."""
        with self.hall.reads() as session:
            return list(session.scalars(select(Comment).order_by(Comment.table_number, Comment.serial)))

    def differences(self) -> list[str]:
        """Where the record does not agree with itself."""
        with self.hall.reads() as session:
            return verify_event(session).differences

    def stop(self) -> None:
        """End for good."""
        self.database.dispose()
