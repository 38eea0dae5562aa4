"""Two laptops of one table, one of them without network and then swapped: both append, none is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from facilitate.store.rows import Comment
from tests.web.devices import DeviceHall, foot_says, say, serving

pytestmark = pytest.mark.browser


@pytest.fixture
def hall(tmp_path: Path, new_context: Any) -> Iterator[DeviceHall]:
    with serving(tmp_path / "event", new_context) as hall:
        yield hall


def correct(page: Page, text: str, better: str) -> None:
    """Take a point back into the field and send it anew."""
    page.locator("#own-list li").filter(has_text=text).get_by_role("button", name="Correct").click()
    page.locator("#draft").fill(better)
    page.keyboard.press("Enter")
    expect(page.locator("#draft")).to_have_value("")


def goes_dark(page: Page) -> None:
    """Pull the cable, and wait until the page has noticed."""
    page.context.set_offline(True)
    expect(page.locator(".foot")).to_contain_text("No connection since")


def test_two_corrections_of_one_point_are_both_kept_and_both_shown(hall: DeviceHall) -> None:
    one, other = hall.laptop(1), hall.laptop(1)
    say(one, "Some point")
    expect(other.locator("#own-list")).to_contain_text("Some point")
    goes_dark(one)
    correct(one, "Some point", "As the first laptop put it")
    correct(other, "Some point", "As the second laptop put it")
    foot_says(other, 1, 1, 0)
    one.context.set_offline(False)
    foot_says(one, 2, 2, 0)
    for page in (one, other):
        expect(page.locator("#own-list > li")).to_have_count(2)
        expect(page.locator("#own-list")).to_contain_text("As the first laptop put it")
        expect(page.locator("#own-list")).to_contain_text("As the second laptop put it")
    with hall.house.reads() as session:
        states = {row.text: row.state for row in session.execute(select(Comment.text, Comment.state))}
    assert states["Some point"] == "superseded"
    assert "superseded" not in {states[text] for text in states if text != "Some point"}


def test_a_laptop_swapped_in_mid_round_appends_and_the_old_one_still_brings_what_it_had(
    hall: DeviceHall,
) -> None:
    old = hall.laptop(1)
    say(old, "Before the swap")
    foot_says(old, 1, 1, 0)
    goes_dark(old)
    say(old, "Typed on the dying laptop")
    foot_says(old, 2, 1, 1)
    new = hall.laptop(1)
    expect(new.locator("#own-list")).to_contain_text("Before the swap")
    say(new, "Typed on the new laptop")
    foot_says(new, 1, 1, 0)
    old.context.set_offline(False)
    foot_says(old, 2, 2, 0)
    expect(new.locator("#own-list > li")).to_have_count(3)
    assert hall.texts() == ["Before the swap", "Typed on the dying laptop", "Typed on the new laptop"]
    with hall.house.reads() as session:
        assert {state for (state,) in session.execute(select(Comment.state))} == {"current"}
