"""A stamped ballot on real phones: stamped unseen, cast without a name, found on the list."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from tests.pages.cast import Somebody, new_id
from tests.support.accessibility import (
    assert_accessible,
    assert_keyboard_reaches_everything,
    assert_no_sideways_scroll,
)
from tests.support.sources import ROOT, text
from tests.web.stamped import BALLOT, SecureHall, stamping

READY = "Ready. You can vote here as soon as the chair opens it."


@pytest.fixture
def hall(tmp_path: Path, new_context: Any) -> Iterator[SecureHall]:
    with stamping(tmp_path / "event", new_context) as hall:
        hall.reaches_the_round()
        yield hall


def heading(phone: Page, words: str) -> Any:
    return phone.get_by_role("heading", name=words, exact=True)


def vote(phone: Page, answer: str) -> None:
    phone.get_by_role("radio", name=answer).check()
    phone.get_by_role("button", name=f"Check your answer: {answer}").click()
    expect(heading(phone, f"You vote: {answer}")).to_be_focused()
    phone.get_by_role("button", name=f"Put it in the box: {answer}").click()
    expect(heading(phone, "Your vote is in")).to_be_visible()


def test_stamped_ballot_from_the_announcement_to_the_list(hall: SecureHall) -> None:
    names = ("Dara", "Dev", "Dora", "Dmitri")
    phones = [hall.phone(name) for name in names]
    casts: list[Request] = []
    for phone in phones:
        phone.on("request", lambda request: casts.append(request) if "/cast" in request.url else None)
    hall.announce()
    for phone in phones:
        expect(phone.get_by_text(READY)).to_be_visible()
    assert_accessible(phones[0])
    hall.chair("open-ballot", ballot=BALLOT)
    for phone, answer in zip(phones, ("For", "For", "Against", "Abstain"), strict=True):
        vote(phone, answer)
    expect(heading(phones[0], "Your vote is in")).to_be_focused()
    assert_accessible(phones[0])
    sent = {len(request.post_data or "") for request in casts}
    assert len(casts) == 4 and len(sent) == 1
    for request in casts:
        named = request.all_headers().keys()
        assert not {"cookie", "referer", "authorization"} & named
    hall.chair("close-ballot", ballot=BALLOT)
    for phone in phones:
        expect(phone.get_by_text("Your vote is on the list.")).to_be_visible()
    counts = hall.ballot()["board"]
    assert (counts["cast"], counts["issued"]) == (4, 4)
    shows_words(phones[2], "Against")
    proves_the_list(phones[2], counts)


def shows_words(phone: Page, own: str) -> None:
    """Behind "check" stand the own words; words of any other answer look the same."""
    phone.get_by_text("Check with four words").click()
    phone.get_by_role("button", name="Show my words").click()
    words = phone.locator(".words")
    expect(words).to_contain_text(own)
    mine = words.inner_text()
    assert len(mine.split("·")[0].split()) == 4
    phone.get_by_role("button", name="Show words of a vote: For").click()
    expect(words).to_contain_text("For")
    assert words.inner_text() != mine
    assert_accessible(phone)
    phone.get_by_role("link", name="public list").click()
    row = phone.get_by_role("row", name=mine.split("·")[0].strip())
    expect(row.get_by_role("cell")).to_have_text(own)
    assert_accessible(phone)
    assert_no_sideways_scroll(phone)


def proves_the_list(phone: Page, counts: dict[str, Any]) -> None:
    """From the public list to its proof in the browser; with a figure of it wrong, nothing is proven."""
    phone.get_by_role("link", name="prove it in your browser").click()
    assert_accessible(phone)
    assert_no_sideways_scroll(phone)
    phone.get_by_label("Root of the board").fill(counts["root"])
    phone.get_by_label("Key of the ballot").fill(counts["keys_hash"])
    phone.get_by_label("Stamps issued").fill(str(counts["issued"] + 1))
    phone.keyboard.press("Enter")
    verdict = phone.locator("#verdict")
    expect(verdict).to_have_text("Not proven. The board names another number of stamps than the one shown.")
    phone.get_by_label("Stamps issued").fill(str(counts["issued"]))
    phone.keyboard.press("Enter")
    expect(verdict).to_have_text("All proven: ballot 1, 4 papers, 4 stamps (0 replaced).")
    assert [row.inner_text().split() for row in phone.locator("#counted tr").all()] == [
        ["For", "2"], ["Abstain", "1"], ["Against", "1"],
    ]  # fmt: skip
    assert_accessible(phone)


def test_paper_in_the_hand_is_never_redrawn_and_a_reload_goes_on_at_each_step(hall: SecureHall) -> None:
    phone = hall.phone("Dara")
    hall.announce()
    expect(phone.get_by_text(READY)).to_be_visible()
    phone.reload()
    expect(phone.get_by_text(READY)).to_be_visible()
    hall.chair("open-ballot", ballot=BALLOT)
    phone.get_by_role("radio", name="Against").check()
    phone.evaluate("window.paper = document.querySelector('form.stamped')")
    hall.chair("extend-ballot", ballot=BALLOT, seconds=300)
    expect(phone.locator(".top")).to_contain_text("closes in")
    assert phone.evaluate("window.paper.isConnected && window.paper.querySelector('[value=against]').checked")
    phone.reload()
    expect(phone.get_by_role("radio", name="Against")).to_be_checked()
    phone.get_by_role("button", name="Check your answer: Against").click()
    phone.get_by_role("button", name="Choose again").click()
    expect(phone.get_by_role("radio", name="Against")).to_be_focused()
    phone.get_by_role("radio", name="For").check()
    phone.get_by_role("button", name="Check your answer: For").click()
    assert_accessible(phone)
    assert_keyboard_reaches_everything(phone)
    phone.set_viewport_size({"width": 320, "height": 640})
    assert_no_sideways_scroll(phone)
    phone.get_by_role("button", name="Put it in the box: For").click()
    expect(heading(phone, "Your vote is in")).to_be_visible()
    phone.reload()
    expect(heading(phone, "Your vote is in")).to_be_visible()
    hall.chair("close-ballot", ballot=BALLOT)
    expect(phone.get_by_text("Your vote is on the list.")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("Your vote is on the list.")).to_be_visible()
    assert hall.ballot()["board"]["cast"] == 1


def test_phone_without_the_box_keeps_its_vote_and_brings_it_when_the_box_is_back(hall: SecureHall) -> None:
    phone = hall.phone("Dara")
    hall.announce()
    expect(phone.get_by_text(READY)).to_be_visible()
    hall.chair("open-ballot", ballot=BALLOT)
    phone.get_by_role("radio", name="For").check()
    phone.route("**/cast", lambda route: route.abort())
    phone.get_by_role("button", name="Check your answer: For").click()
    phone.get_by_role("button", name="Put it in the box: For").click()
    expect(heading(phone, "Your vote is on its way")).to_be_visible()
    expect(phone.get_by_text("The ballot box does not answer.")).to_be_visible()
    assert_accessible(phone)
    phone.reload()
    expect(phone.get_by_text("The ballot box does not answer.")).to_be_visible()
    phone.unroute("**/cast")
    expect(heading(phone, "Your vote is in")).to_be_visible()


def test_second_phone_of_a_delegate_is_told_to_use_the_first(hall: SecureHall) -> None:
    first = hall.phone("Dara")
    hall.announce()
    expect(first.get_by_text(READY)).to_be_visible()
    second = hall.phone("Dara")
    expect(second.get_by_text("Your ballot was stamped on another device.")).to_be_visible()


def test_recalled_ballot_says_what_changed_and_its_old_stamps_are_dead(hall: SecureHall) -> None:
    phone = hall.phone("Dara")
    motion, thea = new_id(), Somebody(hall.hub.base, hall.code("Thea"))
    about = {"effect": "replace", "title": "Build within five years"}
    document, passage = hall.document_and_passage("HOU-1.1")
    given = {"item": motion, "passage": passage, "document": document, "text": "Every council builds now."}
    thea.do("draft-motion", **given, **about, comments=[], themes=[], submissions=[])
    thea.do("put-motion", motion=motion)
    hall.announce(motion=motion)
    expect(phone.get_by_text(READY)).to_be_visible()
    hall.chair("recall-ballot", ballot=BALLOT, reason="The wording was amended on the floor.")
    thea.do("reword-motion", motion=motion, title=about["title"], text="Every council builds within a year.")
    hall.chair("announce-ballot", ballot=BALLOT)
    expect(phone.locator(".changes")).to_contain_text("announced again")
    expect(phone.locator(".changes")).to_contain_text("Every council builds now.")
    expect(phone.get_by_text(READY)).to_be_visible()
    hall.chair("open-ballot", ballot=BALLOT)
    vote(phone, "Against")
    assert_accessible(phone)


def test_code_of_stamped_ballots_comes_only_with_one(hall: SecureHall) -> None:
    phone = hall.phone("Dara")
    loaded: list[str] = []
    phone.on("request", lambda request: loaded.append(request.url))
    phone.reload()
    expect(phone.locator(".foot, footer")).to_be_visible()
    assert not [url for url in loaded if "lazy" in url]
    with phone.expect_request(lambda request: "lazy" in request.url):
        hall.announce()


def test_page_without_encryption_says_where_to_go(tmp_path: Path, new_context: Any) -> None:
    """Its browser is told that even its own machine is no safe place."""
    with stamping(tmp_path / "event", new_context) as hall:
        hall.reaches_the_round()
        hall.announce()
        phone = new_context(viewport={"width": 360, "height": 740}).new_page()
        phone.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
        hall.hub.sign_in(phone, hall.code("Dara"))
        expect(phone.get_by_text("You cannot vote here")).to_be_visible()
        expect(phone.get_by_role("link", name=hall.hub.secure)).to_be_visible()
        assert_accessible(phone)


def test_phones_first_load_is_small_and_holds_nothing_of_stamped_ballots() -> None:
    built = ROOT / "clients" / "dist"
    files = loaded_with("delegate/main.ts")
    assert sum((built / f"{name}.gz").stat().st_size for name in files) < 40_000
    assert not {name for name in files if "facilitate-paper" in text(built / name)}
    later = loaded_with("ballot/lazy.ts") - files
    assert [name for name in later if "facilitate-paper" in text(built / name)]


def loaded_with(entry: str) -> set[str]:
    """The files that a browser loads for an entry of the clients."""
    manifest = json.loads(text(ROOT / "clients" / "dist" / "manifest.json"))
    names, files = [entry], set[str]()
    while names:
        chunk = manifest[names.pop()]
        if chunk["file"] not in files:
            files |= {chunk["file"], *chunk.get("css", ())}
            names += chunk.get("imports", ())
    return files
