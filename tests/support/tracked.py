"""What LibreOffice makes of texts with tracked changes, all of them accepted and all of them rejected."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

# LibreOffice brings its binding for the system's own Python, not for the one that runs the tests.
PYTHON = "/usr/bin/python3"
MISSING = "LibreOffice or its Python binding is not installed; scripts/setup --test installs them on Debian."


@dataclass(frozen=True)
class Settled:
    """One document as LibreOffice shows it.

    Shape: `accepted` and `rejected` are its lines, or where it was read exactly its paragraphs, those in
    tables included; `_notes` are those of its footnotes; only where it was read exactly there are `changes`
    (kind, author, date), `comments`, and how many changes were `left` when all were settled.
    """

    name: str
    accepted: list[str]
    rejected: list[str]
    accepted_notes: list[str]
    rejected_notes: list[str]
    changes: list[list[str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    left: int = 0


def settled(folder: Path, exactly: Sequence[str]) -> dict[str, Settled]:
    """Every .docx and .odt of a folder, by name, read by one LibreOffice; those named are read exactly."""
    known = subprocess.run([PYTHON, "-c", "import uno"], check=False, capture_output=True)
    if known.returncode:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    script = Path(__file__).with_name("word_processor.py")
    done = subprocess.run(
        [PYTHON, str(script), str(folder), *exactly],
        check=False, capture_output=True, text=True, timeout=900,
    )
    assert done.returncode == 0, done.stderr
    found = [Settled(**json.loads(line)) for line in done.stdout.splitlines()]
    return {one.name: one for one in found}
