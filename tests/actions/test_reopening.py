"""A sealed text is reopened as a new version with a sign-off of its own; what was sealed stays for good."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from facilitate.archive import write_archive
from facilitate.domain.people import OPERATOR
from facilitate.formats.archive_check import check
from facilitate.queries import View
from facilitate.queries.story import story_of
from facilitate.queries.verify import verify_event
from facilitate.queries.versions import Sealed, kept_file, read_versions, record_of, reopened
from facilitate.store.rows import FinalVote
from tests.actions.after_event import AfterEvent, hold_event
from tests.actions.test_signoff_edits import FOURTEEN, MUST, accept_all, at, read
from tests.queries.test_story import NOW, lines

WHY = {"decided_by": "the NPF’s officers", "reason": "A figure was wrong."}


@pytest.fixture
def event(tmp_path: Path) -> Iterator[AfterEvent]:
    """The first version is sealed."""
    held = hold_event(tmp_path)
    said = held.say(2, "HOU-1.2", "Too slow.")
    held.vote("replace", "HOU-1.2", FOURTEEN, comments=[said])
    held.end("comment", said)
    held.do(OPERATOR, "close-event")
    held.offer()
    assert [accept_all(held, name) for name in ("Amina", "Ben")] == ["open", "sealed"]
    yield held
    held.house.close()


def versions(event: AfterEvent) -> list[Sealed]:
    with event.house.reads() as session:
        return read_versions(View(session, NOW), event.person("Dai"), "HOU")


def reopen(event: AfterEvent) -> None:
    event.do(event.person("Rosa"), "reopen-outcome", document=event.document, **WHY)


VOTE = {"verdict": "carried", "held_on": "2027-09-28", "words": ""}


def second(event: AfterEvent) -> None:
    """The first version is voted on and reopened; the second is edited, signed by both, and voted on."""
    rosa = event.person("Rosa")
    event.do(rosa, "record-final-vote", document=event.document, **VOTE)
    reopen(event)
    event.do(rosa, "edit-outcome", **at(event, text=MUST, reason="A duty."))
    event.do(rosa, "offer-for-signing", document=event.document)
    assert [accept_all(event, name) for name in ("Amina", "Ben")] == ["open", "sealed"]
    event.do(rosa, "record-final-vote", document=event.document, **{**VOTE, "verdict": "lost"})


def test_a_reopening_after_the_seal_has_its_own_sign_off(event: AfterEvent) -> None:
    reopen(event)
    reading, view = read(event)
    with view.session:
        assert (reading.version, reading.sealed, reading.final) == (2, False, "")
        assert [p.signed for p in reading.signing.passages] == [(), (), ()]
        assert [p.final for p in reading.outcome.passages][2] == FOURTEEN
        assert [x.version for x in reopened(view, event.person("Dai"), set())] == [1]
    for name in ("Amina", "Ben"):
        given = {"document": event.document, "passages": event.hashes}
        assert event.refusal(event.person(name), "accept-passage", **given) == "not-offered"


def test_what_was_sealed_stays_as_it_was_signed(event: AfterEvent) -> None:
    (first,) = versions(event)
    second(event)
    one, two = versions(event)
    assert (one.hash, one.superseded_by, two.superseded_by) == (first.hash, 2, None)
    with event.house.reads() as session:
        view = View(session, NOW)
        assert hashlib.sha256(kept_file(view, one.hash)).hexdigest() == one.hash != two.hash
        old, new = record_of(view, one), record_of(view, two)
        verdicts = session.scalars(select(FinalVote.verdict).order_by(FinalVote.version)).all()
        assert verdicts == ["carried", "lost"]
        assert verify_event(session).differences == []
    assert old["status"].startswith("Superseded by version 2. Sealed on")
    assert [s["name"] for s in old["passages"][2]["signatures"]] == ["Amina Yusuf", "Ben Carter"]
    assert (old["passages"][2]["final"], new["passages"][2]["final"]) == (FOURTEEN, MUST)
    assert new["status"].startswith("Version 2, sealed on")
    assert "Version 1 was sealed on" in new["status"] and one.hash in new["status"]
    assert (new["text_version"], len(new["earlier_versions"])) == (2, 1)


def test_the_archive_keeps_and_the_story_tells_both_sealings(event: AfterEvent, tmp_path: Path) -> None:
    second(event)
    one, two = versions(event)
    with event.house.reads() as session:
        write_archive(session, tmp_path / "no keys", tmp_path / "a.zip")
        told = story_of(View(session, NOW), event.person("Dai"), "2/1")
    assert check(tmp_path / "a.zip") == []
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert hashlib.sha256(archive.read("sealed/HOU-version-1.json")).hexdigest() == one.hash
        assert hashlib.sha256(archive.read("sealed/HOU.json")).hexdigest() == two.hash
        assert "Superseded by version 2" in archive.read("outcome/HOU-version-1.html").decode()
        assert json.loads(archive.read("sealed/HOU-version-1-record.json"))["text_version"] == 1
    assert told is not None
    found = lines(told)
    order = [
        "Version 1 was signed and sealed.",
        "It was reopened as version 2 on the decision of the NPF’s officers",
        "The NPF signed it, and the text is sealed.",
    ]
    places = [next(i for i, line in enumerate(found) if line.startswith(each)) for each in order]
    assert places == sorted(places)


def test_only_a_sealed_text_is_reopened_with_a_reason_and_on_whose_decision(event: AfterEvent) -> None:
    rosa = event.person("Rosa")
    for missing, code in (("decided_by", "decision-missing"), ("reason", "reason-missing")):
        given = {"document": event.document, **WHY, missing: " "}
        assert event.refusal(rosa, "reopen-outcome", **given) == code
    reopen(event)
    assert event.refusal(rosa, "reopen-outcome", document=event.document, **WHY) == "not-sealed"
