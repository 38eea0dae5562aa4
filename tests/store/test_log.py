"""What was deleted is in no file of the event once its log is empty."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from facilitate.store.session import empty_log, open_store

SECRET = "a key that waited for a paper"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return open_store(f"sqlite+pysqlite:///{tmp_path / 'event.db'}")


def write(engine: Engine, *statements: str) -> None:
    with engine.execution_options(writing=True).begin() as connection:
        for statement in statements:
            connection.execute(text(statement))


def content(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


def test_nothing_of_a_deleted_row_stays_in_the_files(engine: Engine, tmp_path: Path) -> None:
    write(engine, "CREATE TABLE kept (name TEXT)", f"INSERT INTO kept VALUES ('{SECRET}')")
    assert empty_log(engine)
    assert SECRET.encode() in content(tmp_path)
    write(engine, "DELETE FROM kept")
    assert empty_log(engine)
    assert SECRET.encode() not in content(tmp_path)


def test_log_is_left_alone_while_somebody_reads(engine: Engine, tmp_path: Path) -> None:
    write(engine, "CREATE TABLE kept (name TEXT)")
    with engine.connect() as reader:
        assert reader.execute(text("SELECT count(*) FROM kept")).scalar_one() == 0
        write(engine, f"INSERT INTO kept VALUES ('{SECRET}')")
        assert not empty_log(engine)
    assert empty_log(engine)
    assert (tmp_path / "event.db-wal").stat().st_size == 0
