"""An event that was held, behind a real hub, and its people in their browsers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page

from tests.support.hub import Hub


@contextmanager
def served_from(folder: Path, engine: str = "eventlet") -> Iterator[Hub]:
    """A hub on the event in a folder, until the end."""
    hub = Hub(folder, {"FACILITATE_ENGINE": engine})
    hub.start()
    try:
        yield hub
    finally:
        hub.stop()


def signed_in(hub: Hub, new_context: Any, name: str, **look: Any) -> Page:
    """Somebody's page, signed in by their code; the name may be its beginning."""
    context: BrowserContext = new_context(**look)
    page = context.new_page()
    hub.sign_in(page, next(way.code for way in hub.ways() if way.label.startswith(name)))
    return page
