"""The laptop read without sight, at four times its size, and beside the phone that shows the same day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.accessibility import assert_accessible, assert_no_sideways_scroll
from tests.web.devices import DeviceHall, foot_says, say, serving

AT_400_PERCENT = {"width": 320, "height": 256}
CUT_OFF = """() => [...document.querySelectorAll("#app *")].filter((element) => {
  if (!element.checkVisibility() || element.matches(".visually-hidden *, .visually-hidden")) return false;
  if (element.matches("textarea, input")) return false;
  const style = getComputedStyle(element);
  const cut = style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1;
  const short = style.overflowY === "hidden" && element.scrollHeight > element.clientHeight + 1;
  return cut || short;
}).map((element) => element.outerHTML.slice(0, 120))"""


@pytest.fixture
def hall(tmp_path: Path, new_context: Any) -> Iterator[DeviceHall]:
    with serving(tmp_path / "event", new_context) as talking:
        yield talking


def headings(page: Page) -> list[str]:
    """The headings of the accessibility tree, in the order in which they are read."""
    found = re.findall(r'heading "([^"]+)" \[level=(\d)\]', page.locator("body").aria_snapshot())
    return [f"{level} {name}" for name, level in found]


def test_laptop_makes_sense_to_a_screen_reader_that_browses(hall: DeviceHall) -> None:
    ours, theirs = hall.laptop(1), hall.laptop(2)
    say(theirs, "Table two was first")
    foot_says(theirs, 1, 1, 0)
    say(ours, "Now we speak")
    foot_says(ours, 1, 1, 0)
    expect(ours.locator("#echo-list > li")).to_have_count(1)
    ours.get_by_role("button", name="Read back").click()
    ours.get_by_role("button", name="Keys").click()
    read = headings(ours)
    assert [name.split(" ")[0] for name in read] == ["1", "2", "2", "2", "2", "2"], read
    whole = " | ".join(read)
    order = ["Table 1", "HOU-1.1", "The point that this", "Said by this table", "Heard from", "Keys"]
    assert [whole.index(name) for name in order] == sorted(whole.index(name) for name in order), read
    tree = ours.locator("body").aria_snapshot()
    for part in (
        'region "Read back to the table"', 'region "HOU-1.1', 'region "Said by this table',
        'region "Heard from other tables', 'region "Keys"', 'group "What kind of point is it?"',
        'group "How many at the table"', 'spinbutton "With this point"', 'spinbutton "not with it"',
        'checkbox "A minority view', 'button "Send', 'button "Correct 1/1"', 'button "Ours too: 2/1"',
        'textbox "What does this table say about HOU-1.1?"',
    ):  # fmt: skip
        assert part in tree, f"{part} is not in\n{tree}"
    # What stands for a key is for the eye: a name ends where its words end.
    assert not re.findall(r'"[^"]*Alt [A-Z0-9][^"]*"', tree.split('region "Keys"')[0])
    assert_accessible(ours)


def test_laptop_loses_nothing_at_400_percent(hall: DeviceHall) -> None:
    ours, theirs = hall.laptop(1), hall.laptop(2)
    say(theirs, "A word of length: Grundstücksverkehrsgenehmigungszuständigkeit")
    foot_says(theirs, 1, 1, 0)
    ours.set_viewport_size(AT_400_PERCENT)  # type: ignore[arg-type]
    ours.locator("label.concern").click()
    ours.locator("#draft").fill("Said in a small window")
    ours.get_by_role("button", name="One more: With this point").click()
    ours.get_by_role("button", name="Read back").click()
    expect(ours.locator(".readback")).to_be_visible()
    assert ours.evaluate(CUT_OFF) == []
    ours.get_by_role("button", name="Send").click()
    foot_says(ours, 1, 1, 0)
    expect(ours.locator("#echo-list > li")).to_have_count(1)
    ours.get_by_role("button", name="Add to it: 2/1").click()
    ours.get_by_role("button", name="Keys").click()
    ours.get_by_role("button", name="Correct 1/1").click()
    assert ours.evaluate(CUT_OFF) == []
    ours.get_by_role("button", name="Call for help").click()
    expect(ours.locator("#help")).to_be_visible()
    ours.get_by_role("button", name="Bring to the desk").click()
    ours.get_by_role("button", name="Change its words").click()
    ours.locator("#words").press("Control+End")
    ours.keyboard.type(" At once.")
    expect(ours.locator(".passage")).to_contain_text("at the end insert “At once.”")
    assert ours.evaluate(CUT_OFF) == []
    assert_no_sideways_scroll(ours)
    assert_accessible(ours)


def test_delegate_reads_the_table_s_day_and_says_what_is_missing_from_there(hall: DeviceHall) -> None:
    laptop, phone = hall.laptop(1), hall.phone("Dara")
    for number in range(5):
        say(laptop, f"Point {number}")
    foot_says(laptop, 5, 5, 0)
    said = "5 points: 5 at the centre, not read yet"
    expect(laptop.locator(".own")).to_contain_text(said)
    expect(phone.locator(".mine")).to_contain_text(said)
    phone.get_by_text("The whole day (5)").click()
    expect(phone.locator(".mine h3")).to_have_text("Homes that are built")
    expect(phone.locator(".mine details li")).to_have_count(5)
    assert_accessible(phone)
    phone.get_by_role("link", name="Our point is missing").click()
    expect(phone.locator("#point")).to_be_focused()
    phone.keyboard.type("Nobody wrote down what I said about rents")
    phone.get_by_role("button", name="Tell the theme team").click()
    expect(phone.locator(".missing li")).to_contain_text("With the theme team")
