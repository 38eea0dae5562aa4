"""The two verifiers of boards: the script that everybody may read, and the browser's code in Node.js."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from contextlib import redirect_stdout
from dataclasses import asdict
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol
from unittest.mock import patch

from scripts.build_clients import install, node_tools
from tests.prove.boards import Seen
from tests.prove.child import CLIENTS, ROOT

SCRIPT = ROOT / "scripts" / "verify_ballot.py"
BUNDLE = ROOT / "build" / "proof" / "boards.mjs"
# A fault in the script: the check that it leaves out.
LEFT_OUT = {
    "signatures": 'if not signed(paper["key"], to_sign, paper["signature"]):',
    "stamps": 'if not stamped(int(group["n"], 16), group["e"], to_stamp, paper["stamp"]):',
    "root": 'if sha256(b"facilitate-board/1\\0", sha256(canonical(header)), leaves).hex() != root:',
}


class Auditor(Protocol):
    """Whoever holds a board's file against what was on the screen."""

    name: str

    def fault(self, text: str, seen: Seen) -> str:
        """What is wrong with it; nothing where it is proven."""

    def stop(self) -> None:
        """Go home."""


class Script:
    """scripts/verify_ballot.py in this process, whole or with one check left out."""

    name = "script"

    def __init__(self, folder: Path, mutant: str = "") -> None:
        source = SCRIPT.read_text(encoding="utf-8")
        if mutant:
            assert source.count(LEFT_OUT[mutant]) == 1, f"The script has no check of {mutant} any more."
            source = source.replace(LEFT_OUT[mutant], "if False:")
        self._module = ModuleType("verify_ballot")
        exec(compile(source, SCRIPT, "exec"), self._module.__dict__)
        self._place = folder / f"board-{mutant}.json"

    def fault(self, text: str, seen: Seen) -> str:
        """What it printed of a fault; nothing where it ended with 0."""
        self._place.write_text(text, encoding="utf-8", newline="")
        printed = io.StringIO()
        with patch.object(sys, "argv", arguments(self._place, seen)), redirect_stdout(printed):
            code = 0
            try:
                self._module.main()
            except SystemExit as end:
                code = int(end.code or 0)
        said = printed.getvalue()
        assert code == (1 if said.startswith("FAULT:") else 0), said
        return said.strip() if code else ""

    def stop(self) -> None:
        """Nothing is left behind but the folder."""


def arguments(place: Path, seen: Seen) -> list[str]:
    """What somebody types."""
    return [str(SCRIPT), str(place), "--root", seen.root, "--key", seen.key, "--issued", str(seen.issued)]


def run_alone(text: str, seen: Seen, folder: Path) -> str:
    """The script as anybody runs it, away from all that is installed; the fault that it found, or nothing."""
    place = folder / "board.json"
    place.write_text(text, encoding="utf-8", newline="")
    command = [sys.executable, "-I", "-S", *arguments(place, seen)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return "" if done.returncode == 0 and not done.stderr else done.stdout + done.stderr


def bundle(entry: str = "proof/boards.ts", into: Path = BUNDLE) -> Path:
    """Bundle what the browser has of boards for Node.js."""
    env, npm = node_tools()
    install(CLIENTS, env, npm)
    tool = str(CLIENTS / "node_modules" / ".bin" / "rolldown")
    command = [tool, entry, "--format", "esm", "--platform", "node", "-o", str(into), "--logLevel", "warn"]
    subprocess.run(command, cwd=CLIENTS, env=env, check=True, capture_output=True)
    return into


class Child:
    """A bundle in Node.js that answers each line of JSON with one."""

    def __init__(self, script: Path, *mutants: str) -> None:
        env, _npm = node_tools()
        self._child = subprocess.Popen(
            ["node", str(script), *mutants], env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def order(self, **what: Any) -> dict[str, Any]:
        """Give one order, and wait for its answer."""
        assert self._child.stdin is not None and self._child.stdout is not None
        self._child.stdin.write(json.dumps(what) + "\n")
        self._child.stdin.flush()
        line = self._child.stdout.readline()
        if not line:
            raise RuntimeError(f"The child ended with {self._child.wait()}.")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def stop(self) -> None:
        """End the child."""
        assert self._child.stdin is not None
        self._child.stdin.close()
        self._child.wait(timeout=10)


class Browser:
    """clients/ballot in Node.js."""

    name = "browser"

    def __init__(self, script: Path, *mutants: str) -> None:
        self._child = Child(script, *mutants)

    def fault(self, text: str, seen: Seen) -> str:
        """The codes of what is wrong; nothing where it is proven."""
        known = asdict(seen)
        found = self._child.order(text=text, seen={**known, "keys": known["key"]})
        return " ".join(found["faults"])

    def stop(self) -> None:
        """End the child."""
        self._child.stop()
