"""The clerk records the conference's final vote, and a delegate asks to be invited, in their browsers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from facilitate.domain.people import OPERATOR
from tests.actions.after_event import AfterEvent, hold_event
from tests.support.accessibility import (
    assert_accessible,
    assert_keyboard_reaches_everything,
    assert_no_sideways_scroll,
)
from tests.support.hub import Hub
from tests.web.held import served_from, signed_in


@pytest.fixture
def event(tmp_path: Path) -> Iterator[AfterEvent]:
    held = hold_event(tmp_path / "event")
    dai = held.person("Dai").person
    held.do(OPERATOR, "seat-people", seats=[{"person": dai, "table": 2}])
    held.end("comment", held.say(2, "HOU-1.2", "Too slow."))
    held.do(OPERATOR, "close-event")
    held.offer()
    for name in ("Amina", "Ben"):
        held.do(held.person(name), "accept-passage", document=held.document, passages=held.hashes)
    yield held
    held.house.close()


@pytest.fixture
def hub(event: AfterEvent, tmp_path: Path) -> Iterator[Hub]:
    with served_from(tmp_path / "event") as running:
        yield running


def passes(page: Page) -> None:
    assert_accessible(page)
    assert_keyboard_reaches_everything(page)
    assert_no_sideways_scroll(page)


def test_the_final_vote_and_the_word_to_be_invited(hub: Hub, new_context: Any) -> None:
    clerk, dai = signed_in(hub, new_context, "Rosa"), signed_in(hub, new_context, "Dai")
    dai.set_viewport_size({"width": 360, "height": 740})
    clerk.goto(f"{hub.base}/npf/HOU")
    form = clerk.get_by_role("region", name="The autumn conference’s final vote")
    form.get_by_label("The conference’s vote").select_option("carried")
    form.get_by_label("Day of the vote").fill("2027-09-28")
    form.get_by_label("The figures").fill("812 for, 90 against")
    form.get_by_role("button", name="Record the final vote").press("Enter")
    line = "The autumn conference carried it on 28 September 2027: 812 for, 90 against."
    expect(form.get_by_text(line)).to_be_visible()
    form.get_by_label("Day of the vote").fill("2027-09-29")
    form.get_by_label("Why it is corrected").fill("   ")
    form.get_by_role("button", name="Correct the final vote").press("Enter")
    expect(clerk.get_by_role("alert").first).to_contain_text("Say why it is corrected.")
    expect(form.get_by_label("Day of the vote")).to_have_value("2027-09-29")
    passes(clerk)
    assert line in clerk.request.get(f"{hub.base}/npf/HOU/outcome.html").text()

    dai.goto(f"{hub.base}/npf/HOU")
    expect(dai.get_by_text(line)).to_have_count(1)
    expect(dai.get_by_role("button", name="Record the final vote")).to_have_count(0)
    dai.goto(f"{hub.base}/story/2-1")
    expect(dai.get_by_role("listitem").last).to_contain_text(line)
    dai.get_by_role("button", name="Invite me").press("Enter")
    expect(dai.get_by_text("You agreed to be invited")).to_be_visible()
    passes(dai)
    assert dai.request.get(f"{hub.base}/invitations").status == 403
    clerk.goto(f"{hub.base}/invitations")
    expect(clerk.get_by_role("row").filter(has_text="Dai Pugh")).to_contain_text("2/1")
    passes(clerk)
    dai.get_by_role("button", name="Take me off the list").press("Enter")
    expect(dai.get_by_role("button", name="Invite me")).to_be_visible()
    clerk.reload()
    expect(clerk.get_by_text("Nobody has agreed yet.")).to_be_visible()
    ceri = signed_in(hub, new_context, "Ceri")
    ceri.goto(f"{hub.base}/story/2-1")
    expect(ceri.get_by_role("button", name="Invite me")).to_have_count(0)
