"""A real Chromium, the machine's own, behind pytest-playwright's fixtures (`page`, `new_context`, ...)."""

from __future__ import annotations

import os
import shutil
from typing import Any

import pytest

QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
NAMES = ("chromium", "chromium-browser", "google-chrome")
BROWSER_FIXTURES = {"page", "context", "browser", "new_context"}


def find_chromium() -> str | None:
    """Where the machine's Chromium is, or nothing."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the machine's browser; a browser that root starts has no sandbox to give."""
    chromium = find_chromium()
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("Chromium is not installed; scripts/setup --test installs it on Debian.")
        pytest.skip("Chromium is not installed; scripts/setup --test installs it on Debian.")
    flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else [*QUIET]
    return {**browser_type_launch_args, "executable_path": chromium, "args": flags}


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
    """Mark what needs a browser or a database by what it asks for."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if asked & BROWSER_FIXTURES:
            item.add_marker(pytest.mark.browser)
        if "postgres_url" in asked:
            item.add_marker(pytest.mark.postgres)
