"""Proof 3: a laptop's battery dies while its page keeps points; what it called kept is there afterwards."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random

from playwright.sync_api import Error, Page, Playwright, sync_playwright

from facilitate.office import run
from tests.prove.hall import Hall, make_hall
from tests.prove.mounted import CannotMount, Disk, mounted
from tests.prove.page import MISSING, open_round
from tests.prove.proof import Proof
from tests.support.browser import QUIET, find_chromium
from tests.support.cable import Cable
from tests.support.hub import Hub

CUTS, SHORT_CUTS, MUTANT_CUTS = 60, 1, 40
_LISTENING = re.compile(r"DevTools listening on (ws://\S+)")
_TRIES = 50
_GIVE_UP, _SOON = 30.0, 8.0
_KEPT = re.compile("kept (in one place )?on this laptop")
_ALONE = "StorageManager.prototype.getDirectory = undefined;"
_RELAXED = """
  const strict = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode) { return strict.call(this, stores, mode); };
"""
# Put into the page from outside, before its own code runs.
MUTANTS = {"relaxed durability, without the journal": _ALONE + _RELAXED, "IndexedDB alone": _ALONE}


class Laptop:
    """One laptop whose browser keeps its profile on a disk of its own."""

    def __init__(self, playwright: Playwright, hub: Hub, code: str, disk: Disk, fault: str) -> None:
        self.playwright, self.hub, self.code, self.disk, self.fault = playwright, hub, code, disk, fault
        self.typed = 0

    @contextmanager
    def on(self, profile: str) -> Iterator[Page]:
        """Start the browser and open the table's page; it ends by a kill."""
        folder = self.disk.place / profile
        folder.mkdir(exist_ok=True)
        command = [
            str(find_chromium()), *QUIET, "--no-sandbox", "--headless", "--remote-debugging-port=0",
            f"--user-data-dir={folder}", "about:blank",
        ]  # fmt: skip
        self.process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
        try:
            assert self.process.stderr is not None
            address = next(found[1] for line in self.process.stderr if (found := _LISTENING.search(line)))
            threading.Thread(target=self.process.stderr.read, daemon=True).start()
            browser = self.playwright.chromium.connect_over_cdp(address)
            page = browser.contexts[0].pages[0]
            page.add_init_script(self.fault or ";")
            self._arrive(page)
            yield page
        finally:
            self.off()

    def off(self) -> None:
        """Everything of the browser ends at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        # Some of its processes lead groups of their own; their command lines name the profile.
        for each in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                if str(self.disk.place) in each.read_text(errors="replace"):
                    os.kill(int(each.parent.name), signal.SIGKILL)

    def restart(self) -> None:
        """The disk comes back; what was killed may hold it for a moment."""
        for _ in range(_TRIES):
            with suppress(CannotMount):
                self.disk.restart()
                return
            time.sleep(0.1)
        self.disk.restart()

    def _arrive(self, page: Page) -> None:
        # The sign-in may be gone with the power.
        self.hub.sign_in(page, self.code)
        page.locator("#draft").wait_for()

    def type_until_cut(self, page: Page, after: float) -> set[str]:
        """Type one point after another while the power goes; those that the page called kept."""
        said: set[str] = set()
        cut = threading.Timer(after, self.disk.cut)
        with suppress(Error):
            while not cut.finished.is_set():
                self.typed += 1
                text = f"Point number {self.typed}."
                page.locator("#draft").fill(text, timeout=5_000)
                page.locator("#draft").press("Enter", timeout=2_000)
                row = page.locator("#own-list > li", has_text=text)
                row.filter(has_text=_KEPT).first.wait_for(timeout=2_000)
                said.add(text)
                if len(said) == 1:
                    cut.start()
        if not said:
            cut.start()
        cut.join()
        return said


@contextmanager
def laptop_of(hall: Hall, disk: Disk, fault: str) -> Iterator[tuple[Laptop, Cable]]:
    """A hub on a sound disk, a cable to it, and a laptop on another disk."""
    cable = Cable()
    hub = Hub(hall.folder, {"FACILITATE_ORIGINS": f"http://127.0.0.1:{cable.port}"})
    hub.start()
    cable.leads_to(int(hub.port))
    hub.base = f"http://127.0.0.1:{cable.port}"
    try:
        with sync_playwright() as playwright:
            yield Laptop(playwright, hub, hall.laptops()[0].code, disk, fault), cable
    finally:
        cable.pull()
        hub.stop()


def never_came(hall: Hall, said: set[str], within: float) -> set[str]:
    """What has not reached the hub although the laptop is back and has had time enough."""
    until = time.monotonic() + within
    while missing := said - set(hall.comments().values()):
        if time.monotonic() > until:
            return missing
        time.sleep(0.3)
    return set()


def cut(folder: Path, cuts: int, fault: str = "") -> tuple[int, int, int]:
    """So many cuts, or until something is lost: the cuts, what was called kept, and what of it is lost."""
    hall, chance, said, lost = make_hall(folder, 1), Random(3), set[str](), set[str]()
    with hall.open() as house:
        run(house, "set-event", {"settings": {"limit": None}})
    open_round(hall)
    count = 0
    with mounted("ext4") as disk, laptop_of(hall, disk, fault) as (laptop, cable):
        while count < cuts and not (fault and lost):
            # A store that has only just been made is lost most easily: a mutant gets a new one each time.
            profile = f"profile-{count}" if fault else "profile"
            with laptop.on(profile) as page:
                os.sync()
                cable.pull()
                said |= laptop.type_until_cut(page, 0.3 + 1.2 * chance.random())
            laptop.restart()
            cable.plug()
            with laptop.on(profile):
                lost |= never_came(hall, said, _SOON if fault else _GIVE_UP)
            count += 1
    return count, len(said), len(lost)


def prove(short: bool) -> Proof:
    """Cuts of a laptop as it is, then of laptops with a weaker store."""
    proof = Proof("battery")
    if find_chromium() is None:
        proof.skipped = f"No laptop lost its power. {MISSING}"
        return proof
    try:
        with tempfile.TemporaryDirectory(prefix="facilitate-proof-") as folder:
            count, said, lost = cut(Path(folder) / "sound", SHORT_CUTS if short else CUTS)
            proof.figures |= {"cuts": count, "called kept": said}
            proof.want("called kept", least=count)
            proof.none("called kept, and lost", lost)
            for place, (name, fault) in enumerate(MUTANTS.items()):
                if place == 0 or not short:
                    most = 3 if short else MUTANT_CUTS
                    count, _, lost = cut(Path(folder) / f"mutant-{place}", most, fault)
                    proof.mutants[name] = lost > 0
                    proof.figures[f"cuts until found: {name}"] = count
    except CannotMount as reason:
        proof.skipped = f"The power of a laptop was not cut. {reason}"
    return proof
