"""At the end the hub orders, and a laptop erases what it holds once all of it is at the centre."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import update

from facilitate.office import run
from facilitate.store.rows import Event
from facilitate.store.session import write_sessions
from tests.support.accessibility import assert_accessible
from tests.web.devices import DeviceHall, foot_says, say, serving

pytestmark = pytest.mark.browser

HELD = """async () => {
  const found = Object.keys(localStorage);
  for (const base of await indexedDB.databases()) found.push(base.name);
  for (const name of await caches.keys()) found.push(name);
  const root = await navigator.storage.getDirectory();
  const journals = await root.getDirectoryHandle("facilitate").catch(() => null);
  if (journals) for await (const event of journals.values())
    for await (const file of event.values()) found.push(file.name);
  return found;
}"""


@pytest.fixture
def hall(tmp_path: Path, new_context: Any) -> Iterator[DeviceHall]:
    with serving(tmp_path / "event", new_context) as hall:
        yield hall


def held(laptop: Page) -> list[str]:
    """The names of everything that this browser keeps for the hub's address."""
    names: list[str] = laptop.evaluate(HELD)
    return names


def order(hall: DeviceHall, reason: str = "") -> None:
    """Close the event, and let the clerk order all devices to erase."""
    with write_sessions(hall.house.database)() as session, session.begin():
        session.execute(update(Event).values(phase="after"))
    run(hall.house, "erase-devices", {"holding": [], "reason": reason})


def test_a_laptop_erases_everything_once_it_is_at_the_centre(hall: DeviceHall) -> None:
    laptop = hall.laptop(1)
    expect(laptop.locator(".foot")).to_contain_text("Opens without the network.")
    say(laptop, "Said and sent")
    foot_says(laptop, 1, 1, 0)
    assert len(held(laptop)) > 4
    order(hall)
    expect(laptop.locator("h1")).to_have_text("This laptop has erased what it kept")
    assert_accessible(laptop)
    assert held(laptop) == []
    assert hall.texts() == ["Said and sent"]


def test_the_clerk_orders_it_on_the_page_of_the_laptops(hall: DeviceHall) -> None:
    one, other, clerk = hall.laptop(1), hall.laptop(2), hall.device("Clement")
    for laptop in (one, other):
        expect(laptop.locator(".foot")).to_contain_text("Opens without the network.")
    say(one, "Said and sent")
    foot_says(one, 1, 1, 0)
    hall.chair("close-event")
    clerk.goto(f"{hall.hub.base}/office/laptops")
    expect(clerk.get_by_role("row", name="1 connected 1 0 1")).to_be_visible()
    assert_accessible(clerk)
    clerk.get_by_role("button", name="Order all devices to erase").click()
    expect(clerk.get_by_text("The order is given.")).to_be_visible()
    for laptop in (one, other):
        expect(laptop.locator("h1")).to_have_text("This laptop has erased what it kept")
        assert held(laptop) == []
    assert hall.texts() == ["Said and sent"]


def test_a_draft_is_not_erased(hall: DeviceHall) -> None:
    laptop = hall.laptop(1)
    say(laptop, "Said and sent")
    foot_says(laptop, 1, 1, 0)
    laptop.locator("#draft").fill("Not yet said")
    order(hall)
    expect(laptop.get_by_text("It waits: send the draft")).to_be_visible()
    assert_accessible(laptop)
    laptop.locator("#draft").press("Enter")
    expect(laptop.locator("h1")).to_have_text("This laptop has erased what it kept")
    assert hall.texts() == ["Not yet said", "Said and sent"]
