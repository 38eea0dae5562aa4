"""Every stage: photographs the pages while robots hold the demo event, and holds them at each moment."""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
ALBUM = ROOT / "build" / "screens"
FACILITATE = [sys.executable, "-m", "facilitate"]
SIZES: dict[str, ViewportSize] = {
    "phone": {"width": 360, "height": 740},
    "laptop": {"width": 1366, "height": 768},
    "desk": {"width": 1440, "height": 900},
    "projector": {"width": 1920, "height": 1080},
    "400-percent": {"width": 320, "height": 256},
}
# When to stop the robots: the first time that the question's answer is yes.
MOMENTS = {
    "before": "SELECT 1",
    "first-minute": "SELECT count(*) BETWEEN 1 AND 30 FROM comments",
    "tables-talking": "SELECT count(*) >= 60 FROM comments",
    "themes": "SELECT count(*) >= 6 FROM themes",
    "announced": "SELECT count(*) FROM ballots WHERE state = 'announced' AND purpose = 'binding'",
    "open": "SELECT count(*) FROM ballots JOIN papers ON ballot_id = ballots.id "
    "WHERE state = 'open' AND purpose = 'binding'",
    "result": "SELECT count(*) FROM ballots WHERE state = 'published' AND purpose = 'binding'",
    "overfull": "SELECT count(*) >= 250 FROM comments",
    "after": "SELECT count(*) FROM event WHERE phase = 'after'",
}


# At these every size and look is taken, at the others the first of each.
WHOLE = {"before", "tables-talking", "open", "result"}


@dataclass(frozen=True)
class Subject:
    """A page to be photographed: whose it is, where it is, and at which sizes and in which looks."""

    name: str
    label: str
    path: str
    sizes: tuple[str, ...]
    looks: tuple[str, ...] = ("day",)


SUBJECTS = (
    Subject("sign-in", "", "/", ("phone", "laptop", "400-percent"), ("day", "contrast")),
    Subject("phone", "delegate", "/phone", ("phone", "400-percent"), ("day", "contrast")),
    Subject("table", "Laptop", "/table", ("laptop", "400-percent"), ("day", "contrast")),
    Subject("desk", "chair", "/desk", ("desk", "400-percent"), ("day", "contrast")),
    Subject("themes", "theme-team", "/desk/themes", ("desk", "400-percent"), ("day",)),
    Subject("office", "clerk", "/office", ("desk", "phone"), ("day",)),
    Subject("npf", "signatory", "/npf", ("laptop", "phone"), ("day",)),
    Subject("screen-main", "Main", "/screen", ("projector",), ("hall", "light")),
    Subject("screen-wall", "Hall wall", "/screen", ("projector",), ("hall",)),
    Subject("screen-room", "Room", "/screen", ("projector",), ("hall",)),
)


class Hub:
    """The demo event, marked as a rehearsal, served for the photographer."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        env = {**os.environ, "FACILITATE_EVENT": str(folder), "FACILITATE_PORT": "0"}
        command = [sys.executable, "-m", "facilitate.server"]
        self.process = subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout
        found = next((m for m in (re.search(r"port (\d+)", line) for line in self.process.stdout) if m), None)
        if found is None:
            sys.exit("The hub did not start.")
        self.base = f"http://127.0.0.1:{found[1]}"
        printed = self.facilitate("links", "--all")
        self.ways = re.findall(r"^(\S+)\s+(.+?)\s+https?://\S+/in/(\S+)$", printed, re.MULTILINE)

    def facilitate(self, *arguments: str) -> str:
        """What a command of the operator's prints."""
        command = [*FACILITATE, "--event", str(self.folder), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def code(self, label: str) -> str | None:
        """The code of the first way in whose role or label begins so."""
        return next((code for role, who, code in self.ways if role == label or who.startswith(label)), None)

    def says(self, question: str) -> bool:
        """Whether the event's database answers yes."""
        with sqlite3.connect(f"file:{self.folder / 'event.db'}?mode=ro", uri=True) as store:
            return bool(store.execute(question).fetchone()[0])


@contextmanager
def demo_hub() -> Iterator[Hub]:
    """A hub on a demo event of its own, gone afterwards."""
    from facilitate import open_house
    from facilitate.config import read_settings
    from facilitate.demo import make_demo
    from facilitate.rehearsal.content import Size, read_content

    with tempfile.TemporaryDirectory(prefix="facilitate-screens-") as place:
        house = open_house(read_settings(place))
        make_demo(house, read_content(Size()), rehearsal=True)
        house.close()
        hub = Hub(Path(place))
        try:
            yield hub
        finally:
            hub.process.terminate()
            hub.process.wait(timeout=20)


class Robots:
    """The robots that hold the event; they can be stopped in the middle of a word."""

    def __init__(self, hub: Hub) -> None:
        command = [*FACILITATE, "--event", str(hub.folder), "rehearse", "--hub", hub.base, "--json"]
        self.hub = hub
        self.process = subprocess.Popen([*command, "--speed", "400"], stdout=subprocess.DEVNULL)

    def stop_at(self, question: str) -> bool:
        """Let them go on until the answer is yes, then hold them; false when they end before."""
        self.process.send_signal(signal.SIGCONT)
        while not self.hub.says(question):
            if self.process.poll() is not None:
                return self.hub.says(question)
            time.sleep(0.01)
        self.process.send_signal(signal.SIGSTOP)
        return True

    def end(self) -> None:
        """Send them home."""
        self.process.send_signal(signal.SIGCONT)
        self.process.terminate()
        self.process.wait(timeout=20)


class Photographer:
    """One browser, with one signed-in page for each subject."""

    def __init__(self, browser: Browser, hub: Hub, wanted: set[str]) -> None:
        self.browser = browser
        self.hub = hub
        self.pages: dict[str, Page] = {}
        self.subjects = [each for each in SUBJECTS if not wanted or each.name in wanted]
        for subject in self.subjects:
            self._open(subject)

    def _open(self, subject: Subject) -> None:
        context = self.browser.new_context(
            locale="en-GB", timezone_id="Europe/London", reduced_motion="reduce", base_url=self.hub.base
        )
        page = context.new_page()
        code = self.hub.code(subject.label) if subject.label else None
        if subject.label and code is None:
            print(f"nobody signs in as {subject.label}: no pictures of {subject.name}")
            return
        if code:
            page.goto(f"/in/{code}")
            page.get_by_role("button").first.click()
            page.wait_for_url(lambda url: "/in/" not in url and not url.endswith("/sessions"))
        self.pages[subject.name] = page

    def take(self, moment: str) -> None:
        """Photograph every subject as it is now."""
        for subject in self.subjects:
            if subject.name in self.pages:
                for look in subject.looks if moment in WHOLE else subject.looks[:1]:
                    self._take(moment, subject, look)

    def _take(self, moment: str, subject: Subject, look: str) -> None:
        page = self.pages[subject.name]
        page.emulate_media(forced_colors="active" if look == "contrast" else "none", reduced_motion="reduce")
        path = f"{subject.path}?theme=light" if look == "light" else subject.path
        answer = page.goto(path)
        if answer is None or not answer.ok:
            print(f"{moment}: {subject.name} answered {answer.status if answer else 'nothing'}")
        page.wait_for_load_state("load")
        page.wait_for_function("!document.querySelector('.opening')")
        for size in subject.sizes if moment in WHOLE else subject.sizes[:1]:
            page.set_viewport_size(SIZES[size])
            # Two frames after the last change of size, fonts included, the page stands as a person sees it.
            page.evaluate("document.fonts.ready.then(() => new Promise((r) => setTimeout(r, 400)))")
            target = ALBUM / moment / f"{subject.name}-{size}-{look}.png"
            page.screenshot(path=target, full_page=size in ("phone", "400-percent"))

    def take_trouble(self) -> None:
        """Photograph what a person sees when something is in the way: a refused code, and no network."""
        page = self.browser.new_page(base_url=self.hub.base)
        page.set_viewport_size(SIZES["phone"])
        page.goto("/in/AAAAA-AAAAA")
        page.get_by_role("button").first.click()
        page.wait_for_selector("[role=alert], .refused")
        page.screenshot(path=ALBUM / "trouble" / "sign-in-refused.png")
        for name in ("phone", "table", "desk", "screen-main"):
            if name in self.pages:
                self.pages[name].context.set_offline(True)
        for name in ("phone", "table", "desk", "screen-main"):
            if name in self.pages:
                self.pages[name].wait_for_timeout(6_000)
                self.pages[name].screenshot(path=ALBUM / "trouble" / f"{name}-offline.png")
                self.pages[name].context.set_offline(False)


def write_index() -> None:
    """One page with all pictures, by moment."""
    parts = ["<!doctype html><html lang='en'><meta charset='utf-8'><title>Screens</title>"]
    for folder in sorted(
        (each for each in ALBUM.iterdir() if each.is_dir()), key=lambda f: f.stat().st_mtime
    ):
        parts.append(f"<h2>{folder.name}</h2>")
        for picture in sorted(folder.glob("*.png")):
            source = picture.relative_to(ALBUM).as_posix()
            parts.append(
                f"<figure><img src='{source}' width='480' alt=''><figcaption>{source}</figcaption></figure>"
            )
    (ALBUM / "index.html").write_text("\n".join(parts))


def main() -> None:
    """Hold the event once, and stop at each moment for pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moment", action="append", choices=[*MOMENTS, "trouble"], default=[])
    parser.add_argument("--page", action="append", choices=[each.name for each in SUBJECTS], default=[])
    chosen = parser.parse_args()
    shutil.rmtree(ALBUM, ignore_errors=True)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    flags = ["--disable-gpu", "--no-first-run", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with demo_hub() as hub, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        photographer = Photographer(browser, hub, set(chosen.page))
        robots: Robots | None = None
        for moment, question in MOMENTS.items():
            if chosen.moment and moment not in chosen.moment:
                continue
            if moment != "before":
                robots = robots or Robots(hub)
                if not robots.stop_at(question):
                    print(f"{moment}: the robots ended before it came")
                    continue
            photographer.take(moment)
            print(f"{moment}: taken", flush=True)
        if not chosen.moment or "trouble" in chosen.moment:
            photographer.take_trouble()
        if robots:
            robots.end()
        browser.close()
    write_index()
    print(f"The pictures are in {ALBUM.relative_to(ROOT)}.")


if __name__ == "__main__":
    main()
