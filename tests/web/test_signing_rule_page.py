"""The clerk sets before the hall closes who signs an outcome, and cannot choose it afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from facilitate.domain.people import OPERATOR
from tests.actions.after_event import AfterEvent, hold_event
from tests.support.hub import Hub
from tests.web.held import served_from, signed_in


@pytest.fixture
def event(tmp_path: Path) -> Iterator[AfterEvent]:
    held = hold_event(tmp_path / "event")
    yield held
    held.house.close()


@pytest.fixture
def hub(event: AfterEvent, tmp_path: Path) -> Iterator[Hub]:
    with served_from(tmp_path / "event") as running:
        yield running


def test_the_named_officers_are_set_before_and_hold_after(
    event: AfterEvent, hub: Hub, new_context: Any
) -> None:
    clerk = signed_in(hub, new_context, "Rosa")
    clerk.goto(f"{hub.base}/office/settings")
    for summary in clerk.locator("main summary").all():
        summary.click()
    clerk.get_by_label("An outcome is signed off by").select_option("The named officers")
    officers = clerk.get_by_role("group", name="Named officers of Housing")
    officers.get_by_label("Amina Yusuf").check()
    clerk.get_by_role("button", name="Save the settings").click()
    for summary in clerk.locator("main summary").all():
        summary.click()
    expect(officers.get_by_label("Amina Yusuf")).to_be_checked()
    expect(officers.get_by_label("Ben Carter")).not_to_be_checked()

    event.do(OPERATOR, "close-event")
    clerk.goto(f"{hub.base}/npf/HOU")
    expect(clerk.get_by_text("Amina Yusuf").first).to_be_visible()
    expect(clerk.get_by_label("Signed by")).to_have_count(0)
    clerk.get_by_role("button", name="Compile the outcome").click()
    clerk.get_by_role("button", name="Offer the text for signing").click()
    amina = signed_in(hub, new_context, "Amina")
    amina.goto(f"{hub.base}/npf/HOU")
    amina.get_by_role("button", name="Sign all 3 passages as they stand").click()
    expect(amina.get_by_text("Sealed on")).to_be_visible()
