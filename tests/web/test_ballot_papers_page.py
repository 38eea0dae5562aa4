"""The tellers' desk for papers of a ballot: hand out, enter by two, the balance; by keyboard, at any size."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from facilitate.office import run
from tests.support.accessibility import (
    assert_accessible,
    assert_keyboard_reaches_everything,
    assert_no_sideways_scroll,
)
from tests.support.pdf import text_of
from tests.web.devices import POST_COMMAND, DeviceHall, serving

BALLOT = "01900000-0000-7000-8000-00000000abcd"


@pytest.fixture
def hall(tmp_path: Path, new_context: Any) -> Iterator[DeviceHall]:
    with serving(tmp_path / "event", new_context) as hall:
        run(hall.house, "import-people", {"rows": [{"name": "Tamsin", "roles": ["teller"]}]})
        # The codes that were read before are without hers.
        hall.codes.clear()
        yield hall


def chair_does(chair: Page, verb: str, **data: Any) -> None:
    answer = chair.evaluate(POST_COMMAND, [verb, data])
    assert answer["ok"], answer


def enter(page: Page, number: int, label: str, said: str) -> None:
    page.get_by_label("Number of the paper").fill(str(number))
    page.get_by_label(label, exact=True).check()
    page.get_by_role("button", name="Enter this paper").press("Enter")
    expect(page.get_by_role("status").first).to_have_text(said)


def assert_prints(page: Page, address: str, folder: Path) -> None:
    answer = page.request.get(f"{address}/large-print.pdf")
    assert answer.ok
    (folder / "papers.pdf").write_bytes(answer.body())
    assert "Shall it be?" in text_of(folder / "papers.pdf")


def prepare(chair: Page) -> None:
    """A ballot, open."""
    chair_does(chair, "draft-ballot", item=BALLOT, motion=None, question="Shall it be?", form="for-against",
               trust="anonymised", purpose="sounding")  # fmt: skip
    chair_does(chair, "announce-ballot", ballot=BALLOT)
    chair_does(chair, "open-ballot", ballot=BALLOT)


def test_two_tellers_hand_out_and_enter_papers_and_the_balance_is_whole(
    hall: DeviceHall, tmp_path: Path
) -> None:
    chair, tess, tamsin = (hall.device(name) for name in ("Amara", "Tess", "Tamsin"))
    address = f"{hall.hub.base}/desk/ballot-papers"
    tess.goto(address)
    assert_accessible(tess)
    prepare(chair)
    tess.goto(address)
    tess.get_by_label("Name, or the code on the badge").fill("dara")
    tess.get_by_role("button", name="Look for the delegate").press("Enter")
    assert_accessible(tess)
    tess.get_by_role("button", name="Hand Dara a paper").press("Enter")
    expect(tess.get_by_role("status")).to_have_text("Hand Dara a paper now.")
    expect(tess.locator("main")).to_contain_text("Only 1 paper is handed out. Whoever reads so few")
    tess.get_by_label("Name, or the code on the badge").fill(hall.codes["Dara"])
    tess.get_by_role("button", name="Look for the delegate").click()
    expect(tess.locator(".finds")).to_contain_text("Has a paper already.")
    expect(tess.get_by_role("button", name="Hand Dara a paper")).to_have_count(0)
    enter(tess, 1, "For", "Paper 1 is entered; it waits for the second teller.")
    tamsin.goto(address)
    expect(tamsin.locator("main")).to_contain_text("Entered by another teller and waiting for you: 1.")
    expect(tamsin.locator("main")).not_to_contain_text("read differently")
    enter(tamsin, 1, "Abstain", "Paper 1 is entered; it was read differently.")
    expect(tamsin.locator("main")).to_contain_text("“Abstain” and “For”")
    assert_accessible(tamsin)
    assert_keyboard_reaches_everything(tamsin)
    # As a window of 1,280 points looks at 400 %.
    tamsin.set_viewport_size({"width": 320, "height": 512})
    assert_no_sideways_scroll(tamsin)
    enter(tamsin, 1, "For", "Paper 1 is entered by two tellers and cast.")
    expect(tamsin.locator("main")).to_contain_text(
        "Papers handed out: 1. Entered by two tellers and cast: 1. "
        "Spoilt or not handed back: 0. Still out: 0."
    )
    tamsin.get_by_label("How many delegates voted with a companion").fill("1")
    tamsin.get_by_role("button", name="Note the number").click()
    expect(tamsin.get_by_role("status")).to_have_text("Noted: 1 voted with a companion.")
    assert_prints(tamsin, address, tmp_path)


def test_nobody_but_a_teller_sees_the_balance_or_can_hand_out(hall: DeviceHall) -> None:
    chair = hall.device("Amara")
    chair_does(chair, "draft-ballot", item=BALLOT, motion=None,
               question="Shall it be?", form="for-against", trust="anonymised", purpose="sounding"
    )  # fmt: skip
    chair_does(chair, "announce-ballot", ballot=BALLOT)
    chair.goto(f"{hall.hub.base}/desk/ballot-papers")
    expect(chair.locator("main")).to_contain_text("Tellers hand papers out and enter them.")
    expect(chair.locator("main")).not_to_contain_text("Still out")
    refused = chair.request.post(
        f"{hall.hub.base}/desk/ballot-papers/hand-out", headers={"Origin": hall.hub.base},
        form={"ballot": BALLOT, "delegate": "x"},
    )  # fmt: skip
    assert refused.status == 400


PLACES = ["Leeds", "Cardiff", "Derry"]


def hand_out(page: Page, name: str) -> None:
    page.get_by_label("Name, or the code on the badge").fill(name)
    page.get_by_role("button", name="Look for the delegate").press("Enter")
    page.get_by_role("button", name=f"Hand {name} a paper").press("Enter")
    expect(page.get_by_role("status").first).to_have_text(f"Hand {name} a paper now.")


def ranked(page: Page, *places: str) -> None:
    """Copy the places of paper 1 and enter it."""
    page.get_by_label("Number of the paper").fill("1")
    for label, place in zip(PLACES, places, strict=True):
        page.get_by_label(label, exact=True).fill(place)
    page.get_by_role("button", name="Enter this paper").press("Enter")


def test_a_room_that_turns_to_paper_in_the_middle_loses_no_vote_and_nobody_votes_twice(
    hall: DeviceHall,
) -> None:
    chair, tess, tamsin = (hall.device(name) for name in ("Amara", "Tess", "Tamsin"))
    dara, dora = hall.phone("Dara"), hall.phone("Dora")
    chair_does(chair, "draft-ballot", item=BALLOT, motion=None, question="Where next?", form="rank",
               options=PLACES, trust="anonymised", purpose="sounding")  # fmt: skip
    chair_does(chair, "announce-ballot", ballot=BALLOT)
    chair_does(chair, "open-ballot", ballot=BALLOT)
    cast = dara.evaluate(POST_COMMAND, ["cast-vote", {"ballot": BALLOT, "choice": "2>1"}])
    assert cast["ok"], cast
    expect(dora.get_by_role("heading", name="Where next?")).to_be_visible()
    for page in (tess, tamsin):
        page.goto(f"{hall.hub.base}/desk/ballot-papers")
    hand_out(tess, "Dora")
    tess.get_by_label("Name, or the code on the badge").fill("Dara")
    tess.get_by_role("button", name="Look for the delegate").press("Enter")
    expect(tess.get_by_role("button", name="Hand Dara a paper")).to_have_count(0)
    again = dora.evaluate(POST_COMMAND, ["cast-vote", {"ballot": BALLOT, "choice": "1"}])
    assert again["refusal"]["code"] == "paper-taken"
    expect(dora.get_by_text("You took a paper for this ballot")).to_be_visible()
    ranked(tess, "2", "2", "")
    expect(tess.get_by_text("Two options have the same place.")).to_be_visible()
    expect(tess.get_by_label("Leeds", exact=True)).to_have_value("2")
    assert_accessible(tess)
    ranked(tess, "2", "", "1")
    said = tess.get_by_role("status").first
    expect(said).to_have_text("Paper 1 is entered; it waits for the second teller.")
    tamsin.set_viewport_size({"width": 360, "height": 740})
    tamsin.reload()
    assert_no_sideways_scroll(tamsin)
    ranked(tamsin, "2", "", "1")
    expect(tamsin.get_by_role("status").first).to_have_text("Paper 1 is entered by two tellers and cast.")
    chair_does(chair, "close-ballot", ballot=BALLOT)
    chair_does(chair, "publish-result", ballot=BALLOT)
    result = hall.sees("delegates")["ballot"][BALLOT]["result"]
    assert (result["papers"], result["not_voted"]) == (2, 2)
