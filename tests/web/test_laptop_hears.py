"""What a table's laptop hears of a long round: the newest, how many came before, nothing after its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from facilitate.domain.comments import HEARD
from tests.people import Hall
from tests.support.accessibility import assert_accessible
from tests.support.hub import Hub
from tests.web.devices import POST_COMMAND, foot_says, hub_of, say

_MORE = 7


@pytest.fixture
def hub(hall: Hall, tmp_path: Path) -> Iterator[Hub]:
    hall.clock.moment = datetime.now(UTC) - timedelta(minutes=5)
    hall.reaches("Homes that are built")
    hall.presses()
    for number in range(HEARD + _MORE):
        hall.as_("Fay").says(f"Said by table one, {number}")
    with hub_of(hall, tmp_path) as running:
        yield running


def test_a_laptop_says_how_many_came_before_what_it_hears(hub: Hub, hall: Hall, new_context: Any) -> None:
    codes = {way.label: way.code for way in hub.ways()}
    laptop, desk = new_context().new_page(), new_context().new_page()
    hub.sign_in(laptop, codes["Laptop of table 2"])
    say(laptop, "Now we speak")
    heard, echo = laptop.locator("#echo-list > li"), laptop.locator(".echo")
    # The table's own point is the newest of all.
    expect(echo).to_contain_text(f"{_MORE + 1} more came earlier: the theme team has them all.")
    expect(echo.locator(".fresh")).to_contain_text(f"{HEARD - 1} points, the newest first")
    expect(heard.first).to_contain_text(f"Said by table one, {HEARD + _MORE - 1}")
    laptop.get_by_role("button", name="earlier points").click()
    expect(heard.last).to_contain_text(f"Said by table one, {_MORE + 1}")
    heard.last.get_by_role("button", name="We differ").click()
    expect(heard.last).to_contain_text("this table: we differ")
    say(laptop, "And once more")
    foot_says(laptop, 2, 2, 0)
    # One more has pushed out the oldest: it is on show, and it was answered.
    expect(heard.last).to_contain_text("this table: we differ")
    expect(echo).to_contain_text(f"{_MORE + 1} more came earlier")
    assert_accessible(laptop)
    laptop.locator("#draft").fill("Half a sentence")
    hub.sign_in(desk, codes["Amara"])
    expect(desk.locator("h1").first).to_be_visible()
    step = hall.sees("desk")["track"][hall.track]["step"]
    asked = {"track": hall.track, "verb": step["verb"], "subject": step["subject"]}
    assert desk.evaluate(POST_COMMAND, ["take-step", asked])["result"]["done"] == "end-round"
    expect(echo).to_contain_text("Other tables are heard while a round about this passage goes on.")
    expect(heard).to_have_count(0)
    expect(laptop.locator("#draft")).to_have_value("Half a sentence")
    expect(laptop.locator("#own-list > li")).to_have_count(2)
    assert_accessible(laptop)
