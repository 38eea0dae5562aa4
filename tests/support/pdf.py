"""Reads the words of a printed page in the order in which a screen reader would say them."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

MISSING = "pdftotext is not installed; scripts/setup --test installs poppler-utils on Debian."
# A4 in points without the running heads, which would stand between two halves of a sentence.
BODY = ("-x", "0", "-y", "60", "-W", "595", "-H", "722")


def text_of(document: Path) -> str:
    """The words of all pages, without what stands at the head and foot of each."""
    return _read(document, BODY)


def pages_of(document: Path) -> list[str]:
    """The words of each page, with its head and foot."""
    return _read(document, ()).split("\f")[:-1]


def _read(document: Path, part: tuple[str, ...]) -> str:
    tool = shutil.which("pdftotext")
    if tool is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    command = [tool, "-raw", "-enc", "UTF-8", *part, str(document), "-"]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=60).stdout
