"""A question that two tables ask, in real browsers: shared, answered, read at both tables and on the wall."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.cast import SCREEN
from tests.people import Hall
from tests.support.accessibility import (
    assert_accessible,
    assert_keyboard_reaches_everything,
    assert_no_sideways_scroll,
)
from tests.support.hub import Hub
from tests.web.devices import hub_of

ANSWER = "The council pays, from its own rents."


@pytest.fixture
def hub(hall: Hall, tmp_path: Path) -> Iterator[Hub]:
    hall.clock.moment = datetime.now(UTC) - timedelta(minutes=5)
    hall.reaches("Homes that are built")
    hall.presses()
    hall.as_("Laptop of table 1").says("Who pays?", kind="question")
    hall.as_("Laptop of table 2").says("Who is going to pay?", kind="question")
    screen = {"screen": hall.as_(SCREEN).id, "scene": "wall"}
    hall.as_("Amara").does("set-scene", screen)
    with hub_of(hall, tmp_path) as running:
        yield running


def signed_in(hub: Hub, new_context: Any, label: str, width: int = 1366) -> Page:
    page: Page = new_context(viewport={"width": width, "height": 768}).new_page()
    hub.sign_in(page, next(way.code for way in hub.ways() if way.label == label))
    return page


def share(desk: Page) -> None:
    """Make one question of the two."""
    expect(desk.locator(".question")).to_have_count(2)
    for at in range(2):
        desk.locator(".same input").nth(at).check()
    desk.get_by_label("In these words").fill("Who pays for it?")
    assert_accessible(desk)
    desk.get_by_role("button", name="Share as one question").click()
    expect(desk.locator(".question")).to_have_count(1)
    expect(desk.locator(".question h2")).to_have_text("Who pays for it?")


def test_a_question_of_two_tables_is_answered_at_both_and_on_the_wall(hub: Hub, new_context: Any) -> None:
    tables = [signed_in(hub, new_context, f"Laptop of table {number}") for number in (1, 2)]
    phone = signed_in(hub, new_context, "Dora", 360)
    wall = signed_in(hub, new_context, SCREEN, 1920)
    chair = signed_in(hub, new_context, "Amara")
    desk = signed_in(hub, new_context, "Rex")
    assert desk.url.endswith("/questions")
    assert_keyboard_reaches_everything(desk)
    share(desk)
    desk.get_by_role("button", name="I will answer").click()
    expect(desk.locator(".question")).to_contain_text("You are answering.")
    for laptop in tables:
        expect(laptop.locator("#own-list")).to_contain_text("Rex is answering it")
    expect(phone.locator(".mine")).to_contain_text("Rex is answering it")
    desk.get_by_label("Answer", exact=True).fill(ANSWER)
    desk.get_by_role("button", name="Publish to 2 tables").click()
    expect(desk.locator(".answering")).to_contain_text("No question waits for you.")
    for laptop in tables:
        expect(laptop.locator("#own-list")).to_contain_text(ANSWER)
        expect(laptop.locator("#own-list")).not_to_contain_text("is answering it")
    expect(phone.locator(".mine")).to_contain_text(ANSWER)
    assert ANSWER not in wall.content()
    chair.get_by_role("button", name="Show it on the wall").click()
    expect(wall.locator(".wall-answer")).to_contain_text(ANSWER)
    assert_accessible(chair)
    chair.get_by_role("button", name="Take it off the wall").click()
    expect(wall.locator(".wall-answer")).to_have_count(0)
    expect(wall.locator(".places")).to_contain_text("Who pays?")


def test_the_questions_desk_has_no_barrier_on_a_phone_and_reads_while_a_colleague_writes(
    hub: Hub, new_context: Any
) -> None:
    rex, ria = signed_in(hub, new_context, "Rex", 360), signed_in(hub, new_context, "Ria")
    rex.get_by_role("button", name="I will answer").first.click()
    rex.get_by_label("Answer", exact=True).fill("Half a thought")
    rex.get_by_role("button", name="Keep it for colleagues to read").click()
    expect(ria.locator(".question").first).to_contain_text("Rex is answering.")
    expect(ria.locator(".question").first).to_contain_text("Half a thought")
    assert_accessible(ria)
    assert_accessible(rex)
    assert_no_sideways_scroll(rex)
    rex.reload()
    expect(rex.get_by_label("Answer", exact=True)).to_have_value("Half a thought")
