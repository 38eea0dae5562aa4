"""The bench measures what it says, at a size that suits a test; how fast this machine is, is no test."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from facilitate.config import read_settings
from facilitate.domain.refusal import Refused
from tests.support.sources import ROOT

KEYS = {
    "asked", "joined", "join_s", "push_last_ms", "emit_last_ms", "acks_per_s", "acks_per_s_without_store",
    "cpu_us_per_ack", "kib_per_connection", "ratio_store", "ratio_push", "hole_repaired_s",
    "key_to_laptop_ms", "key_to_laptop_ms_without_store", "key_to_last_laptop_ms", "laptops",
}  # fmt: skip


def test_a_small_bench_has_every_figure() -> None:
    size = ["--devices", "20", "--tables", "6", "--ballots", "1"]
    command = [sys.executable, "-m", "facilitate", "bench", *size, "--json"]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        command, env=env, cwd=ROOT, check=False, capture_output=True, text=True, timeout=300
    )
    figures = json.loads(done.stdout)
    assert set(figures) >= KEYS, done.stderr
    assert figures["asked"] == figures["joined"] == figures["votes"] == 20
    assert figures["laptops"] == 6
    assert figures["holes_noticed"] == 1
    assert figures["hole_repaired_s"] < 10
    assert all(figures[key] > 0 for key in KEYS - {"kib_per_connection", "cpu_us_per_ack"})


def test_a_hub_without_a_store_is_for_the_bench_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FACILITATE_STORE_OFF", "1")
    with pytest.raises(Refused) as refused:
        read_settings(tmp_path)
    assert refused.value.code == "bad-setting"
