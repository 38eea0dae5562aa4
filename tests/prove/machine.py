"""Proof 5: real outboxes and the real store under a network and people that may do anything at any time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.prove.chances import Machine
from tests.prove.child import ROOT, bundle
from tests.prove.proof import Proof
from tests.prove.seeded import AT_THE_HUB, AT_THE_LAPTOP
from tests.prove.story import Scene

STEPS = 60
RUNS, SHORT_RUNS, MOST_FOR_A_MUTANT = 2_000, 10, 400
# The quick ones; the long form tries them all.
SHORT_MUTANTS = ("kept-before-it-is-written", "last-edit-stands")
# How often in a run, on the average, something has to have happened.
LEAST = {
    "corrections": 2, "crashes of a laptop": 4, "local stores lost": 1, "crashes of the hub": 1,
    "requests dropped": 1, "answers lost": 0.4, "duplicates and late comers": 2,
    "hubs gone back to a copy": 0.1, "laptops swapped": 0.1,
}  # fmt: skip


def play(scene: Scene, runs: int, chosen: int) -> str:
    """So many runs; what the first that failed says, or nothing."""
    machine = type("Played", (Machine,), {"scene": scene})
    how = settings(
        max_examples=runs, stateful_step_count=STEPS, deadline=None, database=None,
        suppress_health_check=list(HealthCheck), phases=[Phase.generate], report_multiple_bugs=False,
    )  # fmt: skip
    try:
        run_state_machine_as_test(seed(chosen)(machine), settings=how)
    except Exception as error:
        return "\n".join([f"{type(error).__name__}: {error}", *getattr(error, "__notes__", [])])
    return ""


class Player:
    """Runs in a process of their own, which has a fault or none."""

    def __init__(self, script: Path, runs: int, chosen: int, mutant: str = "") -> None:
        command = [sys.executable, "-m", "tests.prove.machine", str(script), str(runs), str(chosen), mutant]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    def outcome(self) -> dict[str, Any]:
        """What came of it."""
        told, _ = self._process.communicate()
        if not told:
            return {"failed": f"The runs ended with {self._process.returncode}.", "counts": {}}
        return dict(json.loads(told.splitlines()[-1]))


def _processes() -> int:
    return min(2, os.cpu_count() or 1)


def _in_pairs(players: Sequence[tuple[int, int, str]], script: Path) -> list[dict[str, Any]]:
    outcomes = []
    for start in range(0, len(players), _processes()):
        started = [Player(script, *each) for each in players[start : start + _processes()]]
        outcomes += [each.outcome() for each in started]
    return outcomes


def prove(short: bool) -> Proof:
    """All runs without a fault, then with each fault until it is found."""
    proof, script = Proof("machine"), bundle()
    runs = (SHORT_RUNS if short else RUNS) // _processes()
    counts: Counter[str] = Counter()
    for outcome in _in_pairs([(runs, number, "") for number in range(_processes())], script):
        counts.update(outcome["counts"])
        if outcome["failed"]:
            proof.failures.append(outcome["failed"])
    proof.figures |= {"runs": counts.pop("runs", 0), "steps each": STEPS, **dict(sorted(counts.items()))}
    for name, share in LEAST.items():
        proof.figures.setdefault(name, 0)
        if not short:
            proof.want(name, least=int(share * RUNS))
    mutants = SHORT_MUTANTS if short else (*AT_THE_LAPTOP, *AT_THE_HUB)
    found = _in_pairs([(MOST_FOR_A_MUTANT, 7, mutant) for mutant in mutants], script)
    proof.mutants |= {name: bool(each["failed"]) for name, each in zip(mutants, found, strict=True)}
    for name, each in zip(mutants, found, strict=True):
        proof.figures[f"runs until found: {name}"] = each["counts"].get("runs", 0)
    return proof


def main(script: str, runs: str, chosen: str, mutant: str = "") -> None:
    """Play in this process and say in JSON what came of it."""
    if mutant in AT_THE_HUB:
        AT_THE_HUB[mutant]()
    scene = Scene(Path(script), *([mutant] if mutant in AT_THE_LAPTOP else []))
    try:
        failed = play(scene, int(runs), int(chosen))
    finally:
        scene.close()
    print(json.dumps({"failed": failed, "counts": scene.counts}))


if __name__ == "__main__":
    main(*sys.argv[1:])
