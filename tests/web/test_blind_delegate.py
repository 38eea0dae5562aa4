"""A blind delegate's journey on the phone: by names, roles and keys alone, whatever arrives meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.pages.cast import Somebody, new_id
from tests.support.accessibility import assert_accessible
from tests.support.keyboard import tab_to
from tests.web.devices import DeviceHall, say
from tests.web.stamped import SecureHall, stamping

TEXT = "Every council builds within five years."
STAYS = "It stays as the NPF wrote it."
QUESTION = "Shall HOU-1.1 set five years?"
# What is in the form now, and what has the focus: nothing of it may be put anew while it is filled in.
HOLD = """() => {
  window.formNow = document.querySelector(".ballot form");
  window.partsIn = () => [...window.formNow.querySelectorAll("fieldset, input, select, button, label")];
  window.partsNow = window.partsIn();
  window.focusNow = document.activeElement;
}"""
HELD = """() => window.formNow.isConnected && document.activeElement === window.focusNow
  && window.partsNow.every((part) => part.isConnected)
  && window.partsNow.length === window.partsIn().length"""


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecureHall]:
    """The event in its first round, with everything that a stamped ballot needs."""
    with stamping(tmp_path_factory.mktemp("journey") / "event", lambda: None) as hall:
        hall.reaches_the_round()
        yield hall


@pytest.fixture
def hall(served: SecureHall, new_context: Any) -> Iterator[SecureHall]:
    hall = SecureHall(served.house, served.hub, new_context)
    yield hall
    for ballot in hall.sees("desk")["ballot"].values():
        if ballot["state"] == "open" and ballot["trust"] == "anonymised":
            hall.chair("void-ballot", ballot=ballot["id"], reason="The test is over.")


def announce(hall: SecureHall, at: int, **other: Any) -> str:
    """A ballot on a change of a passage."""
    ballot = f"01900000-0000-7000-8000-{at:012d}"
    hall.draft(**{"item": ballot, "question": QUESTION, **other})
    hall.chair("announce-ballot", ballot=ballot)
    return ballot


def motion(hall: SecureHall) -> str:
    """A motion that changes a passage, put to the room."""
    made, thea = new_id(), Somebody(hall.hub.base, hall.code("Thea"))
    document, passage = hall.document_and_passage("HOU-1.1")
    given = {"item": made, "passage": passage, "document": document, "effect": "replace"}
    sources: dict[str, list[str]] = {"comments": [], "themes": [], "submissions": []}
    thea.do("draft-motion", **given, title="Five years", text=TEXT, **sources)
    thea.do("put-motion", motion=made)
    return made


def much_happens(hall: DeviceHall, phone: Page, ballot: str) -> None:
    """What can arrive while somebody thinks: more time, and points of the own table."""
    said = f"A point that comes while ballot {ballot[-1]} is open"
    hall.chair("extend-ballot", ballot=ballot, seconds=300)
    say(hall.laptop(1), said)
    expect(phone.get_by_role("region", name="What became of table 1’s points")).to_contain_text(said)


def is_in(phone: Page) -> None:
    """The focus is where the phone says so, and the rest is said politely."""
    expect(phone.get_by_role("heading", name="Your vote is in", level=1)).to_be_focused()
    told = phone.get_by_role("status").filter(has_text="The result comes here after the close.")
    expect(told).to_be_visible()


def test_anonymised_ballot_from_question_to_result(hall: SecureHall) -> None:
    phone = hall.phone("Dara")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    ballot = announce(hall, 1, trust="anonymised", motion=motion(hall))
    vote = phone.get_by_role("region", name=QUESTION)
    expect(vote.get_by_role("status").filter(has_text="You can vote here as soon as")).to_be_visible()
    hall.chair("open-ballot", ballot=ballot)
    expect(vote.get_by_role("group", name=QUESTION).get_by_role("radio")).to_have_count(3)
    expect(vote).to_match_aria_snapshot(f"""
      - heading "{QUESTION}" [level=1]
      - term: "For:"
      - definition: The passage will read “{TEXT}”
      - term: "Against:"
      - definition: It stays as the NPF wrote it.
      - group "{QUESTION}":
        - radio "For"
        - radio "Against"
        - radio "Abstain"
    """)
    radio = tab_to(phone, "radio", "For")
    expect(radio).to_have_accessible_description(f"The passage will read “{TEXT}”")
    phone.keyboard.press("ArrowDown")
    against = phone.get_by_role("radio", name="Against")
    expect(against).to_be_checked()
    expect(against).to_have_accessible_description(STAYS)
    phone.evaluate(HOLD)
    much_happens(hall, phone, ballot)
    assert phone.evaluate(HELD) and not radio.is_checked()
    assert_accessible(phone)
    tab_to(phone, "button", "Put it in the box: Against")
    phone.keyboard.press("Enter")
    is_in(phone)
    hall.chair("close-ballot", ballot=ballot)
    result = phone.get_by_role("region", name="The last result")
    expect(result).to_contain_text("Your vote is in it.")
    hall.chair("publish-result", ballot=ballot)
    expect(result.get_by_role("row", name="Against 1")).to_be_visible()


def test_form_in_the_hand_stands_while_the_hub_begins_anew(hall: SecureHall) -> None:
    phone = hall.phone("Dev")
    ballot = announce(hall, 2, trust="anonymised")
    hall.chair("open-ballot", ballot=ballot)
    tab_to(phone, "radio", "For")
    phone.keyboard.press("Space")
    phone.evaluate(HOLD)
    # Every drawing is watched: a form that goes and comes back between two looks is a new one.
    phone.evaluate("window.gone = 0; new MutationObserver(() => window.formNow.isConnected || window.gone++)"
                   ".observe(document.body, { childList: true, subtree: true })")
    hall.hub.stop()
    expect(phone.get_by_text("No connection since")).to_be_visible()
    hall.hub.start()
    expect(phone.locator(".lost")).to_be_empty(timeout=60_000)
    hall.chair("extend-ballot", ballot=ballot, seconds=300)
    expect(phone.locator(".top")).to_contain_text("closes in 6:")
    assert phone.evaluate(HELD) and phone.evaluate("window.gone") == 0
    tab_to(phone, "button", "Put it in the box: For")
    phone.keyboard.press("Enter")
    is_in(phone)
    hall.chair("close-ballot", ballot=ballot)
    hall.chair("publish-result", ballot=ballot)


def test_ranking_is_filled_in_and_read_back(hall: SecureHall) -> None:
    phone = hall.phone("Dora")
    rules = {"tie": "lot", "lot": "14 March"}
    asked = {"form": "rank", "options": ["Leeds", "Cardiff", "Derry"], "question": "Where next year?"}
    ballot = announce(hall, 3, trust="anonymised", rules=rules, **asked)
    hall.chair("open-ballot", ballot=ballot)
    group = phone.get_by_role("group", name="Where next year?")
    expect(group.get_by_role("combobox")).to_have_count(3)
    tab_to(phone, "combobox", "Derry")
    phone.keyboard.press("ArrowDown")
    tab_to(phone, "combobox", "Leeds", "Shift+Tab")
    phone.keyboard.press("ArrowDown")
    both = "Leeds and Derry are both first. Give each place once."
    expect(phone.get_by_role("status").filter(has_text=both)).to_be_visible()
    phone.evaluate(HOLD)
    hall.chair("extend-ballot", ballot=ballot, seconds=300)
    expect(phone.locator(".top")).to_contain_text("closes in 6:")
    assert phone.evaluate(HELD)
    phone.keyboard.press("ArrowDown")
    expect(phone.get_by_role("status").filter(has_text="Your order: 1 Derry, 2 Leeds.")).to_be_visible()
    tab_to(phone, "button", "Put it in the box: 2 of 3 ranked")
    phone.keyboard.press("Enter")
    is_in(phone)
    hall.chair("close-ballot", ballot=ballot)
    hall.chair("publish-result", ballot=ballot)
    expect(phone.get_by_role("region", name="The last result")).to_contain_text("Derry")


def test_stamped_ballot_from_question_to_the_list(hall: SecureHall) -> None:
    phone = hall.phone("Dmitri")
    ballot = announce(hall, 4, motion=motion(hall))
    expect(phone.get_by_role("status").filter(has_text="Ready. You can vote here")).to_be_visible()
    hall.chair("open-ballot", ballot=ballot)
    group = phone.get_by_role("group", name=QUESTION)
    expect(group.get_by_role("radio")).to_have_count(3)
    tab_to(phone, "radio", "For")
    phone.keyboard.press("ArrowDown")
    against = group.get_by_role("radio", name="Against")
    expect(against).to_be_checked()
    expect(against).to_have_accessible_description(STAYS)
    phone.evaluate(HOLD)
    hall.chair("extend-ballot", ballot=ballot, seconds=300)
    expect(phone.locator(".top")).to_contain_text("closes in 6:")
    assert phone.evaluate(HELD)
    tab_to(phone, "button", "Check your answer: Against")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("heading", name="You vote: Against", level=1)).to_be_focused()
    expect(phone.get_by_role("region", name="You vote: Against")).to_contain_text(STAYS)
    tab_to(phone, "button", "Put it in the box: Against")
    phone.keyboard.press("Enter")
    is_in(phone)
    hall.chair("close-ballot", ballot=ballot)
    listed = phone.get_by_role("status").filter(has_text="Your vote is on the list.")
    expect(listed).to_be_visible(timeout=60_000)
    phone.get_by_text("Check with four words").focus()
    phone.keyboard.press("Enter")
    tab_to(phone, "button", "Show my words")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("status").filter(has_text="· Against")).to_be_visible()
