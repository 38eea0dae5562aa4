"""A meeting of thirty: from the question to its result in three taps, and not a word of stamps or tellers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from facilitate.certificate import make_certificate, moment
from tests.support.hub import Hub


def test_three_taps_lead_from_question_to_result(
    new_hub: Callable[..., Hub], new_context: Any
) -> None:
    hub = new_hub("meeting")
    hub.stop()
    # Where stamps would be possible, a meeting hears no more of them.
    make_certificate(hub.folder, ["localhost"], [], moment())
    hub.start()
    desk = new_context(viewport={"width": 1366, "height": 768}).new_page()
    hub.sign_in(desk, hub.way("chair").code)
    question = desk.get_by_label("What do you ask the meeting?")
    question.fill("Shall we meet again in May?")
    unseen = ("stamp", "teller", "registrar", "ballot box", "certif", "root", "practice ballot")

    def tap(name: str) -> None:
        desk.get_by_role("button", name=name).first.click()

    tap("Open the vote")
    expect(desk.get_by_role("button", name="Close the ballot")).to_be_visible()
    open_page = desk.locator("body").inner_text().casefold()
    tap("Close the ballot")
    expect(desk.get_by_text("No vote was cast for anything.")).to_be_visible()
    closed_page = desk.locator("body").inner_text().casefold()
    assert not [word for word in unseen if word in open_page + closed_page]
