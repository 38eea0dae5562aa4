"""A room with delegates' phones: real browsers by https, a registrar and a ballot box for them."""

from __future__ import annotations

import os
import signal
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Error,
    Locator,
    Page,
    Playwright,
    ViewportSize,
    expect,
    sync_playwright,
)

from facilitate.office import run
from tests.support.browser import QUIET, find_chromium, find_light_chromium
from tests.web.stamped import BALLOT, SecureHall, stamping

READY = "Ready. You can vote here as soon as the chair opens it."
LISTED = "Your vote is on the list."
PATIENCE = 60_000
SIZE: ViewportSize = {"width": 360, "height": 740}


def free_port() -> int:
    """A port that nobody has now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Room:
    """One event whose delegates have browsers."""

    hall: SecureHall
    playwright: Playwright
    browser: Browser
    chromium: str
    folder: Path
    names: list[str] = field(default_factory=list)

    def seat(self, role: str, *names: str) -> None:
        """Let more people in."""
        rows = [{"name": name, "roles": [role], "present": True} for name in names]
        run(self.hall.house, "import-people", {"rows": rows})
        self.hall.codes.clear()
        if role == "delegate":
            self.names += names

    def move(self, act: str, ballot: str = BALLOT, **data: Any) -> None:
        """One act of the chair's on a ballot."""
        self.hall.chair(f"{act}-ballot", ballot=ballot, **data)

    def see(self, ballot: str = BALLOT) -> dict[str, Any]:
        """A ballot as the desk sees it."""
        seen: dict[str, Any] = self.hall.sees("desk")["ballot"][ballot]
        return seen

    def phone(self, name: str) -> Page:
        """A delegate's phone in a browser of many, with a jar of its own."""
        return self.hall.phone(name)


@contextmanager
def room(*flags: str, settings: dict[str, str] | None = None, light: bool = False) -> Iterator[Room]:
    """An event in its first round behind a hub with https; phones in a lighter browser where that will do."""
    chromium = find_chromium()
    assert chromium is not None
    # The page's policy has to know the box before the box is started: else it comes anew once, by itself.
    chosen = {"FACILITATE_BOX_PORT": str(free_port()), "FACILITATE_STAMP_JITTER": "0", **(settings or {})}
    with tempfile.TemporaryDirectory(prefix="facilitate-phones-") as place, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_light_chromium() if light else chromium,
            args=[*QUIET, "--no-sandbox", *flags],
        )
        try:
            with stamping(Path(place) / "event", browser.new_context, chosen) as hall:
                hall.reaches_the_round()
                yield Room(hall, playwright, browser, chromium, Path(place))
        finally:
            browser.close()


@dataclass
class OwnPhone:
    """A phone with a browser of its own, whose profile outlives it."""

    room: Room
    name: str
    lives: int = 0

    @property
    def profile(self) -> Path:
        """What is left when the browser is gone."""
        return self.room.folder / f"profile of {self.name}"

    def start(self, script: str = "") -> Page:
        """Start the browser on its profile and open the phone's page; a script runs before the page's own."""
        self.lives += 1
        self.context: BrowserContext = self.room.playwright.chromium.launch_persistent_context(
            str(self.profile), executable_path=self.room.chromium, args=[*QUIET, "--no-sandbox"],
            ignore_https_errors=True, viewport=SIZE, chromium_sandbox=False,
        )  # fmt: skip
        if script:
            self.context.add_init_script(script)
        page = self.context.pages[0]
        page.set_default_timeout(PATIENCE)
        # Whoever comes back shows the code on the badge again: a sign-in may be gone with the power.
        self.room.hall.sign_in(page, self.name)
        return page

    def kill(self) -> None:
        """End every process of this browser at once, as a dead battery does."""
        for each in Path("/proc").glob("[0-9]*/cmdline"):
            with suppress(OSError):
                if str(self.profile) in each.read_text(errors="replace"):
                    os.kill(int(each.parent.name), signal.SIGKILL)
        with suppress(Error):
            self.context.close()


def fill_in(page: Page, answer: str) -> Locator:
    """Choose an answer on a stamped paper; the button that casts it."""
    page.get_by_role("radio", name=answer).check()
    page.get_by_role("button", name=f"Check your answer: {answer}").click()
    return page.get_by_role("button", name=f"Put it in the box: {answer}")


def sees(page: Page, words: str) -> None:
    """Wait until the phone says something."""
    expect(page.get_by_text(words).first).to_be_visible(timeout=PATIENCE)
