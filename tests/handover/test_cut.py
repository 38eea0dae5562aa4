"""A power cut at any moment of a take leaves the old or the new, and the same command then finishes it."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import warnings
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from facilitate.domain.refusal import Refused
from facilitate.handover.give import Given
from facilitate.store.handovers import gone_from
from facilitate.store.session import migrate
from tests.hosts import Host, office_with
from tests.people import Stage

# So many cuts, spread over everything that a take does to the disk.
CUTS = 9
_DOES = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "shutil.rmtree")


def in_a_process(work: Callable[[], None], cut_at: int) -> tuple[int, int]:
    """Do something in a process of its own that is killed at its nth deed; how many it did, how it ended.

    Shape: deeds are what it asks of files, statements and commits of its databases.
    """
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # Newer versions of Python warn of other threads, of which none takes part here.
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:
        done = 0

        def deed(*_: object) -> None:
            nonlocal done
            done += 1
            if done == cut_at:
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            event.listen(Engine, "before_cursor_execute", deed)
            event.listen(Engine, "commit", deed)
            sys.addaudithook(lambda name, _: deed() if name in _DOES else None)
            work()
            os.write(writing, str(done).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as told:
        said = told.read()
    _, status = os.waitpid(child, 0)
    return int(said or 0), os.waitstatus_to_exitcode(status)


def taken(host: Host, given: Given) -> None:
    """Take a bundle."""
    host.takes(given)


def deeds_of(host: Host, given: Given, place: Path) -> int:
    """How many deeds a take of this bundle is, tried on a copy of the host."""
    copied = Host(place / "tried")
    shutil.copytree(host.folder, copied.folder)
    count, code = in_a_process(partial(taken, copied, given), 0)
    assert (code, copied.report().whole) == (0, True)
    return count


def is_whole(host: Host, given: Given, old: tuple[int, str]) -> str:
    """Which of the two is there: nothing else is."""
    # A database that was cut short has no table yet; the next opening gives it what it lacks.
    migrate(host.settings.database_url)
    if host.head()[0] == 0:
        assert old[0] == 0
        return "old"
    assert host.report().whole
    with host.hall() as hall, hall.reads() as session:
        gone = gone_from(session)
    if host.head() == old:
        assert gone is not None
        return "old"
    assert host.head()[0] == given.number + 1 and gone is None
    return "new"


def cut_everywhere(host: Host, given: Given, old: tuple[int, str], place: Path) -> set[str]:
    """Cut a take again and again, ever later; what was there after each cut."""
    found = set()
    count = deeds_of(host, given, place)
    assert count > 100
    for cut in range(CUTS):
        at = 1 + round((count - 1) * cut / (CUTS - 1)) if cut < CUTS - 1 else count
        copied = Host(place / f"cut-{cut}")
        shutil.copytree(host.folder, copied.folder)
        work = partial(taken, copied, given)
        assert in_a_process(work, at)[1] == -signal.SIGKILL
        found.add(is_whole(copied, given, old))
        finish(copied, given)
    return found


def finish(host: Host, given: Given) -> None:
    """Give the command again after a cut."""
    with suppress(Refused):
        # It was done already; that it was is what follows.
        host.takes(given)
    assert host.head()[0] == given.number + 1 and host.report().whole
    host.says("Said after the cut.")
    assert list(host.folder.glob(".handover-*")) == []
    assert [path.suffix for path in (host.folder / "keys" / "invitations").iterdir()] == [".used"]


@pytest.mark.parametrize("place", ["an empty folder", "the old copy"])
def test_a_power_cut_leaves_the_old_or_the_new(founded_talking: Stage, tmp_path: Path, place: str) -> None:
    office, hall = office_with(founded_talking.source, tmp_path / "office"), Host(tmp_path / "hall")
    given, old = office.gives(hall), (0, "")
    if place == "the old copy":
        hall.takes(given)
        hall.says("Said in the hall.")
        old, given = office.head(), hall.gives(office, "office")
        hall = office
    assert cut_everywhere(hall, given, old, tmp_path) == {"old", "new"}
