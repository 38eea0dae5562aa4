"""The short form of every proof; `scripts/prove capture` makes the long one."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

from tests.prove.__main__ import PROOFS
from tests.support.sources import ROOT

# Those that wait for disks stand in a file of their own, so that two workers share the minute of all.
DISKS = ("battery", "failing-disk")
OTHERS = [(group, name) for group in PROOFS for name in PROOFS[group] if name not in DISKS]


def holds_in_short(group: str, name: str) -> None:
    """Make the short form of one proof, which has to hold."""
    command = [sys.executable, "-m", "tests.prove", group, "--short", "--json", "--only", name]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True, timeout=240)
    assert done.stdout, done.stderr[-3000:]
    proof = json.loads(done.stdout)[0]
    assert done.returncode == 0 and proof["verdict"] != "FAILED", proof
    if proof["skipped"]:
        pytest.skip(proof["skipped"])


@pytest.mark.slow
@pytest.mark.parametrize(("group", "name"), OTHERS)
def test_the_short_proof_holds_and_its_mutants_are_caught(group: str, name: str) -> None:
    holds_in_short(group, name)
