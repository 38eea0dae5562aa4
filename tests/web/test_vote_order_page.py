"""The order of votes in real browsers: laid and rearranged at the desk, read on phone and screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from facilitate.office import run
from tests.cast import SCREEN
from tests.support.accessibility import assert_accessible, assert_no_sideways_scroll
from tests.web.devices import DeviceHall, served

MOTION = "01900000-0000-7000-8000-0000000001{:02}"
TEXT = "Rents rise no faster than wages, and nobody is evicted in winter."
LATER: Any = {"timeout": 30_000}


@pytest.fixture
def hall(tmp_path: Path, new_context: Any) -> Iterator[DeviceHall]:
    """A text with two amendments to the same words, two rival texts, and one that waits for the first."""
    with served(tmp_path / "event", new_context) as hall:
        run(hall.house, "add-screen", {"label": SCREEN})
        hall.reaches_the_round()
        passages = {each["ref"]: each for each in hall.sees("desk")["passage"].values()}

        def moves(n: int, title: str, passage: str, text: str, **other: Any) -> None:
            given = {"effect": "replace", "comments": [], "themes": [], "submissions": [], **other}
            hall.chair(
                "draft-motion", item=MOTION.format(n), passage=passages[passage]["id"], title=title,
                document=passages[passage]["document"], text=text, **given,
            )  # fmt: skip
            hall.chair("put-motion", motion=MOTION.format(n))

        moves(1, "Rents and evictions", "HOU-1.2", TEXT)
        moves(2, "Every wage", "HOU-1.2", TEXT.replace("wages", "every wage"), amends=MOTION.format(1))
        moves(3, "Pay", "HOU-1.2", TEXT.replace("wages", "pay"), amends=MOTION.format(1))
        moves(4, "Within five years", "HOU-1.1", "Every council builds within five years.")
        moves(5, "Within two years", "HOU-1.1", "Every council builds within two years as many as it can.")
        yield hall


def entries(page: Page) -> Any:
    return page.locator(".vote-order > li")


def looks_right(page: Page, *widths: int) -> None:
    """No width of this page breaks a rule."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        # What lies under the tabs that stick to the top counts as too small to touch.
        page.evaluate("document.querySelectorAll('.middle').forEach((part) => part.scrollTo(0, 0))")
        assert_accessible(page)
        assert_no_sideways_scroll(page)


def opens_the_order(desk: Page) -> None:
    """Alt with a key shows it, once the page is drawn."""
    tab = desk.get_by_role("button", name="Order of votes")
    expect(tab).to_be_visible(**LATER)
    desk.keyboard.press("Alt+o")
    expect(tab).to_have_attribute("aria-pressed", "true")


def lay(desk: Page) -> None:
    """The clerk looks at the proposal and lays it, by keyboard alone."""
    opens_the_order(desk)
    expect(entries(desk)).to_have_count(4, **LATER)
    expect(entries(desk).nth(0)).to_contain_text("Motions 4 and 5 against each other: one text for HOU-1.1")
    expect(entries(desk).nth(1)).to_contain_text("An amendment is decided before the text that it changes.")
    expect(entries(desk).nth(1)).to_contain_text("If it is carried: motion 3 then falls.")
    looks_right(desk, 1366, 360)
    desk.get_by_role("button", name="Lay this order before the room").press("Enter")
    expect(desk.get_by_text("The room sees this order on its phones and screens.")).to_be_visible(**LATER)


def rearrange(desk: Page) -> None:
    """What the rules allow is done; what they do not allow is refused in a sentence."""
    desk.get_by_role("button", name="Motion 1: Rents and evictions: earlier").press("Enter")
    refused = desk.get_by_text("Motion 1 has to wait for motion 3. Nothing was changed; put that one before")
    expect(refused.first).to_be_visible(**LATER)
    desk.get_by_role("button", name="Understood").click()
    desk.get_by_role("button", name="one text for HOU-1.1: later").press("Enter")
    expect(entries(desk).nth(1)).to_contain_text("against each other", **LATER)
    expect(entries(desk).nth(0)).to_contain_text("Motion 2, to amend motion 1")


def pull_out(desk: Page, phone: Page) -> None:
    """A vote en bloc is added; a delegate takes a passage out of it and back in, and out again."""
    desk.get_by_label("Vote en bloc on the passages that nobody pulls out").check()
    asked = phone.get_by_text("1 passage is voted on en bloc")
    expect(asked).to_be_visible(**LATER)
    asked.click()
    for name in ("Pull it out", "Put it back", "Pull it out"):
        phone.get_by_role("button", name=name).click()
        expect(phone.get_by_role("button", name=name)).to_have_count(0, **LATER)
    expect(phone.get_by_text("Put by itself: Northern Moor CLP")).to_be_visible()
    looks_right(phone, 360, 1366)
    expect(desk.locator(".pulled")).to_contain_text("HOU-1.3 is put by itself: Northern Moor CLP", **LATER)
    expect(entries(desk).last).to_contain_text("HOU-1.3 as it reads")


def test_a_clerk_lays_the_order_and_the_room_follows_it(hall: DeviceHall) -> None:
    clerk, phone, screen = hall.device("Clement"), hall.phone("Dara"), hall.device(SCREEN, 1920, 1080)
    clerk.goto(f"{hall.hub.base}/desk")
    lay(clerk)
    expect(phone.get_by_role("heading", name="The order of votes")).to_be_visible(**LATER)
    expect(clerk.get_by_role("button", name="Announce the next vote")).to_have_count(0)
    rearrange(clerk)
    pull_out(clerk, phone)
    chair = hall.device("Amara")
    opens_the_order(chair)
    chair.get_by_role("button", name="Announce the next vote: Motion 2, to amend motion 1").press("Enter")
    summary = phone.get_by_text("now vote 1 of 5: Motion 2, to amend motion 1")
    expect(summary).to_be_visible(**LATER)
    effect = phone.locator("dl.effects")
    expect(effect).to_contain_text("Motion 3 then falls.")
    place = screen.get_by_text("Vote 1 of 5 on HOU. Next: Motions 4 and 5")
    hall.chair("set-scene", screen=screen_id(hall), scene="ballot")
    expect(place).to_be_visible(**LATER)
    ballot = next(iter(hall.sees("desk")["ballot"].values()))
    assert ballot["question"] == "Motion 2, to amend motion 1: Every wage"
    hall.chair("open-ballot", ballot=ballot["id"])
    phone.get_by_label("For", exact=True).check()
    phone.locator(".cast .btn").click()
    expect(phone.get_by_role("heading", name="Your vote is in")).to_be_visible(**LATER)
    hall.chair("close-ballot", ballot=ballot["id"])
    hall.chair("publish-result", ballot=ballot["id"])
    fell = entries(chair).nth(1)
    expect(fell).to_contain_text("not put", **LATER)
    expect(fell).to_contain_text("Not put, since ballot 1 was carried.")
    phone.get_by_text("next vote 3 of 5").click()
    expect(phone.locator(".vote-order")).to_contain_text("Not put, since ballot 1 was carried.")
    expect(phone.locator(".vote-order")).to_contain_text("one text for HOU-1.1")
    expect(screen.get_by_text("Vote 1 of 5 on HOU. Next: Motions 4 and 5")).to_be_visible()
    looks_right(chair, 1366, 1920)


def screen_id(hall: DeviceHall) -> str:
    """The id of the screen."""
    return str(next(iter(hall.sees("desk")["screen"])))
