"""Who may read an outcome and a story, as a table, and who may not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from facilitate.domain.people import OPERATOR, Actor
from facilitate.queries.outcome import read_outcome
from facilitate.queries.story import story_of
from facilitate.queries.view import View
from tests.actions.after_event import AfterEvent, hold_event

NOW = datetime(2027, 3, 28, tzinfo=UTC)
# Who, in the hall, after it, and once the text is sealed.
TABLE = [
    ("Rosa", True, True, True),
    ("Amina", False, True, True),
    ("Ceri", False, False, True),
    ("Dai", False, False, True),
    ("laptop", False, False, False),
]


@pytest.fixture
def event(tmp_path: Path) -> Iterator[AfterEvent]:
    held = hold_event(tmp_path)
    held.end("comment", held.say(2, "HOU-1.1", "Too slow."))
    yield held
    held.house.close()


def who(event: AfterEvent, name: str) -> Actor:
    return event.table(2) if name == "laptop" else event.person(name)


def reads(event: AfterEvent, name: str) -> bool:
    actor = who(event, name)
    with event.house.reads() as session:
        return read_outcome(View(session, NOW), actor, "HOU") is not None


@pytest.mark.parametrize(("name", "in_the_hall", "after", "sealed"), TABLE)
def test_an_outcome_is_read_by_those_who_may(
    event: AfterEvent, name: str, *, in_the_hall: bool, after: bool, sealed: bool
) -> None:
    assert reads(event, name) is in_the_hall
    event.do(OPERATOR, "close-event")
    assert reads(event, name) is after
    rosa = event.person("Rosa")
    event.do(rosa, "compile-outcome", document=event.document)
    event.do(rosa, "offer-for-signing", document=event.document)
    with event.house.reads() as session:
        reading = read_outcome(View(session, NOW), rosa, "HOU")
        assert reading is not None
        passages = dict(reading.sheet.passages)
    for signatory in ("Amina", "Ben"):
        event.do(event.person(signatory), "accept-passage", document=event.document, passages=passages)
    assert reads(event, name) is sealed


@pytest.mark.parametrize(
    ("name", "named", "unnamed"),
    [("Dai", True, False), ("Rosa", True, True), ("Amina", True, True), ("laptop", False, False)],
)
def test_a_story_does_not_name_a_table_that_the_event_does_not_name(
    event: AfterEvent, name: str, *, named: bool, unnamed: bool
) -> None:
    for names, expected in ((True, named), (False, unnamed)):
        event.do(event.person("Rosa"), "set-event", settings={"names_tables": names})
        with event.house.reads() as session:
            assert (story_of(View(session, NOW), who(event, name), "2/1") is not None) is expected
