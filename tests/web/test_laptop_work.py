"""A table's work on its laptop in a real browser: read back, minority views, answers to other tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.support.accessibility import assert_accessible
from tests.web.devices import foot_says, say, serving


def test_send_shows_the_point_to_the_table_first_where_the_event_wishes_so(
    tmp_path: Path, new_context: Any
) -> None:
    with serving(tmp_path / "event", new_context) as hall:
        laptop, clerk = hall.laptop(1), hall.device("Clement")
        laptop.locator("#draft").fill("Said by the whole table")
        clerk.goto(f"{hall.hub.base}/office/settings")
        clerk.get_by_label("A point is read back to the table").check()
        clerk.get_by_role("button", name="Save the settings").click()
        expect(clerk.get_by_label("A point is read back to the table")).to_be_checked()
        expect(laptop.get_by_role("button", name="Read back, then send")).to_be_visible()
        laptop.locator("#draft").focus()
        laptop.keyboard.press("Enter")
        expect(laptop.locator(".readback .huge")).to_have_text("Said by the whole table")
        expect(laptop.get_by_text("press Enter or Send again")).to_be_visible()
        expect(laptop.locator("#draft")).to_be_focused()
        foot_says(laptop, 0, 0, 0)
        assert_accessible(laptop)
        laptop.keyboard.press("Enter")
        foot_says(laptop, 1, 1, 0)
        expect(laptop.locator(".readback")).to_have_count(0)
        expect(laptop.locator("#draft")).to_be_focused()
        expect(laptop.locator("#draft")).to_have_value("")


def test_table_answers_what_it_hears_and_is_heard(tmp_path: Path, new_context: Any) -> None:
    with serving(tmp_path / "event", new_context) as hall:
        ours, theirs = hall.laptop(1), hall.laptop(2)
        say(theirs, "Table two was first")
        foot_says(theirs, 1, 1, 0)
        say(ours, "Now we speak")
        heard = ours.locator("#echo-list > li")
        expect(heard).to_have_count(1)
        ours.keyboard.press("Alt+KeyO")
        ours.keyboard.press("o")
        expect(heard).to_contain_text("this table: ours too")
        expect(heard).to_be_focused()
        expect(theirs.locator("#own-list > li")).to_contain_text("ours too: table 1")
        ours.keyboard.press("d")
        expect(theirs.locator("#own-list > li")).to_contain_text("we differ: table 1")
        ours.get_by_role("button", name="We differ: 2/1").click()
        expect(theirs.locator("#own-list > li")).not_to_contain_text("differ")
        assert_accessible(ours)
        ours.get_by_label("Show").select_option("Answered by us")
        expect(heard).to_have_count(0)
        ours.get_by_label("Show").select_option("All")
        ours.locator("#echo-list > li").focus()
        ours.keyboard.press("a")
        expect(ours.locator("#draft")).to_be_focused()
        expect(ours.locator(".correcting")).to_contain_text("Adds to 2/1: “Table two was first”")
        ours.keyboard.type("And we add this")
        ours.keyboard.press("Enter")
        expect(theirs.locator("#own-list > li")).to_contain_text("added to it: table 1")
        expect(ours.locator("#own-list > li").first).to_contain_text("adds to another table’s point")


def test_minority_view_is_said_in_words_to_the_theme_team(tmp_path: Path, new_context: Any) -> None:
    with serving(tmp_path / "event", new_context) as hall:
        laptop, team = hall.laptop(1), hall.device("Thea")
        laptop.locator("#draft").focus()
        laptop.keyboard.press("Alt+KeyM")
        expect(laptop.get_by_label("A minority view")).to_be_checked()
        expect(laptop.locator("#draft")).to_be_focused()
        say(laptop, "Two of us see it the other way")
        foot_says(laptop, 1, 1, 0)
        expect(laptop.locator("#own-list > li")).to_contain_text("minority view")
        expect(laptop.get_by_label("A minority view")).not_to_be_checked()
        expect(team.locator("#comments")).to_contain_text("minority view")


def test_writing_is_handed_over_in_one_step_and_its_draft_becomes_one_point(
    tmp_path: Path, new_context: Any
) -> None:
    with serving(tmp_path / "event", new_context) as hall:
        facilitator, scribe = hall.device("Laptop of table 3"), hall.device("Sol")
        for laptop in (facilitator, scribe):
            expect(laptop.locator("h1")).to_have_text("Table 3")
        facilitator.locator("#draft").fill("Half a sentence that the scribe")
        facilitator.get_by_role("button", name="Hand over").click()
        expect(scribe.locator("#draft")).to_have_value("Half a sentence that the scribe")
        expect(facilitator.locator("#draft")).to_have_value("")
        expect(facilitator.locator(".correcting")).to_contain_text("Sol writes for this table")
        assert_accessible(facilitator)
        assert_accessible(scribe)
        scribe.locator("#draft").press("End")
        scribe.keyboard.type(" ends")
        scribe.keyboard.press("Enter")
        foot_says(scribe, 1, 1, 0)
        expect(facilitator.locator("#own-list > li")).to_contain_text("that the scribe ends")
        facilitator.get_by_role("button", name="Write here again").click()
        expect(facilitator.locator(".correcting")).to_have_count(0)
        expect(facilitator.locator("#draft")).to_have_value("")
        assert hall.texts() == ["Half a sentence that the scribe ends"]
        assert_accessible(facilitator)


def test_two_laptops_that_hold_one_draft_make_one_point_of_it(tmp_path: Path, new_context: Any) -> None:
    with serving(tmp_path / "event", new_context) as hall:
        one, other = hall.device("Laptop of table 3"), hall.device("Sol")
        one.locator("#draft").fill("Said once")
        one.get_by_role("button", name="Hand over").click()
        expect(other.locator("#draft")).to_have_value("Said once")
        one.get_by_role("button", name="Write here again").click()
        expect(one.locator("#draft")).to_have_value("Said once")
        for laptop in (one, other):
            laptop.locator("#draft").press("Enter")
            foot_says(laptop, 1, 1, 0)
        assert hall.texts() == ["Said once"]
