"""What moves with an event: every row and key, between both kinds of databases; sign-ins stay behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from facilitate.domain.people import OPERATOR
from facilitate.store.rows import Paper, SessionRow
from facilitate.store.writer import Command
from tests.busy import acts
from tests.hosts import Host, office_with


def test_keys_move_with_the_event_and_sign_ins_do_not(office: Host, hall: Host) -> None:
    for name in ("cookie", "seal.crt", "seal.key", "hub.crt", "hub.key", "ca.crt"):
        (office.folder / "keys" / name).write_bytes(f"office {name}".encode())
    (hall.folder / "keys").mkdir(parents=True)
    for name in ("hub.crt", "hub.key"):
        (hall.folder / "keys" / name).write_bytes(f"hall {name}".encode())
    with office.hall() as event:
        from facilitate.actions.sessions import sign_in
        from tests.cast import KEY

        assert event.writer.write([Command("s", "sign-in", OPERATOR, lambda tx: sign_in(
            tx, {"code": event.code("Fay"), "token_hash": "a" * 64}), None)])[0].refusal is None  # fmt: skip
    hall.takes(office.gives(hall))
    keys = {path.name: path.read_bytes() for path in (hall.folder / "keys").iterdir() if path.is_file()}
    assert keys == {
        "sign-in": KEY, "cookie": b"office cookie", "seal.crt": b"office seal.crt",
        "seal.key": b"office seal.key", "hub.crt": b"hall hub.crt", "hub.key": b"hall hub.key",
    }  # fmt: skip
    assert all(path.stat().st_mode & 0o077 == 0 for path in (hall.folder / "keys").iterdir() if path.name in (
        "sign-in", "cookie", "seal.key"))  # fmt: skip
    for host, count in ((office, 1), (hall, 0)):
        with host.hall() as event, event.reads() as session:
            assert session.query(SessionRow).count() == count


# Between kinds of databases


@pytest.fixture(scope="module")
def busy(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Host:
    """An event in which everything has happened."""
    host = office_with(founded, tmp_path_factory.mktemp("busy") / "office")
    with host.hall() as hall:
        for _, act in acts(hall):
            act()
    return host


@pytest.fixture
def server(postgres_url: str, tmp_path: Path) -> Host:
    """A host whose event lies in PostgreSQL."""
    return Host(tmp_path / "server", postgres_url)


@pytest.mark.postgres
def test_every_row_moves_to_postgresql_and_back(busy: Host, server: Host, tmp_path: Path) -> None:
    office = office_with(busy.folder / "event.db", tmp_path / "office")
    before = office.images()
    server.takes(office.gives(server, "server"))
    moved = server.images()
    assert server.report().whole
    assert server.report().erased == office.report().erased
    office.takes(server.gives(office, "office"))
    assert office.report().whole and office.head()[0] == server.head()[0] + 1
    for name, rows in before.items():
        if name not in ("handovers", "journal", "journal_payloads", "journal_head"):
            assert moved[name] == rows, name
            assert office.images()[name] == rows, name
    assert len(before["papers"]) > 0 and Paper.__tablename__ in moved
    assert nulls(office) == nulls(busy)


def nulls(host: Host) -> list[int]:
    """In how many rows a result is not there, and in how many it is the word null."""
    with host.hall() as event, event.database.connect() as connection:
        there = "SELECT count(*), count(result) FROM ballots"
        words = "SELECT count(*) FROM ballots WHERE result = 'null'"
        return [*connection.execute(text(there)).one(), connection.execute(text(words)).scalar_one()]
