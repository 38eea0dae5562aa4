"""What a thief carries away: copies of every file of hub and box, and what stands in them."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterable
from pathlib import Path

from facilitate.rehearsal.hub_process import HubProcess
from tests.prove.hall import Hall
from tests.prove.launch import command
from tests.prove.stamped import PORTS


def hub_of(hall: Hall, *faults: str | None) -> HubProcess:
    """A hub whose passing files lie with the event's, and so are stolen as well."""
    spool = hall.folder / "spool"
    spool.mkdir()
    settings = hall.environment | PORTS | {"TMPDIR": str(spool)}
    return HubProcess(hall.folder, settings=settings, command=command(*faults))


def steal(folder: Path, name: str) -> Path:
    """Copy every file as it lies there, and make a copy as the runbook does."""
    loot = folder.with_name(f"{folder.name}-{name}")
    shutil.copytree(folder, loot)
    with sqlite3.connect(folder / "event.db") as source, sqlite3.connect(loot / "backup.db") as to:
        source.backup(to)
    source.close()
    to.close()
    return loot


def traces(loot: Path, secrets: Iterable[bytes], places: Iterable[str]) -> int:
    """How many of these stand in any of these files, as they are or in hexadecimal figures."""
    files = [file for place in places for file in loot.glob(place) if file.is_file()]
    content = b"\0".join(file.read_bytes() for file in files)
    return sum(each in content or each.hex().encode() in content for each in secrets)
