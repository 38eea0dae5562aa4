"""What failed is run again by itself where it is little; much that failed is not a matter of chance."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.sources import ROOT


def asked(place: Path, failed: list[str] | None) -> tuple[int, str]:
    """How the script leaves, and what it prints, after a run in which these failed (None: no run)."""
    if failed is not None:
        kept = place / ".pytest_cache" / "v" / "cache"
        kept.mkdir(parents=True)
        (kept / "lastfailed").write_text(json.dumps(dict.fromkeys(failed, True)))
    command = [sys.executable, str(ROOT / "scripts" / "few_failed.py")]
    done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout


def test_few_that_failed_are_named(tmp_path: Path) -> None:
    left, printed = asked(tmp_path, ["tests/b.py::test_two", "tests/a.py::test_one"])
    assert left == 0
    assert printed.split() == ["Failed:", "tests/a.py::test_one", "tests/b.py::test_two"]


@pytest.mark.parametrize("failed", [None, [], [f"tests/a.py::test_{n}" for n in range(9)]])
def test_none_and_many_are_left_alone(tmp_path: Path, failed: list[str] | None) -> None:
    assert asked(tmp_path, failed) == (1, "")
