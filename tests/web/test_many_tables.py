"""A hundred and fifty tables at the chair's desk: whom somebody should walk to stands first."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from facilitate.store.session import open_store
from tests.people import Hall
from tests.support.accessibility import (
    assert_accessible,
    assert_keyboard_reaches_everything,
    assert_no_sideways_scroll,
)
from tests.support.hub import Hub
from tests.web.device import Device
from tests.web.devices import hub_of

TABLES = 150
KEEPS, WENT_QUIET, SAID_NOTHING, AWAY = 12, 40, 60, (64, 71)
REPORTS = {KEEPS: (3, 2), SAID_NOTHING: (0, 0)}
FIRST = [KEEPS, *AWAY, WENT_QUIET, SAID_NOTHING]


def talk(hall: Hall) -> None:
    """Let every table but one say something, one of them long ago."""
    hall.clock.moment = datetime.now(UTC) - timedelta(hours=3)
    more = [{"number": n, "track": "Hall", "block": "C"} for n in range(4, TABLES + 1)]
    hall.office("make-tables", {"tables": more})
    # An hour is long enough for the slowest machine that runs these tests.
    hall.office("set-event", {"settings": {"kept_alarm_seconds": 1, "quiet_seconds": 3600}})
    hall.reaches("Homes that are built")
    hall.presses()
    hall.as_(f"Laptop of table {WENT_QUIET}").says("Before we fell silent.")
    hall.clock.moment = datetime.now(UTC) - timedelta(minutes=4)
    for number in range(1, TABLES + 1):
        if number not in (WENT_QUIET, SAID_NOTHING):
            hall.as_(f"Laptop of table {number}").says(f"What table {number} says.")


class Room:
    """The hub and a laptop at nearly every table."""

    def __init__(self, hub: Hub, codes: dict[str, str]) -> None:
        self.hub = hub
        self.codes = codes
        self.laptops: dict[int, Device] = {}
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(self.arrive, (n for n in range(1, TABLES + 1) if n not in AWAY)))

    def arrive(self, number: int) -> None:
        """Let a table's laptop connect and say what it holds."""
        laptop = self.laptops[number] = Device(self.hub.base, self.codes[f"Laptop of table {number}"])
        laptop.sign_in()
        laptop.connect()
        laptop.join()
        self.report(number, *REPORTS.get(number, (1, 0)))

    def heal(self) -> None:
        """Let those come back whom a starved machine has cut off."""
        for number in [n for n, laptop in self.laptops.items() if laptop.gone]:
            self.laptops.pop(number).close()
            self.arrive(number)

    def report(self, number: int, typed: int, kept: int) -> None:
        """Let a laptop say what it has typed, and what of it is not at the centre."""
        said = {"typed": typed, "kept": kept, "device": f"of {number}"}
        assert self.laptops[number].submit("report-laptop", said)["ok"]

    @contextmanager
    def without(self, *numbers: int) -> Iterator[None]:
        """Close the laptops of some tables for a while."""
        for number in numbers:
            self.laptops.pop(number).close()
        try:
            yield
        finally:
            for number in numbers:
                self.arrive(number)

    def close(self) -> None:
        """Everybody goes."""
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(Device.close, self.laptops.values()))


@pytest.fixture(scope="module")
def room(founded: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    folder = tmp_path_factory.mktemp("hall")
    shutil.copy(founded, folder / "event.db")
    hall = Hall(open_store(f"sqlite+pysqlite:///{folder / 'event.db'}"), count=itertools.count(100_000))
    talk(hall)
    with hub_of(hall, folder) as hub:
        room = Room(hub, {way.label: way.code for way in hub.ways()})
        yield room
        room.close()


@pytest.fixture
def desk(room: Room, new_context: Any) -> Page:
    """The chair's desk with the list open, once it knows every table."""
    room.heal()
    page: Page = new_context(viewport={"width": 1366, "height": 768}).new_page()
    room.hub.sign_in(page, room.codes["Amara"])
    expect(page.locator(".key")).to_contain_text("146 talking")
    page.keyboard.press("Alt+l")
    first(page, FIRST)
    return page


def first(desk: Page, tables: list[int]) -> None:
    """Wait until these tables stand on top."""
    expect(desk.locator("#table-list tbody th")).to_have_count(TABLES)
    on_top = [str(number) for number in tables]
    asked = "top => [...document.querySelectorAll('#table-list tbody th')].slice(0, top.length)"
    desk.wait_for_function(f"{asked}.map((cell) => cell.textContent).join() === top.join()", arg=on_top)


AT_REST = """(least) => new Promise((rested) => {
  const list = document.querySelector("#table-list");
  let before = -1, still = 0;
  const look = () => {
    still = list.scrollTop === before ? still + 1 : 0;
    before = list.scrollTop;
    if (still < 20) requestAnimationFrame(look);
    else rested(before > least);
  };
  look();
})"""


def row(desk: Page, number: int) -> Any:
    """The row of a table."""
    return desk.locator("tbody tr").filter(has=desk.get_by_role("rowheader", name=str(number), exact=True))


def where(desk: Page, number: int) -> Any:
    """Where a table stands on the page, and how far the list is scrolled."""
    box = row(desk, number).bounding_box()
    return box, desk.evaluate("document.querySelector('#table-list').scrollTop")


def test_whoever_needs_somebody_stands_first_and_says_why(desk: Page) -> None:
    for number, words in (
        (KEEPS, "2 points on its laptop and not at the centre since"),
        (AWAY[0], "No laptop is connected."),
        (WENT_QUIET, "Nothing said since"),
        (SAID_NOTHING, "Nothing said yet."),
        (1, "1 typed · 1 at the centre · last"),
    ):
        expect(row(desk, number)).to_contain_text(words)
    expect(row(desk, KEEPS)).to_contain_text("3 typed · 1 at the centre")
    expect(row(desk, SAID_NOTHING)).to_contain_text("silent")
    expect(desk.locator(".look-at")).to_have_text("5 tables to look at.")
    expect(row(desk, SAID_NOTHING)).to_be_in_viewport()
    expect(row(desk, 1).locator(".look")).to_be_empty()


def test_the_list_of_a_full_hall_is_good_in_every_window(desk: Page) -> None:
    assert_accessible(desk)
    for width, height in ((1366, 768), (1920, 1080), (360, 740)):
        desk.set_viewport_size({"width": width, "height": height})
        expect(row(desk, KEEPS)).to_be_visible()
        too_wide = desk.evaluate("""() => [...document.querySelectorAll("#table-list tr > *")]
          .filter((cell) => cell.scrollWidth > cell.clientWidth + 1)
          .map((cell) => cell.textContent)""")
        assert not too_wide, f"At {width} px: {too_wide[:3]}"
        assert_accessible(desk)
        if width >= 1366:
            tall = desk.evaluate("document.querySelector('#table-list tbody tr:last-child').offsetHeight")
            assert tall < 40, f"A row of a table that is well takes {tall} px at {width} px"
            expect(row(desk, FIRST[-1])).to_be_in_viewport()
    assert_no_sideways_scroll(desk)
    desk.set_viewport_size({"width": 1366, "height": 768})
    assert_keyboard_reaches_everything(desk)


def test_a_new_alarm_moves_nothing_under_whoever_reads_the_list(room: Room, desk: Page) -> None:
    desk.locator("#table-list").focus()
    for page in range(1, 4):
        desk.keyboard.press("PageDown")
        # A page's scrolling is drawn out; where it ends is known only when it has come to rest.
        desk.wait_for_function(AT_REST, arg=page * 150)
    there = desk.evaluate("""() => {
      const list = document.querySelector("#table-list").getBoundingClientRect();
      const seen = [...document.querySelectorAll("#table-list tbody tr")]
        .find((row) => row.getBoundingClientRect().top > list.top + 100);
      return Number(seen.querySelector("th").textContent);
    }""")
    before = where(desk, there)
    with room.without(there, 140):
        expect(row(desk, there)).to_contain_text("No laptop is connected.")
        more = desk.get_by_role("button", name="2 more tables: put them on top")
        expect(more).to_be_visible()
        expect(desk.locator(".look-at")).to_contain_text("7 tables to look at.")
        assert where(desk, there) == before
        expect(desk.locator("#table-list")).to_be_focused()
        desk.keyboard.press("Alt+u")
        first(desk, [KEEPS, *sorted((*AWAY, there, 140)), WENT_QUIET, SAID_NOTHING])
        expect(more).to_have_count(0)
        expect(desk.locator("#table-list")).to_be_focused()
        assert desk.evaluate("document.querySelector('#table-list').scrollTop") == 0


def test_a_list_that_nobody_reads_brings_an_alarm_to_the_top_by_itself(room: Room, desk: Page) -> None:
    desk.locator("#step").focus()
    with room.without(99):
        first(desk, [KEEPS, *AWAY, 99, WENT_QUIET, SAID_NOTHING])
        expect(desk.locator("#step")).to_be_focused()
        room.report(KEEPS, 3, 0)
        first(desk, [*AWAY, 99, WENT_QUIET, SAID_NOTHING, 1])
        room.report(KEEPS, 3, 2)
    first(desk, FIRST)
