"""Archive: the pages for people who read it without any software of ours, and what explains it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from facilitate.formats import archive_check
from facilitate.formats.folders import templates


def archive_page(name: str, **facts: Any) -> bytes:
    """One page or text of the archive, from templates/archive."""
    return _environment().get_template(f"archive/{name}").render(**facts).encode()


def checker() -> bytes:
    """The script that checks an archive with Python alone."""
    return Path(archive_check.__file__).read_bytes()


def board_verifier() -> bytes:
    """The script that proves a stamped ballot's board with Python alone."""
    installed = templates() / "archive/verify_ballot.py"
    source = templates().parent / "scripts/verify_ballot.py"
    return (installed if installed.is_file() else source).read_bytes()


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(templates()), autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
