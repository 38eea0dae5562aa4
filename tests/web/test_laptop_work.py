"""A table's work on its laptop in a real browser: read back, minority views, answers to other tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from tests.support.accessibility import assert_accessible
from tests.web.devices import foot_says, serving


def test_send_shows_the_point_to_the_table_first_where_the_event_wishes_so(
    tmp_path: Path, new_context: Any
) -> None:
    with serving(tmp_path / "event", new_context, reads_back=True) as hall:
        laptop = hall.laptop(1)
        laptop.locator("#draft").fill("Said by the whole table")
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
