"""A ballot box on another machine is paired from the desk, in a real browser; who may not is told so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import expect

from facilitate.store.box_orders import pairing_of
from facilitate.store.rows import JournalEntry
from tests.support.accessibility import assert_accessible, assert_no_sideways_scroll
from tests.web.devices import served
from tests.web.test_box_elsewhere import shown  # noqa: F401

LATER: Any = {"timeout": 30_000}


def test_a_teller_pairs_the_box_that_shows_its_code(
    tmp_path: Path, new_context: Any, shown: tuple[str, str]  # noqa: F811
) -> None:
    address, code = shown
    with served(tmp_path / "event", new_context) as hall:
        teller, clerk = hall.device("Tess"), hall.device("Clement")
        for page in (teller, clerk):
            page.goto(f"{hall.hub.base}/desk/ballot-box")
        expect(clerk.get_by_text("The chair and the tellers pair the box.")).to_be_visible()
        expect(clerk.get_by_role("button", name="Pair this box")).to_have_count(0)
        expect(teller.get_by_text("No box is paired yet.")).to_be_visible()
        for width in (360, 1366):
            teller.set_viewport_size({"width": width, "height": 800})
            assert_accessible(teller)
            assert_no_sideways_scroll(teller)
        wrong = "WRONG123" if code != "WRONG123" else "WRONG124"
        for typed, said in ((wrong, "[role=alert]"), (code.lower(), ".ok")):
            teller.get_by_label("Address of the box").fill(address)
            teller.get_by_label("Code that it shows").fill(typed)
            teller.get_by_role("button", name="Pair this box").press("Enter")
            expect(teller.locator(said)).to_be_visible(**LATER)
        expect(teller.get_by_text(f"The tellers hold the box, at {address}.")).to_be_visible()
        with hall.house.reads() as session:
            pairing = pairing_of(session)
            acts = [e.action for e in session.query(JournalEntry).filter_by(action="box-paired")]
        assert pairing is not None and len(acts) == 1
        expect(teller.locator(".hex")).to_have_text(pairing.key)
