"""A real hub in a process of its own, on a free port, with an event in a folder of its own."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pytest
from playwright.sync_api import Page

from facilitate import open_house
from facilitate.config import Settings
from facilitate.office import new_event
from facilitate.queries.people import sign_ins
from facilitate.store.session import open_store, read_sessions
from tests.support.forked import ForkedHub, forkery
from tests.support.sources import ROOT

LISTENING = re.compile(r"listening on port (\d+)")
SECURE = re.compile(r"https at (\S+)")


def command_line(*arguments: str, environment: dict[str, str] | None = None) -> str:
    """Run `facilitate` as an operator would and give what it printed.

    Errors: fails the test with the command's own words where it leaves with another code than 0.
    """
    command = [sys.executable, "-m", "facilitate", *arguments]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})}
    done = subprocess.run(command, env=env, check=False, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, f"facilitate {' '.join(arguments)}: {done.stdout}{done.stderr}"
    return done.stdout


@dataclass(frozen=True)
class Way:
    """A way in: the role it gives, whose it is, and its code."""

    role: str
    label: str
    code: str


@dataclass
class Hub:
    """A running hub; `base` changes when it is started again on another port.

    Shape: `secure` is its address by https, once its event has a certificate.
    """

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    base: str = ""
    secure: str = ""
    process: subprocess.Popen[str] | ForkedHub | None = None

    def start(self) -> None:
        """Start it and wait until it says where it listens; a hub that starts again keeps its port."""
        env = {**os.environ, "PYTHONPATH": str(ROOT), "FACILITATE_PORT": self.port, **self.settings}
        env["FACILITATE_EVENT"] = str(self.folder)
        env["FACILITATE_HTTPS_PORT"] = self.secure.rpartition(":")[2] or "0"
        with (self.folder / "hub.log").open("a") as log:
            self.process = self._forked(env, log) or self._fresh(env, log)
        assert self.process.stdout
        self.base = f"http://127.0.0.1:{self._said(self.process.stdout, LISTENING)}"
        if (self.folder / "keys" / "hub.crt").exists():
            self.secure = self._said(self.process.stdout, SECURE)

    def _forked(self, env: dict[str, str], log: IO[str]) -> ForkedHub | None:
        asked = set(self.settings) & {"FACILITATE_ENGINE", "PYTHONPATH"}
        ready = forkery() if not asked or env.get("FACILITATE_ENGINE") == "eventlet" else None
        return ready.start(env, log.fileno()) if ready else None

    @staticmethod
    def _fresh(env: dict[str, str], log: IO[str]) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "facilitate.server"]
        return subprocess.Popen(command, env=env, stdout=subprocess.PIPE, stderr=log, text=True)

    @property
    def port(self) -> str:
        """The port it had, or 0 for any that is free."""
        return self.base.rpartition(":")[2] or "0"

    @property
    def log(self) -> str:
        """What it has written about itself so far."""
        return (self.folder / "hub.log").read_text()

    def _said(self, output: IO[str], what: re.Pattern[str]) -> str:
        for line in output:
            found = what.search(line)
            if found:
                return found.group(1)
        pytest.fail(f"The hub did not start:\n{self.log[-3000:]}")

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """End it, as an operator does or, with SIGKILL, as a power cut does."""
        if self.process is None:
            return
        self.process.send_signal(how)
        try:
            self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        if self.process.stdout:
            self.process.stdout.close()
        self.process = None

    @contextmanager
    def full_disk(self) -> Iterator[None]:
        """For as long as this lasts its process can write to no file, as on a disk without room."""
        assert self.process is not None
        before = resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, (0, before[1]))
        try:
            yield
        finally:
            resource.prlimit(self.process.pid, resource.RLIMIT_FSIZE, before)

    def ways(self) -> list[Way]:
        """Everybody's way in, as the operator prints them; read here, without a process for it."""
        database = open_store(
            self.settings.get("FACILITATE_DATABASE_URL") or f"sqlite+pysqlite:///{self.folder / 'event.db'}"
        )
        try:
            with read_sessions(database)() as session:
                found = sign_ins(session, (self.folder / "keys" / "sign-in").read_bytes())
        finally:
            database.dispose()
        return [Way(each.role, each.label, each.code) for each in found]

    def way(self, role: str) -> Way:
        """The first way in that gives this role."""
        return next(way for way in self.ways() if way.role == role)

    def sign_in(self, page: Page, code: str) -> None:
        """Sign a browser in with a code, and open what the hub then leads it to."""
        asked = {"form": {"code": code}, "headers": {"Origin": self.base}, "max_redirects": 0}
        answer = page.request.post(f"{self.base}/sessions", **asked)  # type: ignore[arg-type]
        assert answer.status == 303, answer.text()
        page.goto(self.base + answer.headers["location"])


@pytest.fixture
def new_hub(tmp_path: Path) -> Iterator[Callable[..., Hub]]:
    """Makes hubs for one test: `new_hub()` for a meeting, or with a preset, settings and a folder's name."""
    made: list[Hub] = []

    def make(preset: str = "meeting", *, name: str = "event", **settings: str) -> Hub:
        folder = tmp_path / name
        chosen = {f"FACILITATE_{key.upper()}": value for key, value in settings.items()}
        # As `facilitate new` does, without a second of processor to start it.
        url = chosen.get("FACILITATE_DATABASE_URL", f"sqlite+pysqlite:///{folder / 'event.db'}")
        house = open_house(Settings(folder, url))
        new_event(house, name.capitalize(), preset, "Europe/London")
        house.close()
        hub = Hub(folder, chosen)
        hub.start()
        made.append(hub)
        return hub

    yield make
    for hub in made:
        hub.stop()
