"""The clerk puts a document together, signatories sign it in their browsers, and everybody takes it home."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from playwright.sync_api import expect
from sqlalchemy import delete, select

from facilitate.domain.people import OPERATOR
from facilitate.store.rows import Comment
from facilitate.store.session import write_sessions
from tests.actions.after_event import REPAIRS, AfterEvent, hold_event
from tests.support.accessibility import (
    assert_accessible,
    assert_keyboard_reaches_everything,
    assert_no_sideways_scroll,
)
from tests.support.hub import Hub
from tests.support.verapdf import pdfua1_failures
from tests.web.held import served_from, signed_in


@pytest.fixture
def event(tmp_path: Path) -> Iterator[AfterEvent]:
    held = hold_event(tmp_path / "event")
    comment = held.say(2, "HOU-1.2", "Too slow.")
    held.say(3, "HOU-1.2", "Who pays?")
    held.vote("replace", "HOU-1.2", REPAIRS.replace("twenty-eight", "fourteen"), comments=[comment])
    held.vote("delete", "HOU-1.1", carried=False)
    held.end("comment", comment)
    held.do(OPERATOR, "close-event")
    yield held
    held.house.close()


@pytest.fixture
def hub(request: pytest.FixtureRequest, event: AfterEvent, tmp_path: Path) -> Iterator[Hub]:
    with served_from(tmp_path / "event", getattr(request, "param", "eventlet")) as running:
        yield running


def end_last_comment(event: AfterEvent) -> None:
    with event.house.reads() as session:
        left = session.scalars(select(Comment.id).where(Comment.reference == "3/1")).one()
    event.end("comment", left, disposition="answered", reason="It was a question and has been answered.")


def test_an_outcome_is_compiled_signed_and_sealed(event: AfterEvent, hub: Hub, new_context: Any) -> None:
    clerk = signed_in(hub, new_context, "Rosa")
    clerk.goto(f"{hub.base}/npf/HOU")
    expect(clerk.get_by_text("3/1 has no disposition yet.")).to_be_visible()
    clerk.get_by_role("button", name="Compile the outcome").click()
    clerk.get_by_role("button", name="Offer the text for signing").click()
    expect(clerk.get_by_role("alert").first).to_contain_text("Still open: 3/1.")
    end_last_comment(event)
    clerk.goto(f"{hub.base}/npf/HOU")
    clerk.get_by_role("button", name="Offer the text for signing").click()
    expect(clerk.get_by_text("Offered for signing on")).to_be_visible()

    amina = signed_in(hub, new_context, "Amina")
    amina.goto(f"{hub.base}/npf")
    expect(amina.get_by_text("You have 3 passages to sign.")).to_be_visible()
    amina.get_by_role("link", name="Homes").click()
    passage = amina.get_by_role("article").filter(has_text="HOU-1.2")
    expect(passage.locator("ins")).to_contain_text("fourteen")
    passage.get_by_text("Sign with a note of dissent, or return it").click()
    passage.get_by_label("Your note or reason").fill("Fourteen days are still too many.")
    passage.get_by_role("button", name="with this note of dissent").click()
    expect(amina.get_by_text("You have signed this passage with your note of dissent:")).to_have_count(1)
    amina.get_by_role("button", name="Sign all 2 passages as they stand").click()

    ben = signed_in(hub, new_context, "Ben")
    ben.goto(f"{hub.base}/npf/HOU")
    ben.get_by_role("button", name="Sign all 3 passages as they stand").click()
    expect(ben.get_by_text("Sealed on")).to_be_visible()
    expect(ben.get_by_text("“Fourteen days are still too many.”")).to_have_count(1)
    expect(ben.get_by_role("button", name="Sign HOU-1.1")).to_have_count(0)


def test_a_returned_passage_says_what_was_typed_when_something_is_missing(
    event: AfterEvent, hub: Hub, new_context: Any
) -> None:
    end_last_comment(event)
    event.offer()
    amina = signed_in(hub, new_context, "Amina")
    amina.goto(f"{hub.base}/npf/HOU")
    passage = amina.get_by_role("article").filter(has_text="HOU-1.1")
    passage.get_by_text("Sign with a note of dissent, or return it").click()
    passage.get_by_label("Your note or reason").fill("Which councils?")
    passage.get_by_role("button", name="Return HOU-1.1 with this reason").click()
    expect(amina.get_by_role("alert").first).to_contain_text("Say to whom the passage goes back.")
    expect(passage.get_by_label("Your note or reason")).to_have_value("Which councils?")
    passage.get_by_label("To return it").fill("the commission")
    passage.get_by_role("button", name="Return HOU-1.1 with this reason").click()
    expect(amina.get_by_text("HOU-1.1 was returned by Amina Yusuf to the commission.")).to_be_visible()


# Printing is a process of its own, which each engine starts and waits for in its own way.
@pytest.mark.parametrize("hub", ["eventlet", "gevent"], indirect=True)
def test_every_edition_can_be_taken_home(hub: Hub, new_context: Any, tmp_path: Path) -> None:
    page = signed_in(hub, new_context, "Rosa")
    got = {
        kind: page.request.get(f"{hub.base}/npf/HOU/outcome.{kind}")
        for kind in ("pdf", "docx", "odt", "html", "csv", "xlsx", "json", "akn", "popolo")
    }
    assert all(answer.status == 200 for answer in got.values())
    assert "fourteen" in got["html"].text()
    assert json.loads(got["json"].body())["document"]["prefix"] == "HOU"
    assert any("HOU-1.2" in p.text for p in docx.Document(io.BytesIO(got["docx"].body())).paragraphs)
    (tmp_path / "outcome.pdf").write_bytes(got["pdf"].body())
    assert pdfua1_failures(tmp_path / "outcome.pdf") == []


def test_who_may_not_read_an_outcome_does_not(hub: Hub, new_context: Any) -> None:
    dai = signed_in(hub, new_context, "Dai")
    assert dai.request.get(f"{hub.base}/npf/HOU").status == 404
    assert dai.request.get(f"{hub.base}/npf/HOU/outcome.pdf").status == 404
    dai.goto(f"{hub.base}/npf")
    expect(dai.get_by_text("There is no outcome that you may read yet.")).to_be_visible()
    laptop = signed_in(hub, new_context, "Laptop of table 2")
    assert laptop.request.get(f"{hub.base}/npf/HOU").status == 404
    assert laptop.request.get(f"{hub.base}/story/2-1").status == 403


def test_a_comment_tells_its_story(hub: Hub, new_context: Any) -> None:
    dai = signed_in(hub, new_context, "Dai")
    dai.goto(f"{hub.base}/story/2-1")
    steps = dai.get_by_role("listitem")
    said = "Table 2 sent it as a concern. 6 at the table were with it, 1 was not."
    expect(steps.first).to_contain_text(said)
    for words in ("Motion 1 was made from it.", "Ballot 1: Carried: 3 for, 1 against", "Its end: Adopted."):
        expect(steps.filter(has_text=words)).to_have_count(1)
    dai.goto(f"{hub.base}/story/3-1")
    expect(dai.get_by_text("Still open: it has no end yet.")).to_be_visible()
    dai.goto(f"{hub.base}/balance")
    expect(dai.get_by_role("row").filter(has_text="Comments from the tables")).to_contain_text("2")


def test_a_point_that_is_lost_is_red_and_named_and_its_list_is_a_key_away(
    event: AfterEvent, hub: Hub, new_context: Any
) -> None:
    with write_sessions(event.house.database)() as session, session.begin():
        # As a damaged database would: the point goes, and the journal goes on knowing it.
        session.execute(delete(Comment).where(Comment.reference == "3/1"))
    rosa, dai = (signed_in(hub, new_context, name) for name in ("Rosa", "Dai"))
    for page in (rosa, dai):
        page.goto(f"{hub.base}/balance")
        expect(page.get_by_text("The sheet does not balance")).to_be_visible()
        line = page.get_by_role("row").filter(has_text="Comments from the tables")
        expect(line.get_by_role("cell").last).to_have_text("1 ≠ wrong")
        assert_accessible(page)
        assert_no_sideways_scroll(page)
    expect(rosa.get_by_role("link", name="3/1")).to_have_attribute("href", "/story/3-1")
    expect(dai.get_by_text("3/1")).to_have_count(0)
    assert dai.request.get(f"{hub.base}/balance/comments/open").status == 403
    rosa.get_by_role("link", name="see what is wrong").press("Enter")
    expect(rosa.get_by_role("row").last).to_contain_text("3/1The journal says that it was received")
    assert_accessible(rosa)
    rosa.go_back()
    rosa.get_by_role("link", name="1, Comments from the tables, ended").press("Enter")
    expect(rosa.get_by_role("link", name="2/1")).to_be_visible()
    assert_no_sideways_scroll(rosa)


def test_the_pages_are_accessible(event: AfterEvent, hub: Hub, new_context: Any) -> None:
    end_last_comment(event)
    event.offer()
    for name in ("Rosa", "Amina"):
        page = signed_in(hub, new_context, name)
        for path in ("/npf", "/npf/HOU", "/story", "/story/2-1", "/balance"):
            page.goto(f"{hub.base}{path}")
            assert_accessible(page)
            assert_keyboard_reaches_everything(page)
            assert_no_sideways_scroll(page)
