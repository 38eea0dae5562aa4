"""Hall: takes a picture of each page at each size, in each look and state, for people to look at."""

from __future__ import annotations

import argparse
import html
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tests.pages.full_hall import fill_hall
from tests.pages.prepared import said_about
from tests.pages.states import ORDER, BusyDay
from tests.pages.views import HALL, VIEWS, Doors, View
from tests.support.browser import QUIET, find_chromium
from tests.support.sources import ROOT

ALBUM = ROOT / "build" / "screens"
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 740},
    "laptop": {"width": 1366, "height": 768},
    "projector": {"width": 1920, "height": 1080},
    "400-percent": {"width": 320, "height": 256},
}
# In these every look is taken; in the others a page stands as most people see it.
EVERY_LOOK = ("round", "themes", "open", "carried", "offered")
OF_THE_DAY = ("phone", "table", "screen", "desk")
STATES = [*ORDER, "overfull", "trouble", "rehearsal", "full-hall"]


def sizes_of(view: View, state: str) -> tuple[str, ...]:
    """In which windows a page is looked at; the usual one comes first."""
    if view.is_screen:
        return ("projector",)
    if view.role == "area-facilitator":
        usual: tuple[str, ...] = ("phone", "laptop")
    elif view.role in ("delegate", "attendee"):
        usual = ("phone",) if view.path == "/phone" else ("phone", "laptop")
    else:
        usual = ("laptop", "phone")
    return (*usual, "400-percent") if state in EVERY_LOOK else usual


def looks_of(view: View, state: str) -> tuple[str, ...]:
    """The looks of a page: by day, in the dark of a hall, in the reader's own high contrast."""
    usual = ("hall", "day") if view.is_screen else ("day",)
    return (*usual, "contrast") if state in EVERY_LOOK else usual[:1]


def is_seen(view: View, state: str) -> bool:
    """Whether a page is pictured in a state: what stands open all day in each of them."""
    return state in view.states or (view.name in OF_THE_DAY and state in HALL)


class Album:
    """Pictures in a folder, with one page that shows them all."""

    def __init__(self, folder: Path, doors: Doors, wanted: set[str]) -> None:
        self.folder = folder
        self.doors = doors
        self.wanted = wanted
        self.taken: list[tuple[str, str]] = []

    def wants(self, page: str) -> bool:
        """Whether a page is pictured at all."""
        return not self.wanted or page in self.wanted

    def add(self, state: str) -> None:
        """Every page that somebody has open in this state."""
        for view in VIEWS:
            if not is_seen(view, state) or not self.wants(view.name):
                continue
            for look in looks_of(view, state):
                page = self.open(view, look)
                for size in sizes_of(view, state) if look != "contrast" else sizes_of(view, state)[:1]:
                    self.take(page, view, f"{state} {view.name} {size} {look}", size)

    def open(self, view: View, look: str) -> Page:
        """The page of this view in one of its looks."""
        page = self.doors.open(view)
        contrast = "active" if look == "contrast" else "null"
        page.emulate_media(forced_colors=contrast, reduced_motion="reduce")  # type: ignore[arg-type]
        if view.is_screen:
            page.evaluate("hall => document.documentElement.classList.toggle('hall', hall)", look != "day")
        return page

    def take(self, page: Page, view: View, words: str, size: str) -> None:
        """One picture, of the whole page where a person would scroll."""
        page.set_viewport_size(SIZES[size])
        page.evaluate("document.fonts.ready.then(() => new Promise((done) => setTimeout(done, 400)))")
        if view.whole or size == "phone":
            # In one tall window what sticks to its edge stands where it belongs.
            height = page.evaluate("document.documentElement.scrollHeight")
            tall = min(max(height, SIZES[size]["height"]), 4000)
            page.set_viewport_size({"width": SIZES[size]["width"], "height": tall})
            page.wait_for_timeout(150)
        name = words.replace(" ", "-")
        page.screenshot(path=self.folder / f"{name}.png")
        self.taken.append((name, words))

    def write_index(self) -> None:
        """One page with all pictures, in the order of the day."""
        figures = [
            f'<figure><a href="{name}.png"><img src="{name}.png" alt="" width="480" loading="lazy"></a>'
            f"<figcaption>{html.escape(words)}</figcaption></figure>"
            for name, words in self.taken
        ]
        title = "Every page, in every state"
        head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{title}</title><h1>{title}</h1>'
        (self.folder / "index.html").write_text(head + "\n".join(figures), encoding="utf-8")


def overfill(event: BusyDay) -> None:
    """Four hundred more points about one passage, as fast as tables can send them."""
    passage = event.id_of("HOU-2.1")
    texts = [comment["text"] for comment in said_about("HOU-2.1")]
    for table in range(1, 9):
        points = [("record-comment", event.point(passage, n, texts[n % len(texts)])) for n in range(100, 150)]
        event.cast.table(table).do_all(points)


def take_overfull(album: Album) -> None:
    """What the busiest pages make of it, and each scene of a screen that shows points or themes."""
    busy = {view.name: view for view in VIEWS if view.name in ("theme desk", "table", "phone", "screen")}
    for name, view in busy.items():
        size = sizes_of(view, "overfull")[0]
        for scene in ("wall", "room", "themes", "passage", "running-order") if view.is_screen else ("",):
            if scene:
                album.doors.event.show(scene)
            album.take(album.open(view, "hall"), view, f"overfull {name} {scene or 'page'} {size}", size)
    album.doors.event.show("follow")


def take_trouble(album: Album) -> None:
    """What people see when something is in the way: a code that is none, and no network."""
    stranger = next(view for view in VIEWS if view.name == "sign-in")
    page = album.doors.open(stranger)
    page.get_by_label("The code on your badge").fill("AAAAA-AAAAA")
    page.get_by_role("button", name="Sign in").click()
    page.locator("[role=alert]").wait_for()
    album.take(page, stranger, "trouble sign-in phone day", "phone")
    open_all_day = [view for view in VIEWS if view.name in OF_THE_DAY]
    pages = [(view, album.open(view, "hall")) for view in open_all_day]
    for _, page in pages:
        page.context.set_offline(True)
    pages[0][1].wait_for_timeout(12_000)
    for view, page in pages:
        size = sizes_of(view, "trouble")[0]
        album.take(page, view, f"trouble {view.name} {size} without a network", size)
        page.context.set_offline(False)
        page.reload()


def take_kiosk(album: Album) -> None:
    """What a delegate at a kiosk sees: wrong code, paper, larger and starker, in the box; screen off."""
    view = next(view for view in VIEWS if view.name == "kiosk")
    page, cast = album.open(view, "day"), album.doors.event.cast
    steps: dict[str, Callable[[], object]] = {
        "wrong code": lambda: _type_code(page, "AAAAA-AAAAA"),
        "paper": lambda: _type_code(page, cast.ways("delegate")[1].code),
        "filled": lambda: page.get_by_role("radio", name="Against").press("Enter"),
        "large": lambda: page.keyboard.press("F10"),
        "stark": lambda: page.keyboard.press("F5"),
        "in the box": lambda: page.get_by_role("button", name="Put it in the box").press("Enter"),
        "screen off": lambda: page.keyboard.press("F9"),
    }
    for words, step in steps.items():
        step()
        page.wait_for_timeout(1_000)
        for size in ("laptop", "phone", "projector") if words in ("paper", "stark") else ("laptop",):
            album.take(page, view, f"open kiosk {size} {words}", size)
    page.get_by_role("button", name="I have finished").press("Enter")


def _type_code(page: Page, code: str) -> None:
    page.get_by_role("textbox").fill(code)
    page.keyboard.press("Enter")


def take_full_disk(album: Album) -> None:
    """The desk while the hub's disk takes nothing, and again afterwards as it was."""
    view = next(view for view in VIEWS if view.name == "desk")
    hub, page = album.doors.event.hub, album.open(view, "hall")
    code = hub.way("chair").code
    with hub.full_disk():
        # Whatever has to be stored shows it; a sign-in is the least.
        page.request.post(f"{hub.base}/sessions", form={"code": code}, headers={"Origin": hub.base})
        page.locator(".hub-trouble").wait_for()
        for size in sizes_of(view, "trouble"):
            album.take(page, view, f"trouble desk {size} with a full disk", size)
    page.locator(".hub-trouble").wait_for(state="detached")


def take_rehearsal(album: Album, folder: Path) -> None:
    """The strip that tells a rehearsal from the event, on every page that somebody has open all day."""
    folder.mkdir()
    event = BusyDay(folder, rehearsal=True)
    doors, album.doors = album.doors, Doors(album.doors.browser, event)
    try:
        event.reach("round")
        for view in VIEWS:
            if is_seen(view, "round") and not (album.wanted and view.name not in album.wanted):
                size = sizes_of(view, "rehearsal")[0]
                album.take(album.open(view, "hall"), view, f"rehearsal {view.name} {size}", size)
    finally:
        album.doors = doors
        event.end()


def take_full_hall(album: Album, folder: Path) -> None:
    """The desk's list where every table has a laptop, and some need somebody."""
    folder.mkdir()
    event = BusyDay(folder)
    doors, album.doors = album.doors, Doors(album.doors.browser, event)
    try:
        fill_hall(event)
        event.reach("round")
        view = next(view for view in VIEWS if view.name == "desk tables as a list")
        page = album.open(view, "hall")
        page.get_by_text("No laptop is connected.").first.wait_for()
        for size in ("laptop", "projector", "phone"):
            album.take(page, view, f"full-hall {view.name} {size}", size)
    finally:
        album.doors = doors
        event.end()


def main() -> None:
    """Let the event go from state to state, and look at each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--state", action="append", choices=STATES, default=[])
    parser.add_argument("--page", action="append", choices=[view.name for view in VIEWS], default=[])
    chosen = parser.parse_args()
    shutil.rmtree(ALBUM, ignore_errors=True)
    ALBUM.mkdir(parents=True)
    flags = [*QUIET, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        event = BusyDay(Path(scratch))
        album = Album(ALBUM, Doors(browser, event), set(chosen.page))
        try:
            take_all(album, event, chosen.state or STATES)
            if "rehearsal" in (chosen.state or STATES):
                take_rehearsal(album, Path(scratch) / "rehearsal")
            if "full-hall" in (chosen.state or STATES):
                take_full_hall(album, Path(scratch) / "full-hall")
        finally:
            album.write_index()
            event.end()
            browser.close()
    print(f"{len(album.taken)} pictures in {ALBUM.relative_to(ROOT)}: open index.html there.")


def take_all(album: Album, event: BusyDay, wanted: list[str]) -> None:
    """The states that are wanted, in their order."""
    last = max((ORDER.index(s) if s in ORDER else ORDER.index("declared") for s in wanted), default=0)
    for state in ORDER[: last + 1]:
        event.reach(state)
        if state in wanted:
            album.add(state)
        if state == "open" and state in wanted and album.wants("kiosk"):
            take_kiosk(album)
        if state == "declared" and "overfull" in wanted:
            overfill(event)
            take_overfull(album)
        if state == "declared" and "trouble" in wanted:
            take_trouble(album)
            take_full_disk(album)


if __name__ == "__main__":
    main()
