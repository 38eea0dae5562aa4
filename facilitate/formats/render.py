"""Outcome and badges: prints one edition in a process of its own, with limits: the hub never waits for it."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

# Each kind's module, and the function of the same name in it.
_PRINTERS = {
    "pdf": "outcome_pdf",
    "docx": "outcome_docx",
    "odt": "outcome_odt",
    "html": "outcome_html",
    "csv": "outcome_csv",
    "xlsx": "outcome_xlsx",
    "akn": "outcome_akn",
    "popolo": "outcome_popolo",
    "badges": "badges_pdf",
    "sheets": "sheets_pdf",
    "ballot-papers": "ballot_papers_pdf",
    "report": "report_pdf",
    "pack": "pack_pdf",
}
KINDS = tuple(_PRINTERS)
MEDIA_TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "html": "text/html; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "akn": "application/akn+xml",
    "popolo": "application/json",
    "badges": "application/pdf",
    "sheets": "application/pdf",
    "ballot-papers": "application/pdf",
    "report": "application/pdf",
    "pack": "application/pdf",
}
SECONDS = 60
MEMORY = 2 * 1024**3
LONGEST_INPUT = 25 * 1024**2


def rendered(kind: str, data: dict[str, Any], seconds: float = SECONDS) -> bytes:
    """One edition, made by a process of its own.

    Shape: `kind` is one of KINDS; `data` what `outcome_data` or `badges_data` made.
    Errors: RuntimeError with what the process said, when it failed or took too long.
    """
    body = json.dumps(data, ensure_ascii=False).encode()
    command = [sys.executable, "-m", "facilitate.formats.render", kind]
    try:
        done = subprocess.run(command, input=body, capture_output=True, timeout=seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as late:
        raise RuntimeError(f"Printing {kind} took longer than {seconds} seconds.") from late
    if done.returncode:
        raise RuntimeError(f"Printing {kind} failed: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout


def _printer(kind: str) -> Callable[[dict[str, Any]], bytes]:
    """The function that prints a kind; each brings libraries of its own, so only one is imported."""
    name = _PRINTERS[kind]
    printer: Callable[[dict[str, Any]], bytes] = getattr(import_module(f"facilitate.formats.{name}"), name)
    return printer


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main(arguments: list[str]) -> int:
    """`python -m facilitate.formats.render KIND < data.json > file`."""
    if len(arguments) != 1 or arguments[0] not in KINDS:
        sys.stderr.write(f"Say which edition to print: {', '.join(KINDS)}.\n")
        return 2
    body = sys.stdin.buffer.read(LONGEST_INPUT + 1)
    if len(body) > LONGEST_INPUT:
        sys.stderr.write("There is too much to print in one file.\n")
        return 2
    _limit()
    sys.stdout.buffer.write(_printer(arguments[0])(json.loads(body)))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
