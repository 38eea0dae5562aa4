"""A substitute takes over in the office, in a real browser; both people read why on their own phones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.support.accessibility import assert_accessible, assert_no_sideways_scroll
from tests.web.devices import served

BALLOT = "01900000-0000-7000-8000-000000000001"
LATER: Any = {"timeout": 30_000}
ROWS = b"delegate,substitute,reason\nDora,Sid,missed her train\n"


def takes_over(office: Page, delegate: str) -> None:
    """The clerk fills the form in, by keyboard."""
    office.get_by_label("Delegate", exact=False).first.fill(delegate)
    office.get_by_label("Substitute", exact=True).fill("Sasha")
    office.get_by_label("Why, for the record").fill("Dara is ill")
    office.get_by_role("button", name="Let the substitute take over").press("Enter")


def takes_rows_in(office: Page) -> None:
    """The clerk takes a file of substitutes in."""
    office.get_by_text("A substitute takes over a delegate’s place").press("Enter")
    file: Any = {"name": "substitutes.csv", "mimeType": "text/csv", "buffer": ROWS}
    office.get_by_label("List of substitutes").set_input_files(files=[file])
    office.get_by_role("button", name="Check the rows").first.click()
    office.get_by_role("button", name="Take all 1 in").click()
    expect(office.get_by_role("cell", name="Sid", exact=True)).to_be_visible()


def test_the_office_lets_a_substitute_take_over_and_both_phones_say_why(
    tmp_path: Path, new_context: Any
) -> None:
    with served(tmp_path / "event", new_context) as hall:
        hall.reaches_the_round()
        dara, office = hall.phone("Dara"), hall.device("Clement")
        hall.chair(
            "draft-ballot", item=BALLOT, motion=None, question="Is it warm?", form="for-against", options=[],
            trust="anonymised", purpose="binding", rules=None,
        )  # fmt: skip
        hall.chair("announce-ballot", ballot=BALLOT)
        hall.chair("open-ballot", ballot=BALLOT)
        dara.get_by_label("For", exact=True).check()
        dara.locator(".cast .btn").click()
        expect(dara.get_by_role("heading", name="Your vote is in")).to_be_visible(**LATER)
        office.goto(f"{hall.hub.base}/office/people")
        office.get_by_text("A substitute takes over a delegate’s place").press("Enter")
        takes_over(office, "Daro")
        expect(office.get_by_text("No delegate is called “Daro”.")).to_be_visible()
        for width in (360, 1366):
            office.set_viewport_size({"width": width, "height": 800})
            assert_accessible(office)
            assert_no_sideways_scroll(office)
        takes_over(office, "dara")
        expect(office.get_by_text("Sasha has taken over the place")).to_contain_text("next announcement on")
        hall.codes = {}
        sasha = hall.phone("Sasha")
        expect(sasha.get_by_text("You vote from the next announcement on.")).to_be_visible(**LATER)
        expect(dara.get_by_role("heading", name="Your vote is in")).to_be_visible()
        dora = hall.phone("Dora")
        expect(dora.get_by_label("For", exact=True)).to_be_visible(**LATER)
        takes_rows_in(office)
        expect(dora.get_by_text("A substitute has taken over your place")).to_be_visible(**LATER)
        hall.codes = {}
        expect(hall.phone("Sid").get_by_label("For", exact=True)).to_be_visible(**LATER)
