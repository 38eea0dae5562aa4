"""A stamped ballot at a kiosk: stamped when it is confirmed, cast, its words said and forgotten."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from facilitate.office import run
from tests.support.accessibility import (
    assert_accessible,
    assert_keyboard_reaches_everything,
    assert_no_sideways_scroll,
)
from tests.web.kiosks import LABEL, Kiosk, kiosk_of
from tests.web.stamped import BALLOT, SecureHall, stamping


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecureHall]:
    """The event with a certificate, a registrar and a ballot box; the tests of this file share it."""
    with stamping(tmp_path_factory.mktemp("stamped-kiosk") / "event", lambda: None) as hall:
        run(hall.house, "add-kiosk", {"label": LABEL})
        hall.reaches_the_round()
        yield hall


class Hall(SecureHall):
    """The same hall with the browsers of one test, and a ballot of its own."""

    ballot_id = BALLOT

    def kiosk(self, **how: Any) -> Kiosk:
        """The kiosk's browser, by https."""
        return kiosk_of(self, self.sign_in, ignore_https_errors=True, **how)

    def up(self, at: int, *, opens: bool = True, **other: Any) -> str:
        """A stamped ballot that is announced, and open unless said otherwise."""
        ballot = BALLOT[:-1] + str(at)
        self.draft(item=ballot, **other)
        self.chair("announce-ballot", ballot=ballot)
        if opens:
            self.chair("open-ballot", ballot=ballot)
        return ballot

    def board_of(self, ballot: str) -> dict[str, Any]:
        """Close a ballot and wait for its board."""
        self.chair("close-ballot", ballot=ballot)
        waiter = self.new_context(ignore_https_errors=True).new_page()
        for _ in range(1_800):
            board = self.sees("desk")["ballot"][ballot]["board"]
            if board:
                return dict(board)
            waiter.wait_for_timeout(50)
        raise AssertionError("the board never came")


@pytest.fixture
def hall(served: SecureHall, new_context: Callable[..., Any]) -> Iterator[Hall]:
    hall = Hall(served.house, served.hub, new_context)
    yield hall
    for ballot in hall.sees("desk")["ballot"].values():
        if ballot["state"] in ("announced", "open"):
            recall = "recall-ballot" if ballot["state"] == "announced" else "close-ballot"
            hall.chair(recall, ballot=ballot["id"], reason="The test is over.")


def heading(page: Page, words: str) -> Any:
    return page.get_by_role("heading", name=words, exact=True)


def test_delegate_who_sees_nothing_casts_a_stamped_ballot_and_takes_the_words_along(hall: Hall) -> None:
    kiosk = hall.kiosk()
    page = kiosk.page
    kiosk.is_free()
    ballot = hall.up(1, opens=False)
    # Its page came before the ballot box had an address, and comes anew by itself before anybody is there.
    expect(page.locator("#app")).to_have_attribute("data-box", re.compile("^https"))
    kiosk.is_free()
    kiosk.press("F2")
    kiosk.signs_in(hall.code("Dara"))
    kiosk.says("Announced. You can vote here as soon as the chair opens it.")
    kiosk.forget()
    hall.chair("open-ballot", ballot=ballot)
    kiosk.says("3 answers. Arrow down goes through them, Enter chooses.")
    kiosk.until("Against. Option 2 of 3.")
    kiosk.press("Enter")
    kiosk.says("Chosen: Against.")
    assert_accessible(page)
    assert_keyboard_reaches_everything(page)
    assert_no_sideways_scroll(page)
    page.get_by_role("radio", name="Against").focus()
    kiosk.until("Check your answer: Against. Button.")
    kiosk.forget()
    kiosk.press("Enter")
    kiosk.says("You vote: Against. Shall the hall be warmer? A vote in the box is final")
    assert_accessible(page)
    kiosk.until("Put it in the box: Against. Button.")
    kiosk.forget()
    kiosk.press("Enter")
    kiosk.says("Your vote is in.")
    words = takes_words(kiosk)
    kiosk.until("I have finished. Button.")
    kiosk.press("Enter")
    kiosk.is_free()
    assert kiosk.kept() == [] and words not in page.content()
    board = hall.board_of(ballot)
    assert (board["cast"], board["issued"]) == (1, 1)
    page.goto(f"{hall.hub.secure}/boards/{ballot}")
    expect(page.get_by_role("row", name=words).get_by_role("cell")).to_have_text("Against")


def takes_words(kiosk: Kiosk) -> str:
    """Ask for the four words, which are shown and said."""
    page = kiosk.page
    kiosk.until("Hear and see my four words. Button.")
    kiosk.forget()
    kiosk.press("Enter")
    expect(page.locator(".words b")).to_be_visible()
    words = page.locator(".words b").inner_text()
    assert len(words.split()) == 4
    kiosk.says(words)
    expect(page.get_by_role("img", name="The same as a code for a camera")).to_be_visible()
    assert_accessible(page)
    assert_no_sideways_scroll(page)
    assert kiosk.kept() == []
    return words


def test_whoever_leaves_before_confirming_has_used_up_nothing(hall: Hall) -> None:
    ballot, kiosk = hall.up(2), hall.kiosk()
    kiosk.signs_in(hall.code("Dara"))
    kiosk.page.get_by_role("radio", name="For").check()
    kiosk.page.get_by_role("button", name="Check your answer: For").press("Enter")
    expect(heading(kiosk.page, "You vote: For")).to_be_focused()
    kiosk.finishes()
    assert hall.sees("desk")["ballot"][ballot]["issued"] == 0
    kiosk.signs_in(hall.code("Dara"))
    kiosk.page.get_by_role("radio", name="Against").check()
    kiosk.page.get_by_role("button", name="Check your answer: Against").press("Enter")
    kiosk.page.get_by_role("button", name="Put it in the box: Against").press("Enter")
    expect(heading(kiosk.page, "Your vote is in")).to_be_visible()
    kiosk.finishes()
    kiosk.signs_in(hall.code("Dara"))
    expect(kiosk.page.get_by_text("You have used a kiosk for this ballot before.")).to_be_visible()
    kiosk.finishes()
    phone = hall.phone("Dara")
    expect(phone.get_by_text("Your ballot was stamped at a kiosk, to be cast there.")).to_be_visible()
    assert hall.board_of(ballot)["cast"] == 1


def test_ballot_stamped_on_a_phone_is_voted_on_there(hall: Hall) -> None:
    ballot, phone, kiosk = hall.up(3, opens=False), hall.phone("Dev"), hall.kiosk()
    expect(phone.get_by_text("Ready. You can vote here")).to_be_visible()
    kiosk.signs_in(hall.code("Dev"))
    told = "Your ballot was stamped on a device of yours: vote there."
    expect(kiosk.page.get_by_text(told)).to_be_visible()
    hall.chair("open-ballot", ballot=ballot)
    expect(kiosk.page.get_by_text("Open now. Your ballot was stamped on a device of yours")).to_be_visible()
    expect(kiosk.page.get_by_role("radio")).to_have_count(0)
    assert_accessible(kiosk.page)
    kiosk.finishes()


def test_box_that_does_not_answer_is_told_and_the_vote_goes_in_when_it_is_back(hall: Hall) -> None:
    ballot, kiosk = hall.up(4), hall.kiosk()
    page = kiosk.page
    kiosk.is_free()
    kiosk.press("F2")
    kiosk.signs_in(hall.code("Dora"))
    page.get_by_role("radio", name="For").check()
    page.route("**/cast", lambda route: route.abort())
    page.get_by_role("button", name="Check your answer: For").press("Enter")
    page.get_by_role("button", name="Put it in the box: For").press("Enter")
    kiosk.says("The ballot box does not answer. Your vote is kept here and is sent again by itself")
    expect(page.get_by_role("button", name="Wait: your vote is on its way")).to_be_visible()
    expect(page.get_by_role("button", name="Leave all the same")).to_be_visible()
    assert_accessible(page)
    page.unroute("**/cast")
    kiosk.says("Your vote is in.")
    kiosk.finishes()
    assert hall.board_of(ballot)["cast"] == 1


def test_ballot_that_closes_while_it_is_being_confirmed_says_that_nothing_was_cast(hall: Hall) -> None:
    ballot, kiosk = hall.up(5), hall.kiosk()
    page = kiosk.page
    kiosk.is_free()
    kiosk.press("F2")
    kiosk.signs_in(hall.code("Dmitri"))
    page.get_by_role("radio", name="For").check()
    page.get_by_role("button", name="Check your answer: For").press("Enter")
    expect(heading(page, "You vote: For")).to_be_focused()
    assert hall.board_of(ballot)["cast"] == 0
    kiosk.says("This ballot has ended. Your answer was not put in the box.")
    expect(page.get_by_role("button", name="Put it in the box: For")).to_have_count(0)
    assert_accessible(page)
    kiosk.finishes()


def test_kiosk_without_encryption_sends_the_delegate_elsewhere(hall: Hall) -> None:
    hall.up(6)
    kiosk = kiosk_of(hall, lambda page, label: hall.hub.sign_in(page, hall.code(label)))
    kiosk.page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
    kiosk.page.reload()
    kiosk.signs_in(hall.code("Dara"))
    expect(kiosk.page.get_by_text("this kiosk’s page came without encryption")).to_be_visible()
    expect(kiosk.page.get_by_role("radio")).to_have_count(0)
