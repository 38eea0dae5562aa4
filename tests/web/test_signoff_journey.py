"""Two signatories and the clerk bring a text to its seal, by keyboard alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from facilitate.domain.people import OPERATOR
from tests.actions.after_event import REPAIRS, AfterEvent, hold_event
from tests.support.accessibility import (
    assert_accessible,
    assert_keyboard_reaches_everything,
    assert_no_sideways_scroll,
)
from tests.support.hub import Hub
from tests.support.keyboard import go_to, press, write
from tests.web.held import served_from, signed_in

FOURTEEN = REPAIRS.replace("twenty-eight", "fourteen")
MUST = FOURTEEN.replace("puts", "must put")

pytestmark = pytest.mark.browser


@pytest.fixture
def event(tmp_path: Path) -> Iterator[AfterEvent]:
    held = hold_event(tmp_path / "event")
    held.vote("replace", "HOU-1.2", FOURTEEN)
    held.do(OPERATOR, "close-event")
    yield held
    held.house.close()


@pytest.fixture
def hub(event: AfterEvent, tmp_path: Path) -> Iterator[Hub]:
    with served_from(tmp_path / "event") as running:
        yield running


def passage(page: Page, ref: str) -> Locator:
    return page.locator(f'article[id="{ref}"]')


def button(place: Page | Locator, name: str) -> Locator:
    return place.get_by_role("button", name=name, exact=True)


def opened(page: Page, place: Locator, summary: str) -> Locator:
    """One of a passage's folded parts, opened."""
    press(page, place.get_by_text(summary, exact=True))
    return place.locator("details[open]").filter(has_text=summary)


def passes(page: Page) -> None:
    assert_accessible(page)
    assert_keyboard_reaches_everything(page)
    assert_no_sideways_scroll(page)


def offer(page: Page, hub: Hub) -> None:
    page.goto(f"{hub.base}/npf/HOU")
    press(page, button(page, "Compile the outcome"))
    press(page, button(page, "Offer the text for signing"))
    expect(page.get_by_text("Offered for signing on")).to_be_visible()


def gives_more_time(page: Page, hub: Hub) -> None:
    """The clerk sets a day by the event's own clocks, and sees who is missing with words to remind them."""
    page.goto(f"{hub.base}/npf/HOU")
    press(page, page.get_by_text("Set a day to sign by"))
    for name, words in (("Sign by", "2099-04-03T18:00"), ("Why", "Easter.")):
        place = page.locator("form[action$=deadline]").get_by_label(name)
        go_to(page, place)
        if name == "Why":
            page.keyboard.type(words)
        else:
            place.fill(words)  # how a date is typed depends on the browser's language
    press(page, button(page, "Set this deadline"))
    expect(page.get_by_text("Sign by 3 April 2099, 18:00:")).to_be_visible()
    page.goto(f"{hub.base}/npf")
    expect(page.get_by_role("heading", name="Who has still to sign")).to_be_visible()
    press(page, page.get_by_text("Words to remind Ben Carter"))
    theirs = page.get_by_role("listitem").filter(has_text="Words to remind Ben Carter")
    place = theirs.get_by_label("To be copied")
    letter = re.compile("Dear Ben Carter,.*Homes: 3 passages. Sign by 3 April 2099", re.DOTALL)
    expect(place).to_have_value(letter)
    passes(page)


def edits_and_dissents(page: Page, hub: Hub) -> None:
    """Amina accepts the heading, dissents from one passage, and accepts the other with edits."""
    page.goto(f"{hub.base}/npf/HOU")
    press(page, button(passage(page, "HOU-1"), "Sign HOU-1"))
    expect(passage(page, "HOU-1").get_by_text("You have signed this passage as it stands.")).to_be_visible()
    part = opened(page, passage(page, "HOU-1.1"), "Sign with a note of dissent, or return it")
    write(page, part.get_by_label("Your note or reason"), "A power is no duty.")
    press(page, button(part, "Sign HOU-1.1 with this note of dissent"))
    expect(passage(page, "HOU-1.1").get_by_text("with your note of dissent:")).to_be_visible()
    part = opened(page, passage(page, "HOU-1.2"), "Sign with edits")
    write(page, part.get_by_label("How HOU-1.2 shall read"), MUST)
    press(page, button(part, "Sign HOU-1.2 with these edits"))
    part = passage(page, "HOU-1.2").locator("details.edits")
    expect(part.get_by_role("alert")).to_contain_text("Whoever changes what was voted says why")
    expect(part.get_by_label("How HOU-1.2 shall read")).to_have_value(MUST)
    write(page, part.get_by_label("Why, printed with it"), "A duty, not a habit.")
    press(page, button(part, "Sign HOU-1.2 with these edits"))
    expect(passage(page, "HOU-1.2").get_by_text("its words are yours")).to_be_visible()


def looks(page: Page, hub: Hub) -> None:
    """Ben reads it all and says so."""
    page.goto(f"{hub.base}/npf/HOU")
    expect(page.get_by_role("heading", name="You have not looked at this text before")).to_be_visible()
    said = button(page, "I have read this as it stands")
    expect(said).to_have_attribute("accesskey", "r")
    press(page, said)
    expect(page.get_by_role("region", name="Since you last looked")).to_contain_text("Nothing has changed.")


def sees_what_changed(page: Page, hub: Hub) -> None:
    """Ben finds what Amina did while he was away: in the list, at the top of the page and at the passage."""
    page.goto(f"{hub.base}/npf")
    expect(page.get_by_text("1 passage changed since you last looked.")).to_be_visible()
    press(page, page.get_by_role("link", name="Homes"))
    news = page.get_by_role("region", name="Since you last looked")
    expect(news.get_by_text("Amina Yusuf signed HOU-1", exact=True)).to_be_visible()
    expect(news.get_by_text("Amina Yusuf signed with a note of dissent: HOU-1.1")).to_be_visible()
    press(page, news.get_by_role("listitem").filter(has_text="1 passage changed:").get_by_role("link"))
    expect(passage(page, "HOU-1.2")).to_be_focused()
    then = passage(page, "HOU-1.2").get_by_role("region", name="Since you last looked")
    expect(then.locator("del")).to_have_text("[taken out: ]puts")
    expect(then.locator("ins")).to_have_text("[put in: ]must put")
    expect(then).to_contain_text("Amina Yusuf, signatory, changed the wording on")
    expect(then).to_contain_text("“A duty, not a habit.”")
    press(page, page.get_by_role("link", name="the frozen document"))
    then = passage(page, "HOU-1.2").get_by_role("region", name="Since it was frozen")
    expect(then.locator("del").first).to_contain_text("puts")
    expect(then).to_contain_text("fourteen")


def returns_what_was_edited(page: Page, hub: Hub) -> None:
    """Ben reads what was voted beside what Amina made of it, and sends it to the clerk."""
    page.goto(f"{hub.base}/npf/HOU")
    place = passage(page, "HOU-1.2")
    expect(place.get_by_role("region", name="What the vote made of it")).to_contain_text(FOURTEEN)
    edit = place.get_by_role("region", name="What it reads since the edit")
    expect(edit.locator("ins")).to_have_text("[put in: ]must put")
    expect(place.get_by_text("Edited by a signatory, changed since the vote.")).to_be_visible()
    part = opened(page, place, "Sign with a note of dissent, or return it")
    write(page, part.get_by_label("Your note or reason"), "Who checks it?")
    write(page, part.get_by_label("To return it: who should deal with it?"), "the clerk")
    press(page, button(part, "Return HOU-1.2 with this reason"))
    expect(place.get_by_text("Returned by Ben Carter to the clerk: “Who checks it?”")).to_be_visible()


def answers(page: Page, hub: Hub) -> None:
    page.goto(f"{hub.base}/npf")
    press(page, page.get_by_role("link", name="HOU-1.2"))
    place = passage(page, "HOU-1.2")
    write(page, place.get_by_label("Your answer to Ben Carter"), "The council’s own inspectors.")
    press(page, button(place, "Answer Ben Carter on HOU-1.2"))
    expect(place.get_by_text("The clerk’s answer:")).to_be_visible()


def reopens(page: Page, hub: Hub) -> None:
    page.goto(f"{hub.base}/npf/HOU")
    press(page, page.get_by_text("Reopen this text as version 2"))
    write(page, page.get_by_label("On whose decision"), "the NPF’s officers")
    write(page, page.get_by_label("Why it is reopened"), "A figure was wrong.")
    press(page, button(page, "Reopen as version 2"))
    expect(button(page, "Offer the text for signing")).to_be_visible()


def puts_back(page: Page) -> None:
    """Ben puts back what the room voted, with his reason, and signs the rest."""
    part = opened(page, passage(page, "HOU-1.2"), "Sign with edits")
    write(page, part.get_by_label("Why, printed with it"), "The room voted this.")
    press(page, button(part, "Put back what was voted, and sign it"))
    expect(passage(page, "HOU-1.2").get_by_text("its words are yours")).to_be_visible()
    press(page, button(page, "Sign all 2 passages as they stand"))
    expect(button(page, "Sign all 2 passages as they stand")).to_have_count(0)


def signs_the_last(page: Page, hub: Hub) -> None:
    """Amina finds that one passage came back to her, and her signature seals the text."""
    page.goto(f"{hub.base}/npf")
    expect(page.get_by_text("You have 1 passage to sign.")).to_be_visible()
    expect(page.get_by_text("1 of them was changed after you had signed:")).to_be_visible()
    press(page, page.get_by_role("link", name="Homes"))
    expect(passage(page, "HOU-1.2").locator(".since")).to_contain_text(
        "Ben Carter, signatory, put the voted wording back"
    )
    press(page, button(page, "Sign this passage as it stands"))
    expect(page.get_by_text("Sealed on")).to_be_visible()


def finds_the_first_version(page: Page, hub: Hub) -> None:
    """What was sealed can be taken away, marked, while its successor is being signed."""
    page.goto(f"{hub.base}/npf/HOU")
    stands = "Version 2. Compiled, not offered for signing yet. Version 1 was sealed on"
    expect(page.get_by_text(stands)).to_be_visible()
    press(page, page.get_by_role("link", name="Every sealed version of this text"))
    expect(page.get_by_text("superseded by version 2")).to_be_visible()
    passes(page)
    for name, kind in (("outcome", "html"), ("outcome", "pdf"), ("short", "html"), ("sealed", "json")):
        answer = page.request.get(f"{hub.base}/npf/HOU/version-1/{name}.{kind}")
        assert answer.status == 200
        assert name == "sealed" or kind == "pdf" or "Superseded by version 2." in answer.text()
        assert kind != "pdf" or b"/ByteRange" in answer.body()


def test_a_text_is_edited_returned_answered_and_sealed(
    event: AfterEvent, hub: Hub, new_context: Any
) -> None:
    clerk, amina, ben = (signed_in(hub, new_context, name) for name in ("Rosa", "Amina", "Ben"))
    offer(clerk, hub)
    gives_more_time(clerk, hub)
    looks(ben, hub)
    edits_and_dissents(amina, hub)
    sees_what_changed(ben, hub)
    returns_what_was_edited(ben, hub)
    answers(clerk, hub)
    for page in (clerk, amina, ben):
        page.goto(f"{hub.base}/npf/HOU")
        passes(page)
    puts_back(ben)
    signs_the_last(amina, hub)
    reopens(clerk, hub)
    finds_the_first_version(amina, hub)
