"""The cast's event served by a real hub, with laptops, phones and the chair's desk in real browsers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from facilitate import House, open_house
from facilitate.config import Settings
from facilitate.office import new_event, run
from facilitate.queries import View, snapshot
from facilitate.store.rows import Comment
from tests.cast import BLOCKS, CAST, DELEGATIONS, KEY, TABLES, as_row, document, programme
from tests.pages.cast import Somebody
from tests.people import Hall
from tests.support.hub import Hub

# A command's id is a UUIDv7 that the device makes.
POST_COMMAND = """async ([type, data]) => {
  const time = Date.now().toString(16).padStart(12, "0");
  const tail = crypto.randomUUID().slice(14);
  const id = `${time.slice(0, 8)}-${time.slice(8)}-7${tail.slice(1)}`;
  const headers = { "Content-Type": "application/json" };
  const body = JSON.stringify({ id, type, data });
  const answer = await fetch("/commands", { method: "POST", headers, body });
  return await answer.json();
}"""


def found(folder: Path, preset: str = "forum") -> House:
    """Make the cast's event in a folder."""
    house = open_house(Settings(folder, f"sqlite+pysqlite:///{folder}/event.db"))
    new_event(house, "Autumn forum", preset, "Europe/London")
    run(house, "import-delegations", {"rows": [dict(row) for row in DELEGATIONS]})
    run(house, "import-document", document())
    run(house, "write-programme", programme())
    tables = [{"number": n, "track": "Hall", "block": BLOCKS[n]} for n in TABLES]
    run(house, "make-tables", {"tables": tables})
    run(house, "import-people", {"rows": [as_row(*each) for each in CAST]})
    return house


@dataclass
class DeviceHall:
    """A running hub and everybody who has a device in it."""

    house: House
    hub: Hub
    new_context: Callable[..., Any]
    desk: Somebody | None = None
    codes: dict[str, str] = field(default_factory=dict)

    def device(self, label: str, width: int = 1366, height: int = 768) -> Page:
        """Somebody's browser, signed in; what breaks a rule of the page's policy fails the test."""
        page: Page = self.new_context(viewport={"width": width, "height": height}).new_page()
        page.on("pageerror", lambda error: self._fail(label, error))
        self.hub.sign_in(page, self.code(label))
        return page

    def code(self, label: str) -> str:
        """The code on somebody's badge."""
        if not self.codes:
            self.codes = {way.label: way.code for way in self.hub.ways()}
        return self.codes[label]

    def laptop(self, table: int) -> Page:
        """A table's laptop, drawn."""
        page = self.device(f"Laptop of table {table}")
        expect(page.locator("h1")).to_have_text(f"Table {table}")
        return page

    def phone(self, name: str) -> Page:
        """A delegate's phone."""
        return self.device(name, 360, 740)

    def chair(self, verb: str, /, **data: Any) -> dict[str, Any]:
        """Let the chair do something that is granted."""
        if self.desk is None:
            self.desk = Somebody(self.hub.base, self.code("Amara"))
        return self.desk.do(verb, **data)

    def presses(self) -> str:
        """Let the chair press the main button."""
        step = next(iter(self.sees("desk")["track"].values()))
        asked = {"track": step["id"], "verb": step["step"]["verb"], "subject": step["step"]["subject"]}
        return str(self.chair("take-step", **asked)["done"])

    def reaches_the_round(self) -> None:
        """Press on until the tables talk."""
        while self.presses() != "start-clock":
            pass

    def sees(self, audience: str) -> dict[str, dict[str, Any]]:
        """What an audience sees now."""
        with self.house.reads() as session:
            return snapshot(View(session, datetime.now(UTC)), audience)

    def texts(self) -> list[str]:
        """What stands in the event's database of what the tables said."""
        with self.house.reads() as session:
            return sorted(comment.text for comment in session.query(Comment))

    def _fail(self, label: str, error: Any) -> None:
        raise AssertionError(f"{label}: {error}")


def say(laptop: Page, text: str) -> None:
    """Type a point and send it, by keyboard alone."""
    expect(laptop.locator("#draft")).to_be_visible()
    laptop.keyboard.press("Alt+KeyT")
    expect(laptop.locator("#draft")).to_be_focused()
    laptop.keyboard.type(text)
    laptop.keyboard.press("Enter")
    expect(laptop.locator("#draft")).to_have_value("")


@contextmanager
def hub_of(hall: Hall, folder: Path) -> Iterator[Hub]:
    """A hub that takes over what was acted out in a store in this folder."""
    hall.database.dispose()
    key = folder / "keys" / "sign-in"
    key.parent.mkdir(exist_ok=True)
    key.write_bytes(KEY)
    running = Hub(folder)
    running.start()
    try:
        yield running
    finally:
        running.stop()


@contextmanager
def served(folder: Path, new_context: Callable[..., Any], **settings: Any) -> Iterator[DeviceHall]:
    """The cast's event with these settings, served; the hub ends with the test, however that ends."""
    house = found(folder)
    if settings:
        run(house, "set-event", {"settings": settings})
    hub = Hub(folder)
    hub.start()
    try:
        yield DeviceHall(house, hub, new_context)
    finally:
        hub.stop()
        house.close()


@contextmanager
def serving(folder: Path, new_context: Callable[..., Any], **settings: Any) -> Iterator[DeviceHall]:
    """The same, with its tables talking."""
    with served(folder, new_context, **settings) as hall:
        hall.reaches_the_round()
        yield hall


def foot_says(laptop: Page, typed: int, centre: int, kept: int) -> None:
    """Wait until the foot of a laptop counts so."""
    words = f"{typed} typed · {centre} at the centre · {kept} kept here"
    expect(laptop.locator(".foot")).to_contain_text(words)
