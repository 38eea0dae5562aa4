"""Papers that say more than one thing on a delegate's phone: by keyboard, checked in words, counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.accessibility import (
    assert_accessible,
    assert_keyboard_reaches_everything,
    assert_no_sideways_scroll,
)
from tests.web.devices import DeviceHall, say, served

BALLOT = "01900000-0000-7000-8000-00000000000{}"
PLACES = ["Leeds", "Cardiff", "Derry"]


@pytest.fixture
def hall(tmp_path: Path, new_context: Any) -> Iterator[DeviceHall]:
    with served(tmp_path / "event", new_context) as hall:
        hall.reaches_the_round()
        yield hall


def opens(hall: DeviceHall, number: int, form: str, **rules: Any) -> str:
    """A ballot of a form, announced and open."""
    ballot = BALLOT.format(number)
    hall.chair(
        "draft-ballot", item=ballot, motion=None, question="Where do we meet next year?", form=form,
        options=PLACES, trust="anonymised", purpose="binding", rules=rules or None,
    )  # fmt: skip
    hall.chair("announce-ballot", ballot=ballot)
    hall.chair("open-ballot", ballot=ballot)
    return ballot


def ends(hall: DeviceHall, ballot: str) -> None:
    """Closed and published."""
    hall.chair("close-ballot", ballot=ballot)
    hall.chair("publish-result", ballot=ballot)


def cast(phone: Page) -> None:
    """Put the paper in the box."""
    phone.locator(".cast .btn").click()
    expect(phone.get_by_role("heading", name="Your vote is in")).to_be_focused()


def test_points_are_spent_by_keyboard_and_never_overspent(hall: DeviceHall) -> None:
    phone, laptop = hall.phone("Dara"), hall.laptop(1)
    ballot = opens(hall, 1, "points", points=10)
    said = phone.locator(".says")
    expect(said).to_have_text("10 of 10 left.")
    phone.locator(".cast .btn").press("Enter")
    expect(phone.locator(".sentence")).to_have_text("Give at least one point.")
    phone.get_by_label("Leeds", exact=True).fill("9")
    more = phone.get_by_role("button", name="One more for Derry")
    for _ in range(3):
        more.press("Enter")
    expect(more).to_be_focused()
    expect(said).to_have_text("You spent 12 of 10 points. Take 2 back.")
    assert_accessible(phone)
    assert_keyboard_reaches_everything(phone)
    assert_no_sideways_scroll(phone)
    phone.evaluate("window.field = document.querySelector('.marks input')")
    say(laptop, "A point that arrives meanwhile")
    expect(phone.locator(".mine")).to_contain_text("A point that arrives meanwhile")
    assert phone.evaluate("window.field.isConnected && window.field.value === '9'")
    phone.get_by_label("Leeds", exact=True).fill("7")
    expect(phone.locator(".cast .btn")).to_have_text("Put it in the box: 10 of 10 points")
    phone.reload()
    expect(phone.get_by_label("Derry", exact=True)).to_have_value("3")
    cast(phone)
    ends(hall, ballot)
    expect(phone.locator(".finding")).to_have_text("Chosen: Leeds")
    assert_accessible(phone)


def test_a_ranking_shows_every_round(hall: DeviceHall) -> None:
    phone, other = hall.phone("Dara"), hall.phone("Dev")
    ballot = opens(hall, 1, "rank", tie="lot", lot="14 March")
    phone.get_by_label("Derry", exact=True).select_option("first")
    phone.get_by_label("Leeds", exact=True).select_option("first")
    expect(phone.locator(".says")).to_contain_text("Leeds and Derry are both first. Give each place once.")
    phone.locator(".cast .btn").press("Enter")
    expect(phone.locator(".sentence")).to_contain_text("Give each place once.")
    phone.get_by_label("Leeds", exact=True).select_option("second")
    expect(phone.locator(".says")).to_have_text("Your order: 1 Derry, 2 Leeds.")
    assert_accessible(phone)
    assert_keyboard_reaches_everything(phone)
    assert_no_sideways_scroll(phone)
    cast(phone)
    other.get_by_label("Cardiff", exact=True).select_option("first")
    cast(other)
    ends(hall, ballot)
    phone.get_by_text("Every round", exact=False).click()
    expect(phone.locator(".rounds tbody tr").first).to_contain_text("Leeds")
    expect(phone.locator(".rounds li").first).to_contain_text("Round 1")
    assert_accessible(phone)
    assert_no_sideways_scroll(phone)


def test_approvals_and_strengths_are_native_fields(hall: DeviceHall) -> None:
    phone = hall.phone("Dara")
    ballot = opens(hall, 1, "approve-any", majority="plurality")
    phone.get_by_label("Leeds").check()
    phone.get_by_label("None of these").check()
    expect(phone.get_by_label("Leeds")).to_be_disabled()
    expect(phone.locator(".says")).to_have_text("You approve none of them.")
    assert_accessible(phone)
    phone.get_by_label("None of these").uncheck()
    expect(phone.locator(".says")).to_have_text("You approve Leeds.")
    cast(phone)
    ends(hall, ballot)
    expect(phone.locator(".finding")).to_have_text("Chosen: Leeds")
    ballot = opens(hall, 2, "strength")
    expect(phone.locator(".says")).to_be_visible()
    group = phone.get_by_role("group", name="Cardiff")
    group.get_by_label("4").check()
    expect(phone.locator(".says")).to_have_text("You rated 1 of 3.")
    assert_accessible(phone)
    assert_keyboard_reaches_everything(phone)
    assert_no_sideways_scroll(phone)
    cast(phone)
    ends(hall, ballot)
    expect(phone.locator(".finding").first).to_have_text("Chosen: Cardiff")
