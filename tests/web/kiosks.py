"""Kiosks in real browsers, whose speech is the browser's own with a recorder in its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page, expect

from tests.web.devices import DeviceHall

LABEL = "Kiosk by the lift"
# A browser on a machine without a sound card has no voices: this one has, and writes down what they say.
SPEECH = """(() => {
  const voice = { name: "Recorder", lang: "en-GB", localService: true, default: true, voiceURI: "recorder" };
  const synthesis = Object.assign(new EventTarget(), {
    speaking: false, pending: false, getVoices: () => (window.mute ? [] : [voice]),
    speak: (words) => window.hears(words.text, words.rate, words.volume),
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
        for _ in range(600):
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
            self.press(key)
            self.says_something()
            if words in " ".join(self.said):
                return
        raise AssertionError(f"“{words}” is not on the page")

    def says_something(self) -> None:
        """Wait until it has said anything."""
        for _ in range(600):
            if self.said:
                return
            self.page.wait_for_timeout(20)
        raise AssertionError("it is silent")

    def signs_in(self, code: str) -> None:
        """Type the code of a badge."""
        field = self.page.get_by_role("textbox", name="Type the code of your badge")
        expect(field).to_be_focused(timeout=30_000)
        self.page.keyboard.type(code)
        self.press("Enter")

    def finishes(self) -> None:
        """End the visit, and wait for the start page."""
        self.page.get_by_role("button", name="I have finished").press("Enter")
        self.is_free()

    def is_free(self) -> None:
        """Wait until nobody is signed in here."""
        expect(self.page.get_by_role("heading", name="Vote here")).to_be_visible(timeout=30_000)
        expect(self.page.get_by_role("textbox")).to_be_focused(timeout=30_000)

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
