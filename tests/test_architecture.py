"""The rules of the house: where imports may go, what the domain may know, how long a thing may be."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.build_clients import node_tools
from tests.support.sources import ROOT, files, imports, name, text, tree

FUNCTION_LIMIT = 40
FILE_LIMIT = 300

# file -> why it may be as long as it is; an exception that nothing needs any more fails the test too.
LONG_FILES: dict[str, str] = {}
# "file:function" -> why.
LONG_FUNCTIONS: dict[str, str] = {
    "tests/test_event_life.py:test_the_life_of_an_event": "it reads as the event goes, from first to last",
}

ENGINES = re.compile(r"\b(eventlet|gevent|greenlets?|psycogreen)\b", re.IGNORECASE)
# Where to ask for the time or for chance; the domain is given both.
CLOCKS_AND_DICE = {"time", "random", "secrets", "os", "uuid6", "threading", "asyncio", "sched"}
ASKING = {
    *(f"datetime.{question}" for question in ("now", "utcnow", "today")),
    *(f"uuid.uuid{kind}" for kind in (1, 4, 6, 7, 8)),
    *(f"uuid{kind}" for kind in (1, 4, 6, 7, 8)),
    "date.today",
}


# Alembic writes a migration, one table after another, and nobody changes it afterwards.
WRITTEN_BY_ALEMBIC = "facilitate/store/migrations/versions/"


def written_by_hand(*suffixes: str) -> list[Path]:
    ours = (path for folder in ("facilitate", "tests", "scripts") for path in files(*suffixes, under=folder))
    return [path for path in ours if not name(path).startswith(WRITTEN_BY_ALEMBIC)]


def dotted(node: ast.AST) -> str:
    """`datetime.datetime.now` as its last two parts, `datetime.now`."""
    return ".".join(ast.unparse(node).split(".")[-2:]) if isinstance(node, ast.Attribute | ast.Name) else ""


# 1: imports go one way


def test_imports_go_one_way() -> None:
    command = [str(Path(sys.executable).with_name("lint-imports")), "--no-cache"]
    done = subprocess.run(command, cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_command_line_imports_no_engine_and_no_server() -> None:
    command_line = [
        path for path in files(".py", under="facilitate") if name(path).startswith("facilitate/cli")
    ]
    assert command_line
    for path in command_line:
        assert not {module for module in imports(path) if module.startswith("facilitate.server")}, name(path)


def test_every_package_stands_in_a_rule_of_imports() -> None:
    rules = tomllib.loads(text(ROOT / "pyproject.toml"))["tool"]["importlinter"]["contracts"]
    named = set(re.findall(r"facilitate\.\w+", str(rules)))
    packages = {f"facilitate.{path.parent.name}" for path in (ROOT / "facilitate").glob("*/__init__.py")}
    assert packages <= named, packages - named


# 2: the domain is pure


def test_domain_imports_only_the_standard_library() -> None:
    for path in files(".py", under="facilitate/domain"):
        for module in imports(path):
            top = module.split(".")[0]
            ours = module.startswith("facilitate.domain") or module == "facilitate"
            assert ours or top in sys.stdlib_module_names, f"{name(path)} imports {module}"


def test_domain_never_asks_for_the_time_or_for_chance() -> None:
    for path in files(".py", under="facilitate/domain"):
        asked = {module.split(".")[0] for module in imports(path)} & CLOCKS_AND_DICE
        assert not asked, f"{name(path)} imports {asked}: clock, ids and chance come in as arguments"
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.Call) and dotted(node.func) in ASKING:
                pytest.fail(f"{name(path)}:{node.lineno} asks {ast.unparse(node.func)}")


# 3: one file knows the engines


def test_engines_are_named_in_one_file_alone() -> None:
    for path in files(".py", ".html", ".ts", under="facilitate"):
        if name(path) == "facilitate/server.py":
            continue
        found = ENGINES.search(text(path))
        assert not found, f"{name(path)} names {found}; only facilitate/server.py may"


# 4: nothing is long


def python_functions() -> Iterator[tuple[str, int]]:
    for path in written_by_hand(".py"):
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{name(path)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def browser_functions() -> Iterator[tuple[str, int]]:
    sources = [path for path in files(".ts", under="clients") if not path.name.endswith(".test.ts")]
    if not sources:
        return
    env, _npm = node_tools()
    command = ["node", "measure.mjs", *(str(path) for path in sources)]
    done = subprocess.run(command, cwd=ROOT / "clients", env=env, check=True, capture_output=True, text=True)
    for found in json.loads(done.stdout):
        yield f"{name(Path(found['path']))}:{found['name']}", found["lines"]


def test_functions_stay_under_forty_lines() -> None:
    lengths = [*python_functions(), *browser_functions()]
    long = {where: lines for where, lines in lengths if lines >= FUNCTION_LIMIT}
    assert set(long) == set(LONG_FUNCTIONS), f"of {FUNCTION_LIMIT} lines or more: {long}"


def test_files_stay_under_three_hundred_lines() -> None:
    sources = [
        *written_by_hand(".py"),
        *files(".ts", ".css", under="clients"),
        *files(".html", ".typ", ".css"),
    ]
    lengths = {name(path): len(text(path).splitlines()) for path in sources}
    long = {where: lines for where, lines in lengths.items() if lines >= FILE_LIMIT}
    assert set(long) == set(LONG_FILES), f"of {FILE_LIMIT} lines or more: {long}"


def test_no_file_is_empty_and_no_file_is_a_drawer() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "manager", "service", "misc"}
    for path in [*written_by_hand(".py"), *files(".ts", under="clients")]:
        assert text(path).strip(), f"{name(path)} is empty"
        assert path.stem not in drawers, f"{name(path)}: name it after what it does"
