"""Table laptops in a Node.js child: the clients' own outbox, told what to do by lines of JSON."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from scripts.build_clients import install, node_tools

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = ROOT / "clients"
BUNDLE = ROOT / "build" / "proof" / "laptops.mjs"


def bundle() -> Path:
    """Bundle the laptops anew; it takes less than a second."""
    env, npm = node_tools()
    install(CLIENTS, env, npm)
    tool = CLIENTS / "node_modules" / ".bin" / "rolldown"
    command = [
        tool,
        "proof/main.ts",
        "--format",
        "esm",
        "--platform",
        "node",
        "-o",
        BUNDLE,
        "--logLevel",
        "warn",
    ]
    subprocess.run([str(part) for part in command], cwd=CLIENTS, env=env, check=True, capture_output=True)
    return BUNDLE


class Laptops:
    """The child: every order is answered by what the laptops did until they were quiet again."""

    def __init__(self, script: Path, *mutants: str) -> None:
        env, _npm = node_tools()
        self._child = subprocess.Popen(
            ["node", str(script), *mutants], env=env, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def order(self, do: str, laptop: str = "", **what: Any) -> tuple[list[dict[str, Any]], Any]:
        """Give one order; what was told meanwhile, and the order's own result."""
        assert self._child.stdin is not None and self._child.stdout is not None
        self._child.stdin.write(json.dumps({"do": do, "laptop": laptop, **what}) + "\n")
        self._child.stdin.flush()
        line = self._child.stdout.readline()
        if not line:
            raise RuntimeError(f"The laptops' process ended with {self._child.wait()}.")
        answer = json.loads(line)
        return answer["told"], answer["result"]

    def stop(self) -> None:
        """End the child."""
        assert self._child.stdin is not None
        self._child.stdin.close()
        self._child.wait(timeout=10)
