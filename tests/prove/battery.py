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

from playwright.sync_api import ConsoleMessage, Error, Page, Playwright, sync_playwright

from facilitate.domain.comments import LONGEST_COMMENT
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
# Enough on the slowest machine: what is only late must not count as lost, nor a mutant as caught by it.
_GIVE_UP, _SOON = 45.0, 15.0
_KEPT = "The page calls kept: "
_OTHERS = 2
_MOST_IN_A_LIFE = 100_000
# As long as a point may be, and of letters that nothing makes shorter: a cut tears only what is longer than a
# page of the disk.
_WORDS = ["".join(map(chr, Random(number).choices(range(0x4E00, 0x9FA5), k=LONGEST_COMMENT - 30)))
          for number in range(16)]  # fmt: skip
# Types in the page as fast as the field takes it, so that something is being written whenever the power goes.
_TYPE = """
  ([first, words, said]) => {
    const kept = new Set();
    let typed = first;
    new MutationObserver(() => {
      for (const row of document.querySelectorAll("#own-list > li")) {
        const number = /Point number (\\d+)/.exec(row.textContent)?.[1];
        const place = row.querySelector(".place")?.textContent ?? "";
        if (Number(number) < first || kept.has(number)) continue;
        if (!/kept (in one place )?on this laptop/.test(place)) continue;
        kept.add(number);
        console.log(said + number);
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
    setInterval(() => {
      if (typed - first - kept.size >= 5) return;
      const field = document.querySelector("#draft");
      field.value = `Point number ${typed}. ${words[typed % words.length]}`;
      typed += 1;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    }, 10);
  }
"""
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
        self.lives = 0

    @contextmanager
    def on(self) -> Iterator[Page]:
        """Start the browser and open the table's page; it ends by a kill."""
        folder = self.disk.place / "profile"
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
            page.set_default_timeout(2_000 * _GIVE_UP)
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

    @contextmanager
    def busy(self) -> Iterator[None]:
        """Other programs write to files of their own on the same disk and flush them until the power goes."""

        def write_on(number: int) -> None:
            with suppress(OSError), (self.disk.place / f"other-{number}").open("wb", buffering=0) as file:
                while True:
                    file.write(os.urandom(3_000))
                    os.fsync(file.fileno())

        others = [threading.Thread(target=write_on, args=(number,)) for number in range(_OTHERS)]
        for other in others:
            other.start()
        try:
            yield
        finally:
            self.disk.cut()
            for other in others:
                other.join()

    def lose_power(self) -> None:
        """The machine stops, and the disk with it.

        A browser that goes on while the disk is shut down is no power cut: an fsync under way just then can
        be answered as done by the kernel, and the page would call kept what never was.
        """
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.disk.cut()

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

        def hear(message: ConsoleMessage) -> None:
            if message.text.startswith(_KEPT):
                said.add(_point(int(message.text.removeprefix(_KEPT))))

        page.on("console", hear)
        self.lives += 1
        cut, until = threading.Timer(after, self.lose_power), time.monotonic() + _GIVE_UP
        with suppress(Error):
            page.evaluate(_TYPE, [self.lives * _MOST_IN_A_LIFE, _WORDS, _KEPT])
            while not said and time.monotonic() < until:
                page.wait_for_timeout(5)
        cut.start()
        with suppress(Error):
            while not cut.finished.is_set():
                page.wait_for_timeout(5)
        cut.join()
        return said


def _point(number: int) -> str:
    return f"Point number {number}. {_WORDS[number % len(_WORDS)]}"


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


def never_came(hall: Hall, said: set[str], page: Page) -> set[str]:
    """What has not reached the hub although the laptop is back, with nothing on its way or time enough."""
    began = time.monotonic()
    while missing := said - set(hall.comments().values()):
        waited = time.monotonic() - began
        if waited > _GIVE_UP or (waited > _SOON and not page.locator("#own-list .place.warn").count()):
            return missing
        page.wait_for_timeout(300)
    return set()


def cut(folder: Path, cuts: int, fault: str = "") -> tuple[int, int, int]:
    """So many cuts, or until something is lost: the cuts, what was called kept, and what of it is lost."""
    hall, chance, said, lost = make_hall(folder, 1), Random(3), set[str](), set[str]()
    with hall.open() as house:
        run(house, "set-event", {"settings": {"limit": None}})
    open_round(hall)
    count = 0
    with mounted("ext4") as disk, laptop_of(hall, disk, fault) as (laptop, cable):
        while True:
            with laptop.on() as page:
                lost |= never_came(hall, said - lost, page)
                if count == cuts or (fault and lost):
                    return count, len(said), len(lost)
                # Laptops are signed in before their tables talk: a new journal's name is on the disk.
                laptop.disk.flush()
                cable.pull()
                with laptop.busy():
                    said |= laptop.type_until_cut(page, 0.05 + chance.random())
            laptop.restart()
            cable.plug()
            count += 1


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
