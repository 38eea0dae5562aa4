"""A member of the NPF answers another commission's draft, and the clerk circulates it, both by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.accessibility import (
    assert_accessible,
    assert_keyboard_reaches_everything,
    assert_no_sideways_scroll,
)
from tests.web.devices import DeviceHall, served

LATER: Any = {"timeout": 60_000}
PAPER = "# Schools\n\n1. Every school is open.\n\n2. School meals are free for every child.\n"


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeviceHall]:
    """The cast's event before it is opened."""
    with served(tmp_path_factory.mktemp("drafts") / "event", lambda **_: None) as hall:
        yield hall


@pytest.fixture
def hall(running: DeviceHall, new_context: Any) -> DeviceHall:
    return DeviceHall(running.house, running.hub, new_context)


def checked(page: Page, heading: str) -> None:
    """One page as a person finds it, on a phone and on a desk."""
    expect(page.get_by_role("heading", name=heading, exact=True).first).to_be_visible(**LATER)
    for width in (360, 1366):
        page.set_viewport_size({"width": width, "height": 800})
        assert_accessible(page)
        assert_no_sideways_scroll(page)


def press(page: Page, name: str, role: Any = "button") -> None:
    page.get_by_role(role, name=name, exact=True).first.press("Enter")


def circulates(hall: DeviceHall, tmp_path: Path) -> Page:
    """The clerk reads a document in and circulates it; the page on which it stands then."""
    file = tmp_path / "schools.md"
    file.write_text(PAPER, encoding="utf-8")
    clerk = hall.device("Clement")
    clerk.goto(f"{hall.hub.base}/office/documents")
    clerk.get_by_label("File").set_input_files(file)
    clerk.get_by_label("Prefix").fill("EDU")
    press(clerk, "Look at its passages")
    clerk.get_by_text("Circulate it in the NPF").press("Enter", **LATER)
    press(clerk, "Circulate this version")
    expect(clerk.get_by_role("alert")).to_contain_text("Say which policy commission answers", **LATER)
    assert_accessible(clerk)
    clerk.get_by_label("Policy commission that answers").fill("Education")
    press(clerk, "Circulate this version")
    checked(clerk, "Drafts that circulate in the NPF")
    return clerk


def answers(member: Page) -> None:
    """A member says something of one passage, corrects it, and finds it in the draft."""
    checked(member, "Outcomes")
    press(member, "Drafts", "link")
    checked(member, "Drafts")
    press(member, "Schools", "link")
    checked(member, "Schools")
    assert_keyboard_reaches_everything(member)
    member.get_by_text("Comment on EDU-1, or propose").press("Enter")
    says = member.locator("section[aria-label='EDU-1'] textarea").first
    press(member, "Send it on EDU-1")
    expect(member.get_by_role("alert")).to_contain_text("Write what you have to say", **LATER)
    assert_accessible(member)
    says.fill("All of them?")
    press(member, "Send it on EDU-1")
    checked(member, "Receipt of D-001")
    member.get_by_label("The wording that you propose").fill("Every school opens at eight.")
    press(member, "Send the correction")
    expect(member.get_by_text("This is wording 2.")).to_be_visible(**LATER)
    press(member, "Back to the draft", "link")
    expect(member.get_by_text("Every school opens at eight.")).to_be_visible(**LATER)
    member.get_by_text("Comment on EDU-2, or propose").press("Enter")
    member.locator("section[aria-label='EDU-2'] textarea").first.fill("=2 meals a day?")
    press(member, "Send it on EDU-2")
    checked(member, "Receipt of D-002")
    press(member, "Back to the draft", "link")


def test_a_draft_goes_round_and_comes_back_with_points(hall: DeviceHall, tmp_path: Path) -> None:
    clerk, member = circulates(hall, tmp_path), hall.device("Sigrid", 360, 800)
    answers(member)
    # What is written while the clerk closes the draft is refused in words, and stays in the form.
    member.get_by_text("Comment on the whole draft").press("Enter")
    member.locator("textarea").first.fill("Too late")
    clerk.get_by_label("Points on EDU are taken until").fill("2024-03-01T18:00")
    press(clerk, "Set the times of EDU")
    expect(clerk.get_by_text("closed on Friday 1 March 2024 at 18:00")).to_be_visible(**LATER)
    press(member, "Send it on the whole draft")
    expect(member.get_by_role("alert")).to_contain_text("closed on Friday 1 March 2024", **LATER)
    expect(member.locator("textarea").first).to_have_value("Too late")
    assert_accessible(member)
    considers(clerk)
    freezes(clerk)
    press(member, "What became of our points", "link")
    press(member, "D-001", "link")
    came = "taken up in the text that was frozen, EDU-1."
    for told in ("draft version 1 of the Education commission", came, "Its passage became EDU-1."):
        expect(member.get_by_text(told)).to_be_visible(**LATER)
    assert_accessible(member)


def considers(clerk: Page) -> None:
    """The clerk records what the commission said, by keyboard; what does not do stays in the form."""
    press(clerk, "Points on EDU and their answers", "link")
    checked(clerk, "What was said about Schools")
    assert_keyboard_reaches_everything(clerk)
    form = clerk.get_by_role("region", name="D-001")
    form.get_by_text("Record what the Education commission said to D-001").press("Enter")
    form.get_by_label("What became of it").select_option("Taken up")
    form.get_by_label("Considered on").fill("2026-01-20")
    form.get_by_label("Where it was taken up: version").select_option("2")
    press(clerk, "Record the answer to D-001")
    expect(clerk.get_by_role("alert")).to_contain_text("Write the commission’s answer", **LATER)
    expect(form.get_by_label("Considered on")).to_have_value("2026-01-20")
    assert_accessible(clerk)
    form.get_by_label("The commission’s answer").fill("Gladly.")
    press(clerk, "Record the answer to D-001")
    expect(clerk.get_by_text("1 point waits for an answer, 1 has one.")).to_be_visible(**LATER)
    checked(clerk, "What was said about Schools")
    table = clerk.request.get(clerk.url.partition("#")[0] + ".csv")
    assert "Gladly." in table.text()
    assert "\"'=2 meals a day?\"" in table.text()
    assert clerk.request.get(clerk.url.partition("#")[0] + ".pdf").body().startswith(b"%PDF")


def freezes(clerk: Page) -> None:
    """One point has no answer: the clerk is told which, and freezes with a reason."""
    press(clerk, "Your start page", "link")
    press(clerk, "Documents", "link")
    press(clerk, "EDU: Schools", "link")
    press(clerk, "Freeze these 3 passages")
    waits = "1 point has no answer of a commission yet: D-002"
    expect(clerk.get_by_role("alert")).to_contain_text(waits, **LATER)
    checked(clerk, "Schools: 3 passages")
    clerk.get_by_label("Why it is frozen without these answers").fill("There is no time left.")
    press(clerk, "Freeze it with this reason")
    expect(clerk.get_by_role("link", name="Schools", exact=True)).to_be_visible(**LATER)


@pytest.mark.parametrize(
    ("name", "path"),
    [("Dara", "/npf/drafts"), ("Dara", "/npf/drafts/EDU"), ("Sigrid", "/office/drafts")],
)
def test_drafts_are_not_for_the_room_nor_the_office_for_members(
    hall: DeviceHall, name: str, path: str
) -> None:
    answer = hall.device(name).goto(f"{hall.hub.base}{path}")
    assert answer is not None and answer.status == 403
