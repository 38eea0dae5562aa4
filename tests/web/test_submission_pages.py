"""A body's officer sends in by link, by keyboard in a real browser; the clerk makes links and deadline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.support.accessibility import assert_accessible, assert_no_sideways_scroll
from tests.web.devices import DeviceHall, served

LONG = "A paragraph.\n\nAnother one."
LATER: Any = {"timeout": 30_000}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DeviceHall]:
    """The cast's event before it is opened."""
    with served(tmp_path_factory.mktemp("bodies") / "event", lambda **_: None) as hall:
        yield hall


@pytest.fixture
def hall(running: DeviceHall, new_context: Any) -> DeviceHall:
    return DeviceHall(running.house, running.hub, new_context)


def checked(page: Page, heading: str) -> None:
    """One page as a person finds it, on a phone and on a desk."""
    expect(page.get_by_role("heading", name=heading, exact=True)).to_be_visible(**LATER)
    for width in (360, 1366):
        page.set_viewport_size({"width": width, "height": 800})
        assert_accessible(page)
        assert_no_sideways_scroll(page)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).press("Enter")


def writes(page: Page, title: str) -> None:
    """Fill the form in."""
    page.get_by_label("Title").fill(title)
    page.get_by_label("Text", exact=False).fill(LONG)
    page.get_by_label("What it is about").fill("HOU-1.2, and homes at large")


def test_a_body_writes_reads_sends_and_corrects(hall: DeviceHall) -> None:
    olu = hall.device("Olu", 360, 800)
    checked(olu, "What Northern Moor CLP sent in")
    expect(olu.get_by_text("until the event begins")).to_be_visible()
    olu.get_by_role("link", name="Write a submission").first.press("Enter")
    checked(olu, "Write a submission")
    writes(olu, "More homes")
    press(olu, "Read it once more")
    expect(olu.get_by_role("alert")).to_contain_text("Say who agreed to it")
    assert olu.get_by_label("Who agreed to it").get_attribute("aria-invalid") == "true"
    expect(olu.get_by_label("Text", exact=False)).to_have_value(LONG)
    assert_accessible(olu)
    olu.get_by_label("Who agreed to it").fill("Members’ meeting of 3 March")
    press(olu, "Read it once more")
    checked(olu, "Read it once more")
    press(olu, "Change it first")
    expect(olu.get_by_label("Text", exact=False)).to_have_value(LONG, **LATER)
    press(olu, "Read it once more")
    form = olu.locator("main form").evaluate("form => Object.fromEntries(new FormData(form))")
    press(olu, "Send it in for Northern Moor CLP")
    checked(olu, "Receipt of S-001")
    again = olu.request.post(f"{hall.hub.base}/submissions", form=form, headers={"Origin": hall.hub.base})
    assert again.url.endswith("/submissions/S-001")
    olu.get_by_role("link", name="Correct S-001").press("Enter")
    checked(olu, "Correct S-001")
    olu.get_by_label("Title").fill("Many more homes")
    press(olu, "Read it once more")
    press(olu, "Send the correction")
    expect(olu.get_by_text("wording 2, of")).to_be_visible(**LATER)
    olu.get_by_text("Wording 1, of").press("Enter")
    checked(olu, "Many more homes")
    assert [s["title"] for s in hall.sees("themes")["submission"].values()] == ["Many more homes"]
    olu.get_by_role("link", name="What we sent in").first.press("Enter")
    olu.get_by_role("link", name="Story of S-001").press("Enter")
    expect(olu.get_by_role("heading", name="S-001: Many more homes")).to_be_visible(**LATER)
    expect(olu.get_by_text("corrected it. Until then it read, under “More homes”:")).to_be_visible()
    takes_it_back(hall, olu)


def takes_it_back(hall: DeviceHall, olu: Page) -> None:
    """From the receipt, by keyboard; what is taken back can be corrected no more."""
    olu.goto(f"{hall.hub.base}/submissions/S-001")
    olu.get_by_text("Take S-001 back").press("Enter")
    checked(olu, "Receipt of S-001")
    press(olu, "Take it back for Northern Moor CLP")
    expect(olu.get_by_text("State: withdrawn.")).to_be_visible(**LATER)
    expect(olu.get_by_role("link", name="Correct S-001")).to_have_count(0)


def test_another_body_and_other_roles_see_none_of_it(hall: DeviceHall) -> None:
    for name, path, status in (
        ("Dara", "/submissions", 403), ("Olu", "/submissions/S-999", 404), ("Olu", "/office", 403),
    ):  # fmt: skip
        page = hall.device(name)
        answer = page.goto(f"{hall.hub.base}{path}")
        assert answer is not None and answer.status == status


def test_the_clerk_makes_links_and_a_deadline_that_closes_the_form(hall: DeviceHall) -> None:
    office = hall.device("Clement")
    office.goto(f"{hall.hub.base}/office/submissions")
    checked(office, "Submissions")
    expect(office.get_by_text("1 of 2 bodies have a link.")).to_be_visible()
    press(office, "Make a link for each body")
    theirs = "Officer of Union of Workshops"
    expect(office.get_by_role("cell", name=theirs, exact=True)).to_be_visible(**LATER)
    hall.codes = {}
    workshops = hall.device(theirs, 360, 800)
    expect(workshops.get_by_text("Nothing has been sent in yet.")).to_be_visible(**LATER)
    workshops.get_by_role("link", name="Write a submission").first.press("Enter")
    writes(workshops, "Too late")
    workshops.get_by_label("Who agreed to it").fill("The executive")
    office.goto(f"{hall.hub.base}/office/submissions")
    office.get_by_label("Bodies may send in and correct until").fill("2024-03-01T18:00")
    press(office, "Set the deadline")
    expect(office.get_by_text("Sending in closed on Friday 1 March 2024 at 18:00")).to_be_visible(**LATER)
    press(workshops, "Read it once more")
    press(workshops, "Send it in for Union of Workshops")
    expect(workshops.get_by_role("alert")).to_contain_text("closed on Friday 1 March 2024", **LATER)
    expect(workshops.get_by_label("Text", exact=False)).to_have_value(LONG)
    assert_accessible(workshops)
