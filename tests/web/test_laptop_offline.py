"""The table page opens and works with no hub to be reached, on a laptop that was signed in before."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.accessibility import assert_accessible
from tests.web.devices import DeviceHall, foot_says, say, serving

pytestmark = pytest.mark.browser

KEPT = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
  return found;
}"""


@pytest.fixture
def hall(tmp_path: Path, new_context: Any) -> Iterator[DeviceHall]:
    with serving(tmp_path / "event", new_context) as hall:
        yield hall


def ready(hall: DeviceHall, table: int) -> Page:
    """A table's laptop that has said that it opens without the network."""
    laptop = hall.laptop(table)
    expect(laptop.locator(".foot")).to_contain_text("Opens without the network.")
    return laptop


def test_the_page_opens_without_a_hub_and_goes_on_where_it_was(hall: DeviceHall) -> None:
    laptop = ready(hall, 1)
    say(laptop, "Before the cut")
    foot_says(laptop, 1, 1, 0)
    hall.hub.stop(signal.SIGKILL)
    laptop.goto(f"{hall.hub.base}/")
    expect(laptop).to_have_url(f"{hall.hub.base}/table")
    expect(laptop.locator("h1")).to_have_text("Table 1")
    expect(laptop.locator("#own-list")).to_contain_text("Before the cut")
    say(laptop, "Typed in the dark")
    foot_says(laptop, 2, 1, 1)
    expect(laptop.locator(".foot")).to_contain_text("No connection since")
    assert_accessible(laptop)
    laptop.reload()
    foot_says(laptop, 2, 1, 1)
    hall.hub.start()
    foot_says(laptop, 2, 2, 0)
    assert hall.texts() == ["Before the cut", "Typed in the dark"]


def test_nothing_personal_is_kept_and_signing_out_clears_the_page(hall: DeviceHall) -> None:
    laptop = ready(hall, 1)
    kept = laptop.evaluate(KEPT)
    assert "/table" in kept
    assert all(path == "/table" or path.startswith("/assets/") for path in kept)
    page = laptop.evaluate("async () => (await (await caches.match('/table')).text())")
    assert "Laptop" not in page and "Table 1" not in page
    laptop.evaluate("fetch('/out', {method: 'POST'})")
    laptop.wait_for_function("() => caches.match('/table').then((page) => !page)")
    hall.hub.stop(signal.SIGKILL)
    laptop.goto(f"{hall.hub.base}/table")
    expect(laptop.locator("body")).to_contain_text("nobody is signed in on this laptop")


def test_plain_http_says_that_it_cannot_open_without_the_network(hall: DeviceHall) -> None:
    laptop = hall.laptop(1)
    laptop.context.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    laptop.reload()
    expect(laptop.locator(".shortfall")).to_contain_text("cannot open without the network")
    say(laptop, "Said all the same")
    foot_says(laptop, 1, 1, 0)
    assert_accessible(laptop)
