"""The tests' own PostgreSQL: fresh for each test, and the version that Debian brings."""

from __future__ import annotations

from sqlalchemy import create_engine, text


def test_each_test_gets_an_empty_database(postgres_url: str) -> None:
    engine = create_engine(postgres_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE seats (number integer PRIMARY KEY)"))
        assert connection.execute(text("SELECT count(*) FROM seats")).scalar_one() == 0
    engine.dispose()


def test_what_another_test_made_is_not_there(postgres_url: str) -> None:
    engine = create_engine(postgres_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT to_regclass('seats')")).scalar_one() is None
        assert connection.execute(text("SHOW server_version_num")).scalar_one() >= "150000"
    engine.dispose()
