"""A real Chromium, the machine's own, behind pytest-playwright's fixtures (`page`, `new_context`, ...).

Most tests need only its pages: for these Debian has a Chromium without windows, which costs half as much.
"""

from __future__ import annotations

import os
import shutil
from typing import Any

import pytest
from playwright.sync_api import expect

QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    # A key that scrolls does so at once, as for people who asked for less motion.
    "--disable-smooth-scrolling",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
WITHOUT_WINDOWS = "chromium-headless-shell"
MISSING = "Chromium is not installed; scripts/setup --test installs it on Debian."
# What the hub does is told through a socket: on a machine with much else to do that takes more than the five
# seconds that Playwright waits. What is there is seen at once; only a failure waits for longer. A test that
# waits for something need not say for how long.
expect.set_options(timeout=60_000)
BROWSER_FIXTURES = {"page", "context", "browser", "new_context"}


def find_chromium() -> str | None:
    """Where the machine's Chromium is, or nothing."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def find_light_chromium() -> str | None:
    """Where the Chromium without windows is; a machine that has none takes the whole one."""
    return shutil.which(WITHOUT_WINDOWS) or find_chromium()


def _launch(given: dict[str, Any], chromium: str | None) -> dict[str, Any]:
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail(MISSING)
        pytest.skip(MISSING)
    flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else [*QUIET]
    return {**given, "executable_path": chromium, "args": flags}


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the machine's browser; a browser that root starts has no sandbox to give."""
    return _launch(browser_type_launch_args, find_light_chromium())


@pytest.fixture(scope="session")
def whole_browser_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The browser that people have, for what needs a profile, an authority that it trusts or a camera."""
    return _launch(browser_type_launch_args, find_chromium())


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    """A visitor in Britain who asked for less motion, so that a test never waits for an animation."""
    return {
        **browser_context_args,
        "locale": "en-GB",
        "timezone_id": "Europe/London",
        "reduced_motion": "reduce",
    }


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser or a database by what it asks for; the longest files come first.

    Workers that take whole files in this order end at about the same time: first those with a test that is
    marked as slow, then those with a browser.
    """
    with_browser, slow = set(), set()
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if asked & BROWSER_FIXTURES:
            item.add_marker(pytest.mark.browser)
            with_browser.add(item.path)
        if "postgres_url" in asked:
            item.add_marker(pytest.mark.postgres)
        if item.get_closest_marker("slow"):
            slow.add(item.path)
    items.sort(key=lambda item: (item.path not in slow, item.path not in with_browser))
