"""After the hall: the outcome is compiled, signatories sign passage by passage, the text is sealed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from facilitate.domain.people import OPERATOR
from facilitate.queries.verify import verify_event
from facilitate.store.outcomes import load_record
from facilitate.store.rows import Document, File, KeptItem, OutcomeRow
from tests.actions.after_event import IMPORT, REPAIRS, AfterEvent, hold_event


@pytest.fixture(params=["sqlite", "postgresql"])
def event(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[AfterEvent]:
    url = request.getfixturevalue("postgres_url") if request.param == "postgresql" else None
    held = hold_event(tmp_path, url)
    yield held
    held.house.close()


def closed(event: AfterEvent) -> None:
    event.do(OPERATOR, "close-event")
    event.do(event.person("Rosa"), "compile-outcome", document=event.document)


def offered(event: AfterEvent) -> None:
    closed(event)
    event.do(event.person("Rosa"), "offer-for-signing", document=event.document)


def sign(event: AfterEvent, name: str, **more: str) -> str:
    passages = {**event.hashes, **more}
    return str(
        event.do(event.person(name), "accept-passage", document=event.document, passages=passages)["state"]
    )


def test_the_record_of_the_event_becomes_its_outcome(event: AfterEvent) -> None:
    comment = event.say(2, "HOU-1.2", "Too slow.")
    event.say(3, "HOU-1.2", "Far too slow.")
    event.vote("replace", "HOU-1.2", REPAIRS.replace("twenty-eight", "fourteen"), comments=[comment])
    event.vote("delete", "HOU-1.1", carried=False)
    event.vote("insert-after", "HOU-1.2", "Grants go to the coldest homes first.")
    passages = {p.ref: p for p in event.outcome.passages}
    assert list(passages) == ["HOU-1", "HOU-1.1", "HOU-1.2", "HOU-1.2+3"]
    changed = passages["HOU-1.2"]
    assert changed.final == REPAIRS.replace("twenty-eight", "fourteen")
    assert changed.discussed == 2
    assert [c.ref for c in changed.matter.comments] == ["2/1", "3/1"]
    assert [s.label for s in changed.matter.motions[0].sources] == ["comment 2/1"]
    assert changed.changes[0].ballot is not None
    assert changed.changes[0].ballot.counts == (("For", 3), ("Against", 1))
    assert changed.changes[0].ballot.sentence.startswith("Carried: 3 for, 1 against")
    assert passages["HOU-1.1"].state == "unchanged"
    assert [m.state for m in passages["HOU-1.1"].matter.motions] == ["lost"]


def test_a_second_motion_on_the_changed_text_follows_the_first(event: AfterEvent) -> None:
    event.vote("replace", "HOU-1.2", REPAIRS.replace("twenty-eight", "fourteen"))
    event.vote("replace", "HOU-1.2", REPAIRS.replace("twenty-eight", "seven"))
    passage = event.outcome.passages[2]
    assert (passage.final, passage.conflict) == (REPAIRS.replace("twenty-eight", "seven"), None)


def test_the_last_signature_seals_the_text(event: AfterEvent) -> None:
    comment = event.say(1, "HOU-1.1", "Good.")
    event.end("comment", comment)
    offered(event)
    assert sign(event, "Amina") == "open"
    assert sign(event, "Ben") == "sealed"
    with event.house.reads() as session:
        row = session.get_one(OutcomeRow, event.document)
        file = session.get_one(File, row.sealed_hash)
        assert hashlib.sha256(file.body).hexdigest() == row.sealed_hash
        assert [words for *_, words in json.loads(file.body)[2]] == [
            p.final for p in event.outcome.passages
        ]
        assert verify_event(session).differences == []
    assert event.refusal(
        event.person("Amina"), "accept-passage", document=event.document, passages=event.hashes
    ) == ("already-sealed")
    assert (
        event.refusal(
            event.person("Rosa"),
            "edit-outcome",
            document=event.document,
            passage="HOU-1.1",
            text="x",
            reason="y",
            text_hash="z",
        )
        == "already-sealed"
    )


def test_signing_is_refused_while_a_disposition_is_missing(event: AfterEvent) -> None:
    comment = event.say(1, "HOU-1.1", "Good.")
    closed(event)
    clerk = event.person("Rosa")
    assert event.refusal(clerk, "offer-for-signing", document=event.document) == "dispositions-missing"
    event.end("comment", comment)
    event.do(clerk, "offer-for-signing", document=event.document)


def test_only_the_signatories_of_the_commission_sign(event: AfterEvent) -> None:
    offered(event)
    for name, code in (("Ceri", "not-a-signatory"), ("Dai", "not-your-role"), ("Rosa", "not-your-role")):
        assert (
            event.refusal(
                event.person(name), "accept-passage", document=event.document, passages=event.hashes
            )
            == code
        )


def test_an_edit_takes_the_signatures_of_its_passage_away(event: AfterEvent) -> None:
    offered(event)
    sign(event, "Amina")
    clerk = event.person("Rosa")
    edit = {"document": event.document, "passage": "HOU-1.1", "text": "Every council may build houses."}
    event.do(clerk, "edit-outcome", **edit, reason="house style", text_hash=event.hashes["HOU-1.1"])
    passage = event.outcome.passages[1]
    assert (passage.final, passage.later[0].reason, passage.later[0].by) == (
        "Every council may build houses.",
        "house style",
        "Rosa Osei",
    )
    assert sign(event, "Ben") == "open"
    assert event.refusal(clerk, "edit-outcome", **edit, reason="again", text_hash="old") == "text-changed"
    assert sign(event, "Amina") == "sealed"


def test_a_return_goes_back_and_the_clerk_answers(event: AfterEvent) -> None:
    offered(event)
    seen = event.hashes["HOU-1.1"]
    back = {"document": event.document, "passage": "HOU-1.1", "text_hash": seen}
    amina, clerk = event.person("Amina"), event.person("Rosa")
    assert event.refusal(amina, "return-passage", **back, note="", addressee="the clerk") == "reason-missing"
    assert (
        event.do(amina, "return-passage", **back, note="Which councils?", addressee="the clerk")["state"]
        == "returned"
    )
    assert event.refusal(clerk, "offer-for-signing", document=event.document) == "answer-missing"
    event.do(clerk, "offer-for-signing", document=event.document, reason="All of them.")
    assert sign(event, "Ben") == "open"
    assert event.do(amina, "sign-with-dissent", **back, note="Still unclear.")["state"] == "open"
    assert sign(event, "Amina") == "sealed"


def test_a_clerk_decides_what_collides_and_nothing_else(event: AfterEvent) -> None:
    # Both drafted on the text as it was; the second was put before the first was carried.
    first, second = (
        event.draft("replace", "HOU-1.2", REPAIRS.replace("twenty-eight", n)) for n in ("seven", "ten")
    )
    for motion in (first, second):
        event.do(OPERATOR, "put-motion", motion=motion)
    event.carry(first)
    event.carry(second)
    closed(event)
    clerk = event.person("Rosa")
    decision = {
        "document": event.document,
        "text": REPAIRS.replace("twenty-eight", "nine"),
        "reason": "between the two",
    }
    assert event.refusal(clerk, "decide-conflict", passage="HOU-1.1", **decision) == "no-conflict"
    assert event.refusal(clerk, "offer-for-signing", document=event.document) == "conflict-undecided"
    event.do(clerk, "decide-conflict", passage="HOU-1.2", **decision)
    passage = event.outcome.passages[2]
    assert (passage.final, [later.reason for later in passage.later]) == (
        decision["text"],
        ["between the two"],
    )
    event.do(
        clerk, "decide-conflict", passage="HOU-1.2", document=event.document, reason="again", take_back=True
    )
    assert event.outcome.passages[2].state == "undecided"


def test_the_rule_is_the_one_that_was_set_before_the_hall_closed(event: AfterEvent) -> None:
    clerk, amina = event.person("Rosa"), event.person("Amina")
    rule = {"sign_off_rule": "named", "sign_off_officers": {"Housing": [amina.person]}}
    event.do(clerk, "set-event", settings=rule)
    event.do(OPERATOR, "close-event")
    assert event.refusal(clerk, "set-event", settings={"sign_off_rule": "all"}) == "not-at-this-stage"
    other = {"document": event.document, "rule": "all", "reason": "We like it better."}
    assert event.refusal(clerk, "compile-outcome", **other) == "rule-fixed"
    event.do(clerk, "compile-outcome", document=event.document)
    event.do(clerk, "offer-for-signing", document=event.document)
    assert event.refusal(clerk, "compile-outcome", **other) == "rule-fixed"
    assert sign(event, "Amina") == "sealed"


def test_a_rule_that_nobody_can_fulfil_any_more_is_replaced_with_a_reason(event: AfterEvent) -> None:
    clerk, ben = event.person("Rosa"), event.person("Ben")
    rule = {"sign_off_rule": "named", "sign_off_officers": {"Housing": ["somebody-who-left"]}}
    event.do(clerk, "set-event", settings=rule)
    event.do(OPERATOR, "close-event")
    assert event.refusal(clerk, "compile-outcome", document=event.document) == "not-a-signatory"
    other = {"document": event.document, "rule": "named", "officers": [ben.person]}
    assert event.refusal(clerk, "compile-outcome", **other) == "reason-missing"
    event.do(clerk, "compile-outcome", **other, reason="The secretary has resigned.")
    event.do(clerk, "offer-for-signing", document=event.document)
    assert sign(event, "Ben") == "sealed"


def test_the_outcome_waits_for_the_end_of_the_hall(event: AfterEvent) -> None:
    assert (
        event.refusal(event.person("Rosa"), "compile-outcome", document=event.document) == "not-at-this-stage"
    )


def test_a_missing_point_that_nobody_answered_holds_the_signing_up(event: AfterEvent) -> None:
    event.do(
        event.person("Dai"), "report-missing", item="point", text="Carers.", passage=event.id_of("HOU-1.1")
    )
    closed(event)
    clerk = event.person("Rosa")
    assert event.refusal(clerk, "offer-for-signing", document=event.document) == "dispositions-missing"
    event.do(
        OPERATOR,
        "set-disposition",
        kind="missing",
        ids=["point"],
        disposition="adopted",
        reason=None,
        note=None,
    )
    event.do(clerk, "offer-for-signing", document=event.document)


def test_a_point_that_was_kept_as_it_came_holds_the_signing_up_until_it_is_settled(event: AfterEvent) -> None:
    came = {"text": "Typed on an older page", "passage": event.id_of("HOU-1.1")}
    for n, data in enumerate((came, {"text": "About nobody knows what"})):
        kept = {"cause": "unreadable", "raw": json.dumps({"n": n, "data": data}), "data": None, "why": "Old."}
        event.do(event.table(1), "keep-item", **kept)
    closed(event)
    clerk = event.person("Rosa")
    assert event.refusal(clerk, "offer-for-signing", document=event.document) == "kept-open"
    assert event.refusal(clerk, "erase-devices", holding=[], reason=None) == "kept-open"
    with event.house.reads() as session:
        ids = list(session.scalars(select(KeptItem.id)))
    event.do(clerk, "end-kept", kept=ids[:1], reason="The table said it again.")
    assert event.refusal(clerk, "offer-for-signing", document=event.document) == "kept-open"
    event.do(clerk, "end-kept", kept=ids[1:], reason="Nobody knows what it was about.")
    event.do(clerk, "offer-for-signing", document=event.document)
    event.do(clerk, "erase-devices", holding=[], reason=None)


def test_a_point_kept_as_it_came_holds_up_only_the_document_that_it_is_about(event: AfterEvent) -> None:
    other = {**IMPORT, "prefix": "SKI", "name": "skills.md", "title": "Skills"}
    event.do(OPERATOR, "import-document", **other)
    kept = {"cause": "unreadable", "data": None, "why": "Old."}
    raw = json.dumps({"data": {"text": "On skills", "passage": event.id_of("SKI-1.1")}})
    event.do(event.table(1), "keep-item", **kept, raw=raw)
    with event.house.reads() as session:
        documents = session.scalars(select(Document).order_by(Document.prefix)).all()
        waiting = {each.prefix: load_record(session, each).kept for each in documents}
    assert waiting == {"HOU": (), "SKI": ("K-001",)}
