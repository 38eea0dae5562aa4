"""A signatory reads a text, others work on it, and the page says what changed since: then and now."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from facilitate.domain.people import OPERATOR
from facilitate.domain.since import Kind, Since
from facilitate.queries.since import FROZEN, OFFERED, SEEN, VOTED, moments, since_of, words_then
from facilitate.queries.verify import verify_event
from facilitate.store.rows import Look
from tests.actions.after_event import REPAIRS, AfterEvent, hold_event
from tests.actions.test_signoff_edits import FOURTEEN, MUST, at, read


@pytest.fixture
def event(tmp_path: Path) -> Iterator[AfterEvent]:
    held = hold_event(tmp_path)
    held.vote("replace", "HOU-1.2", FOURTEEN)
    held.do(OPERATOR, "close-event")
    held.offer()
    yield held
    held.house.close()


def look(event: AfterEvent, name: str, **passages: str) -> int:
    """Say that one has read it; answers how many passages were taken as read."""
    given = {"document": event.document, "number": 10**6, "passages": event.hashes | passages}
    return int(event.do(event.person(name), "confirm-reading", **given)["passages"])


def new_to(event: AfterEvent, name: str) -> Since | None:
    reading, view = read(event)
    with view.session:
        return since_of(view, reading, event.person(name))


def then(event: AfterEvent, name: str, moment: str) -> Any:
    """How the second paragraph read at a moment."""
    reading, view = read(event)
    with view.session:
        since = since_of(view, reading, event.person(name))
        found = words_then(view, reading, moment, since)
        return found and found.words["HOU-1.2"]


def test_what_changed_since_the_last_look_is_told_with_the_words_then(event: AfterEvent) -> None:
    assert new_to(event, "Amina") is None
    assert look(event, "Amina") == 3
    found = new_to(event, "Amina")
    assert found is not None and not found.changed and not found.happenings
    event.do(event.person("Ben"), "accept-with-edits", **at(event, text=MUST, reason="A duty."))
    event.do(
        event.person("Ben"), "return-passage", **at(event, "HOU-1.1", note="Which?", addressee="the clerk")
    )
    found = new_to(event, "Amina")
    assert found is not None and found.changed == ("HOU-1.2",)
    assert [(each.kind, each.passage) for each in found.happenings] == [
        (Kind.CHANGED, "HOU-1.2"), (Kind.RETURNED, "HOU-1.1"),
    ]  # fmt: skip
    moments_then = {moment: then(event, "Amina", moment) for moment in (SEEN, OFFERED, VOTED, FROZEN)}
    assert moments_then == {SEEN: FOURTEEN, OFFERED: FOURTEEN, VOTED: FOURTEEN, FROZEN: REPAIRS}
    look(event, "Amina")
    found = new_to(event, "Amina")
    assert found is not None and not found.changed and not found.happenings
    assert (then(event, "Amina", SEEN), then(event, "Amina", OFFERED)) == (MUST, FOURTEEN)
    with event.house.reads() as session:
        assert verify_event(session).differences == []


def test_words_that_nobody_wrote_are_not_taken_as_read(event: AfterEvent) -> None:
    look(event, "Amina")
    assert look(event, "Amina", **{"HOU-1.2": "0" * 64, "XYZ-1": "1" * 64}) == 2
    found = new_to(event, "Amina")
    assert found is not None and found.changed == ()  # what was read before is not forgotten


def test_a_page_from_before_a_change_makes_the_change_not_read(event: AfterEvent) -> None:
    old = event.hashes["HOU-1.2"]
    event.do(event.person("Ben"), "accept-with-edits", **at(event, text=MUST, reason="A duty."))
    assert look(event, "Amina", **{"HOU-1.2": old}) == 3
    found = new_to(event, "Amina")
    assert found is not None and found.changed == ("HOU-1.2",)


def test_signing_is_looking_and_only_a_signatory_is_told(event: AfterEvent) -> None:
    event.do(event.person("Ben"), "sign-with-dissent", **at(event, note="Slow."))
    found = new_to(event, "Ben")
    assert found is not None and found.changed == ()  # the others lay before him as they were offered
    reading, view = read(event)
    with view.session:
        assert since_of(view, reading, event.person("Rosa")) is None
        assert moments(view, reading, None) == [OFFERED, VOTED, FROZEN]
        assert view.session.scalars(select(Look)).all() == []
    given = {"document": event.document, "number": 1, "passages": {}}
    assert event.refusal(event.person("Ceri"), "confirm-reading", **given) == "not-a-signatory"
