"""A meeting by somebody who never saw it: from the command line to a counted vote, every action counted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.accessibility import assert_accessible, assert_no_sideways_scroll
from tests.support.hub import Hub, command_line

pytestmark = pytest.mark.browser

MOST_ACTIONS = 15
NAMES = ["Ada Marsh", "Bryn Hughes", "Chidi Obi"]
# What a meeting of ballots alone never shows.
UNUSED = (
    "Tables",
    "Theme",
    "Track",
    "Screens",
    "Running order",
    "Delegations",
    "Submissions",
    "Missing points",
)


@dataclass
class Newcomer:
    """Somebody who runs a meeting for the first time; `actions` is what they had to do, in order."""

    folder: Path
    context: BrowserContext
    hub: Hub
    page: Page
    actions: list[str] = field(default_factory=list)

    def does(self, action: str) -> None:
        """Note one action."""
        self.actions.append(action)
        assert len(self.actions) <= MOST_ACTIONS, self.actions

    def presses(self, name: str) -> None:
        """Press a button or follow a link."""
        self.does(f"press {name}")
        self.page.get_by_role("button", name=name).or_(self.page.get_by_role("link", name=name)).first.click()

    def chooses(self, name: str) -> None:
        """Choose one of several answers."""
        self.does(f"choose {name}")
        self.page.get_by_text(name, exact=True).first.click()

    def types(self, label: str, words: str) -> None:
        """Fill in a field."""
        self.does(f"type {words[:20]!r}")
        self.page.get_by_label(label, exact=True).fill(words)

    def sees(self, words: str | re.Pattern[str]) -> None:
        """Wait until the page says this."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def sees_nothing_unused(self) -> None:
        """No word of a part that a meeting does not use, and no barrier."""
        words = self.page.locator("body").inner_text()
        assert not [word for word in UNUSED if word in words], words
        assert_accessible(self.page)
        assert_no_sideways_scroll(self.page)


@pytest.fixture
def newcomer(browser: Browser, tmp_path: Path) -> Iterator[Newcomer]:
    folder = tmp_path / "ward-meeting"
    printed = command_line("new", str(folder), "--preset", "meeting")
    hub = Hub(folder)
    hub.start()
    link = re.search(r"http://localhost:\d+(/in/\S+)", printed)
    assert link, printed
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    page = context.new_page()
    somebody = Newcomer(folder, context, hub, page)
    somebody.does("facilitate new")
    somebody.does("facilitate serve")
    somebody.does("open the link")
    page.goto(hub.base + link[1])
    somebody.presses("Sign in")
    page.wait_for_url("**/desk")
    yield somebody
    hub.stop()
    context.close()


def phones_of(browser: Browser, newcomer: Newcomer) -> list[Page]:
    """Three members scan the QR code of their card; that is not an action of whoever runs the meeting."""
    found = []
    for name in NAMES:
        code = next(way.code for way in newcomer.hub.ways() if way.label == name)
        context = browser.new_context(viewport={"width": 360, "height": 740}, has_touch=True)
        phone = context.new_page()
        newcomer.hub.sign_in(phone, code)
        found.append(phone)
    return found


def test_three_phones_vote_after_fifteen_actions_at_most(browser: Browser, newcomer: Newcomer) -> None:
    newcomer.sees_nothing_unused()
    newcomer.presses("People and their sign-in cards")
    newcomer.presses("People")
    newcomer.types(
        "Add people one name on each line; each may vote, and gets a sign-in card", "\n".join(NAMES)
    )
    newcomer.presses("Add them")
    newcomer.sees("Print these 3 cards")
    newcomer.sees_nothing_unused()
    phones = phones_of(browser, newcomer)
    newcomer.presses("Meeting")
    newcomer.sees("3 may vote")
    newcomer.types("What do you ask the meeting?", "Shall we meet on Tuesdays?")
    newcomer.presses("Open the vote")
    for phone, choice in zip(phones, ("For", "For", "Against"), strict=True):
        phone.get_by_role("radio", name=choice).check()
        phone.get_by_role("button", name=f"Put it in the box: {choice}").click()
        expect(phone.get_by_text("Your vote is in", exact=True)).to_be_visible()
    newcomer.sees("3 of 3")
    newcomer.presses("Close the ballot")
    newcomer.sees(re.compile("Carried"))
    newcomer.sees_nothing_unused()
    for phone in phones:
        expect(phone.get_by_text(re.compile("2 for, 1 against")).first).to_be_visible()
        phone.context.close()


@pytest.mark.parametrize("counted", [True, False], ids=["counted", "declared"])
def test_hands_are_counted_or_declared(newcomer: Newcomer, *, counted: bool) -> None:
    newcomer.types("What do you ask the meeting?", "Shall we thank the speaker?")
    newcomer.chooses("By show of hands")
    newcomer.presses("Open the vote")
    if counted:
        newcomer.types("For", "21")
        newcomer.types("Against", "4")
        newcomer.presses("Enter the count")
    else:
        newcomer.presses("Clearly carried")
    newcomer.presses("Close the ballot")
    newcomer.sees(re.compile("Carried"))
    newcomer.sees_nothing_unused()
