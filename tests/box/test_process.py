"""The box as a process of its own: killed in the middle of casts it goes on, and ends with its hub."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from facilitate.box.identity import Identity
from facilitate.box.messages import read_answer, signed_order
from facilitate.domain.stamped_papers import StampedPaper
from tests.box.people import HUB_SECRET, ORIGIN, as_body, filled_in, header
from tests.support.sources import ROOT
from tests.support.stamping import BID, Registrar


class BoxProcess:
    """A box that this test started as a hub does."""

    def __init__(self, folder: Path, **settings: str) -> None:
        self.folder = folder
        self.settings = settings
        self.hub = Identity(HUB_SECRET)
        self.port = 0
        self.start()

    def start(self) -> None:
        """Start it on the port that it had, and read what it says of itself."""
        env = {
            **os.environ, "PYTHONPATH": str(ROOT), "FACILITATE_BOX_HELD": "1",
            "FACILITATE_BOX_FOLDER": str(self.folder), "FACILITATE_BOX_PORT": str(self.port), **self.settings,
        }  # fmt: skip
        command = [sys.executable, "-m", "facilitate.server", "box"]
        self.process = subprocess.Popen(
            command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdin and self.process.stdout
        self.process.stdin.write(json.dumps({"hub": self.hub.public, "origins": [ORIGIN]}) + "\n")
        self.process.stdin.flush()
        self.said = json.loads(self.process.stdout.readline())
        self.port = self.said["port"]

    def kill(self) -> None:
        """End it as a power cut would."""
        self.process.kill()
        self.end()

    def end(self) -> None:
        """Close the pipe, as a hub does that ends."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        self.process.wait(30)
        self.process.stdout.close()

    def post(self, path: str, body: str, **headers: str) -> Any:
        """Send something on a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("POST", path, body, headers)
            return json.loads(connection.getresponse().read())
        finally:
            connection.close()

    def order(self, **order: Any) -> dict[str, Any]:
        """Give an order."""
        headers = {"Content-Type": "application/json"}
        answer = self.post("/orders", json.dumps(signed_order(self.hub, order)), **headers)
        return read_answer(answer, self.said["box"], order)

    def cast(self, paper: StampedPaper) -> Any:
        """Cast a paper; None where nobody answers."""
        headers = {"Origin": ORIGIN, "Content-Type": "text/plain"}
        try:
            return self.post("/cast", as_body(paper.as_bytes()), **headers)
        except (OSError, http.client.HTTPException):
            return None


@pytest.fixture(params=["eventlet", "gevent"])
def running(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    """A running box on each engine."""
    process = BoxProcess(tmp_path / "box", FACILITATE_ENGINE=request.param)
    yield process
    if process.process.poll() is None:
        process.end()


def test_a_box_killed_in_the_middle_of_casts_keeps_every_paper_it_gave_a_receipt_for(
    running: BoxProcess, registrar: Registrar
) -> None:
    running.order(act="announce", sequence=1, bid=BID, header=header(registrar))
    running.order(act="open", sequence=2, bid=BID)
    papers = [filled_in(registrar) for _ in range(24)]
    receipts: dict[int, Any] = {}

    def cast(mine: range) -> None:
        for number in mine:
            receipts[number] = running.cast(papers[number])

    threads = [threading.Thread(target=cast, args=(range(each, 24, 4),)) for each in range(4)]
    for thread in threads:
        thread.start()
    while len(receipts) < 6:
        threads[0].join(0.01)
    running.kill()
    for thread in threads:
        thread.join()
    running.start()
    kept = {number: answer for number, answer in receipts.items() if answer}
    assert len(kept) >= 6
    assert {number: running.cast(papers[number]) for number in kept} == kept
    for paper in papers:
        assert running.cast(paper)["ok"]
    order = {"act": "close", "sequence": 3, "bid": BID, "issued": [24, 0], "replaced": 0}
    first = running.order(**order)
    assert first["cast"] == [24, 0]
    running.kill()
    running.start()
    assert running.order(**order) == first


def test_the_box_ends_with_the_hub_that_started_it(running: BoxProcess) -> None:
    running.end()
    assert running.process.returncode == 0


def test_the_box_writes_no_log_of_requests(
    running: BoxProcess, registrar: Registrar, capfd: pytest.CaptureFixture[str]
) -> None:
    running.cast(filled_in(registrar))
    running.post("/cast", "short", Origin=ORIGIN)
    running.end()
    assert capfd.readouterr() == ("", "")
    assert {file.name for file in running.folder.iterdir()} <= {
        "box.db", "box.db-wal", "box.db-shm", "box.lock",
    }  # fmt: skip
    assert {file.stat().st_mode & 0o777 for file in running.folder.iterdir()} == {0o600}


def test_a_box_on_another_machine_shows_its_address_and_a_code(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "facilitate", "box", "--folder", str(tmp_path / "box"), "--port", "0"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    refused = subprocess.run(command, env=env, check=False, capture_output=True, text=True, timeout=120)
    assert refused.returncode == 1
    assert "reached by https alone" in refused.stderr
    command += ["--host", "127.0.0.1"]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            first = process.stdout.readline()
            assert re.search(r"type at the chair’s desk: http://\S+ and the code \w{8}$", first)
            assert process.stdout.readline().startswith("The ballot box listens at http://127.0.0.1")
        finally:
            process.terminate()
