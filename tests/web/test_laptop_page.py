"""A table's laptop in a real browser: nothing typed is lost, whatever becomes of hub and page."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

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


@pytest.fixture
def talking(hall: DeviceHall) -> DeviceHall:
    hall.reaches_the_round()
    return hall


def test_points_typed_while_the_hub_is_gone_all_arrive_once(talking: DeviceHall) -> None:
    laptop = talking.laptop(1)
    say(laptop, "Before the cut")
    foot_says(laptop, 1, 1, 0)
    talking.hub.stop(signal.SIGKILL)
    for text in ("First in the dark", "Second in the dark", "Third in the dark"):
        say(laptop, text)
    foot_says(laptop, 4, 1, 3)
    expect(laptop.locator(".foot")).to_contain_text("No connection since")
    laptop.keyboard.type("and half a sentence")
    talking.hub.start()
    foot_says(laptop, 4, 4, 0)
    dark = ["First in the dark", "Second in the dark", "Third in the dark"]
    assert talking.texts() == ["Before the cut", *dark]
    expect(laptop.locator("#draft")).to_have_value("and half a sentence")
    expect(laptop.locator("#draft")).to_be_focused()


def test_draft_and_numbers_survive_a_reload(talking: DeviceHall) -> None:
    laptop = talking.laptop(1)
    say(laptop, "Sent")
    foot_says(laptop, 1, 1, 0)
    laptop.keyboard.press("Alt+Digit4")
    laptop.keyboard.type("A new idea that is not fin")
    laptop.reload()
    expect(laptop.locator("#draft")).to_have_value("A new idea that is not fin")
    expect(laptop.get_by_role("radio", name="New idea")).to_be_checked()
    foot_says(laptop, 1, 1, 0)


def test_letters_typed_right_after_enter_belong_to_the_next_point(talking: DeviceHall) -> None:
    laptop = talking.laptop(1)
    laptop.locator("#draft").focus()
    laptop.keyboard.type("One\nTwo\nThree", delay=0)
    laptop.keyboard.press("Enter")
    foot_says(laptop, 3, 3, 0)
    assert talking.texts() == ["One", "Three", "Two"]


def test_correction_takes_the_place_of_the_point(talking: DeviceHall) -> None:
    laptop = talking.laptop(1)
    say(laptop, "To small a number")
    foot_says(laptop, 1, 1, 0)
    laptop.keyboard.press("Escape")
    laptop.keyboard.press("Alt+KeyL")
    laptop.keyboard.press("c")
    expect(laptop.locator("#draft")).to_be_focused()
    laptop.locator("#draft").fill("Too small a number")
    laptop.keyboard.press("Enter")
    foot_says(laptop, 2, 2, 0)
    expect(laptop.locator("#own-list > li")).to_have_count(1)
    expect(laptop.locator("#own-list")).to_contain_text("Too small a number")


def test_change_of_wording_is_stored_as_a_change_and_said_as_an_amendment(talking: DeviceHall) -> None:
    laptop = talking.laptop(1)
    laptop.keyboard.press("Alt+KeyW")
    words = laptop.locator("#words")
    expect(words).to_be_focused()
    words.fill(words.input_value().replace("ten", "five"))
    expect(laptop.locator(".passage")).to_contain_text("In HOU-1.1 delete “ten”, insert “five”.")
    expect(laptop.locator(".passage [role=status]")).to_have_text("In HOU-1.1 delete “ten”, insert “five”.")
    laptop.keyboard.press("Enter")
    foot_says(laptop, 1, 1, 0)
    [comment] = talking.sees("table:1")["comment"].values()
    assert comment["kind"] == "wording"
    assert comment["english"] == comment["text"] == "In HOU-1.1 delete “ten”, insert “five”."


def test_other_tables_are_heard_after_the_first_point_and_do_not_push_in(talking: DeviceHall) -> None:
    ours, theirs = talking.laptop(1), talking.laptop(2)
    say(theirs, "Table two was first")
    foot_says(theirs, 1, 1, 0)
    expect(ours.locator(".echo")).to_contain_text("after your own first point")
    say(ours, "Now we speak")
    expect(ours.locator("#echo-list > li")).to_have_count(1)
    say(theirs, "And again")
    expect(ours.locator(".fresh")).to_contain_text("1 new above")
    expect(ours.locator("#echo-list > li")).to_have_count(1)
    expect(ours.locator("#draft")).to_be_focused()
    ours.get_by_role("button", name="1 new above").click()
    expect(ours.locator("#echo-list > li").first).to_contain_text("And again")


def test_limit_stops_the_key_and_keeps_the_draft(talking: DeviceHall) -> None:
    laptop = talking.laptop(1)
    limit = talking.sees("delegates")["event"]["event"]["limit"]
    for number in range(limit):
        say(laptop, f"Point {number}")
    laptop.keyboard.type("One too many")
    laptop.keyboard.press("Enter")
    expect(laptop.get_by_text("All points of this round are sent")).to_be_visible()
    expect(laptop.locator("#draft")).to_have_value("One too many")


def test_a_withdrawn_point_makes_room_for_another_at_both_ends(talking: DeviceHall) -> None:
    laptop = talking.laptop(1)
    limit = talking.sees("delegates")["event"]["event"]["limit"]
    for number in range(limit):
        say(laptop, f"Point {number}")
    expect(laptop.locator("#own-title")).to_contain_text(f"{limit} of {limit} in this round")
    foot_says(laptop, limit, limit, 0)
    laptop.get_by_role("button", name="Withdraw").first.click()
    laptop.get_by_role("button", name="Yes, withdraw it").click()
    expect(laptop.locator("#own-title")).to_contain_text(f"{limit - 1} of {limit} in this round")
    say(laptop, "Instead of it")
    foot_says(laptop, limit + 1, limit + 1, 0)
    expect(laptop.locator("#own-title")).to_contain_text(f"{limit} of {limit} in this round")
    assert [c["marks"] for c in talking.sees("table:1")["comment"].values()] == [[]] * (limit + 1)


def test_laptop_is_accessible_in_each_of_its_states(hall: DeviceHall) -> None:
    laptop = hall.laptop(1)
    expect(laptop.get_by_text("The event has not started yet")).to_be_visible()
    assert_accessible(laptop)
    hall.reaches_the_round()
    say(laptop, "Something long enough to be read back to the table")
    assert_keyboard_reaches_everything(laptop)
    for key in ("Alt+Digit3", "Alt+KeyR", "Alt+KeyK"):
        laptop.keyboard.press(key)
        assert_accessible(laptop)
        assert_no_sideways_scroll(laptop)
