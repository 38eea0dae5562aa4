"""The settings: the command line before the environment, the environment before the file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from facilitate.config import read_settings
from facilitate.domain.refusal import Refused
from tests.support.sources import ROOT, text


@pytest.fixture(autouse=True)
def empty_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in os.environ:
        if name.startswith("FACILITATE_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def test_file_beside_the_operator_is_read() -> None:
    Path(".env").write_text("FACILITATE_PORT=9191\n")
    assert read_settings().port == 9191


def test_environment_comes_before_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".env").write_text("FACILITATE_PORT=9191\n")
    monkeypatch.setenv("FACILITATE_PORT", "9292")
    assert read_settings().port == 9292
    assert read_settings(port=9393).port == 9393


def test_example_file_says_what_holds_without_it() -> None:
    without = read_settings()
    Path(".env").write_text(text(ROOT / ".env.example"))
    assert read_settings() == without


def test_host_that_is_no_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FACILITATE_HOST", "the hall")
    with pytest.raises(Refused) as refused:
        read_settings()
    assert refused.value.code == "bad-setting"


def test_engine_is_chosen_by_the_file_too() -> None:
    Path(".env").write_text("FACILITATE_ENGINE=steam\n")
    command = [sys.executable, "-W", "ignore", "-m", "facilitate", "serve"]
    environment = {"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]}
    done = subprocess.run(command, env=environment, check=False, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert "“steam”; it can be eventlet or gevent" in done.stderr
