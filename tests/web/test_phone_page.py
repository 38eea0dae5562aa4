"""A delegate's phone in a real browser: the vote, what goes on, and what became of the table's points."""

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
from tests.web.devices import DeviceHall, foot_says, say, served


@pytest.fixture
def hall(tmp_path: Path, new_context: Any) -> Iterator[DeviceHall]:
    with served(tmp_path / "event", new_context) as hall:
        yield hall


BALLOT = "01900000-0000-7000-8000-000000000001"


def announce(hall: DeviceHall, ballot: str = BALLOT, **other: Any) -> None:
    hall.chair(
        "draft-ballot",
        **{
            "item": ballot, "motion": None, "question": "Shall the hall be warmer?", "form": "for-against",
            "options": [], "trust": "anonymised", "purpose": "binding", "rules": None, **other,
        },
    )  # fmt: skip
    hall.chair("announce-ballot", ballot=ballot)


def main_button(phone: Page) -> Any:
    return phone.locator(".btn.main")


def test_vote_goes_into_the_box_and_the_result_comes_back(hall: DeviceHall) -> None:
    hall.reaches_the_round()
    phones = [hall.phone(name) for name in ("Dara", "Dev", "Dora", "Dmitri")]
    announce(hall)
    expect(phones[0].get_by_text("You can vote here as soon as the chair opens it")).to_be_visible()
    assert_accessible(phones[0])
    hall.chair("open-ballot", ballot=BALLOT)
    for phone, answer in zip(phones, ("For", "For", "For", "Against"), strict=True):
        phone.get_by_role("radio", name=answer).check()
        main_button(phone).click()
        expect(phone.get_by_role("heading", name="Your vote is in")).to_be_focused()
    hall.chair("close-ballot", ballot=BALLOT)
    hall.chair("publish-result", ballot=BALLOT)
    expect(phones[0].locator(".finding")).to_contain_text("3 for")
    assert_accessible(phones[0])


def test_paper_in_the_hand_is_never_redrawn_and_survives_a_reload(hall: DeviceHall) -> None:
    hall.reaches_the_round()
    phone, laptop = hall.phone("Dara"), hall.laptop(1)
    announce(hall)
    hall.chair("open-ballot", ballot=BALLOT)
    phone.get_by_role("radio", name="Against").check()
    phone.evaluate("window.paper = document.querySelector('.ballot form')")
    say(laptop, "A point that arrives meanwhile")
    expect(phone.locator(".mine")).to_contain_text("A point that arrives meanwhile")
    assert phone.evaluate("window.paper.isConnected && window.paper.querySelector('[value=against]').checked")
    phone.reload()
    expect(main_button(phone)).to_have_text("Put it in the box: Against")


def test_ballot_closed_under_the_finger_says_that_nothing_was_cast(hall: DeviceHall) -> None:
    hall.reaches_the_round()
    phone = hall.phone("Dara")
    announce(hall)
    hall.chair("open-ballot", ballot=BALLOT)
    phone.get_by_role("radio", name="For").check()
    hall.chair("void-ballot", ballot=BALLOT, reason="The question was wrong.")
    expect(phone.get_by_text("Your answer was not put in the box")).to_be_visible()
    assert_accessible(phone)
    phone.get_by_role("button", name="See what goes on now").click()
    expect(phone.locator(".ballot")).to_have_count(0)


def test_attendee_is_told_why_there_is_no_vote(hall: DeviceHall) -> None:
    hall.reaches_the_round()
    phone = hall.phone("Attila")
    announce(hall)
    hall.chair("open-ballot", ballot=BALLOT)
    expect(phone.get_by_role("heading", name="Shall the hall be warmer?")).to_be_visible()
    expect(phone.get_by_role("radio")).to_have_count(0)
    expect(phone.locator(".ballot .notice")).not_to_be_empty()


def test_show_of_hands_asks_for_no_tap(hall: DeviceHall) -> None:
    hall.reaches_the_round()
    phone = hall.phone("Dara")
    announce(hall, trust="hands")
    hall.chair("open-ballot", ballot=BALLOT)
    expect(phone.get_by_text("This is a show of hands in the room.")).to_be_visible()
    expect(phone.get_by_role("radio")).to_have_count(0)


def test_delegate_reads_the_tables_points_and_says_what_is_missing(hall: DeviceHall) -> None:
    hall.reaches_the_round()
    phone, laptop = hall.phone("Dara"), hall.laptop(1)
    say(laptop, "Build on the old gasworks")
    foot_says(laptop, 1, 1, 0)
    expect(phone.locator(".mine")).to_contain_text("Build on the old gasworks")
    phone.get_by_label("What has nobody said yet?").fill("Nobody spoke of co-operatives")
    phone.get_by_role("button", name="Tell the theme team").click()
    expect(phone.get_by_text("The theme team has it.")).to_be_visible()
    expect(phone.get_by_label("What has nobody said yet?")).to_have_value("")
    [missing] = hall.sees("themes")["missing"].values()
    assert missing["text"] == "Nobody spoke of co-operatives"


def test_phone_fits_every_width_and_works_by_keyboard(hall: DeviceHall) -> None:
    phone = hall.phone("Dara")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    assert_accessible(phone)
    hall.reaches_the_round()
    announce(hall)
    hall.chair("open-ballot", ballot=BALLOT)
    expect(phone.get_by_role("radio")).to_have_count(3)
    assert_accessible(phone)
    assert_keyboard_reaches_everything(phone)
    assert_no_sideways_scroll(phone)
