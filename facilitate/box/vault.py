"""Ballots: the box's database: papers under their random keys, without order, time or address."""

from __future__ import annotations

import fcntl
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pysqlite3 import dbapi2

from facilitate.box.identity import Identity
from facilitate.domain.refusal import Refused
from facilitate.sqlite import refuse_old_sqlite

# Without rowids: a number for each row would tell in which order the papers came.
_SHAPE = (
    "CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TABLE IF NOT EXISTS orders
    (sequence INTEGER PRIMARY KEY, hash BLOB NOT NULL, answer TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS ballots
    (hash BLOB PRIMARY KEY, header TEXT NOT NULL, state TEXT NOT NULL) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS papers
    (ballot BLOB NOT NULL, key BLOB NOT NULL, paper BLOB NOT NULL, PRIMARY KEY (ballot, key))
    WITHOUT ROWID""",
)
# What is deleted is overwritten, and nothing of it lies in files beside the database.
_PRAGMAS = (
    "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY", "journal_size_limit=0",
)  # fmt: skip
# The box’s key lies with its papers: a box that lost them is another box, and everybody sees it.
_OWN_KEY = "own-key"


class Vault:
    """One box's folder and database."""

    def __init__(self, folder: Path) -> None:
        refuse_old_sqlite(dbapi2.sqlite_version)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        folder.chmod(0o700)
        self.folder = folder
        self._lock = threading.RLock()
        self._held = _hold(folder / "box.lock")
        # Nobody but this process reads or writes here, and it waits for no one in a transaction.
        self._db = dbapi2.connect(str(folder / "box.db"), isolation_level=None, check_same_thread=False)
        for pragma in _PRAGMAS:
            self._db.execute(f"PRAGMA {pragma}").fetchall()
        self._refuse_not_durable()
        with self.writing() as db:
            for statement in _SHAPE:
                db.execute(statement)
            db.execute("INSERT OR IGNORE INTO facts VALUES (?, ?)", (_OWN_KEY, secrets.token_hex(32)))

    def _refuse_not_durable(self) -> None:
        mode, full = self.one("PRAGMA journal_mode")[0], self.one("PRAGMA synchronous")[0]
        if mode != "wal" or full != 2:
            raise Refused(
                "sqlite-not-durable",
                f"The box’s database answers journal_mode={mode}, synchronous={full}; WAL and FULL are "
                "needed. Keep the box’s folder on a local disk.",
            )

    @contextmanager
    def writing(self) -> Iterator[Any]:
        """One transaction: on disk when this ends, or not at all."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else reads or writes meanwhile."""
        with self._lock:
            yield

    def one(self, question: str, *values: Any) -> Any:
        """The first row of an answer, or None."""
        with self._lock:
            return self._db.execute(question, values).fetchone()

    def all(self, question: str, *values: Any) -> list[Any]:
        """All rows of an answer."""
        with self._lock:
            return list(self._db.execute(question, values).fetchall())

    def identity(self) -> Identity:
        """The box's own key, made with its database."""
        return Identity(bytes.fromhex(self.fact(_OWN_KEY) or ""))

    def fact(self, name: str) -> str | None:
        """Something that the box knows of itself."""
        found = self.one("SELECT value FROM facts WHERE name = ?", name)
        return str(found[0]) if found else None

    def learn(self, name: str, value: str) -> None:
        """Write down something that the box knows of itself."""
        with self.writing() as db:
            db.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def tidy(self) -> None:
        """Write the database anew in the order of its keys and empty its log: the order of arrival goes."""
        with self._lock:
            self._db.execute("VACUUM")
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Let go of the files."""
        with self._lock:
            self._db.close()
            self._held.close()


def _hold(place: Path) -> Any:
    """Keep a second process from serving the same folder.

    Errors: `box-in-use`.
    """
    held = place.open("w")
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        held.close()
        raise Refused("box-in-use", f"Another process serves the ballot box in {place.parent}.") from error
    return held
