"""Moving through a page as somebody does who has no pointer."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Locator, Page

FURTHEST = 60
MOST_STOPS = 400


def tab_to(page: Page, role: Any, name: str, key: str = "Tab") -> Any:
    """Press Tab until the focus is on what has this role and name."""
    target = page.get_by_role(role, name=name, exact=True)
    for _ in range(FURTHEST):
        if target.evaluate("element => element === document.activeElement"):
            return target
        page.keyboard.press(key)
    raise AssertionError(f"Tab does not reach the {role} {name}")


def go_to(page: Page, place: Locator) -> None:
    """Press Tab until the focus is there, on a page with many forms."""
    place.wait_for()
    target = place.element_handle()
    for _ in range(MOST_STOPS):
        if page.evaluate("(element) => element === document.activeElement", target):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {place}")


def press(page: Page, place: Locator, key: str = "Enter") -> None:
    """Go to a button or a link and press it."""
    go_to(page, place)
    page.keyboard.press(key)


def write(page: Page, place: Locator, words: str) -> None:
    """Go to a field and write over what stands in it."""
    go_to(page, place)
    page.keyboard.press("Control+a")
    page.keyboard.type(words)
