"""What cannot be read and what comes from an ended sign-in: acknowledged, kept, dealt with at the desk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from facilitate.office import run
from facilitate.store.rows import Comment, Credential, Device, KeptItem
from tests.support.accessibility import (
    assert_accessible,
    assert_keyboard_reaches_everything,
    assert_no_sideways_scroll,
)
from tests.web.devices import POST_COMMAND, DeviceHall, foot_says, say, serving


@pytest.fixture
def hall(tmp_path: Path, new_context: Any) -> Iterator[DeviceHall]:
    with serving(tmp_path / "event", new_context) as hall:
        yield hall


def comments(hall: DeviceHall) -> list[Comment]:
    """What stands in the event's database."""
    with hall.house.reads() as session:
        return list(session.scalars(select(Comment).order_by(Comment.received_at)))


def passes(page: Page) -> None:
    """The page is for everybody."""
    assert_accessible(page)
    assert_keyboard_reaches_everything(page)
    assert_no_sideways_scroll(page)


def revoke(hall: DeviceHall, label: str) -> None:
    """Make a device's sign-in worthless while no hub is running, so that nothing slips in before."""
    with hall.house.reads() as session:
        holder = select(Credential.id).join(Device, Device.id == Credential.device_id)
        own = holder.where(Device.label == label, Credential.revoked_at.is_(None))
        credential = session.scalars(own).one()
    run(hall.house, "revoke-sign-in", {"credential": credential})


def test_a_point_of_an_older_page_is_kept_and_typed_in_by_the_theme_team(hall: DeviceHall) -> None:
    laptop = hall.laptop(1)
    odd = {"text": "We said it on an older page", "feeling": "warm", "agree": 4}
    ack = laptop.evaluate(POST_COMMAND, ["record-comment", odd])
    assert ack["ok"] and ack["result"]["kept"] == "K-001"
    desk = hall.device("Amara")
    expect(desk.get_by_role("link", name="1 point waits at the desk, kept as it came")).to_be_visible()
    team = hall.device("Thea")
    team.get_by_role("link", name="Kept as they came").click()
    expect(team.get_by_text("item: Missing data")).to_be_visible()
    team.get_by_text("Every word of K-001 as it came").click()
    expect(team.get_by_text('"feeling": "warm"')).to_be_visible()
    team.get_by_text("Type K-001 in", exact=True).click()
    expect(team.get_by_label("What the table said")).to_have_value("We said it on an older page")
    passes(team)
    form = team.get_by_role("form", name="Type K-001 in")
    form.get_by_label("Passage").fill("hou-9.9")
    form.get_by_label("Kind").select_option("concern")
    form.get_by_role("button").click()
    expect(team.get_by_role("alert")).to_contain_text("There is no passage “hou-9.9”.")
    expect(form.get_by_label("With it", exact=True)).to_have_value("4")
    form.get_by_label("Passage").fill("hou-1.2")
    form.get_by_role("button").click()
    expect(team.locator("#K-001")).to_contain_text("Typed in as 1/1")
    [comment] = comments(hall)
    assert (comment.text, comment.marks, comment.agree) == ("We said it on an older page", ["typed-in"], 4)
    expect(laptop.locator("#own-list")).to_contain_text("We said it on an older page")
    expect(desk.get_by_role("link", name="all are dealt with")).to_be_visible()


def test_points_of_a_lost_laptop_wait_in_quarantine_until_the_clerk_admits_them(hall: DeviceHall) -> None:
    laptop, clerk = hall.laptop(2), hall.device("Clement")
    say(laptop, "Before it was lost")
    foot_says(laptop, 1, 1, 0)
    hall.hub.stop()
    for text in ("First in the dark", "Noise in the dark"):
        say(laptop, text)
    foot_says(laptop, 3, 1, 2)
    revoke(hall, "Laptop of table 2")
    hall.hub.start()
    clerk.goto(f"{hall.hub.base}/desk/kept")
    wait_for_kept(hall, 2)
    clerk.reload()
    assert hall.texts() == ["Before it was lost"]
    passes(clerk)
    first = clerk.get_by_role("listitem").filter(has_text="First in the dark")
    first.get_by_role("button", name=re.compile("Admit K-")).click()
    other = clerk.get_by_role("listitem").filter(has_text="Noise in the dark")
    other.get_by_role("textbox").fill("Nobody at the table said this")
    other.get_by_role("button", name=re.compile("^End K-")).click()
    expect(clerk.locator(".kept-items")).to_contain_text("Ended: Nobody at the table said this")
    assert hall.texts() == ["Before it was lost", "First in the dark"]
    assert next(c for c in comments(hall) if c.text.startswith("First")).marks == ["admitted"]


def test_what_was_kept_stands_in_the_balance_and_in_the_way_of_signing_and_erasing(hall: DeviceHall) -> None:
    odd = {"text": "We said it on an older page", "feeling": "warm"}
    assert hall.laptop(1).evaluate(POST_COMMAND, ["record-comment", odd])["ok"]
    clerk, delegate = hall.device("Clement"), hall.device("Dara")
    for page in (clerk, delegate):
        page.goto(f"{hall.hub.base}/balance")
        expect(
            page.get_by_text("1 point was kept as it came and is no comment yet: K-001 of table 1.")
        ).to_be_visible()
        passes(page)
    expect(delegate.get_by_role("link", name="at the desk")).to_have_count(0)
    hall.chair("close-event")
    clerk.goto(f"{hall.hub.base}/npf/HOU")
    expect(clerk.get_by_text("K-001 was kept as it came and is no comment yet")).to_be_visible()
    clerk.get_by_role("button", name="Compile the outcome").click()
    clerk.get_by_role("button", name="Offer the text for signing").click()
    expect(clerk.get_by_role("alert").first).to_contain_text("K-001 was kept as it came")
    clerk.goto(f"{hall.hub.base}/office/laptops")
    expect(clerk.get_by_text("1 point waits at the desk, kept as it came: K-001.")).to_be_visible()
    passes(clerk)
    clerk.get_by_role("button", name="Order all devices to erase").click()
    expect(clerk.get_by_role("alert").first).to_contain_text("so nothing was erased: settle them at the desk")
    clerk.get_by_role("link", name="Settle it at the desk").click()
    clerk.get_by_label("Why K-001 is no comment").fill("Said again from the newer page")
    clerk.get_by_role("button", name="End K-001").click()
    clerk.goto(f"{hall.hub.base}/balance")
    expect(clerk.get_by_text("kept as it came and is no comment")).to_have_count(0)


def wait_for_kept(hall: DeviceHall, count: int) -> None:
    """Wait until the hub has kept so many points."""
    page = hall.device("Clement")
    # A laptop that was turned away tries again after half a minute at the most.
    for _ in range(450):
        with hall.house.reads() as session:
            if len(session.scalars(select(KeptItem.id)).all()) == count:
                return
        page.wait_for_timeout(200)
    raise AssertionError(f"{count} points were never kept")
