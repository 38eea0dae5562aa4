"""The laptop's keys in a real browser: everyone's own, none shared, and none needed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.accessibility import assert_accessible
from tests.web.devices import DeviceHall, foot_says, say, serving


@pytest.fixture
def hall(tmp_path: Path, new_context: Any) -> Iterator[DeviceHall]:
    with serving(tmp_path / "event", new_context) as talking:
        yield talking


@pytest.fixture
def laptop(hall: DeviceHall) -> Page:
    return hall.laptop(1)


def test_key_is_changed_and_stays_on_the_device(laptop: Page) -> None:
    laptop.keyboard.press("Alt+KeyK")
    field = laptop.get_by_label("read back, on and off")
    field.focus()
    laptop.keyboard.type("b")
    expect(field).to_have_value("B")
    assert_accessible(laptop)
    laptop.reload()
    laptop.locator("#draft").focus()
    laptop.keyboard.press("Alt+KeyR")
    expect(laptop.locator(".readback")).to_have_count(0)
    laptop.keyboard.press("Alt+KeyB")
    expect(laptop.locator(".readback")).to_be_visible()
    expect(laptop.locator("#draft")).to_be_focused()
    laptop.keyboard.press("Alt+KeyK")
    laptop.get_by_role("button", name="All keys as they were given").click()
    expect(laptop.get_by_label("read back, on and off")).to_have_value("R")


def test_two_acts_never_share_a_key(laptop: Page) -> None:
    laptop.keyboard.press("Alt+KeyK")
    field = laptop.get_by_label("read back, on and off")
    field.focus()
    laptop.keyboard.type("t")
    expect(laptop.get_by_text("Alt T is taken: “to the draft”. It stays Alt R")).to_be_visible()
    expect(field).to_have_value("R")
    expect(field).to_be_focused()
    assert_accessible(laptop)


def test_theme_desk_has_keys_of_its_own_that_are_changed_alike(hall: DeviceHall) -> None:
    team = hall.device("Thea")
    expect(team.locator("summary", has_text="Keys")).to_be_visible()
    team.keyboard.press("Alt+KeyK")
    expect(team.get_by_label("Alt motions", exact=True)).to_be_visible()
    team.get_by_label("Alt motions", exact=True).focus()
    team.keyboard.type("e")
    expect(team.get_by_text("Alt E is taken: “ends”. It stays Alt W")).to_be_visible()
    team.get_by_label("Alt motions", exact=True).focus()
    team.keyboard.type("x")
    team.get_by_label("read; on to the next").focus()
    team.keyboard.type("g")
    expect(team.get_by_role("button", name="Read", exact=True).locator("kbd")).to_have_text("G")
    assert_accessible(team)
    team.get_by_role("button", name="Themes").focus()
    team.keyboard.press("Alt+KeyX")
    expect(team.get_by_role("button", name="Motions")).to_have_attribute("aria-pressed", "true")


def test_enter_that_ends_a_composition_sends_nothing(laptop: Page) -> None:
    laptop.locator("#draft").fill("half a word")
    for detail in ("isComposing: true", "keyCode: 229"):
        event = f'new KeyboardEvent("keydown", {{ key: "Enter", bubbles: true, cancelable: true, {detail} }})'
        assert laptop.evaluate(f'document.querySelector("#draft").dispatchEvent({event})')
    expect(laptop.locator("#draft")).to_have_value("half a word")
    laptop.locator("#draft").press("Shift+Enter")
    expect(laptop.locator("#draft")).to_have_value("half a word\n")


def without_shortcuts(laptop: Page) -> None:
    """Switch every key off."""
    laptop.get_by_role("button", name="Keys").click()
    laptop.get_by_label("Alt keys and single letters are on").uncheck()
    expect(laptop.locator("kbd", has_text="Alt")).to_have_count(0)
    laptop.get_by_role("button", name="Close").click()


def test_whole_work_of_a_table_goes_without_a_single_shortcut(laptop: Page) -> None:
    without_shortcuts(laptop)
    laptop.keyboard.press("Alt+KeyR")
    expect(laptop.locator(".readback")).to_have_count(0)
    _tab_to(laptop, "input[name=kind]")
    laptop.keyboard.press("ArrowRight")
    expect(laptop.get_by_role("radio", name="Concern")).to_be_checked()
    _tab_to(laptop, "#draft")
    laptop.keyboard.type("Said with Tab and Enter alone")
    _tab_to(laptop, "#agree")
    laptop.keyboard.type("8")
    laptop.keyboard.press("Enter")
    foot_says(laptop, 1, 1, 0)
    expect(laptop.locator("#own-list > li")).to_contain_text("Concern")
    _tab_to(laptop, "#own-list > li")
    laptop.keyboard.press("c")
    expect(laptop.locator(".correcting")).to_have_count(0)
    _tab_to(laptop, "#own-list .acts button")
    laptop.keyboard.press("Enter")
    expect(laptop.locator(".correcting")).to_be_visible()
    expect(laptop.locator("#draft")).to_be_focused()
    say(laptop, "Said with Tab and Enter alone, and corrected so")
    foot_says(laptop, 2, 2, 0)


def test_help_wording_answers_and_withdrawal_go_without_a_single_shortcut(
    hall: DeviceHall, laptop: Page
) -> None:
    other = hall.laptop(2)
    say(other, "Table two was first")
    foot_says(other, 1, 1, 0)
    without_shortcuts(laptop)
    _tab_to(laptop, "#help-button")
    laptop.keyboard.press("Enter")
    expect(laptop.locator("#help input").first).to_be_focused()
    laptop.keyboard.press("Space")
    _tab_to(laptop, "#help button.main")
    laptop.keyboard.press("Enter")
    expect(laptop.locator(".help-state")).to_contain_text("not seen yet")
    expect(laptop.locator("#help-button")).to_be_focused()
    _tab_to(laptop, ".passage .btn")
    laptop.keyboard.press("Enter")
    expect(laptop.locator("#words")).to_be_focused()
    laptop.keyboard.press("Control+End")
    laptop.keyboard.type(" At once.")
    expect(laptop.locator(".passage")).to_contain_text("at the end insert “At once.”")
    laptop.keyboard.press("Enter")
    foot_says(laptop, 1, 1, 0)
    expect(laptop.locator("#echo-list > li")).to_have_count(1)
    _tab_to(laptop, "[aria-label='Ours too: 2/1']")
    laptop.keyboard.press("Enter")
    expect(other.locator("#own-list")).to_contain_text("ours too: table 1")
    _tab_to(laptop, "[aria-label='Withdraw 1/1']")
    laptop.keyboard.press("Enter")
    expect(laptop.locator("#own-list")).to_contain_text("Withdraw this point?")
    _tab_to(laptop, "#own-list .acts .btn")
    laptop.keyboard.press("Enter")
    expect(laptop.locator("#own-list")).to_contain_text("withdrawn")
    assert_accessible(laptop)


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on something, as a person does who has no other key."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("(wanted) => document.activeElement?.matches(wanted)", selector):
            return
    raise AssertionError(f"Tab never reached {selector}")
