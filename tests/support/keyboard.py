"""Moving through a page as somebody does who has no pointer."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

FURTHEST = 60


def tab_to(page: Page, role: Any, name: str, key: str = "Tab") -> Any:
    """Press Tab until the focus is on what has this role and name."""
    target = page.get_by_role(role, name=name, exact=True)
    for _ in range(FURTHEST):
        if target.evaluate("element => element === document.activeElement"):
            return target
        page.keyboard.press(key)
    raise AssertionError(f"Tab does not reach the {role} {name}")
