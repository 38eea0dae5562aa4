"""A signatory accepts a passage with edits: the words are theirs, and the others sign again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from facilitate.domain.outcome import SIGNATORY
from facilitate.domain.people import OPERATOR
from facilitate.formats.outcome_json import Facts, outcome_data
from facilitate.queries import View
from facilitate.queries.outcome import Reading, reading_of
from facilitate.queries.signing import came_back, returned_in, returned_to_body
from facilitate.queries.verify import verify_event
from facilitate.store.rows import Document
from tests.actions.after_event import REPAIRS, AfterEvent, hold_event
from tests.queries.test_story import NOW

FOURTEEN = REPAIRS.replace("twenty-eight", "fourteen")
MUST = FOURTEEN.replace("puts", "must put")


@pytest.fixture
def event(tmp_path: Path) -> Iterator[AfterEvent]:
    held = hold_event(tmp_path)
    body = {"code": "NOR", "name": "Northern Moor CLP", "section": "clp", "votes": 1}
    held.do(OPERATOR, "import-delegations", rows=[body])
    rows = [{"name": "Nia Rees", "roles": ["delegate"], "delegation": "NOR"}]
    held.do(OPERATOR, "import-people", rows=rows)
    held.vote("replace", "HOU-1.2", FOURTEEN)
    held.do(OPERATOR, "close-event")
    held.offer()
    yield held
    held.house.close()


def at(event: AfterEvent, ref: str = "HOU-1.2", **more: Any) -> dict[str, Any]:
    """One passage as somebody sees it now."""
    return {"document": event.document, "passage": ref, "text_hash": event.hashes[ref], **more}


def accept_all(event: AfterEvent, name: str) -> str:
    all_ = {"document": event.document, "passages": event.hashes}
    return str(event.do(event.person(name), "accept-passage", **all_)["state"])


def read(event: AfterEvent) -> tuple[Reading, View]:
    session = event.house.reads()
    view = View(session, NOW)
    return reading_of(view, session.get_one(Document, event.document)), view


def test_an_edit_becomes_the_passage_and_goes_back_to_the_others(event: AfterEvent) -> None:
    amina, ben = event.person("Amina"), event.person("Ben")
    accept_all(event, "Amina")
    edited = event.do(ben, "accept-with-edits", **at(event, text=MUST, reason="A duty, not a habit."))
    assert edited["state"] == "open"
    passage = event.outcome.passages[2]
    assert (passage.voted, passage.final) == (FOURTEEN, MUST)
    assert [(x.kind, x.by, x.reason) for x in passage.later] == [
        (SIGNATORY, "Ben Carter", "A duty, not a habit.")
    ]
    reading, view = read(event)
    with view.session:
        assert came_back(reading, amina.person) == ["HOU-1.2"]
        assert [p.ref for p in reading.to_sign(ben.person)] == ["HOU-1", "HOU-1.1"]
        data = outcome_data(reading.outcome, Facts("Spring", "Europe/London", 1, NOW))["passages"][2]
    assert [x["what"] for x in data["since_vote"]] == ["Edited by a signatory"]
    assert "Ben Carter, signatory (changed since the vote)" in {a["name"] for a in data["authors"].values()}
    assert [(x["act"], x["name"], x["words"]) for x in data["sign_off"]] == [("edit", "Ben Carter", MUST)]
    assert [s["act"] for s in data["signatures"]] == ["edit"]
    assert accept_all(event, "Ben") == "open"
    assert accept_all(event, "Amina") == "sealed"
    with event.house.reads() as session:
        assert verify_event(session).differences == []


def test_putting_the_voted_wording_back_needs_everybody_anew(event: AfterEvent) -> None:
    amina, ben = event.person("Amina"), event.person("Ben")
    accept_all(event, "Amina")
    event.do(ben, "accept-with-edits", **at(event, text=MUST, reason="A duty."))
    assert event.refusal(amina, "accept-with-edits", **at(event, text=None, reason=" ")) == "reason-missing"
    event.do(amina, "accept-with-edits", **at(event, text=None, reason="The room voted this."))
    assert (event.outcome.passages[2].final, event.outcome.passages[2].later) == (FOURTEEN, ())
    assert accept_all(event, "Ben") == "sealed"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"text": MUST, "reason": ""}, "reason-missing"),
        ({"text": FOURTEEN, "reason": "None."}, "no-change"),
        ({"text": None, "reason": "It is so already."}, "no-change"),
        ({"text": "  ", "reason": "Out with it."}, "no-words"),
        ({"text": MUST, "reason": "Late.", "text_hash": "older"}, "text-changed"),
        ({"text": MUST, "reason": "x" * 1001}, "reason-too-long"),
    ],
)
def test_an_edit_that_cannot_stand_is_refused(event: AfterEvent, more: dict[str, Any], code: str) -> None:
    assert event.refusal(event.person("Ben"), "accept-with-edits", **at(event, **more)) == code
    assert event.outcome.passages[2].edits == ()


def test_a_returned_passage_is_in_the_list_of_whom_it_goes_to(event: AfterEvent) -> None:
    amina, ben = event.person("Amina"), event.person("Ben")
    nia, rosa = event.person("Nia"), event.person("Rosa")
    lists = {
        "The clerk": {"Rosa"}, "ben carter": {"Ben"}, "housing commission": {"Amina", "Ben"},
        "Northern Moor CLP": {"Nia"}, "The party's lawyers": set(),
    }  # fmt: skip
    for addressee, expected in lists.items():
        event.do(amina, "return-passage", **at(event, "HOU-1.1", note="Which councils?", addressee=addressee))
        reading, view = read(event)
        with view.session:
            (back,) = returned_in(view, reading)
            people = {"Rosa": rosa, "Ben": ben, "Amina": amina}
            found = {
                name for name, actor in people.items()
                if back.is_for(actor, signs=actor.person in reading.names)
            }  # fmt: skip
            found |= {"Nia"} if returned_to_body(view, nia, []) else set()
        assert found == expected


def test_the_clerk_answers_and_whoever_returned_has_the_last_word(event: AfterEvent) -> None:
    amina, rosa = event.person("Amina"), event.person("Rosa")
    accept_all(event, "Ben")
    event.do(amina, "return-passage", **at(event, "HOU-1.1", note="Which councils?", addressee="the clerk"))
    reading, view = read(event)
    with view.session:
        (back,) = returned_in(view, reading)
    answer = {"document": event.document, "signing": back.signing}
    assert event.refusal(rosa, "answer-return", **answer, answer="") == "reason-missing"
    assert event.refusal(rosa, "offer-for-signing", document=event.document) == "answer-missing"
    event.do(rosa, "answer-return", **answer, answer="All of them.")
    reading, view = read(event)
    with view.session:
        assert [each.answer for each in returned_in(view, reading)] == ["All of them."]
        data = outcome_data(reading.outcome, Facts("Spring", "Europe/London", 1, NOW))
    (line,) = data["passages"][1]["sign_off"]
    assert (line["to"], line["answer"]) == ("the clerk", "All of them.")
    event.do(rosa, "offer-for-signing", document=event.document)
    assert accept_all(event, "Amina") == "sealed"
    assert event.refusal(rosa, "answer-return", **answer, answer="Late.") == "not-returned"
