"""The clerk corrects a document by keyboard, beside what was read and with undo, before it is frozen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from facilitate.store.rows import Document, JournalEntry, JournalPayload, Passage
from tests.support.accessibility import (
    assert_accessible,
    assert_keyboard_reaches_everything,
    assert_no_sideways_scroll,
)
from tests.web.devices import DeviceHall, serving

SLOW = 30_000
PAPER = (
    "# Schools\n\nEvery school is open. (a) It has a library.\n\nand it is warm.\n\nHomes\n\nPage 3 of 9\n\n"
    "[^1]: Cited nowhere.\n"
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeviceHall]:
    """One hub for all tests here; each brings its own browser."""

    def nobody(**_: Any) -> Any:
        raise AssertionError("a browser belongs to one test")

    with serving(tmp_path_factory.mktemp("draft") / "event", nobody) as hall:
        yield hall


@pytest.fixture
def hall(served: DeviceHall, new_context: Any) -> DeviceHall:
    served.new_context = new_context
    return served


@pytest.fixture
def draft(hall: DeviceHall, tmp_path: Path) -> Page:
    """The clerk's page of a file that was just read."""
    file = tmp_path / "paper.md"
    file.write_text(PAPER, encoding="utf-8")
    page = hall.device("Clement")
    page.goto(f"{hall.hub.base}/office/documents")
    page.get_by_label("File").set_input_files(file)
    page.get_by_label("Prefix").fill("SCH")
    page.get_by_role("button", name="Look at its passages").click()
    page.wait_for_url("**/office/documents/drafts/*", timeout=SLOW)
    return page


def choose(page: Page, at: int) -> None:
    page.locator(f"#p{at} .correct").focus()
    page.keyboard.press("Enter")
    expect(page.locator(f"#p{at} .correcting")).to_be_visible(timeout=SLOW)


def test_clerk_corrects_by_keyboard_and_freezes(draft: Page, hall: DeviceHall) -> None:
    expect(draft.get_by_text("What could not be read:")).to_be_visible()
    steps = draft.locator("ol.split")

    def do(button: str, count: int, field: str = "", words: str = "") -> None:
        if field:
            draft.get_by_label(field).focus()
            draft.keyboard.press("Control+A")
            draft.keyboard.insert_text(words)
        draft.get_by_role("button", name=button).focus()
        draft.keyboard.press("Enter")
        expect(steps).to_have_attribute("data-steps", str(count), timeout=SLOW)

    choose(draft, 2)
    do("Join to the one before", 1)
    expect(draft.locator("#p1 .as-read p")).to_have_count(2)
    expect(draft.get_by_role("button", name="Join to the one before")).to_be_focused()
    do("Split there", 2, "Split", "Every school is open.\n\n(a) It has a library. and it is warm.")
    draft.get_by_role("link", name="The passage after").focus()
    draft.keyboard.press("Enter")
    expect(draft.locator("#p2 .correcting")).to_be_visible(timeout=SLOW)
    do("Set the number", 3, "Number", "(a)")
    do("Lower", 4)
    choose(draft, 4)
    do("This is no text", 5)
    do("Take it back", 6)
    draft.get_by_role("button", name="Undo the last of 6 corrections").focus()
    draft.keyboard.press("Enter")
    expect(steps).to_have_attribute("data-steps", "5", timeout=SLOW)
    expect(draft.locator("#p2 .ref")).to_have_text("SCH-(a)")
    draft.get_by_role("button", name="Freeze these 5 passages").click()
    draft.wait_for_url("**/office/documents", timeout=SLOW)
    assert_frozen(hall)


def assert_frozen(hall: DeviceHall) -> None:
    """The corrected passages stand in the event, and the journal tells each correction."""
    with hall.house.reads() as session:
        document = session.scalars(select(Document).where(Document.prefix == "SCH")).one()
        passages = session.scalars(
            select(Passage).where(Passage.document_id == document.id).order_by(Passage.position)
        ).all()
        texts = [(p.number, p.heading + p.text) for p in passages]
        subject = f"document:{document.id}"
        entry = session.scalars(select(JournalEntry).where(JournalEntry.subject == subject)).one()
        told = session.get_one(JournalPayload, entry.number).body
    assert texts[1:3] == [("", "Every school is open."), ("(a)", "It has a library. and it is warm.")]
    assert len(document.corrections) == 5 and document.corrections[0].startswith("Joined")
    assert document.unread == ["Footnotes that nothing cites stand at the end (1)."]
    assert "Left out as no text" in str(told)


def test_draft_page_is_for_everybody(draft: Page) -> None:
    choose(draft, 1)
    for width in (360, 1366, 1920):
        draft.set_viewport_size({"width": width, "height": 768})
        assert_no_sideways_scroll(draft)
        assert_accessible(draft)
    assert_keyboard_reaches_everything(draft)


def test_refused_correction_says_why_and_keeps_what_was_typed(draft: Page) -> None:
    choose(draft, 1)
    draft.get_by_label("Split").fill("Every school\n\nis shut.")
    draft.get_by_role("button", name="Split there").click()
    expect(draft.get_by_role("alert")).to_contain_text("its words were changed too", timeout=SLOW)
    expect(draft.get_by_label("Split")).to_have_value("Every school\n\nis shut.")


def test_correction_from_an_older_page_is_refused(draft: Page, hall: DeviceHall) -> None:
    choose(draft, 1)
    other = draft.context.new_page()
    other.goto(draft.url)
    other.get_by_role("button", name="Lower").click()
    expect(other.locator("ol.split")).to_have_attribute("data-steps", "1", timeout=SLOW)
    draft.get_by_role("button", name="Lower").click()
    expect(draft.get_by_role("alert")).to_contain_text("on another page meanwhile", timeout=SLOW)
    draft.goto(f"{hall.hub.base}/office/documents")
    draft.get_by_role("link", name="SCH: Schools").click()
    draft.get_by_role("button", name="Do not import").click()
    expect(draft.get_by_role("link", name="SCH: Schools")).to_have_count(0, timeout=SLOW)
