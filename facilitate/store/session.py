"""Every stage: opens the event's database, makes it durable and refuses to start where it would not be."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event, inspect, text
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session, sessionmaker

from facilitate.domain.refusal import Refused
from facilitate.sqlite import refuse_old_sqlite
from facilitate.store.rows import Row

_MIGRATIONS = Path(__file__).parent / "migrations"
_WRITES = ("INSERT", "UPDATE", "DELETE")
# What is deleted is overwritten: stamps that waited for papers do not lie on in free pages.
_PRAGMAS = (
    "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "busy_timeout=15000",
)  # fmt: skip


def open_store(url: str) -> Engine:
    """An engine for the event's database, with durability read back.

    Errors: `sqlite-too-old`, `sqlite-not-durable`.
    Source: capture.md, At the hub.
    """
    place = make_url(url)
    if place.get_backend_name() == "sqlite":
        engine = _open_sqlite(url)
    else:
        # Psycopg 3, the default, freezes a hub of green threads (0002-write-path.md).
        place = place.set(drivername="postgresql+psycopg2")
        engine = create_engine(place, hide_parameters=True, pool_size=10, max_overflow=20, pool_pre_ping=True)
    event.listen(engine, "before_cursor_execute", _count_writes)
    return engine


def _open_sqlite(url: str) -> Engine:
    from pysqlite3 import dbapi2  # needed for this backend alone

    refuse_old_sqlite(dbapi2.sqlite_version)
    engine = create_engine(
        url, module=dbapi2, hide_parameters=True,
        connect_args={"timeout": 15, "check_same_thread": False},
    )  # fmt: skip
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    with engine.connect() as connection:
        mode = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
        full = connection.exec_driver_sql("PRAGMA synchronous").scalar_one()
    if mode != "wal" or full != 2:
        raise Refused(
            "sqlite-not-durable",
            f"The database answers journal_mode={mode}, synchronous={full}; WAL and FULL are needed. "
            "Keep the event's folder on a local disk.",
        )
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # The driver's own transaction control breaks savepoints: it is switched off and BEGIN is sent below.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _count_writes(connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    if statement.startswith(_WRITES):
        connection.info["writes"] = connection.info.get("writes", 0) + 1


def read_sessions(engine: Engine) -> sessionmaker[Session]:
    """Sessions that only read."""
    return sessionmaker(engine, autoflush=False)


def write_sessions(engine: Engine) -> sessionmaker[Session]:
    """Sessions of the one writer; on SQLite they take the write lock at once."""
    return sessionmaker(engine.execution_options(writing=True), autoflush=True)


def migrate(url: str) -> None:
    """Bring the database up to the newest shape."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    engine = open_store(url)
    try:
        with engine.execution_options(writing=True).begin() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()


def has_our_shape(engine: Engine) -> bool:
    """Whether a database has the shape that this software knows: not a newer one, nor one of its own."""
    found = inspect(engine)
    tables = {table.name: {column.name for column in table.columns} for table in Row.metadata.sorted_tables}
    there = {name: {column["name"] for column in found.get_columns(name)} for name in found.get_table_names()}
    return {name: there.get(name) for name in tables} == tables


def is_known_revision(engine: Engine) -> bool:
    """Whether this software can bring a database to the newest shape, or it has that already."""
    with engine.connect() as connection:
        found = MigrationContext.configure(connection).get_current_revision()
    return found in {script.revision for script in ScriptDirectory(str(_MIGRATIONS)).walk_revisions()}


def empty_log(engine: Engine) -> bool:
    """Write what is in the log into the database and empty it, unless somebody reads or writes just now.

    Shape: whether it is empty; true where the database keeps no log of its own.
    """
    if engine.dialect.name != "sqlite":
        return True
    raw = engine.raw_connection()
    cursor = raw.cursor()
    try:
        # Whoever it would wait for may be a part of this very process.
        cursor.execute("PRAGMA busy_timeout=0")
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return not busy
    finally:
        cursor.execute("PRAGMA busy_timeout=15000")
        raw.close()


def is_answering(engine: Engine) -> bool:
    """Whether the database answers a question now."""
    with engine.connect() as connection:
        return bool(connection.execute(text("SELECT 1")).scalar_one() == 1)
