"""Two laptops of one table, one without network, then a hub without power: nothing is lost or doubled."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from facilitate.store.rows import Comment
from tests.web.devices import DeviceHall, foot_says, say, serving

pytestmark = pytest.mark.browser


AT_THE_END = [
    ("A slip of the tongue", "withdrawn"),
    ("Meant like this", "current"),
    ("Regretted at once", "withdrawn"),
    ("Said before", "superseded"),
    ("Said by the other laptop meanwhile", "current"),
    ("Said in the dark", "current"),
    ("Said in the drak", "superseded"),
    ("Said while the hub was dead", "current"),
]


@pytest.fixture
def hall(tmp_path: Path, new_context: Any) -> Iterator[DeviceHall]:
    with serving(tmp_path / "event", new_context) as hall:
        yield hall


def own(page: Page, text: str) -> Any:
    """The line of a point in the table's own list."""
    return page.locator("#own-list li").filter(has_text=text)


def correct(page: Page, text: str, better: str) -> None:
    """Take a point back into the field and send it anew."""
    own(page, text).get_by_role("button", name="Correct").click()
    page.locator("#draft").fill(better)
    page.keyboard.press("Enter")
    expect(own(page, better)).to_be_visible()


def withdraw(page: Page, text: str) -> None:
    """Withdraw a point, and say yes."""
    own(page, text).get_by_role("button", name="Withdraw").click()
    own(page, text).get_by_role("button", name="Yes, withdraw it").click()


def at_the_centre(hall: DeviceHall) -> list[tuple[str, str]]:
    """Every point of the event with its state, as they lie in the database."""
    with hall.house.reads() as session:
        rows = session.execute(select(Comment.text, Comment.state)).all()
    return sorted((text, state) for text, state in rows)


def goes_on_in_the_dark(pulled: Page) -> None:
    """Two points more, each changed at once; and the two from before, changed as well."""
    say(pulled, "Said in the drak")
    say(pulled, "Regretted at once")
    correct(pulled, "Said in the drak", "Said in the dark")
    withdraw(pulled, "Regretted at once")
    correct(pulled, "Said before", "Meant like this")
    withdraw(pulled, "A slip of the tongue")
    foot_says(pulled, 6, 2, 4)
    expect(pulled.locator(".foot")).to_contain_text("everything is kept on this laptop")


def test_nothing_is_lost_between_two_laptops_a_dead_network_and_a_dead_hub(hall: DeviceHall) -> None:
    pulled, other = hall.laptop(1), hall.laptop(1)
    say(pulled, "Said before")
    say(pulled, "A slip of the tongue")
    foot_says(pulled, 2, 2, 0)
    expect(own(other, "A slip of the tongue")).to_be_visible()

    # The cable goes; the table goes on talking, corrects and takes back.
    pulled.context.set_offline(True)
    expect(pulled.locator(".foot")).to_contain_text("No connection since")
    goes_on_in_the_dark(pulled)
    say(other, "Said by the other laptop meanwhile")
    foot_says(other, 1, 1, 0)

    # The hub's power goes as well; the other laptop keeps its words too.
    hall.hub.stop(signal.SIGKILL)
    say(other, "Said while the hub was dead")
    pulled.locator("#draft").fill("Half a sent")
    hall.hub.start()
    foot_says(other, 2, 2, 0)
    foot_says(pulled, 6, 2, 4)

    # The cable comes back: all of it arrives, once, and the page says so, also after a reload.
    pulled.context.set_offline(False)
    foot_says(pulled, 6, 6, 0)
    pulled.reload()
    foot_says(pulled, 6, 6, 0)
    expect(pulled.locator("#draft")).to_have_value("Half a sent")
    assert at_the_centre(hall) == AT_THE_END
    expect(own(other, "Meant like this")).to_be_visible()
    expect(own(other, "Regretted at once")).to_contain_text("withdrawn")
