"""A kiosk in a real browser: by keys and ears alone, nothing kept, one delegate after another."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from facilitate import House
from facilitate.office import run
from tests.pages.cast import Somebody, new_id
from tests.support.accessibility import (
    assert_accessible,
    assert_keyboard_reaches_everything,
    assert_no_sideways_scroll,
)
from tests.support.hub import Hub
from tests.web.devices import DeviceHall, found
from tests.web.kiosks import LABEL, Kiosk, kiosk_of

QUESTION = "Shall every council build within five years?"
TEXT = "Every council builds within five years."
PLACES = ["Leeds", "Cardiff", "Derry"]


class Hall(DeviceHall):
    """The cast's event with a kiosk, shared by the tests of this file; each leaves no ballot open."""

    numbers = itertools.count(1)

    def kiosk(self, **how: Any) -> Kiosk:
        """The kiosk's browser."""
        return kiosk_of(self, lambda page, label: self.hub.sign_in(page, self.code(label)), **how)

    def ballot(self, **other: Any) -> str:
        """A ballot that is up."""
        ballot = f"01900000-0000-7000-8000-{next(self.numbers):012d}"
        asked = {
            "item": ballot, "motion": None, "question": QUESTION, "form": "for-against", "options": [],
            "trust": "anonymised", "purpose": "binding", "rules": None, **other,
        }  # fmt: skip
        self.chair("draft-ballot", **asked)
        self.chair("announce-ballot", ballot=ballot)
        self.chair("open-ballot", ballot=ballot)
        return ballot

    def motion(self) -> str:
        """A motion that changes a passage, put to the room."""
        motion, thea = new_id(), Somebody(self.hub.base, self.code("Thea"))
        passage = next(each for each in self.sees("desk")["passage"].values() if each["ref"] == "HOU-1.1")
        given = {"item": motion, "passage": passage["id"], "document": passage["document"]}
        words = {"effect": "replace", "title": "Five years", "text": TEXT}
        thea.do("draft-motion", **given, **words, comments=[], themes=[], submissions=[])
        thea.do("put-motion", motion=motion)
        return motion

    def counts(self, ballot: str) -> dict[str, int]:
        """Close a ballot; what was in the box."""
        self.chair("close-ballot", ballot=ballot)
        self.chair("publish-result", ballot=ballot)
        counts = self.sees("desk")["ballot"][ballot]["result"]["counts"]
        return {key: counts[key] for key in ("for", "against")}

    def state(self) -> dict[str, Any]:
        """The kiosk as the desk has it, told by the hub."""
        [kiosk] = [each for each in self.told() if each["label"] == LABEL]
        return kiosk

    def told(self) -> list[dict[str, Any]]:
        """All kiosks, as a teller's device is told."""
        tess = Somebody(self.hub.base, self.code("Tess"))
        client = tess.connect()
        try:
            answer = client.call("join", {"streams": {}}, timeout=20)
        finally:
            client.disconnect()
        return list(answer["streams"]["desk"]["snapshot"]["kiosk"].values())


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, Hub]]:
    """The event, in its first round."""
    folder = tmp_path_factory.mktemp("kiosk") / "event"
    house = found(folder)
    run(house, "add-kiosk", {"label": LABEL})
    hub = Hub(folder)
    hub.start()
    try:
        Hall(house, hub, lambda: None).reaches_the_round()
        yield house, hub
    finally:
        hub.stop()
        house.close()


@pytest.fixture
def hall(served: tuple[House, Hub], new_context: Callable[..., Any]) -> Iterator[Hall]:
    hall = Hall(*served, new_context)
    yield hall
    for ballot in hall.sees("desk")["ballot"].values():
        if ballot["state"] == "open":
            hall.chair("void-ballot", ballot=ballot["id"], reason="The test is over.")


def test_delegate_who_sees_nothing_votes_by_ear_and_keys(hall: Hall) -> None:
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


def test_nothing_of_a_delegate_is_left_for_the_next(hall: Hall) -> None:
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


def test_vote_on_the_phone_is_known_at_the_kiosk_and_the_other_way_round(hall: Hall) -> None:
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


def test_papers_that_say_more_are_filled_in_with_a_number_pad(hall: Hall) -> None:
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


def test_visit_that_nobody_ends_ends_by_itself_and_any_key_gives_more_time(hall: Hall) -> None:
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


def test_kiosk_without_a_network_says_so_and_loses_nothing(hall: Hall) -> None:
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


def test_kiosk_is_accessible_in_every_look_and_width(hall: Hall) -> None:
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


def test_kiosk_without_a_voice_says_so_to_the_eye_and_to_the_desk(hall: Hall) -> None:
    kiosk = hall.kiosk(mute=True)
    expect(kiosk.page.get_by_text("This kiosk has no voice")).to_be_visible(timeout=30_000)
    assert_accessible(kiosk.page)
    desk = hall.device("Tess")
    stations = desk.get_by_role("region", name="Kiosks")
    expect(stations.get_by_text("has no voice")).to_be_visible()
    assert_accessible(desk)


def test_keys_slow_down_repeat_and_hush_the_voice(hall: Hall) -> None:
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


def test_teller_makes_a_browser_a_kiosk_and_is_signed_out_there(hall: Hall) -> None:
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
