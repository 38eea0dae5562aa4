"""A real PostgreSQL of the test run's own, in a temporary folder, reached through a socket file in it."""

from __future__ import annotations

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psycopg2
import pytest

MISSING = "PostgreSQL is not installed; scripts/setup --test installs it on Debian."
# Nothing here outlives the run, so nothing need survive a power cut; and with hundreds of small databases
# the vacuum would go round and round.
FAST = (
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_connections=50",
    "autovacuum=off",
    "jit=off",
    "wal_level=minimal",
    "max_wal_senders=0",
    "checkpoint_timeout=1d",
)
names = count(1)


@dataclass(frozen=True)
class Postgres:
    """A running server: the folder of its socket, and who it runs as."""

    folder: Path
    account: str

    def url(self, database: str) -> str:
        """The address of a database in SQLAlchemy's writing."""
        return f"postgresql+psycopg2://{self.account}@/{database}?host={self.folder}"

    def run(self, statement: str) -> None:
        """Run one statement beside the databases of the tests."""
        connection = psycopg2.connect(host=str(self.folder), user=self.account, dbname="postgres")
        try:
            connection.autocommit = True
            connection.cursor().execute(statement)
        finally:
            connection.close()


def find_programs() -> Path | None:
    """The folder with the newest PostgreSQL's programs: Debian keeps them off the path."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"),
        key=lambda path: [int(part) for part in re.findall(r"\d+", str(path))],
    )
    if found:
        return found[-1].parent
    on_path = shutil.which("postgres")
    return Path(on_path).resolve().parent if on_path else None


def account() -> str:
    """PostgreSQL refuses to run as root; Debian's package brings an account for it."""
    return "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


def as_account(command: list[str]) -> list[str]:
    """The command, run by the account, and stopped by the kernel should the test run die."""
    if not shutil.which("setpriv"):
        return command if os.geteuid() else ["runuser", "-u", account(), "--", *command]
    drop = ["--reuid", account(), "--regid", account(), "--clear-groups"] if os.geteuid() == 0 else []
    return ["setpriv", *drop, "--pdeathsig", "INT", *command]


def wait_until_it_answers(server: Postgres, process: subprocess.Popen[bytes], log: Path) -> None:
    """Return once a connection works; fail with the server's own words when it ends first."""
    deadline = time.monotonic() + 60
    while True:
        try:
            server.run("SELECT 1")
        except psycopg2.OperationalError:
            if process.poll() is not None or time.monotonic() > deadline:
                pytest.fail(f"PostgreSQL did not start:\n{log.read_text()}")
            time.sleep(0.05)
        else:
            return


@contextmanager
def run_postgres(programs: Path, *settings: str) -> Iterator[Postgres]:
    """A server without a port, with some settings of its own, removed with its folder at the end."""
    folder = Path(tempfile.mkdtemp(prefix="facilitate-pg-"))
    data, log = folder / "data", folder / "log"
    if os.geteuid() == 0:
        shutil.chown(folder, account(), account())
    init = [str(programs / "initdb"), "-D", str(data), "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
    subprocess.run(as_account(init), check=True, capture_output=True, cwd=folder)
    options = [part for setting in (*FAST, *settings) for part in ("-c", setting)]
    command = [str(programs / "postgres"), "-D", str(data), "-k", str(folder), "-c", "listen_addresses="]
    with log.open("wb") as output:
        process = subprocess.Popen(
            as_account([*command, *options]), stdout=output, stderr=subprocess.STDOUT, cwd=folder
        )
    server = Postgres(folder, account())
    try:
        wait_until_it_answers(server, process, log)
        yield server
    finally:
        process.send_signal(signal.SIGINT)  # "fast": connections left open do not hold it up
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """Start a server for this run."""
    programs = find_programs()
    if programs is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    with run_postgres(programs) as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server: Postgres) -> Iterator[str]:
    """The address of an empty database that is this test's alone."""
    database = f"event_{next(names)}"
    postgres_server.run(f"CREATE DATABASE {database}")
    yield postgres_server.url(database)
    postgres_server.run(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
