"""A delegate finds out by keys alone what became of the table's points, and asks to be invited."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from facilitate.domain.people import OPERATOR
from tests.actions.after_event import REPAIRS, AfterEvent, hold_event
from tests.support.accessibility import assert_accessible
from tests.support.keyboard import tab_to
from tests.web.held import served_from, signed_in


@pytest.fixture
def event(tmp_path: Path) -> Iterator[AfterEvent]:
    held = hold_event(tmp_path / "event")
    taken = held.say(1, "HOU-1.2", "Four weeks are too long for a child with asthma.")
    refused = held.say(1, "HOU-1.1", "Delete this.")
    held.vote("replace", "HOU-1.2", REPAIRS.replace("twenty-eight", "fourteen"), comments=[taken])
    held.end("comment", taken)
    held.end("comment", refused, disposition="not-adopted", reason="The room voted against it.")
    held.do(OPERATOR, "seat-people", seats=[{"person": held.person("Dai").person, "table": 1}])
    held.do(OPERATOR, "close-event")
    yield held
    held.house.close()


@pytest.fixture
def phone(event: AfterEvent, tmp_path: Path, new_context: Any) -> Iterator[Page]:
    with served_from(tmp_path / "event") as hub:
        yield signed_in(hub, new_context, "Dai", viewport={"width": 360, "height": 740})


def test_a_delegate_finds_every_point_of_the_table_and_its_story(event: AfterEvent, phone: Page) -> None:
    expect(phone.get_by_role("link", name="What became of our points")).to_be_visible()
    tab_to(phone, "link", "What became of our points").press("Enter")
    ours = phone.get_by_role("region", name="Comments of table 1")
    expect(ours.get_by_role("row")).to_have_count(3)
    assert_accessible(phone)

    tab_to(phone, "link", "1/1").press("Enter")
    expect(phone.get_by_text("Four weeks are too long for a child with asthma.")).to_be_visible()
    steps = phone.get_by_role("listitem")
    for words in ("Table 1 sent it", "Motion 1 was made from it.", "Ballot 1: Carried", "Its end: Adopted."):
        expect(steps.filter(has_text=words)).to_have_count(1)
    tab_to(phone, "button", "Invite me").press("Enter")
    expect(phone.get_by_text("You agreed to be invited when work on this goes on.")).to_be_visible()
    assert_accessible(phone)

    tab_to(phone, "link", "What became of our points").press("Enter")
    tab_to(phone, "link", "1/2").press("Enter")
    expect(phone.get_by_text("The room voted against it.").first).to_be_visible()
