"""Every page in every state: for every eye and hand, within the house, and calm while people work in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.pages.states import BusyDay
from tests.pages.views import STATES_IN_ORDER, Doors, View, views_in
from tests.support.accessibility import (
    assert_accessible,
    assert_keyboard_reaches_everything,
    assert_no_sideways_scroll,
)

# Slow as a whole: many pages, one after another.
pytestmark = [pytest.mark.browser, pytest.mark.slow]

EVERYTHING = [
    pytest.param(state, view, id=f"{state}-{view.name.replace(' ', '-')}")
    for state in STATES_IN_ORDER
    for view in views_in(state)
]

OVERFLOWING = """() => [...document.querySelectorAll("#app *")].filter((element) => {
  if (!element.checkVisibility() || element.closest("svg, .visually-hidden")) return false;
  const box = element.getBoundingClientRect();
  return box.right > innerWidth + 1 || box.bottom > innerHeight + 1;
}).map((element) => element.outerHTML.slice(0, 120))"""
SMALLEST_WORDS = """() => {
  const words = document.createTreeWalker(document.getElementById("app"), NodeFilter.SHOW_TEXT);
  const small = [];
  while (words.nextNode()) {
    const element = words.currentNode.parentElement;
    if (!words.currentNode.data.trim() || !element.checkVisibility()) continue;
    if (element.closest("svg, .visually-hidden")) continue;
    const size = parseFloat(getComputedStyle(element).fontSize);
    if (size > 0 && size < innerHeight / 25 - 0.5) small.push(`${size} px: ${words.currentNode.data.trim()}`);
  }
  return small;
}"""


@pytest.fixture(scope="module")
def doors(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Doors]:
    event = BusyDay(Path(tmp_path_factory.mktemp("pages")))
    doors = Doors(browser, event)
    yield doors
    doors.close()
    event.end()


def settle(page: Page) -> None:
    """Wait until the page has drawn what the hub told it last."""
    page.locator(".opening, .waiting:only-child").first.wait_for(state="detached")
    page.evaluate("() => new Promise((done) => setTimeout(done, 300))")


@pytest.mark.parametrize(("state", "view"), EVERYTHING)
def test_page_is_for_everybody(doors: Doors, state: str, view: View) -> None:
    doors.event.reach(state)
    doors.witness.complaints.clear()
    page = doors.open(view)
    settle(page)
    assert page.title()
    expect(page.locator("h1")).to_have_count(1)
    assert_accessible(page)
    if view.is_screen:
        assert_screen_is_read_from_the_back_row(page)
    else:
        assert_no_sideways_scroll(page)
        assert_keyboard_reaches_everything(page)
    assert not doors.witness.strangers, "requests that leave the hub"
    if view.name != "refused":
        assert not doors.witness.complaints


def assert_screen_is_read_from_the_back_row(page: Page) -> None:
    """Nothing leaves the picture, and no word is smaller than a twenty-fifth of its height."""
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.wait_for_timeout(400)
    assert not page.evaluate(OVERFLOWING)
    assert not page.evaluate(SMALLEST_WORDS)
