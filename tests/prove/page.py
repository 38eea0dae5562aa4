"""The page of a table's laptop in a full hall: it never stands still, and it does not grow."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, Page, expect, sync_playwright

from facilitate.office import run
from facilitate.queries import View, snapshot
from tests.prove.child import ROOT
from tests.prove.crowd import MINUTE
from tests.prove.hall import Hall, scratch_hall
from tests.prove.proof import Proof
from tests.support.browser import QUIET, find_chromium
from tests.support.hub import Hub

# Tables, minutes, and from which minute to the end the heap is compared.
FULL, SHORT = (150, 20, 5), (10, 0.2, 0)
LONGEST_TASK, MOST_GROWTH = 100, 1.2
MISSING = "Chromium is not installed; scripts/setup --test installs it on Debian."
_SETTLED = 5
WATCH = """
  globalThis.longTasks = [];
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) longTasks.push([each.startTime, each.duration]);
  }).observe({ type: "longtask", buffered: true });
"""


class Crowd:
    """The other tables."""

    def __init__(self, hall: Hall, base: str, passages: list[str], minutes: float) -> None:
        codes = hall.folder / "codes"
        codes.write_text("\n".join(way.code for way in hall.laptops()[1:]))
        given = [base, ",".join(passages), str(minutes), str(codes)]
        command = [sys.executable, "-m", "tests.prove.crowd", *given]
        self._process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        self.told: list[str] = [self._process.stdout.readline().strip()]
        self._reader = threading.Thread(target=self._listen, daemon=True)
        self._reader.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        self.told += [line.strip() for line in self._process.stdout]

    @property
    def is_over(self) -> bool:
        """Whether they have gone."""
        return self._process.poll() is not None

    def counts(self) -> tuple[int, int]:
        """How much they typed and were acknowledged."""
        self._reader.join(timeout=10)
        typed, _, acknowledged = self.told[-1].partition(" ")
        return int(typed), int(acknowledged)

    def stop(self) -> None:
        """Send them away."""
        self._process.kill()
        self._process.wait()


def open_round(hall: Hall) -> list[str]:
    """Let the chair press on until the tables talk; the passages that they talk about."""
    with hall.open() as house:
        for _ in range(60):
            with house.reads() as session:
                seen = snapshot(View(session, datetime.now(UTC)), "desk")
            track = next(iter(seen["track"].values()))
            step = track["step"]
            asked = {"track": track["id"], "verb": step["verb"], "subject": step["subject"]}
            if run(house, "take-step", asked)["done"] == "start-clock":
                return [each["passage"] for each in seen["item"][track["current"]]["assignments"]]
    raise AssertionError("No round was ever reached.")


def heap(devtools: CDPSession) -> float:
    """The page's heap after everything that nobody holds is gone.

    Units: MB.
    """
    for _ in range(2):
        devtools.send("HeapProfiler.collectGarbage")
    return float(devtools.send("Runtime.getHeapUsage")["usedSize"]) / 1e6


def keep_ahead() -> None:
    """Let the browser run as far ahead as this proof was started; it sets itself back of its own accord."""
    ahead = os.getpriority(os.PRIO_PROCESS, 0)
    for process in _descendants(os.getpid()) if ahead < 0 else ():
        try:
            if "chrom" in Path(f"/proc/{process}/comm").read_text():
                for thread in Path(f"/proc/{process}/task").iterdir():
                    os.setpriority(os.PRIO_PROCESS, int(thread.name), ahead)
        except OSError:
            # It has ended meanwhile.
            continue


def _descendants(root: int) -> set[int]:
    parents: dict[int, int] = {}
    for process in Path("/proc").glob("[0-9]*"):
        try:
            said = (process / "stat").read_text()
        except OSError:
            continue
        parents[int(process.name)] = int(said.rpartition(")")[2].split()[1])
    found, grown = {root}, 0
    while grown != len(found):
        grown = len(found)
        found |= {child for child, parent in parents.items() if parent in found}
    return found - {root}


def say(page: Page) -> None:
    """The table makes a point of its own, so that it hears the others on the passage."""
    page.locator("#draft").wait_for()
    page.keyboard.press("Alt+KeyT")
    page.locator("#draft").fill("What this table says.")
    page.locator("#draft").press("Enter")
    expect(page.locator("#draft")).to_have_value("")


def take_in(page: Page) -> None:
    """Somebody at the table wants to see what is new."""
    fresh = page.locator(".fresh button")
    if fresh.count():
        fresh.click()


def watch(page: Page, hub: Hub, hall: Hall, minutes: float, passages: list[str]) -> dict[str, Any]:
    """Sit through the bursts: the long tasks, and the heap at the end of each minute."""
    page.add_init_script(WATCH)
    hub.sign_in(page, hall.laptops()[0].code)
    devtools = page.context.new_cdp_session(page)
    say(page)
    crowd = Crowd(hall, hub.base, passages, minutes)
    try:
        keep_ahead()
        time.sleep(_SETTLED)
        heaps, tasks, began = [heap(devtools)], [], time.monotonic()
        page.evaluate("longTasks.length = 0")
        while not crowd.is_over:
            page.wait_for_timeout(500)
            if time.monotonic() - began >= MINUTE * len(heaps):
                # Collecting is a long task of our own making.
                tasks += page.evaluate("longTasks.splice(0)")
                heaps.append(heap(devtools))
                page.wait_for_timeout(100)
                page.evaluate("longTasks.length = 0")
                take_in(page)
                keep_ahead()
        tasks += page.evaluate("longTasks.splice(0)")
        take_in(page)
        heard = int(page.locator(".fresh").inner_text().replace(",", "").split()[0])
        heaps.append(heap(devtools))
        typed, acknowledged = crowd.counts()
    finally:
        crowd.stop()
    return {"tasks": tasks, "heaps": heaps, "typed": typed, "acknowledged": acknowledged, "heard": heard}


def sit(size: tuple[int, float, int], proof: Proof, chromium: str) -> None:
    """One hall, and one laptop in it."""
    tables, minutes, first = size
    with scratch_hall(tables) as hall, sync_playwright() as playwright:
        passages = open_round(hall)
        hub = Hub(hall.folder)
        hub.start()
        browser = playwright.chromium.launch(executable_path=chromium, args=[*QUIET, "--no-sandbox"])
        try:
            seen = watch(browser.new_page(), hub, hall, minutes, passages)
        finally:
            browser.close()
            hub.stop()
    longest = max((duration for _, duration in seen["tasks"]), default=0)
    growth = seen["heaps"][-1] / seen["heaps"][first]
    proof.figures |= {
        "tables": tables, "minutes": minutes, "typed by the others": seen["typed"],
        "acknowledged": seen["acknowledged"], "heard by the page": seen["heard"],
        "longest task, ms": round(longest), "tasks over 50 ms": len(seen["tasks"]),
        "heap growth": round(growth, 2),
        "heap, MB": " ".join(f"{each:.1f}" for each in seen["heaps"]),
    }  # fmt: skip
    proof.want("heard by the page", least=1)
    if not first:
        return
    # Times and sizes are judged in the long form alone.
    proof.none(f"tasks over {LONGEST_TASK} ms", sum(each > LONGEST_TASK for _, each in seen["tasks"]))
    if growth > MOST_GROWTH:
        proof.failures.append(f"The heap grew {growth:.2f} times; {MOST_GROWTH} is allowed.")


def prove(short: bool) -> Proof:
    """A full hall for twenty minutes; the short form only sees whether the page stands still."""
    proof, chromium = Proof("page"), find_chromium()
    if chromium is None:
        proof.skipped = f"No page was opened. {MISSING}"
        return proof
    sit(SHORT if short else FULL, proof, chromium)
    return proof
