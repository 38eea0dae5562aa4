"""The big screen in a real browser: every scene readable from the back row, and nothing beyond its edge."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cast import SCREEN
from tests.people import Hall
from tests.support.accessibility import assert_accessible
from tests.support.hub import Hub
from tests.web.devices import hub_of
from tests.web.test_desks import keep_talking

SCENES = ("holding", "running-order", "passage", "wall", "room", "themes", "ballot", "result")

# Words of the map are drawn to be seen as a pattern; every other word has to be read.
TOO_SMALL = """() => [...document.querySelectorAll("#app *")].filter((element) => {
  const own = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const shown = element.getClientRects().length > 0 && !element.closest("svg");
  const size = parseFloat(getComputedStyle(element).fontSize);
  return own && shown && size > 0 && size < innerHeight / 25 - 0.5;
}).map((element) => element.outerHTML.slice(0, 100))"""
BEYOND = """() => [...document.querySelectorAll("#app *")].filter((element) => {
  const box = element.getBoundingClientRect();
  return box.width > 0 && (box.right > innerWidth + 1 || box.bottom > innerHeight + 1);
}).map((element) => element.outerHTML.slice(0, 100))"""


@pytest.fixture
def hub(hall: Hall, tmp_path: Path) -> Iterator[Hub]:
    keep_talking(hall)
    ballot, amara = hall.new_id(), hall.as_("Amara")
    draft = {"item": ballot, "motion": None, "question": "Which of these comes first tomorrow morning?"}
    rules = {"base": "votes-cast", "majority": "simple", "quorum": 0, "tie": "status-quo"}
    kind = {"form": "one-of-several", "options": [f"Subject number {n}" for n in range(9)], "rules": rules}
    amara.does("draft-ballot", {**draft, **kind, "trust": "hands", "purpose": "sounding"})
    for verb in ("announce-ballot", "open-ballot"):
        amara.does(verb, {"ballot": ballot})
    amara.does("declare-hands", {"ballot": ballot, "counts": {"1": 2, "2": 1}})
    amara.does("close-ballot", {"ballot": ballot})
    amara.does("publish-result", {"ballot": ballot})
    with hub_of(hall, tmp_path) as running:
        yield running


def shows(hub: Hub, desk: Page, screen: str, scene: str) -> None:
    data = {"screen": screen, "scene": scene}
    command = {"id": str(uuid.uuid4()), "type": "set-scene", "data": data}
    answer = desk.request.post(
        f"{hub.base}/commands", data={"commands": [command]}, headers={"Origin": hub.base}
    )
    assert answer.json()["acks"][0]["ok"], answer.text()


def signed_in(hub: Hub, new_context: Any, label: str, width: int, height: int) -> Page:
    page: Page = new_context(viewport={"width": width, "height": height}).new_page()
    hub.sign_in(page, next(way.code for way in hub.ways() if way.label == label))
    return page


def test_every_scene_is_readable_from_the_back_row(hub: Hub, new_context: Any, hall: Hall) -> None:
    screen = hall.as_(SCREEN).id
    desk = signed_in(hub, new_context, "Amara", 1366, 768)
    page = signed_in(hub, new_context, SCREEN, 1920, 1080)
    for scene in SCENES:
        shows(hub, desk, screen, scene)
        expect(page.locator(f"[data-scene={scene}]")).to_be_visible()
        page.wait_for_function("document.fonts.status === 'loaded'")
        page.wait_for_timeout(400)
        assert page.evaluate(TOO_SMALL) == [], scene
        assert page.evaluate(BEYOND) == [], scene
        assert_accessible(page)


def test_screen_says_when_it_is_out_of_date(hub: Hub, new_context: Any) -> None:
    page = signed_in(hub, new_context, SCREEN, 1920, 1080)
    expect(page.locator("[data-scene]")).to_be_visible()
    hub.stop()
    expect(page.get_by_text("Not connected to the centre since")).to_be_visible()
    hub.start()
    expect(page.get_by_text("Not connected to the centre since")).to_have_count(0)
