"""The words of the house: glossary names, nothing unfinished, no path or address of anyone's machine."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.support.sources import ROOT, files, name, text, tracked, tree

# Each pattern has a letter in brackets somewhere, so that this file passes its own test.
UNFINISHED = re.compile(
    r"\b(TO[D]O|FIX[M]E|XX[X]|for[ ]now|not[ ]implemented|NotImplemented[E]rror|in a real[ ]system)\b"
)
STAND_IN = re.compile(r"(?<![:.\-])\bplac[e]holder\b(?!\s*=)", re.IGNORECASE)
MACHINE = re.compile(r"(?<![\w.])/([w]ork|[r]oot|[h]ome/\w+|[U]sers/\w+)/")
REGISTRY = re.compile(
    r"pypi\.[o]rg|pythonhosted\.[o]rg|registry\.[n]pmjs|debian\.[o]rg|/simpl[e]/|/-/[^ \"]*\.[t]gz"
    r"|\"resolve[d]\": *\"http"
)
# Words that the glossary gives another name.
FOREIGN = {
    "user": "person or delegate",
    "users": "people or delegates",
    "admin": "clerk or chair",
    "moderator": "theme team",
    "moderators": "theme team",
    "participant": "delegate",
    "participants": "delegates",
    "poll": "ballot",
    "polls": "ballots",
}
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|\son[a-z]+=\"|\sstyle=\"|javascript:", re.IGNORECASE)


def identifiers(path: Path) -> list[tuple[str, int]]:
    """Every name that a Python file gives to something."""
    found: list[tuple[str, int]] = []
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.append((node.name, node.lineno))
        elif isinstance(node, ast.arg):
            found.append((node.arg, node.lineno))
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.append((node.id, node.lineno))
    return found


def words(identifier: str) -> list[str]:
    """The words of a name, in snake_case or CamelCase."""
    return [word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", identifier)]


def test_names_are_those_of_the_glossary() -> None:
    for path in files(".py", under="facilitate"):
        for identifier, line in identifiers(path):
            for word in words(identifier):
                assert word not in FOREIGN, f"{name(path)}:{line} {identifier}: say {FOREIGN[word]}"


def test_nothing_is_marked_unfinished() -> None:
    for path in files(".py", ".ts", ".css", ".html", ".typ", ".md", ".mjs", ".toml"):
        for number, line in enumerate(text(path).splitlines(), 1):
            found = UNFINISHED.search(line) or STAND_IN.search(line)
            assert not found, f"{name(path)}:{number} says {found}"


def test_no_file_holds_a_path_of_a_machine() -> None:
    for path in tracked():
        found = MACHINE.search(text(path))
        assert not found, f"{name(path)} holds {found}"


def test_no_file_holds_the_address_of_a_registry() -> None:
    for path in tracked():
        found = REGISTRY.search(text(path))
        assert not found, f"{name(path)} holds {found}"


def test_locks_hold_names_versions_and_hashes_alone() -> None:
    for path in ROOT.glob("requirements*.lock"):
        for line in text(path).splitlines():
            assert re.match(
                r"[a-z0-9][a-z0-9.\-]*==\S+( ; .+)? \\$|    --hash=sha256:[0-9a-f]{64}( \\)?$", line
            ), line


EXTENDS = re.compile(r"{%-?\s*extends\s+[\"']([^\"']+)[\"']")


def test_every_page_has_a_title_and_a_language() -> None:
    pages = {name(path).removeprefix("templates/"): text(path) for path in files(".html", under="templates")}
    frames = {frame for page in pages.values() for frame in EXTENDS.findall(page)}
    for where, page in pages.items():
        if "<html" in page.lower():
            assert "<title>" in page, f"{where} has no title"
            assert re.search(r"<html[^>]*\blang=", page), f"{where} names no language"
        elif EXTENDS.search(page) and where not in frames:
            assert re.search(r"{%-?\s*block title", page), f"{where} gives its page no title of its own"


def test_no_page_holds_script_or_style_of_its_own() -> None:
    for path in files(".html", under="templates"):
        found = INLINE.search(text(path))
        assert not found, f"{name(path)} holds {found}, which the security policy forbids"


@pytest.mark.parametrize("folder", ["facilitate", "scripts"])
def test_every_module_says_what_it_is(folder: str) -> None:
    for path in files(".py", under=folder):
        said = ast.get_docstring(tree(path))
        assert said, f"{name(path)} has no docstring"
        assert len(said.splitlines()) == 1, f"{name(path)} says more than one line"


def test_readme_tells_the_life_of_an_event_by_files_that_are_there() -> None:
    readme = text(ROOT / "README.md")
    life = readme.split("## The life of an event")[1].split("\n## ")[0]
    lines = re.findall(r"^\d+\. .+`([^`]+)`$", life, re.MULTILINE)
    assert len(lines) == 10
    named = [
        *lines,
        *re.findall(r"\]\(([^)]+)\)", readme),
        *re.findall(r"^\| `([^`]+)` \|", readme, re.MULTILINE),
    ]
    for place in named:
        assert (ROOT / place).exists(), f"README.md names {place}, which is not there"
