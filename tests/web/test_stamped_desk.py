"""A stamped ballot at the desk, in real browsers: draft, numbers, two tellers, what can be checked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from facilitate.domain.people import HUB
from facilitate.store.rows import Ballot, Event
from facilitate.store.session import write_sessions
from tests.actions.stamped import Stamped, opened
from tests.cast import SCREEN
from tests.people import Hall
from tests.support.accessibility import assert_accessible, assert_no_sideways_scroll
from tests.support.hub import Hub
from tests.web.devices import hub_of


@pytest.fixture
def hub(hall: Hall, tmp_path: Path) -> Iterator[Hub]:
    """The cast's event as a rehearsal on this machine, which needs no certificate, with a second teller."""
    hall.clock.moment = datetime.now(UTC) - timedelta(minutes=5)
    with write_sessions(hall.database).begin() as session:
        session.get_one(Event, "event").rehearsal = True
    hall.office("import-people", {"rows": [{"name": "Tamsin", "roles": ["teller"]}]})
    hall.reaches("Votes")
    with hub_of(hall, tmp_path) as running:
        yield running


def page_of(hub: Hub, new_context: Any, label: str) -> Page:
    """Somebody's browser, signed in."""
    page: Page = new_context(viewport={"width": 1366, "height": 768}).new_page()
    hub.sign_in(page, next(way.code for way in hub.ways() if way.label == label))
    return page


def test_the_chair_drafts_announces_and_opens_a_stamped_ballot(
    hub: Hub, hall: Hall, new_context: Any
) -> None:
    desk = page_of(hub, new_context, "Amara")
    desk.get_by_role("button", name="Ballots").click()
    desk.get_by_label("What the room is asked").fill("Shall rents be frozen?")
    desk.get_by_text("On the phones, stamped").click()
    desk.get_by_role("button", name="Keep and announce").click()
    card = desk.get_by_role("article", name="Ballot 1").first
    expect(card.get_by_text("4 delegates have no stamp")).to_be_visible()
    card.get_by_text("To check it by").click()
    with hall.reads() as session:
        keys_hash = session.query(Ballot).one().keys_hash or ""
    expect(card.locator(".hex")).to_contain_text(keys_hash[:4])
    expect(card.get_by_text("Replace the stamp of a lost device")).to_have_count(0)
    assert_accessible(desk)
    card.get_by_role("button", name="Open the ballot").click()
    expect(card.get_by_role("button", name="Close the ballot")).to_be_visible()
    expect(card.get_by_text("4 delegates have no stamp · 4 have not voted")).to_be_visible()
    card.get_by_role("link", name="What was done to this ballot").click()
    expect(desk.get_by_text("The chair announced it; from then on it was fixed who")).to_be_visible()
    assert_accessible(desk)
    assert_no_sideways_scroll(desk)


def test_one_key_opens_a_practice_ballot(hub: Hub, hall: Hall, new_context: Any) -> None:
    desk = page_of(hub, new_context, "Amara")
    expect(desk.get_by_role("button", name="Practice ballot")).to_be_visible()
    desk.keyboard.press("Alt+v")
    card = desk.get_by_role("article", name="Ballot 1").first
    expect(card.get_by_role("button", name="Close the ballot")).to_be_visible()
    with hall.reads() as session:
        assert [(b.purpose, b.state) for b in session.query(Ballot)] == [("practice", "open")]


def certified(hub: Hub, new_context: Any, ballot: Stamped) -> None:
    """Both tellers press their button, each on their own sign-in."""
    for name, left in (("Tess", "One teller has certified the result"), ("Tamsin", "")):
        desk = page_of(hub, new_context, name)
        card = desk.get_by_role("article", name="Ballot 1").first
        expect(card.get_by_text("2 papers on the board · 2 stamps issued · 0 replaced")).to_be_visible()
        expect(card.get_by_role("button", name="Publish the result")).to_have_count(0)
        assert_accessible(desk)
        card.get_by_role("button", name="Certify the result").click()
        if left:
            expect(card.get_by_text(left)).to_be_visible()
    assert ballot.hall.row(Ballot, ballot.id).publish_at is not None


def test_two_tellers_certify_and_the_room_reads_what_to_check_it_by(
    hub: Hub, hall: Hall, new_context: Any
) -> None:
    ballot = opened(hall, "Dara", "Dev")
    screen = page_of(hub, new_context, SCREEN)
    expect(screen.get_by_text("Key ")).to_be_visible()
    ballot.cast(Dara="for", Dev="for")
    ballot.close()
    assert ballot.receive().refusal is None
    certified(hub, new_context, ballot)
    assert ballot.act(HUB, "publish-result", {"ballot": ballot.id}).refusal is None
    root = hall.row(Ballot, ballot.id).root
    expect(screen.get_by_text(f"Root {root[:4]} {root[4:8]}")).to_be_visible()
    expect(screen.get_by_text("2 stamps issued, 2 in the box")).to_be_visible()


def test_two_tellers_declare_a_ballot_void_and_the_chair_runs_it_again(
    hub: Hub, hall: Hall, new_context: Any
) -> None:
    opened(hall, "Dara")
    for name in ("Tess", "Tamsin"):
        desk = page_of(hub, new_context, name)
        card = desk.get_by_role("article", name="Ballot 1").first
        card.get_by_text("Declare it void").click()
        card.get_by_label("Why, for the record").fill("The wrong text was read out")
        card.get_by_role("button", name="Void ballot 1").click()
        waits = "it takes a second one" if name == "Tess" else "Void"
        expect(desk.get_by_text(waits).first).to_be_visible()
    chair = page_of(hub, new_context, "Amara")
    chair.get_by_role("button", name="Ballots").click()
    chair.get_by_role("button", name="Run it again").click()
    expect(chair.get_by_role("article", name="Ballot 2").first).to_be_visible()
    chair.goto(f"{hub.base}/ballots/1")
    expect(chair.get_by_text("A teller declared it void. Reason: The wrong text")).to_be_visible()
    expect(chair.get_by_role("link", name="ballot 2")).to_be_visible()


def test_a_delegate_tells_the_tellers_in_confidence(hub: Hub, hall: Hall, new_context: Any) -> None:
    phone = page_of(hub, new_context, "Dara")
    phone.set_viewport_size({"width": 360, "height": 740})
    phone.get_by_text("Tell the tellers in confidence").click()
    phone.get_by_label("What they should know").fill("Somebody wants to see how I vote")
    assert_accessible(phone)
    assert_no_sideways_scroll(phone)
    phone.get_by_role("button", name="Send it to the tellers").click()
    expect(phone.get_by_text("The tellers have it, and nobody else.")).to_be_visible()
    expect(phone.get_by_label("What they should know")).to_have_value("")
    teller, chair = page_of(hub, new_context, "Tess"), page_of(hub, new_context, "Amara")
    expect(teller.get_by_text("Somebody wants to see how I vote")).to_be_visible()
    assert_accessible(teller)
    expect(chair.get_by_role("heading", name="Next ballot")).to_be_visible()
    expect(chair.get_by_text("Told in confidence")).to_have_count(0)
    teller.get_by_label("What you did about it").fill("A teller stands beside the table")
    teller.get_by_role("button", name="Done").click()
    expect(teller.get_by_text("Dealt with (1)")).to_be_visible()
