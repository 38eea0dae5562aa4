"""A kiosk in a real browser: by keys and ears alone, in every look, with and without a voice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.accessibility import (
    assert_accessible,
    assert_keyboard_reaches_everything,
    assert_no_sideways_scroll,
)
from tests.web.kiosks import PLACES, QUESTION, TEXT, KioskHall, kiosk_hall


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KioskHall]:
    with kiosk_hall(tmp_path_factory.mktemp("kiosk") / "event") as hall:
        yield hall


@pytest.fixture
def hall(served: KioskHall, new_context: Callable[..., Any]) -> Iterator[KioskHall]:
    hall = KioskHall(served.house, served.hub, new_context)
    yield hall
    hall.clears_up()


def test_delegate_who_sees_nothing_votes_by_ear_and_keys(hall: KioskHall) -> None:
    kiosk, page = (made := hall.kiosk()), made.page
    kiosk.is_free()
    kiosk.press("F2")
    kiosk.says("Type the code of your badge, then press Enter. F1 tells the keys.")
    ballot = hall.ballot(motion=hall.motion())
    kiosk.signs_in(hall.code("Dara"))
    kiosk.says(QUESTION)
    kiosk.says(f"For: The passage will read “{TEXT}”")
    kiosk.says("3 answers. Arrow down goes through them, Enter chooses.")
    kiosk.until("For. Option 1 of 3.")
    kiosk.says(f"The passage will read “{TEXT}” Not chosen. Enter chooses it.")
    kiosk.until("Against. Option 2 of 3.")
    kiosk.forget()
    kiosk.press("Enter")
    kiosk.says("Chosen: Against.")
    page.evaluate("window.paper = document.querySelector('.ballot form')")
    hall.chair("extend-ballot", ballot=ballot, seconds=300)
    expect(page.locator(".top")).to_contain_text("closes in 6:")
    assert page.evaluate("window.paper.isConnected && window.paper.querySelector('[value=against]').checked")
    expect(page.get_by_role("radio", name="Against")).to_be_focused()
    kiosk.until("Put it in the box: Against. Button.")
    kiosk.forget()
    kiosk.press("Enter")
    kiosk.says("Your vote is in.")
    expect(page.get_by_role("heading", name="Your vote is in")).to_be_visible()
    kiosk.until("I have finished. Button.")
    kiosk.press("Enter")
    kiosk.says("This kiosk has forgotten everything. Goodbye.")
    kiosk.is_free()
    assert hall.counts(ballot) == {"for": 0, "against": 1}


def test_papers_that_say_more_are_filled_in_with_a_number_pad(hall: KioskHall) -> None:
    lot = {"tie": "lot", "lot": "14 March"}
    ranked = hall.ballot(form="rank", options=PLACES, question="Where do we meet?", rules=lot)
    kiosk = hall.kiosk()
    kiosk.press("NumpadDivide")
    kiosk.signs_in(hall.code("Dara"))
    kiosk.says("Say which is first, second and so on.")
    kiosk.until("Leeds. Option 1 of 3. not ranked.", "Numpad2")
    kiosk.until("Derry. Option 3 of 3. not ranked. Left and right change it.", "Numpad2")
    kiosk.until("Derry: first.", "Numpad6")
    kiosk.says("Your order: 1 Derry.")
    kiosk.until("Leeds. Option 1 of 3.", "Numpad8")
    kiosk.until("Leeds: second.", "Numpad6")
    kiosk.says("Your order: 1 Derry, 2 Leeds.")
    kiosk.until("Put it in the box: 2 of 3 ranked. Button.", "Numpad2")
    kiosk.press("Numpad5")
    kiosk.says("Your vote is in.")
    hall.chair("close-ballot", ballot=ranked)
    spent = hall.ballot(form="points", options=PLACES, question="What first?", rules={"points": 10})
    kiosk.says("You have 10 points.")
    kiosk.until("Cardiff. Option 2 of 3. 0 points.")
    kiosk.press("ArrowRight", "ArrowRight")
    kiosk.says("Cardiff: 2 points.")
    kiosk.says("8 of 10 left.")
    kiosk.until("Put it in the box: 2 of 10 points. Button.")
    kiosk.press("Enter")
    kiosk.says("Your vote is in.")
    hall.chair("close-ballot", ballot=spent)
    rated = hall.ballot(form="strength", options=PLACES, question="How much?")
    kiosk.says("Rate them from 1, the weakest, to 5, the strongest.")
    kiosk.until("Leeds. Option 1 of 3. no view.")
    kiosk.until("Leeds: 5.", "ArrowLeft")
    kiosk.until("Cardiff. Option 2 of 3. no view.")
    kiosk.until("Put it in the box: 1 rated. Button.")
    kiosk.press("Enter")
    kiosk.says("Your vote is in.")
    hall.chair("close-ballot", ballot=rated)


def test_keys_slow_down_repeat_and_hush_the_voice(hall: KioskHall) -> None:
    kiosk = hall.kiosk()
    kiosk.is_free()
    kiosk.press("F2")
    kiosk.says("Vote here.")
    kiosk.forget()
    kiosk.press("F6", "F6", "F6")
    kiosk.says("Slower. No further.")
    assert kiosk.rates[-1] < 1
    kiosk.press("F7")
    kiosk.says("Faster.")
    kiosk.forget()
    kiosk.press("F3")
    kiosk.says("Faster.")
    kiosk.press("F1")
    kiosk.says("F4: be quiet.")
    kiosk.forget()
    kiosk.press("F2")
    kiosk.says("Speech off.")
    kiosk.forget()
    kiosk.press("F3", "ArrowDown")
    assert kiosk.said == []


def test_kiosk_is_accessible_in_every_look_and_width(hall: KioskHall) -> None:
    kiosk = hall.kiosk()
    page = kiosk.page
    kiosk.is_free()
    looks_well(page)
    ballot = hall.ballot()
    kiosk.signs_in(hall.code("Dara"))
    expect(page.get_by_role("radio")).to_have_count(3)
    looks_well(page)
    kiosk.press("F10", "F5")
    expect(page.locator("html.large.stark")).to_be_visible()
    looks_well(page)
    kiosk.press("F9")
    expect(page.get_by_text("The screen is off. F9 brings it back.")).to_be_visible()
    assert page.locator(".curtain").bounding_box() == {"x": 0, "y": 0, "width": 1366, "height": 768}
    expect(page.get_by_role("radio", name="For")).to_be_attached()
    kiosk.press("F9")
    expect(page.locator(".curtain")).to_be_hidden()
    kiosk.finishes()
    hall.chair("close-ballot", ballot=ballot)


def looks_well(page: Page) -> None:
    assert_accessible(page)
    assert_keyboard_reaches_everything(page)
    assert_no_sideways_scroll(page)


def test_kiosk_without_a_voice_says_so_to_the_eye_and_to_the_desk(hall: KioskHall) -> None:
    kiosk = hall.kiosk(mute=True)
    expect(kiosk.page.get_by_text("This kiosk has no voice")).to_be_visible()
    assert_accessible(kiosk.page)
    desk = hall.device("Tess")
    stations = desk.get_by_role("region", name="Kiosks")
    expect(stations.get_by_text("has no voice")).to_be_visible()
    assert_accessible(desk)
