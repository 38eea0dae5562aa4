"""The chair's desk and the theme desk in a real browser: by keyboard, at every size, in a busy room."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.people import Hall
from tests.support.accessibility import (
    assert_accessible,
    assert_keyboard_reaches_everything,
    assert_no_sideways_scroll,
)
from tests.support.hub import Hub
from tests.web.devices import hub_of

SAID = (
    "A cap set far away is why our list is nine years.",
    "Without a number nobody can hold us to it.",
    "We built it once and sold it twice.",
)
# In the moment in which the button changes, however busy the machine is.
PRESS_AGAIN = """() => {
  const button = document.querySelector("#step");
  new MutationObserver((_, watch) => {
    watch.disconnect();
    button.click();
    button.dataset.pressed = "again";
  }).observe(button, { childList: true, characterData: true, subtree: true });
}"""


def keep_talking(hall: Hall) -> None:
    """Let the cast reach its first round, say thirty things, name a theme, put a motion and miss a point."""
    hall.clock.moment = datetime.now(UTC) - timedelta(minutes=5)
    hall.reaches("Homes that are built")
    hall.presses()
    said = [hall.as_(f"Laptop of table {n % 3 + 1}").says(f"{SAID[n % 3]} {n}", n=n) for n in range(30)]
    thea = hall.as_("Thea")
    theme = {"item": hall.new_id(), "passage": hall.passage("HOU-1.1"), "name": "Say how many"}
    thea.does("name-theme", {**theme, "comments": said[:3]})
    document = next(iter(hall.sees("themes")["document"]))
    motion = {"effect": "replace", "title": "Build within five years", "text": "Every council builds."}
    links = {"comments": said[:1], "themes": [], "submissions": [], "amends": None}
    item, passage = hall.new_id(), hall.passage("HOU-1.1")
    thea.does("draft-motion", {"item": item, "passage": passage, "document": document, **motion, **links})
    hall.as_("Dara").does("report-missing", {"item": hall.new_id(), "text": "Nobody speaks of empty flats."})


@pytest.fixture
def hub(hall: Hall, tmp_path: Path) -> Iterator[Hub]:
    keep_talking(hall)
    with hub_of(hall, tmp_path) as running:
        yield running


def signed_in(hub: Hub, new_context: Any, label: str, path: str = "") -> Page:
    page: Page = new_context(viewport={"width": 1366, "height": 768}).new_page()
    hub.sign_in(page, next(way.code for way in hub.ways() if way.label == label))
    if path:
        page.goto(hub.base + path)
    return page


def says(hub: Hub, laptop: Page, passage: str, number: int) -> None:
    """Send one comment as a table's laptop does when it has no socket."""
    data = {
        "item": str(uuid.uuid4()), "n": 1_000 + number, "passage": passage, "round": None, "kind": "idea",
        "agree": 5, "against": 0, "text": f"Said while you read, {number}.",
    }  # fmt: skip
    sends(hub, laptop, "record-comment", data)


def sends(hub: Hub, laptop: Page, verb: str, data: dict[str, Any]) -> None:
    """Let a device ask for something as it does when it has no socket."""
    command = {"id": str(uuid.uuid4()), "type": verb, "data": data}
    answer = laptop.request.post(
        f"{hub.base}/commands", data={"commands": [command]}, headers={"Origin": hub.base}
    )
    assert answer.json()["acks"][0]["ok"], answer.text()


def test_chair_finds_no_barrier_at_the_desk(hub: Hub, new_context: Any) -> None:
    desk = signed_in(hub, new_context, "Amara", "/desk")
    expect(desk.locator("#step")).to_have_text("End the round")
    expect(desk.locator(".tile")).to_have_count(3)
    assert_accessible(desk)
    assert_keyboard_reaches_everything(desk)
    for key in ("l", "b", "m"):
        desk.keyboard.press(f"Alt+{key}")
        assert_accessible(desk)
        assert_no_sideways_scroll(desk)
    expect(desk.get_by_text("Nobody speaks of empty flats.", exact=True)).to_be_visible()


def test_second_press_does_not_take_a_step_that_nobody_has_read(hub: Hub, new_context: Any) -> None:
    desk = signed_in(hub, new_context, "Amara", "/desk")
    button = desk.locator("#step")
    expect(button).to_have_text("End the round")
    desk.wait_for_timeout(900)
    button.focus()
    desk.evaluate(PRESS_AGAIN)
    desk.keyboard.press("Enter")
    expect(button).to_have_attribute("data-pressed", "again")
    expect(button).to_have_text("Next: What the tables said")
    expect(button).to_be_focused()
    desk.keyboard.press("Alt+z")
    expect(button).to_have_text("End the round")


def test_reader_groups_comments_by_keyboard_alone(hub: Hub, new_context: Any) -> None:
    page = signed_in(hub, new_context, "Thea", "/desk/themes")
    expect(page.locator("#comments li").first).to_be_visible()
    page.keyboard.press("Alt+c")
    for key in ("Space", "ArrowDown", "Space", "n"):
        page.keyboard.press(key)
    page.keyboard.type("Keep the land")
    page.keyboard.press("Enter")
    expect(page.locator("#groups")).to_contain_text("Keep the land")
    expect(page.locator("#comments")).to_be_focused()
    page.keyboard.press("t")
    page.keyboard.type("how many")
    page.keyboard.press("Enter")
    expect(page.locator("#groups")).to_contain_text("4 comments")
    unread = page.locator("#comments .unread")
    before = unread.count()
    page.keyboard.press("r")
    expect(unread).to_have_count(before - 1)


def test_reader_filters_by_what_other_tables_answered(hub: Hub, new_context: Any) -> None:
    page = signed_in(hub, new_context, "Thea", "/desk/themes")
    rows = page.locator("#comments li")
    expect(rows).to_have_count(30)
    row = rows.filter(has=page.get_by_text("1/1", exact=True))
    asked = (row.get_attribute("id") or "").removeprefix("comments-")
    for table, response in ((2, "ours-too"), (3, "ours-too")):
        laptop = signed_in(hub, new_context, f"Laptop of table {table}")
        sends(hub, laptop, "respond-to-comment", {"comment": asked, "response": response})
    answered = page.get_by_label("Other tables say")
    answered.select_option("“Ours too” by 2 or more")
    expect(rows).to_have_count(1)
    expect(row).to_contain_text("ours too: tables 2 and 3")
    assert_accessible(page)
    answered.select_option("“Ours too” by 3 or more")
    expect(page.locator("#stream-title")).to_be_visible()
    expect(rows).to_have_count(0)
    answered.select_option("“We differ” by any")
    expect(rows).to_have_count(0)
    sends(hub, laptop, "respond-to-comment", {"comment": asked, "response": "we-differ"})
    expect(rows).to_have_count(1)
    answered.select_option("Anything or nothing")
    expect(rows).to_have_count(30)


def test_theme_desk_has_no_barrier_in_any_panel(hub: Hub, new_context: Any) -> None:
    page = signed_in(hub, new_context, "Thea", "/desk/themes")
    expect(page.locator("#comments li").first).to_be_visible()
    assert_keyboard_reaches_everything(page)
    for key in ("t", "w", "e", "m", "s", "k"):
        page.keyboard.press(f"Alt+{key}")
        assert_accessible(page)
        assert_no_sideways_scroll(page)


def test_comments_that_arrive_do_not_move_the_reader(hub: Hub, new_context: Any) -> None:
    page = signed_in(hub, new_context, "Thea", "/desk/themes")
    expect(page.locator("#comments li").first).to_be_visible()
    page.keyboard.press("Alt+c")
    for _ in range(12):
        page.keyboard.press("ArrowDown")
    active = page.locator("#comments .active")
    before = active.inner_text(), active.bounding_box()
    laptop = signed_in(hub, new_context, "Laptop of table 1")
    passage = page.locator("#f-passage option").nth(1).get_attribute("value") or ""
    for number in range(20):
        says(hub, laptop, passage, number)
    page.get_by_role("button", name="20 new above").wait_for()
    assert (active.inner_text(), active.bounding_box()) == before
    expect(page.locator("#comments")).to_be_focused()
    page.keyboard.press("Alt+u")
    expect(page.locator("#comments li").first).to_contain_text("Said while you read")


def test_meeting_goes_from_question_to_counted_vote(new_hub: Callable[..., Hub], new_context: Any) -> None:
    hub = new_hub("meeting")
    page = signed_in(hub, new_context, "Whoever runs the event", "/desk")
    page.get_by_label("What do you ask the meeting?").fill("Shall we mend the roof?")
    assert_accessible(page)
    page.get_by_text("By show of hands").first.click()
    page.get_by_role("button", name="Open the vote").click()
    page.get_by_role("button", name="Clearly carried").click()
    expect(page.locator(".hands")).to_contain_text("Declared: clearly carried")
    page.get_by_role("button", name="Close the ballot").click()
    expect(page.locator(".verdict")).to_have_text("Carried")
    assert_accessible(page)
    assert_no_sideways_scroll(page)
