"""A laptop by https and name: the cable is pulled, the browser closed and started again; no word is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, BrowserType, Page, expect
from sqlalchemy import select

from facilitate.certificate import make_certificate, moment
from facilitate.office import run
from facilitate.store.rows import Comment
from tests.support.cable import Cable
from tests.support.hub import Hub
from tests.web.devices import DeviceHall, foot_says, found, say

pytestmark = pytest.mark.browser

NAME = "hub.example.org"
TEN = [f"Point {number} of ten" for number in range(1, 11)]


@pytest.fixture
def cable() -> Iterator[Cable]:
    cable = Cable()
    yield cable
    cable.pull()


@pytest.fixture
def hall(tmp_path: Path, new_context: Any, cable: Cable) -> Iterator[DeviceHall]:
    folder = tmp_path / "event"
    house = found(folder)
    run(house, "set-event", {"settings": {"limit": 12}})
    make_certificate(folder, [NAME], [], moment())
    hub = Hub(folder, {"FACILITATE_ORIGINS": f"https://{NAME}:{cable.port}"})
    hub.start()
    cable.leads_to(int(hub.secure.rpartition(":")[2]))
    hall = DeviceHall(house, hub, new_context)
    hall.reaches_the_round()
    yield hall
    hub.stop()
    house.close()


class Laptop:
    """A laptop with a profile of its own, which trusts the event's authority as the runbook says."""

    def __init__(self, home: Path, browser: BrowserType, options: dict[str, Any], authority: Path) -> None:
        self.home = home
        self.browser = browser
        self.options = options
        trust(home / ".pki" / "nssdb", authority)

    def starts(self) -> tuple[BrowserContext, Page]:
        """Start its browser; the same folder as before, and nobody resolves the hub's name but itself."""
        context = self.browser.launch_persistent_context(
            str(self.home / "profile"),
            executable_path=self.options["executable_path"],
            args=[*self.options["args"], f"--host-resolver-rules=MAP {NAME} 127.0.0.1"],
            env={**os.environ, "HOME": str(self.home)},
            viewport={"width": 1366, "height": 768},
            reduced_motion="reduce",
        )
        return context, context.pages[0]


def trust(store: Path, authority: Path) -> None:
    """Teach a browser to trust an authority."""
    certutil = shutil.which("certutil")
    if certutil is None:
        problem = "certutil is not installed; scripts/setup --test installs libnss3-tools on Debian."
        pytest.fail(problem) if os.environ.get("CI") else pytest.skip(problem)
    store.mkdir(parents=True)
    tool = [str(certutil), "-d", f"sql:{store}"]
    adding = ["-A", "-t", "C,,", "-n", "facilitate", "-i", str(authority)]
    for command in (["-N", "--empty-password"], adding):
        subprocess.run([*tool, *command], check=True, capture_output=True)


@pytest.fixture
def laptop(
    tmp_path: Path, browser_type: BrowserType, whole_browser_launch_args: dict[str, Any], hall: DeviceHall
) -> Laptop:
    authority = hall.hub.folder / "keys" / "ca.crt"
    return Laptop(tmp_path / "laptop", browser_type, whole_browser_launch_args, authority)


def ends_the_round(hall: DeviceHall) -> None:
    """Let the chair press on until the round is done."""
    while any(
        item["kind"] == "round" and item["state"] == "current"
        for item in hall.sees("delegates")["item"].values()
    ):
        hall.presses()


def at_the_centre(hall: DeviceHall) -> list[tuple[str, str, bool]]:
    """Every point with its state, and whether it is marked late."""
    with hall.house.reads() as session:
        rows = session.execute(select(Comment.text, Comment.state, Comment.marks).order_by(Comment.serial))
        return [(text, state, "after-the-round" in marks) for text, state, marks in rows]


def test_ten_points_typed_without_network_arrive_once_and_late_after_the_browser_was_closed(
    hall: DeviceHall, laptop: Laptop, cable: Cable
) -> None:
    origin = f"https://{NAME}:{cable.port}"
    context, page = laptop.starts()
    page.goto(f"{origin}/in/{next(w.code for w in hall.hub.ways() if w.label == 'Laptop of table 1')}")
    page.get_by_role("button").first.click()
    expect(page.locator(".foot")).to_contain_text("Opens without the network.")
    expect(page.locator(".shortfall")).to_have_count(0)

    cable.pull()
    for text in TEN:
        say(page, text)
    foot_says(page, 10, 0, 10)
    expect(page.locator("#own-list")).to_contain_text("kept on this laptop")
    context.close()

    # Started again, still without network: the page opens from the laptop itself.
    context, page = laptop.starts()
    page.goto(f"{origin}/")
    expect(page.locator("h1")).to_have_text("Table 1")
    foot_says(page, 10, 0, 10)
    row = page.locator("#own-list li").filter(has_text=TEN[2])
    row.get_by_role("button", name="Correct").click()
    page.locator("#draft").fill("Point 3, said better")
    page.keyboard.press("Enter")
    foot_says(page, 11, 0, 11)
    assert at_the_centre(hall) == []

    ends_the_round(hall)
    cable.plug()
    foot_says(page, 11, 11, 0)
    expect(page.locator("#own-list > li")).to_have_count(10)
    expected = [(text, "superseded" if text == TEN[2] else "current", True) for text in TEN]
    assert at_the_centre(hall) == [*expected, ("Point 3, said better", "current", True)]
    context.close()
