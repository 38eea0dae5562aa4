"""Sections and cards as people meet them: drafted at the desk, cast, and read by everybody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from facilitate import House
from facilitate.office import run
from facilitate.store.rows import Track
from tests.cast import SCREEN
from tests.pages.cast import Somebody
from tests.support.accessibility import (
    assert_accessible,
    assert_keyboard_reaches_everything,
    assert_no_sideways_scroll,
)
from tests.support.hub import Hub
from tests.web.devices import DeviceHall, found

SLOW = 30_000
MORE = (("Dido", "delegate:card"), ("Diego", "delegate"), ("Dina", "delegate"))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[House, Hub]]:
    """Five delegates of a CLP, of whom one holds its card, and two of a union; two make a section."""
    folder = tmp_path_factory.mktemp("sections") / "event"
    house = found(folder)
    run(house, "set-event", {"settings": {"min_group": 2, "publish_delay_seconds": 0}})
    rows = [{"name": name, "roles": [role], "delegation": "NOR", "present": True} for name, role in MORE]
    run(house, "import-people", {"rows": rows})
    with house.reads() as session:
        track = session.scalars(select(Track.id)).one()
    run(house, "add-screen", {"label": SCREEN, "track": track})
    hub = Hub(folder)
    hub.start()
    try:
        yield house, hub
    finally:
        hub.stop()
        house.close()


@pytest.fixture
def hall(served: tuple[House, Hub], new_context: Any) -> DeviceHall:
    """The same event for each test, with the tables talking."""
    hall = DeviceHall(*served, new_context)
    if hall.sees("delegates")["event"]["event"]["phase"] == "before":
        hall.reaches_the_round()
    return hall


def drafts_by_sections(desk: Page) -> None:
    """The chair fills in the form by keyboard; what stands there is announced only once it was looked at."""
    desk.keyboard.press("Alt+b")
    desk.get_by_label("What the room is asked").fill("Shall the forum meet every year?")
    desk.get_by_label("Heads and sections: sections decide").focus()
    desk.keyboard.press("Space")
    expect(desk.get_by_label("Share of CLPs")).to_have_value("50")
    expect(desk.get_by_role("button", name="Keep and announce")).to_have_count(0)
    desk.get_by_label("Share of Unions").fill("1/2")
    desk.get_by_label("Share of CLPs").fill("1/2")
    assert_accessible(desk)
    desk.get_by_role("button", name="Keep as a draft").press("Enter")


def others_vote(hall: DeviceHall, ballot: str, choices: dict[str, str]) -> None:
    """Those who have no browser here vote as well."""
    for name, choice in choices.items():
        Somebody(hall.hub.base, hall.code(name)).do("cast-vote", ballot=ballot, choice=choice)


def test_carried_by_heads_and_lost_by_sections_is_said_to_everybody(hall: DeviceHall) -> None:
    desk, phone = hall.device("Amara"), hall.phone("Dara")
    screen = hall.device(SCREEN, 1920, 1080)
    drafts_by_sections(desk)
    plan = desk.locator("table.plan")
    expect(plan).to_contain_text("Unions and Socialist societies50 %2", timeout=SLOW)
    [ballot] = (key for key, each in hall.sees("desk")["ballot"].items() if each["state"] == "draft")
    hall.chair("announce-ballot", ballot=ballot)
    counted = phone.get_by_text("You are counted in the section CLPs and MPs; sections decide.")
    expect(counted).to_be_visible(timeout=SLOW)
    hall.chair("open-ballot", ballot=ballot)
    phone.get_by_label("For", exact=True).check()
    phone.locator(".cast .btn").press("Enter")
    expect(phone.get_by_role("heading", name="Your vote is in")).to_be_focused(timeout=SLOW)
    against = dict.fromkeys(("Dina", "Dora", "Dmitri"), "against")
    others_vote(hall, ballot, dict.fromkeys(("Dev", "Dido", "Diego"), "for") | against)
    hall.chair("close-ballot", ballot=ballot)
    two = phone.locator(".tallies .two")
    expect(two).to_contain_text("By sections: this decides", timeout=SLOW)
    assert two.locator("dd").all_inner_texts() == ["Carried", "Lost"]
    said = "Carried by heads, lost by sections: sections decide."
    expect(phone.locator(".finding").first).to_contain_text(said)
    phone.get_by_text("Heads and sections as a table").click()
    expect(phone.locator(".rounds tbody tr").last).to_contain_text("40 % (2/5)")
    assert_accessible(phone)
    assert_keyboard_reaches_everything(phone)
    assert_no_sideways_scroll(phone)
    expect(screen.locator("h1.verdict")).to_have_text("Lost", timeout=SLOW)
    expect(screen.locator(".tallies .decides")).to_contain_text("By sections Lost this decides")
    assert_accessible(screen)
    expect(desk.locator(".tallies .two")).to_be_visible(timeout=SLOW)
    assert_accessible(desk)


def test_a_card_is_cast_by_its_holder_and_another_one_by_a_teller(hall: DeviceHall) -> None:
    ballot = "01900000-0000-7000-8000-000000000009"
    hall.chair("draft-ballot", item=ballot, motion=None, question="Shall the fee rise?", form="for-against",
               options=[], trust="cards", purpose="binding", rules={"minority": "1/4"})  # fmt: skip
    hall.chair("announce-ballot", ballot=ballot)
    hall.chair("open-ballot", ballot=ballot)
    holder, other, teller = hall.phone("Dido"), hall.phone("Dara"), hall.device("Tess")
    expect(other.get_by_text("Dido casts the card of Northern Moor CLP.")).to_be_visible(timeout=SLOW)
    holder.get_by_label("For", exact=True).check()
    expect(holder.get_by_text("The card of Northern Moor CLP carries 1 member.")).to_be_visible()
    holder.locator(".cast .btn").press("Enter")
    expect(holder.get_by_role("heading", name="Your vote is in")).to_be_focused(timeout=SLOW)
    expect(other.get_by_text("is cast for “For”")).to_be_visible(timeout=SLOW)
    teller.goto(f"{hall.hub.base}/desk/cards")
    teller.get_by_label("Delegation").select_option(label="Union of Workshops, 1")
    teller.get_by_label("Against").check()
    teller.get_by_role("button", name="Enter this card").press("Enter")
    expect(teller.get_by_role("status")).to_have_text("The card of Union of Workshops is entered.")
    assert_accessible(teller)
    hall.chair("close-ballot", ballot=ballot)
    said = "2 of 2 delegations cast their card"
    expect(holder.locator(".finding").first).to_contain_text(said, timeout=SLOW)
    number = hall.sees("delegates")["ballot"][ballot]["number"]
    holder.goto(f"{hall.hub.base}/ballots/{number}")
    expect(holder.locator("tbody tr").first).to_have_text("Northern Moor CLP1For")
    expect(holder.get_by_role("heading", name="Minority position")).to_be_visible()
    assert_accessible(holder)
    assert_no_sideways_scroll(holder)
