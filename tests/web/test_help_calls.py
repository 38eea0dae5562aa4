"""A help call from cry to close in real browsers: laptop, area facilitator's phone, chair's desk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.people import Hall
from tests.support.accessibility import (
    assert_accessible,
    assert_keyboard_reaches_everything,
    assert_no_sideways_scroll,
)
from tests.support.hub import Hub
from tests.web.devices import hub_of

PHONE = {"width": 360, "height": 740}
LAPTOP = {"width": 1366, "height": 768}


@pytest.fixture
def hub(hall: Hall, tmp_path: Path) -> Iterator[Hub]:
    hall.clock.moment = datetime.now(UTC) - timedelta(minutes=5)
    hall.reaches("Homes that are built")
    hall.presses()
    hall.as_("Dara").does("report-missing", {"item": hall.new_id(), "text": "Nobody speaks of empty flats."})
    hall.office("set-event", {"settings": {"help_alarm_seconds": 1}})
    with hub_of(hall, tmp_path) as running:
        yield running


def signed_in(hub: Hub, new_context: Any, label: str, size: dict[str, int] = LAPTOP) -> Page:
    page: Page = new_context(viewport=size).new_page()
    hub.sign_in(page, next(way.code for way in hub.ways() if way.label == label))
    return page


def calls(laptop: Page, reason: str, words: str = "") -> None:
    """Call for help by keyboard."""
    laptop.keyboard.press("Alt+h")
    laptop.get_by_label(reason).check()
    laptop.get_by_label("In your own words, if you like").fill(words)
    laptop.locator("#help").get_by_role("button", name="Call for help").click()


def test_a_help_call_goes_from_cry_to_close(hub: Hub, new_context: Any) -> None:
    laptop = signed_in(hub, new_context, "Laptop of table 1")
    block = signed_in(hub, new_context, "Ari", PHONE)
    desk = signed_in(hub, new_context, "Amara")
    state = laptop.locator(".help-state")
    laptop.keyboard.press("Alt+h")
    assert_accessible(laptop)
    assert_no_sideways_scroll(laptop)
    laptop.keyboard.press("Escape")
    calls(laptop, "Something technical", "The screen is dark.")
    expect(state).to_contain_text("not seen yet")
    expect(laptop.locator("#help-button")).to_be_focused()
    expect(desk.locator(".help-alarm")).to_contain_text("Table 1 has waited for help for too long.")
    expect(desk.locator(".help-calls")).to_contain_text("The screen is dark.")
    assert_accessible(desk)
    expect(block.locator(".call")).to_contain_text("The screen is dark.")
    assert_accessible(block)
    block.get_by_role("button", name="I am on my way").click()
    expect(state).to_contain_text("seen by Ari")
    expect(state).to_contain_text("on the way")
    expect(desk.locator(".help-calls")).to_contain_text("Seen by Ari")
    expect(desk.locator(".help-alarm")).to_have_count(0)
    block.get_by_role("button", name="Close table 1").click()
    expect(state).to_contain_text("closed")
    expect(desk.locator(".help-calls")).to_contain_text("Nobody calls for help.")
    expect(block.locator(".calls > li")).to_have_count(0)


def test_a_private_call_shows_its_reason_to_those_who_come_alone(hub: Hub, new_context: Any) -> None:
    laptop = signed_in(hub, new_context, "Laptop of table 3")
    phone = signed_in(hub, new_context, "Bea", PHONE)
    assert phone.url.endswith("/block/B")
    calls(laptop, "Safeguarding", "Somebody was shouted at.")
    expect(phone.locator(".call")).to_contain_text("Somebody was shouted at.")
    expect(laptop.locator(".help-state")).to_contain_text("not seen yet")
    assert "shouted" not in laptop.content() and "shouted" not in laptop.locator("body").inner_text()
    laptop.get_by_role("button", name="Take the call back").click()
    expect(laptop.locator(".help-state")).to_contain_text("taken back")
    expect(phone.locator(".call")).to_have_count(0)


def test_a_call_without_a_connection_is_kept_and_says_when_it_was_made(hub: Hub, new_context: Any) -> None:
    laptop = signed_in(hub, new_context, "Laptop of table 1")
    expect(laptop.locator(".help-line")).to_be_visible()
    block = signed_in(hub, new_context, "Ari", PHONE)
    expect(block.locator(".table-list > li")).to_have_count(3)
    laptop.context.set_offline(True)
    hub.stop()
    calls(laptop, "A dispute at the table")
    expect(laptop.locator(".help-state")).to_contain_text("not at the centre yet")
    hub.start()
    laptop.context.set_offline(False)
    expect(laptop.locator(".help-state")).to_contain_text("not seen yet")
    expect(block.locator(".call")).to_contain_text("A dispute at the table")


def test_a_missing_point_is_answered_from_the_block_page(hub: Hub, new_context: Any) -> None:
    block = signed_in(hub, new_context, "Ari", PHONE)
    delegate = signed_in(hub, new_context, "Dara", PHONE)
    expect(block.locator(".missing-points")).to_contain_text("Nobody speaks of empty flats.")
    assert_no_sideways_scroll(block)
    assert_keyboard_reaches_everything(block)
    block.get_by_label("Your answer").fill("It is in HOU-1.3.")
    block.get_by_role("button", name="Answer").click()
    expect(delegate.locator(".missing")).to_contain_text("Answered: It is in HOU-1.3.")
    expect(block.locator(".missing-points")).to_contain_text("No delegate here waits for an answer.")


def test_a_missing_point_is_added_from_the_floor_on_the_block_page(hub: Hub, new_context: Any) -> None:
    block = signed_in(hub, new_context, "Ari", PHONE)
    delegate = signed_in(hub, new_context, "Dara", PHONE)
    block.get_by_text("Add it from the floor").click()
    block.get_by_label("About which passage").select_option(index=1)
    block.get_by_label("With it").fill("4")
    assert_accessible(block)
    block.get_by_role("button", name="Add it").click()
    expect(delegate.locator(".missing")).to_contain_text("Added to what the tables said")
    expect(delegate.locator(".mine")).to_contain_text("Nobody speaks of empty flats.")
    expect(block.locator(".missing-points")).to_contain_text("No delegate here waits for an answer.")


def test_an_area_facilitator_sees_their_own_block_alone(hub: Hub, new_context: Any) -> None:
    phone = signed_in(hub, new_context, "Bea", PHONE)
    expect(phone.locator(".table-list > li")).to_have_count(1)
    expect(phone.locator(".table-list")).to_contain_text("HOU-1.1 and HOU-1.2")
    expect(phone.locator(".missing-points")).to_contain_text("No delegate here waits for an answer.")
    phone.goto(f"{hub.base}/block/A")
    expect(phone.locator("h1")).to_have_text("Block B")
    chair = signed_in(hub, new_context, "Amara")
    chair.goto(f"{hub.base}/block/A")
    expect(chair.locator(".table-list > li")).to_have_count(2)
    chair.get_by_role("link", name="All blocks").click()
    expect(chair.locator(".table-list > li")).to_have_count(3)
    assert_accessible(chair)
