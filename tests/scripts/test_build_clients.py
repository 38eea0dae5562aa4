"""Before the event: what the build makes of the clients, and what a wheel carries to the venue."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from scripts.build_clients import build, fingerprint
from tests.support.sources import ROOT, text, tracked

CLIENTS = ROOT / "clients"
# What a delegate's phone loads first, in all, where 1,400 phones share one Wi-Fi.
DELEGATE_LIMIT = 40 * 1024


@pytest.fixture(scope="module")
def built() -> Path:
    build(CLIENTS)
    return CLIENTS / "dist"


def entry(built: Path, key: str) -> set[str]:
    """Every file that an entry loads before anything is pressed: itself, what it imports, its styles."""
    manifest = json.loads((built / "manifest.json").read_text())
    waiting, seen, loaded = [key], set[str](), set[str]()
    while waiting:
        part = manifest[waiting.pop()]
        if part["file"] not in seen:
            seen.add(part["file"])
            loaded |= {part["file"], *part.get("css", [])}
            waiting.extend(part.get("imports", []))
    return loaded


def facilitate_finds(folder: str, installed: Path) -> str:
    """Which folder the package finds when it is installed away from the project."""
    ask = f"import facilitate; print(facilitate.find_folder({folder!r}))"
    command = [sys.executable, "-c", ask]
    done = subprocess.run(
        command, cwd=installed, env={"PYTHONPATH": str(installed)}, check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def test_each_kind_of_device_has_its_entry(built: Path) -> None:
    manifest = json.loads((built / "manifest.json").read_text())
    entries = {key for key, part in manifest.items() if part.get("isEntry")}
    wanted = {f"{device}/main.ts" for device in ("facilitator", "delegate", "screen", "desk")}
    assert entries >= wanted | {"shared/base.css"}


def test_delegates_first_load_is_small(built: Path) -> None:
    sizes = {name: (built / f"{name}.br").stat().st_size for name in entry(built, "delegate/main.ts")}
    assert sum(sizes.values()) < DELEGATE_LIMIT, sizes


def test_every_script_and_style_lies_there_compressed(built: Path) -> None:
    for path in built.iterdir():
        if path.suffix in {".js", ".css"}:
            assert path.with_name(f"{path.name}.br").stat().st_size < path.stat().st_size + 10
            assert path.with_name(f"{path.name}.gz").is_file()


def test_no_built_file_names_another_server(built: Path) -> None:
    for path in built.glob("*.css"):
        found = re.search(r"url\(['\"]?(?!data:|/assets/)|@import", path.read_text())
        assert not found, f"{path.name}: {found}"


def test_unchanged_source_is_not_built_again(built: Path) -> None:
    before = (built / "manifest.json").stat().st_mtime_ns
    build(CLIENTS)
    assert (built / "manifest.json").stat().st_mtime_ns == before


def test_fingerprint_follows_the_source_and_not_what_is_made_of_it(tmp_path: Path) -> None:
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "base.css").write_text("p {}")
    first = fingerprint(tmp_path)
    (tmp_path / "dist").mkdir()
    (tmp_path / "dist" / "base.css").write_text("p{}")
    assert fingerprint(tmp_path) == first
    (tmp_path / "shared" / "base.css").write_text("q {}")
    assert fingerprint(tmp_path) != first


def test_wheel_carries_templates_and_built_clients(built: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        inside = set(wheel.namelist())
        wheel.extractall(tmp_path / "installed")
    templates = [path for path in tracked() if path.is_relative_to(ROOT / "templates")]
    wanted = {f"facilitate/{path.relative_to(ROOT).as_posix()}" for path in templates}
    wanted |= {f"facilitate/clients_dist/{path.name}" for path in built.iterdir()}
    assert wanted <= inside, wanted - inside
    found = [facilitate_finds(folder, tmp_path / "installed") for folder in ("templates", "clients")]
    assert all(Path(folder).is_relative_to(tmp_path) for folder in found), found


def test_scripts_are_sound_shell() -> None:
    scripts = [path for path in tracked() if text(path).startswith("#!/usr/bin/env bash")]
    assert {path.name for path in scripts} >= {"setup", "test", "demo", "serve", "run"}
    for path in scripts:
        subprocess.run(["bash", "-n", str(path)], check=True)
        assert path.stat().st_mode & 0o100, f"{path.name} cannot be run"
