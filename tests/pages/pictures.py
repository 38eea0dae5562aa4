"""Hall: takes a picture of each page, size, theme and state, for people to look at."""

from __future__ import annotations

import html
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from tests.pages.states import ORDER, Conference
from tests.support.browser import QUIET, find_chromium

PHONE: ViewportSize = {"width": 360, "height": 740}
LAPTOP: ViewportSize = {"width": 1366, "height": 768}
PROJECTOR: ViewportSize = {"width": 1920, "height": 1080}
SIZES = {"phone": PHONE, "laptop": LAPTOP, "projector": PROJECTOR}


@dataclass(frozen=True)
class View:
    """One page as somebody has it open: who, where, in which sizes and themes."""

    name: str
    role: str
    path: str
    sizes: tuple[str, ...] = ("phone", "laptop")
    at: int = 0
    states: tuple[str, ...] = ()
    whole: bool = True


HALL = tuple(ORDER[:-1])
VOTING = ("announced", "open", "counted", "carried", "lost", "tied", "several", "chosen", "hands", "closed")
TALKING = ("before", "opened", "waiting", "round", "wall", "themes")
OFFICE = (
    "", "/documents", "/delegations", "/tables", "/people", "/submissions", "/programme", "/screens", "/codes",
    "/settings",
)  # fmt: skip
VIEWS = (
    View("phone", "delegate", "/phone", ("phone",), 2, (*TALKING, *VOTING)),
    View("table", "facilitator", "/table", ("laptop", "phone"), 0, (*TALKING, "announced", "closed"), False),
    View("screen", "screen", "/screen", ("projector",), 0, (*TALKING, *VOTING), False),
    View("desk", "chair", "/desk", ("laptop", "phone"), 0, (*TALKING, *VOTING), False),
    View("theme desk", "theme-team", "/desk/themes", ("laptop", "phone"), 0, ("before", "round", "themes", "carried", "closed"), False),
    *(View(f"office{path.replace('/', ' ')}", "clerk", f"/office{path}", ("laptop", "phone"), 0, ("themes",)) for path in OFFICE),
    View("document", "delegate", "/documents/HOU", ("phone", "laptop"), 2, ("themes",)),
    View("balance", "clerk", "/balance", ("phone", "laptop"), 0, ("carried", "closed")),
    View("story", "delegate", "/story", ("phone", "laptop"), 2, ("carried", "closed")),
    View("story of a comment", "delegate", "/story/1-1", ("phone", "laptop"), 2, ("carried", "closed")),
    View("story of a submission", "delegate", "/story/S-003", ("phone", "laptop"), 2, ("carried", "closed")),
    View("outcomes", "signatory", "/npf", ("phone", "laptop"), 0, ("closed",)),
    View("outcome", "signatory", "/npf/HOU", ("phone", "laptop"), 0, ("closed",)),
    View("outcome for the clerk", "clerk", "/npf/HOU", ("phone", "laptop"), 0, ("closed",)),
    View("sign-in", "", "/", ("phone", "laptop"), 0, ("before",)),
    View("refused", "", "/office", ("phone", "laptop"), 0, ("before",)),
)  # fmt: skip
SCENES = ("holding", "running-order", "passage", "wall", "room", "themes", "ballot", "result")
FORCED = ("round", "themes", "open", "carried")


class Album:
    """Pictures in a folder, and the page that shows them."""

    def __init__(self, folder: Path, browser: Browser, event: Conference) -> None:
        self.folder = folder
        self.browser = browser
        self.event = event
        self.pages: dict[str, Page] = {}
        self.taken: list[tuple[str, str]] = []
        folder.mkdir(parents=True, exist_ok=True)

    def page_of(self, view: View) -> Page:
        """Somebody's own browser, signed in, on the page of this view."""
        key = f"{view.role} {view.at}"
        if key not in self.pages:
            context = self.browser.new_context(
                locale="en-GB", timezone_id="Europe/London", reduced_motion="reduce"
            )
            self.sign_in(context, view)
            self.pages[key] = context.new_page()
        page = self.pages[key]
        address = f"{self.event.hub.base}{view.path}"
        if page.url != address:
            page.goto(address)
            page.locator(".opening").wait_for(state="detached")
        return page

    def sign_in(self, context: BrowserContext, view: View) -> None:
        """Give a browser the cookie that this person's own sign-in gave."""
        if not view.role:
            return
        cast = self.event.cast
        somebody = cast.table(view.at + 1) if view.role == "facilitator" else cast.a(view.role, view.at)
        base = self.event.hub.base
        context.add_cookies(
            [{"name": c.name, "value": c.value or "", "url": base} for c in somebody.http.cookies]
        )

    def take(self, page: Page, view: View, state: str, size: str, theme: str) -> None:
        """One picture."""
        page.set_viewport_size(SIZES[size])
        whole = view.whole or size == "phone"
        page.emulate_media(forced_colors="active" if theme == "forced" else "none", reduced_motion="reduce")
        page.evaluate("document.fonts.ready")
        page.wait_for_timeout(600 if view.role == "screen" else 250)
        if whole:
            # The whole page in one tall window, so that what sticks to the edge stands where it belongs.
            height = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({**SIZES[size], "height": max(height, SIZES[size]["height"])})
        name = f"{view.name} {state} {size} {theme}".replace(" ", "-").replace("/", "-")
        page.screenshot(path=self.folder / f"{name}.png", full_page=whole)
        self.taken.append((name, f"{view.name}, {state}: {size}, {theme}"))

    def take_state(self, state: str, wanted: str) -> None:
        """Every view that shows this state."""
        for view in VIEWS:
            if state not in view.states or wanted not in view.name:
                continue
            page = self.page_of(view)
            for size in view.sizes:
                self.take(page, view, state, size, "hall" if view.role == "screen" else "day")
            if state in FORCED:
                self.take(page, view, state, view.sizes[0], "forced")
            if view.role == "screen":
                page.goto(f"{self.event.hub.base}/screen?theme=light")
                self.take(page, view, state, "projector", "day")

    def write_index(self) -> None:
        """One page with all pictures."""
        figures = "\n".join(
            f'<figure><a href="{name}.png"><img src="{name}.png" alt="" loading="lazy" width="480"></a>'
            f"<figcaption>{html.escape(words)}</figcaption></figure>"
            for name, words in self.taken
        )
        (self.folder / "index.html").write_text(
            '<!doctype html><html lang="en"><meta charset="utf-8"><title>Every page in every state</title>'
            f"<h1>Every page in every state</h1>{figures}</html>",
            encoding="utf-8",
        )


def main(folder: Path, wanted: str) -> None:
    """Let the event go from state to state and take its pictures."""
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else [*QUIET]
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=flags)
        event = Conference(Path(scratch))
        album = Album(folder, browser, event)
        try:
            for state in ORDER:
                event.reach(state)
                album.take_state(state, wanted)
        finally:
            album.write_index()
            event.end()
            browser.close()
    print(f"{len(album.taken)} pictures in {folder}; open {folder / 'index.html'}")


if __name__ == "__main__":
    main(
        Path(sys.argv[1] if len(sys.argv) > 1 else "build/screens"), sys.argv[2] if len(sys.argv) > 2 else ""
    )
