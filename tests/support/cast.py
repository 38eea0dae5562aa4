"""The people of an event in their real browsers, each acting through the page before them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.support.accessibility import assert_accessible
from tests.support.hub import Hub

SHOWN_FOR_A_MOMENT = """label => {
  const button = document.querySelector("#step");
  const shown = button.textContent.trim() === label && button.getAttribute("aria-disabled") === "false";
  if (!shown || window.stepShown?.label !== label) window.stepShown = { label, since: performance.now() };
  return shown && performance.now() - window.stepShown.since > 900;
}"""
SIZES = {"phone": (360, 740), "laptop": (1366, 768), "screen": (1920, 1080)}


@dataclass
class Somebody:
    """One person or device, signed in with their own code."""

    page: Page
    context: BrowserContext

    @classmethod
    def signs_in(cls, browser: Browser, hub: Hub, label: str, size: str = "laptop") -> Self:
        """Open the link of a sign-in card and press the button."""
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height})
        page = context.new_page()
        code = next(way.code for way in hub.ways() if way.label == label)
        page.goto(f"{hub.base}/in/{code}")
        page.get_by_role("button").first.click()
        page.wait_for_url(lambda url: "/in/" not in url and not url.endswith("/sessions"))
        return cls(page, context)

    def sees(self, words: str) -> None:
        """Wait until the page says this."""
        expect(self.page.get_by_text(words).first).to_be_visible()

    def looks_at(self, path: str, hub: Hub) -> None:
        """Go to another page."""
        self.page.goto(hub.base + path)

    def finds_no_barrier(self) -> None:
        """Axe finds nothing on the page as it is now."""
        assert_accessible(self.page)


class Clerk(Somebody):
    """Prepares at /office."""

    def imports(self, kind: str, file: Path, hub: Hub) -> None:
        """Choose a CSV file, look at its rows, take it in."""
        self.looks_at(f"/office/{kind}", hub)
        self.page.get_by_label("CSV file").set_input_files(file)
        self.page.get_by_role("button", name="Check the rows").click()
        self.page.get_by_role("button", name=re.compile("^Take all")).click()
        self.page.wait_for_url(f"**/office/{kind}")

    def freezes(self, file: Path, prefix: str, commission: str, hub: Hub) -> None:
        """Choose a document, look at its passages, freeze it."""
        self.looks_at("/office/documents", hub)
        self.page.get_by_label("File").set_input_files(file)
        self.page.get_by_label("Prefix").fill(prefix)
        self.page.get_by_label("Policy commission").fill(commission)
        self.page.get_by_role("button", name="Look at its passages").click()
        self.page.wait_for_url("**/office/documents/drafts/*")
        self.page.get_by_role("button", name=re.compile("^Freeze")).click()
        self.page.wait_for_url("**/office/documents")

    def plans(self, when: str, kind: str, title: str, hub: Hub, passages: str = "") -> None:
        """Write one item of the running order."""
        self.looks_at("/office/programme", hub)
        self.page.get_by_label("Starts").fill(when)
        self.page.get_by_label("Minutes").fill("10")
        self.page.get_by_label("Kind").select_option(kind)
        self.page.get_by_label("Title").fill(title)
        self.page.get_by_label("Passages").fill(passages)
        self.page.get_by_role("button", name="Add this item").click()
        expect(self.page.get_by_role("cell", name=f"{title} {kind}")).to_be_visible()


class Chair(Somebody):
    """Runs the room with one button."""

    def presses(self, label: str) -> None:
        """Press the main button once it says this."""
        button = self.page.locator("#step")
        expect(button).to_have_text(label)
        # The desk takes a press only for a step that it has shown for a moment: a second press of a hasty
        # finger must not start what comes next.
        self.page.wait_for_function(SHOWN_FOR_A_MOMENT, arg=label)
        button.click()
        try:
            expect(button).not_to_have_text(label)
        except AssertionError:
            raise AssertionError(f"“{label}” did nothing: {self.page.inner_text('.step')}") from None


class Facilitator(Somebody):
    """Types what the table says."""

    def says(self, kind: str, text: str, agree: int, against: int = 0) -> None:
        """Send one point, by keyboard alone."""
        number = ["support", "concern", "wording", "idea", "question"].index(kind) + 1
        draft = self.page.locator("#draft")
        draft.focus()
        self.page.keyboard.press(f"Alt+{number}")
        draft.fill(text)
        self.page.locator("#agree").fill(str(agree))
        self.page.locator("#against").fill(str(against))
        draft.focus()
        self.page.keyboard.press("Enter")
        expect(self.own(text)).to_be_visible()

    def own(self, text: str):  # type: ignore[no-untyped-def]
        """One point in the table's own list."""
        return self.page.locator(".own li").filter(has_text=text)

    def has_at_the_centre(self, text: str) -> None:
        """Wait until a point is at the centre."""
        expect(self.own(text)).to_contain_text("at the centre")


class Delegate(Somebody):
    """Votes on a phone."""

    def votes(self, answer: str) -> None:
        """Choose, and put it in the box."""
        self.page.get_by_role("radio", name=answer, exact=True).check()
        self.page.get_by_role("button", name=f"Put it in the box: {answer}").click()
        self.sees("Your vote is in")
