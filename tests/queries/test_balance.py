"""The balance sheet counts twice, in the journal and in the rows; what does not agree is named."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, select, update

from facilitate.queries import View
from facilitate.queries.balance import balance_rows
from facilitate.queries.balance_things import things_behind
from facilitate.store.rows import CirculatedDraft, Comment, DraftPoint, HelpCall, MissingPoint, Submission
from facilitate.store.session import write_sessions
from tests.people import Hall

CALL = {"reason": "Too dark", "words": "", "at": None}


@pytest.fixture
def filled(talking: Hall) -> Hall:
    """Everything that can come in has come in once or twice; table 1 corrected its first point."""
    rows = [{"title": f"On {ref}", "text": "Build.", "body": "NOR", "passages": [ref]}
            for ref in ("HOU-1.1", "HOU-1.2")]  # fmt: skip
    talking.office("import-submissions", {"rows": rows})
    fay = talking.as_("Fay")
    first = fay.says("Bild")
    fay.says("Build", parent=first)
    fay.says("Is it paid for?", kind="question")
    talking.as_("Dara").does("report-missing", {"item": talking.new_id(), "text": "My point"})
    fay.does("call-help", {"item": talking.new_id(), **CALL})
    return talking


def sheet(hall: Hall) -> dict[str, dict[str, Any]]:
    with hall.reads() as session:
        return {row["kind"]: row for row in balance_rows(View(session, hall.clock.moment))}


def behind(hall: Hall, kind: str, number: str, sort: str = "") -> list[tuple[str, str]]:
    with hall.reads() as session:
        found = things_behind(View(session, hall.clock.moment), kind, number, sort)
    return [(thing.ref, thing.stands) for thing in found]


def breaks(hall: Hall, change: Any) -> None:
    """Somebody with the database in their hands, and no journal."""
    with write_sessions(hall.database)() as session, session.begin():
        session.execute(change)


def numbers(row: dict[str, Any]) -> tuple[int, int, int, int]:
    return row["received"], row["open"], row["ended"], row["difference"]


def test_every_kind_of_input_stands_on_the_sheet(filled: Hall) -> None:
    found = sheet(filled)
    assert {kind: numbers(row) for kind, row in found.items()} == {
        "comments": (2, 2, 0, 0), "submissions": (2, 2, 0, 0), "missing": (1, 1, 0, 0),
        "calls": (1, 1, 0, 0),
    }  # fmt: skip
    assert not any(row["wrong"] or row["named"] for row in found.values())
    parts = {part["kind"]: numbers(part) for part in found["comments"]["parts"]}
    assert parts == {"concern": (1, 1, 0, 0), "question": (1, 1, 0, 0)}


@pytest.mark.parametrize(
    ("kind", "change", "ref"),
    [
        ("comments", delete(Comment).where(Comment.reference == "1/3"), "1/3"),
        ("submissions", delete(Submission).where(Submission.reference == "S-002"), "S-002"),
        ("missing", delete(MissingPoint), "M-001"),
        ("calls", delete(HelpCall), None),
    ],
)
def test_what_was_received_and_is_nowhere_is_named(
    filled: Hall, kind: str, change: Any, ref: str | None
) -> None:
    breaks(filled, change)
    row = sheet(filled)[kind]
    assert (row["difference"], row["wrong"], len(row["named"])) == (1, True, 1)
    assert ref is None or row["named"] == [ref]
    ((named, stands),) = behind(filled, kind, "wrong")
    assert named == row["named"][0]
    assert "nowhere" in stands
    desk = {one["kind"]: one for one in filled.sees("desk")["balance"]["balance"]["kinds"]}
    assert desk[kind]["named"] == row["named"]


def test_a_point_that_nobody_received_is_named(filled: Hall) -> None:
    made = {"id": "strange", "reference": "S-666", "title": "T", "text": "T", "body": "NOR", "passages": []}
    with write_sessions(filled.database)() as session, session.begin():
        session.add(Submission(**made, about="", agreed_by="", revision=1, received_at=filled.clock.moment))
    row = sheet(filled)["submissions"]
    assert (row["difference"], row["named"]) == (-1, ["S-666"])
    assert "does not say" in behind(filled, "submissions", "wrong")[0][1]


def test_one_lost_and_one_from_nowhere_do_not_cancel_out(filled: Hall) -> None:
    breaks(filled, update(MissingPoint).values(id="another", reference="M-009"))
    row = sheet(filled)["missing"]
    assert (row["difference"], row["wrong"], row["named"]) == (0, True, ["M-001", "M-009"])


def test_a_wording_that_nothing_replaces_is_lost_although_its_row_is_there(filled: Hall) -> None:
    breaks(filled, update(Comment).where(Comment.reference == "1/3").values(state="superseded"))
    row = sheet(filled)["comments"]
    assert (numbers(row), row["named"]) == ((2, 1, 0, 1), ["1/3"])


def test_the_list_behind_each_number_has_as_many_things_as_it_says(filled: Hall) -> None:
    for kind, row in sheet(filled).items():
        for number in ("received", "open", "ended"):
            assert len(behind(filled, kind, number)) == row[number], (kind, number)
            for part in row["parts"]:
                assert len(behind(filled, kind, number, part["kind"])) == part[number]
    assert behind(filled, "comments", "open", "question") == [("1/3", "Still open")]


def test_closing_the_hall_closes_the_calls_that_nobody_answered(filled: Hall) -> None:
    filled.office("close-event", {})
    assert numbers(sheet(filled)["calls"]) == (1, 0, 1, 0)


def test_points_on_drafts_stand_among_the_submissions_on_a_line_of_their_own(filled: Hall) -> None:
    assert sheet(filled)["submissions"]["parts"] == []
    draft = {"id": "draft", "prefix": "SKI", "title": "Skills", "commission": "Skills", "version": 1}
    with write_sessions(filled.database)() as session, session.begin():
        sent = session.scalars(select(Submission.id).where(Submission.reference == "S-002")).one()
        session.add(CirculatedDraft(
            **draft, passages=[], text_hash="", circulated_by="", circulated_at=filled.clock.moment
        ))  # fmt: skip
        session.flush()
        point = {"passage": "", "says": "", "wording": "", "person_id": filled.as_("Sigrid").id}
        session.add(DraftPoint(submission_id=sent, draft_id="draft", **point))
    parts = {part["label"]: numbers(part) for part in sheet(filled)["submissions"]["parts"]}
    assert parts == {"Sent in by bodies": (1, 1, 0, 0), "Points on drafts": (1, 1, 0, 0)}
    assert behind(filled, "submissions", "open", "draft") == [("S-002", "Still open")]
