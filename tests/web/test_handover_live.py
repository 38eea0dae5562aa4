"""A live event moves twice between running hubs, and what was printed and typed meanwhile is not lost."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import Browser, Page, Playwright, expect

from facilitate.handover.take import take
from facilitate.office import run
from facilitate.store.rows import Comment, KeptItem
from tests.hosts import Host
from tests.support.accessibility import assert_accessible
from tests.support.cable import Cable
from tests.support.hub import Hub, command_line
from tests.support.qr_codes import codes_in
from tests.web.device import Device, new_id
from tests.web.devices import DeviceHall, foot_says, found, say

pytestmark = pytest.mark.browser
ADDRESS = "http://forum.example"
SENT = {"title": "Cap the rents", "text": "As pay does.", "body": "NOR", "passages": ["HOU-1.2"]}


@dataclass
class Moving:
    """Two hosts, and the name under which the event is found wherever it is."""

    office: DeviceHall
    hall: Hub
    cable: Cable
    browser: Browser

    def name_leads_to(self, hub: Hub) -> None:
        """Let the event's name stand for another machine."""
        self.cable.pull()
        self.cable.leads_to(int(hub.port))

    def signs_in(self, label: str, page: Page | None = None) -> Page:
        """Somebody types their code under the event's name."""
        page = page or self.browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(f"{ADDRESS}/in/{self.office.code(label)}")
        page.get_by_role("button", name="Sign in").click()
        return page

    def reads(self, hub: Hub, label: str) -> requests.Session:
        """Somebody who is signed in at one machine, under the event's name."""
        web = requests.Session()
        web.headers["Host"] = "forum.example"
        form = {"code": self.office.code(label)}
        own = {"Origin": ADDRESS}
        answer = web.post(f"{hub.base}/sessions", form, headers=own, allow_redirects=False)
        assert answer.status_code == 303, answer.text
        return web


@pytest.fixture
def moving(
    tmp_path: Path, playwright: Playwright, browser_type_launch_args: dict[str, Any]
) -> Iterator[Moving]:
    house = found(tmp_path / "office")
    run(house, "set-event", {"settings": {"address": ADDRESS}})
    run(house, "import-submissions", {"rows": [SENT]})
    office = DeviceHall(house, Hub(tmp_path / "office"), lambda **_: None)
    hall, cable = Hub(tmp_path / "hall"), Cable()
    rule = f"--host-resolver-rules=MAP forum.example:80 127.0.0.1:{cable.port}"
    flags = [*browser_type_launch_args["args"], rule]
    office.hub.start()
    cable.leads_to(int(office.hub.port))
    browser = playwright.chromium.launch(**browser_type_launch_args | {"args": flags})
    try:
        yield Moving(office, hall, cable, browser)
    finally:
        browser.close()
        cable.pull()
        for hub in (office.hub, hall):
            hub.stop()
        house.close()


def write_at(hub: Hub, code: str) -> dict[str, Any]:
    """What a hub says to a table that would write there."""
    with Device(hub.base, code) as laptop:
        return laptop.submit("call-help", {"item": new_id(), "reason": "Something technical", "words": ""})


def move_by_hand(moving: Moving, bundle: Path) -> None:
    """Invite, give and take as the operators do, while the old hub serves on."""
    office, hall = moving.office.hub.folder, moving.hall.folder
    line = command_line("--event", str(hall), "handover", "invite", "--name", "hall-laptop").strip()
    told = command_line("--event", str(office), "handover", "give", line, str(bundle))
    hashed = re.search(r"--hash ([0-9a-f]{16})", told)
    assert hashed and "Here it can only be read" in told
    taken = command_line("--event", str(hall), "handover", "take", str(bundle), "--hash", hashed.group(1))
    assert "is written here from now on" in taken


def test_a_live_event_moves_twice(moving: Moving, tmp_path: Path) -> None:
    office = moving.office
    office.reaches_the_round()
    laptop = moving.signs_in("Laptop of table 1")
    expect(laptop.locator("h1")).to_have_text("Table 1", timeout=30_000)
    say(laptop, "Said in the office")
    foot_says(laptop, 1, 1, 0)
    reader = moving.reads(office.hub, "Dara")
    move_by_hand(moving, tmp_path / "there.event")
    the_copy_is_read_and_not_written(moving, laptop, reader)
    moving.hall.start()
    moving.name_leads_to(moving.hall)
    the_laptop_goes_on(moving, laptop)
    printed = print_in_the_hall(moving)
    back(moving)
    the_code_opens_its_story(moving, printed)
    nobody_else_writes(moving, tmp_path / "there.event")


def the_copy_is_read_and_not_written(moving: Moving, laptop: Page, reader: requests.Session) -> None:
    """Whoever is there reads on and is told; what a table types is kept on its laptop."""
    office = moving.office
    expect(laptop.locator(".middle")).to_contain_text("A copy to read. Since", timeout=30_000)
    say(laptop, "Typed before the copy")
    foot_says(laptop, 2, 1, 1)
    assert_accessible(laptop)
    story = reader.get(f"{office.hub.base}/story/S-001")
    assert story.status_code == 200 and "Cap the rents" in story.text
    assert f"the event goes on at {ADDRESS} (hall-laptop)" in story.text
    form = {"code": office.code("Dora")}
    refused = requests.post(f"{office.hub.base}/sessions", form, headers={"Origin": office.hub.base})
    assert refused.status_code == 409 and "handed over to hall-laptop" in refused.text


def the_laptop_goes_on(moving: Moving, laptop: Page) -> None:
    """Its sign-in is not known here; once it has signed in again, all that it kept arrives as it was."""
    expect(laptop.locator("h1")).to_have_text("This laptop is not signed in", timeout=60_000)
    expect(laptop.locator("body")).to_contain_text("1 not yet at the centre")
    moving.signs_in("Laptop of table 1", laptop)
    foot_says(laptop, 2, 2, 0)
    with Host(moving.hall.folder).hall() as hall, hall.reads() as session:
        texts = sorted(each.text for each in session.query(Comment))
        assert texts == ["Said in the office", "Typed before the copy"]
        assert session.query(KeptItem).count() == 0


def print_in_the_hall(moving: Moving) -> list[str]:
    """The codes on the sheet at the door and in the document of fates of a body."""
    door = moving.reads(moving.hall, "Amara").get(f"{moving.hall.base}/desk/reports/door-delegates.pdf")
    assert codes_in(door.content) == [f"{ADDRESS}/story"]
    fates = moving.reads(moving.hall, "Dara").get(f"{moving.hall.base}/bodies/NOR/fates.pdf")
    printed = codes_in(fates.content)
    assert {f"{ADDRESS}/story/S-001", f"{ADDRESS}/story/1-2"} <= set(printed)
    return printed


def back(moving: Moving) -> None:
    """The event moves into the office's folder, whose hub has served the copy all the time."""
    hall, office = Host(moving.hall.folder), Host(moving.office.hub.folder)
    office.takes(hall.gives(office, "office"))
    moving.name_leads_to(moving.office.hub)


def the_code_opens_its_story(moving: Moving, printed: list[str]) -> None:
    """A delegate points a phone at the paper from the hall, weeks later."""
    phone = moving.browser.new_context(viewport={"width": 360, "height": 740}).new_page()
    phone.goto(next(each for each in printed if each.endswith("/1-2")))
    phone.get_by_role("link", name="Sign in").click()
    phone.get_by_label("The code on your badge").fill(moving.office.code("Dara"))
    phone.get_by_role("button", name="Sign in").click()
    expect(phone).to_have_url(f"{ADDRESS}/story/1-2")
    expect(phone.locator("main")).to_contain_text("Typed before the copy")
    expect(phone.locator("body")).not_to_contain_text("A copy to read")
    phone.goto(next(each for each in printed if each.endswith("S-001")))
    expect(phone.locator("main")).to_contain_text("Cap the rents")


def nobody_else_writes(moving: Moving, first: Path) -> None:
    """The hall, whose hub still runs, and a second take of a bundle are refused; the office writes."""
    with requests.Session() as stranger:
        form = {"code": moving.office.code("Fay")}
        own = {"Origin": moving.hall.base}
        answer = stranger.post(f"{moving.hall.base}/sessions", form, headers=own)
        assert answer.status_code == 409
    hall = Host(moving.hall.folder)
    assert hall.is_refused() == "handed-over"
    with pytest.raises(Exception, match=r"^already-taken: "):
        take(hall.settings, first)
    assert write_at(moving.office.hub, moving.office.code("Fay"))["ok"]
    report = Host(moving.office.hub.folder).report()
    assert report.whole, report.differences
