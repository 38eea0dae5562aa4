"""Kiosks in real browsers, whose speech is the browser's own with a recorder in its place."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from facilitate.office import run
from tests.pages.cast import Somebody, new_id
from tests.support.hub import Hub
from tests.web.devices import DeviceHall, found

LABEL = "Kiosk by the lift"
QUESTION = "Shall every council build within five years?"
TEXT = "Every council builds within five years."
PLACES = ["Leeds", "Cardiff", "Derry"]
# A browser on a machine without a sound card has no voices: this one has, and writes down what they say.
SPEECH = """(() => {
  window.now = [];
  const voice = { name: "Recorder", lang: "en-GB", localService: true, default: true, voiceURI: "recorder" };
  const synthesis = Object.assign(new EventTarget(), {
    speaking: false, pending: false, getVoices: () => (window.mute ? [] : [voice]),
    speak: (words) => { window.now.push(words.text); window.hears(words.text, words.rate, words.volume); },
    cancel: () => window.hears("", 0, 0),
  });
  Object.defineProperty(window, "speechSynthesis", { value: synthesis });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
})();"""
KEPT = """async () => [
  ...Object.keys(localStorage), ...Object.keys(sessionStorage), ...(await caches?.keys?.() ?? []),
  ...(await indexedDB.databases()).map((each) => each.name), document.cookie,
  ...(await navigator.serviceWorker?.getRegistrations?.() ?? []).map((each) => each.scope),
].filter(Boolean)"""


@dataclass
class Kiosk:
    """One kiosk, and everything that its headphones have said."""

    page: Page
    said: list[str] = field(default_factory=list)
    rates: list[float] = field(default_factory=list)

    def hears(self, text: str, rate: float, _volume: float) -> None:
        """What the page says; silence where it breaks off."""
        if text:
            self.said.append(text)
            self.rates.append(rate)

    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)

    def says(self, words: str) -> None:
        """Wait until it has said this since it was last listened to."""
        for _ in range(1_800):
            at = " ".join(self.said).find(words)
            if at >= 0:
                return
            self.page.wait_for_timeout(50)
        raise AssertionError(f"“{words}” was never said, but: {' / '.join(self.said)}")

    def forget(self) -> None:
        """Listen anew."""
        self.said.clear()

    def until(self, words: str, key: str = "ArrowDown") -> None:
        """Press a key until it says this, as somebody does who sees nothing."""
        for _ in range(60):
            self.forget()
            self.page.evaluate("window.now = []")
            self.press(key)
            # What a key is answered with is said before the key has been dealt with.
            if words in self.page.evaluate("window.now.join(' ')"):
                return
        raise AssertionError(f"“{words}” is not on the page")

    def signs_in(self, code: str) -> None:
        """Type the code of a badge."""
        field = self.page.get_by_role("textbox", name="Type the code of your badge")
        expect(field).to_be_focused()
        self.page.keyboard.type(code)
        self.press("Enter")

    def finishes(self) -> None:
        """End the visit, and wait for the start page."""
        self.page.get_by_role("button", name="I have finished").press("Enter")
        self.is_free()

    def is_free(self) -> None:
        """Wait until nobody is signed in here."""
        expect(self.page.get_by_role("heading", name="Vote here")).to_be_visible()
        expect(self.page.get_by_role("textbox")).to_be_focused()

    def kept(self) -> list[str]:
        """Everything that this browser keeps and a page can read."""
        found: list[str] = self.page.evaluate(KEPT)
        return found


def kiosk_of(
    hall: DeviceHall, sign_in: Callable[[Page, str], None], *, mute: bool = False, **context: Any
) -> Kiosk:
    """A browser signed in as the kiosk, with headphones on."""
    page = hall.new_context(**{"viewport": {"width": 1366, "height": 768}, **context}).new_page()
    page.on("pageerror", lambda error: hall._fail("kiosk", error))
    kiosk = Kiosk(page)
    page.expose_function("hears", kiosk.hears)
    page.add_init_script(f"window.mute = {str(mute).lower()};{SPEECH}")
    sign_in(page, LABEL)
    return kiosk


class KioskHall(DeviceHall):
    """The cast's event with a kiosk, shared by the tests of this file; each leaves no ballot open."""

    numbers = itertools.count(1)

    def kiosk(self, **how: Any) -> Kiosk:
        """The kiosk's browser."""
        return kiosk_of(self, lambda page, label: self.hub.sign_in(page, self.code(label)), **how)

    def ballot(self, **other: Any) -> str:
        """A ballot that is up."""
        ballot = f"01900000-0000-7000-8000-{next(self.numbers):012d}"
        asked = {
            "item": ballot, "motion": None, "question": QUESTION, "form": "for-against", "options": [],
            "trust": "anonymised", "purpose": "binding", "rules": None, **other,
        }  # fmt: skip
        self.chair("draft-ballot", **asked)
        self.chair("announce-ballot", ballot=ballot)
        self.chair("open-ballot", ballot=ballot)
        return ballot

    def motion(self) -> str:
        """A motion that changes a passage, put to the room."""
        motion, thea = new_id(), Somebody(self.hub.base, self.code("Thea"))
        passage = next(each for each in self.sees("desk")["passage"].values() if each["ref"] == "HOU-1.1")
        given = {"item": motion, "passage": passage["id"], "document": passage["document"]}
        words = {"effect": "replace", "title": "Five years", "text": TEXT}
        thea.do("draft-motion", **given, **words, comments=[], themes=[], submissions=[])
        thea.do("put-motion", motion=motion)
        return motion

    def counts(self, ballot: str) -> dict[str, int]:
        """Close a ballot; what was in the box."""
        self.chair("close-ballot", ballot=ballot)
        self.chair("publish-result", ballot=ballot)
        counts = self.sees("desk")["ballot"][ballot]["result"]["counts"]
        return {key: counts[key] for key in ("for", "against")}

    def told(self) -> list[dict[str, Any]]:
        """All kiosks, as a teller's device is told."""
        tess = Somebody(self.hub.base, self.code("Tess"))
        client = tess.connect()
        try:
            answer = client.call("join", {"streams": {}}, timeout=60)
        finally:
            client.disconnect()
        return list(answer["streams"]["desk"]["snapshot"]["kiosk"].values())

    def clears_up(self) -> None:
        """Leave no ballot open."""
        for ballot in self.sees("desk")["ballot"].values():
            if ballot["state"] == "open":
                self.chair("void-ballot", ballot=ballot["id"], reason="The test is over.")


@contextmanager
def kiosk_hall(folder: Path) -> Iterator[KioskHall]:
    """The event with a kiosk, served, in its first round."""
    house = found(folder)
    run(house, "add-kiosk", {"label": LABEL})
    hub = Hub(folder)
    hub.start()
    try:
        hall = KioskHall(house, hub, lambda: None)
        hall.reaches_the_round()
        yield hall
    finally:
        hub.stop()
        house.close()
