"""One delegate after another at a kiosk: nothing is kept, nobody votes twice, and visits end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.support.accessibility import (
    assert_accessible,
)
from tests.web.kiosks import QUESTION, KioskHall, kiosk_hall


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KioskHall]:
    with kiosk_hall(tmp_path_factory.mktemp("kiosk") / "event") as hall:
        yield hall


@pytest.fixture
def hall(served: KioskHall, new_context: Callable[..., Any]) -> Iterator[KioskHall]:
    hall = KioskHall(served.house, served.hub, new_context)
    yield hall
    hall.clears_up()


def test_nothing_of_a_delegate_is_left_for_the_next(hall: KioskHall) -> None:
    ballot, kiosk = hall.ballot(), hall.kiosk()
    page = kiosk.page
    kiosk.signs_in(hall.code("Dara"))
    page.get_by_role("radio", name="For").check()
    assert kiosk.kept() == []
    assert [cookie["name"] for cookie in page.context.cookies()] == ["facilitate"]
    before = page.context.cookies()
    kiosk.finishes()
    assert kiosk.kept() == [] and page.context.cookies() == before
    assert "Dara" not in page.content() and QUESTION not in page.content()
    page.go_back()
    page.wait_for_load_state()
    assert "Dara" not in page.content() and QUESTION not in page.content()
    page.go_forward()
    kiosk.signs_in(hall.code("Dora"))
    expect(page.get_by_text("Signed in: Dora.")).to_be_visible()
    expect(page.get_by_role("radio", checked=True)).to_have_count(0)
    page.reload()
    kiosk.is_free()
    assert hall.counts(ballot) == {"for": 0, "against": 0}


def test_vote_on_the_phone_is_known_at_the_kiosk_and_the_other_way_round(hall: KioskHall) -> None:
    ballot, kiosk = hall.ballot(), hall.kiosk()
    phones = {name: hall.phone(name) for name in ("Dara", "Dev")}
    phones["Dara"].get_by_role("radio", name="For").check()
    phones["Dara"].locator(".btn.main").click()
    expect(phones["Dara"].get_by_role("heading", name="Your vote is in")).to_be_visible()
    kiosk.signs_in(hall.code("Dara"))
    expect(kiosk.page.get_by_role("heading", name="Your vote is in")).to_be_visible()
    expect(kiosk.page.get_by_role("radio")).to_have_count(0)
    kiosk.finishes()
    kiosk.signs_in(hall.code("Dev"))
    kiosk.page.get_by_role("radio", name="Against").press("Enter")
    kiosk.page.get_by_role("button", name="Put it in the box: Against").press("Enter")
    expect(phones["Dev"].get_by_role("heading", name="Your vote is in")).to_be_visible()
    kiosk.finishes()
    assert hall.counts(ballot) == {"for": 1, "against": 1}


def test_visit_that_nobody_ends_ends_by_itself_and_any_key_gives_more_time(hall: KioskHall) -> None:
    ballot, kiosk = hall.ballot(), hall.kiosk()
    page = kiosk.page
    kiosk.is_free()
    kiosk.press("F2")
    kiosk.signs_in(hall.code("Dara"))
    expect(page.get_by_role("radio")).to_have_count(3)
    page.evaluate("() => { const now = performance.now.bind(performance); window.ahead = 0;"
                  " performance.now = () => now() + window.ahead; }")
    page.evaluate("window.ahead += 125_000")
    kiosk.says("Are you still there? In 60 seconds this visit ends by itself")
    assert_accessible(page)
    kiosk.forget()
    kiosk.press("ArrowDown")
    kiosk.says("Not chosen.")
    expect(page.get_by_role("alert").filter(has_text="Are you still there?")).to_have_count(0)
    page.evaluate("window.ahead += 190_000")
    kiosk.says("Nobody pressed a key. This visit has ended.")
    kiosk.is_free()
    assert hall.counts(ballot) == {"for": 0, "against": 0}


def test_kiosk_without_a_network_says_so_and_loses_nothing(hall: KioskHall) -> None:
    ballot, kiosk = hall.ballot(), hall.kiosk()
    page = kiosk.page
    kiosk.is_free()
    kiosk.press("F2")
    kiosk.signs_in(hall.code("Dara"))
    page.get_by_role("radio", name="For").check()
    page.context.set_offline(True)
    hall.hub.stop()
    kiosk.says("No connection since")
    page.get_by_role("button", name="Put it in the box: For").press("Enter")
    kiosk.says("The centre did not answer. What you chose is still on this page: try again in a moment.")
    expect(page.get_by_role("radio", name="For")).to_be_checked()
    assert_accessible(page)
    page.context.set_offline(False)
    hall.hub.start()
    expect(page.locator(".lost").first).to_be_empty(timeout=60_000)
    page.get_by_role("button", name="Put it in the box: For").press("Enter")
    kiosk.says("Your vote is in.")
    kiosk.finishes()
    assert hall.counts(ballot) == {"for": 1, "against": 0}


def test_teller_makes_a_browser_a_kiosk_and_is_signed_out_there(hall: KioskHall) -> None:
    page = hall.device("Tess")
    page.goto(f"{hall.hub.base}/kiosk")
    assert_accessible(page)
    page.get_by_label("Name of the kiosk").fill("Kiosk in the foyer")
    page.get_by_role("button", name="Make this browser a kiosk").click()
    expect(page.get_by_role("heading", name="Vote here")).to_be_visible()
    page.goto(f"{hall.hub.base}/desk")
    expect(page.get_by_role("heading", name="Vote here")).to_be_visible()
    assert "Kiosk in the foyer" in [each["label"] for each in hall.told()]
    other = hall.device("Dara")
    other.goto(f"{hall.hub.base}/kiosk")
    assert other.url.endswith("/phone")
