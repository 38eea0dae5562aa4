"""Whoever watches robots hold the demo event can come in at once, and ends it all by ending the command."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import requests

from tests.support.sources import ROOT


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def until(look: Callable[[], bool], seconds: float = 90) -> None:
    end = time.monotonic() + seconds
    while not look():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.2)


def answers(port: int) -> bool:
    try:
        return requests.get(f"http://127.0.0.1:{port}/healthz", timeout=5).ok
    except requests.ConnectionError:
        return False


def votes_counted(port: int) -> bool:
    figures = requests.get(f"http://127.0.0.1:{port}/metrics", timeout=5).text
    return 'type="cast-vote"' in figures


def test_robots_vote_while_somebody_watches_and_leave_no_hub_behind(tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "facilitate", "--event", str(tmp_path / "demo"), "demo", "--robots"]
    command += ["--speed", "600", "--port", str(port)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "FACILITATE_BOX_PORT": "0"}
    running = subprocess.Popen(command, env=env, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        until(lambda: answers(port))
        until(lambda: votes_counted(port))
    finally:
        running.send_signal(signal.SIGTERM)
        said, _ = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "(REHEARSAL)" in said and f"http://localhost:{port}/in/" in said
    assert not answers(port)
