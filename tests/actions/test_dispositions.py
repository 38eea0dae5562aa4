"""Nothing that came in drops out: missing points are answered, everything has an end, the sheet balances."""

from __future__ import annotations

from typing import Any

import pytest

from facilitate.domain.stations import DEFAULT_REASONS
from facilitate.store.rows import Comment, MissingPoint
from tests.people import Hall

REASON = DEFAULT_REASONS["needs-evidence"]


def missing(hall: Hall, name: str, text: str = "My point is missing", **other: Any) -> str:
    """A delegate's word that a point is missing; its id."""
    item = hall.new_id()
    hall.as_(name).does("report-missing", {"item": item, "text": text, **other})
    return item


def ends(hall: Hall, kind: str, *ids: str, name: str = "Thea", **how: Any) -> Any:
    """Give these an end; the answer, or the code of its refusal."""
    asked = {"kind": kind, "ids": list(ids), "disposition": "noted", "reason": REASON, **how}
    answer = hall.as_(name).asks("set-disposition", asked)
    return answer.refusal.code if answer.refusal else answer.result


def sheet(hall: Hall) -> dict[str, tuple[int, int, int]]:
    """The balance sheet: received, open and ended for every kind of input."""
    rows = hall.sees("desk")["balance"]["balance"]["kinds"]
    assert all(row["difference"] == 0 for row in rows)
    return {row["kind"]: (row["received"], row["open"], row["ended"]) for row in rows}


def test_the_balance_sheet_counts_every_point_once(talking: Hall) -> None:
    rows = [{"title": "T", "text": "Build.", "body": "NOR", "passages": ["HOU-1.1"]}]
    talking.office("import-submissions", {"rows": rows})
    fay = talking.as_("Fay")
    first = fay.says("Bild")
    second = fay.says("Build", parent=first)
    fay.does("withdraw-comment", {"comment": fay.says("Never mind")})
    point = missing(talking, "Dara")
    assert sheet(talking) == {"comments": (2, 1, 1), "submissions": (1, 1, 0), "missing": (1, 1, 0)}
    assert ends(talking, "comment", second) == {"ended": 1}
    submission = next(iter(talking.sees("themes")["submission"]))
    assert ends(talking, "submission", submission, name="Clement", disposition="adopted", reason=None) == {
        "ended": 1
    }
    talking.as_("Ari").does("answer-missing", {"missing": point, "answer": "It is 1/2."})
    assert sheet(talking) == {"comments": (2, 0, 2), "submissions": (1, 0, 1), "missing": (1, 0, 1)}


def test_an_end_other_than_adopted_needs_a_reason_from_the_list(talking: Hall) -> None:
    said = talking.as_("Fay").says("Build")
    assert ends(talking, "comment", said, reason=None) == "reason-missing"
    assert ends(talking, "comment", said, reason="Because I say so") == "unknown-reason"
    assert ends(talking, "comment", said, disposition="forgotten") == "unknown-disposition"
    assert ends(talking, "comment", said, "gone") == "unknown-item"
    assert ends(talking, "comment", said, note="x" * 1001) == "note-too-long"
    assert talking.row(Comment, said).disposition is None
    assert ends(talking, "comment", said, note="Sent to the authors") == {"ended": 1}
    seen = talking.sees("table:1")["comment"][said]
    assert (seen["disposition"], seen["reason"]) == ("noted", REASON)


def test_several_are_ended_at_once_or_none(talking: Hall) -> None:
    kept, gone = talking.as_("Fay").says("Build"), talking.as_("Fay").says("Never mind")
    talking.as_("Fay").does("withdraw-comment", {"comment": gone})
    assert ends(talking, "comment", kept, gone) == "already-withdrawn"
    assert talking.row(Comment, kept).disposition is None


def test_a_corrected_wording_needs_no_end_of_its_own(talking: Hall) -> None:
    fay = talking.as_("Fay")
    first = fay.says("Bild")
    second = fay.says("Build", parent=first)
    assert ends(talking, "comment", first) == "superseded"
    assert ends(talking, "comment", second) == {"ended": 1}


def test_a_missing_point_is_kept_once_and_numbered(talking: Hall) -> None:
    point = missing(talking, "Dara")
    again = talking.as_("Dara").does("report-missing", {"item": point, "text": "My point is missing"})
    assert again == {"ref": "M-001"}
    other = {"item": point, "text": "Something else"}
    assert talking.as_("Dara").is_refused("report-missing", other) == "item-taken"
    assert (
        talking.as_("Dara").is_refused("report-missing", {"item": talking.new_id(), "text": " "})
        == "text-empty"
    )
    assert talking.row(MissingPoint, missing(talking, "Dora")).reference == "M-002"


@pytest.mark.parametrize("name", ["Thea", "Ari", "Clement"])
def test_a_missing_point_is_answered_in_words(talking: Hall, name: str) -> None:
    point = missing(talking, "Dara")
    staff = talking.as_(name)
    assert staff.is_refused("answer-missing", {"missing": point, "answer": "  "}) == "answer-missing"
    staff.does("answer-missing", {"missing": point, "answer": " It is 1/2. "})
    assert staff.is_refused("answer-missing", {"missing": point, "answer": "Again"}) == "missing-state"
    told = talking.sees(f"person:{talking.as_('Dara').id}")["missing"][point]
    assert (told["state"], told["answer"]) == ("answered", "It is 1/2.")


def test_a_missing_point_is_added_as_a_comment_from_the_floor(talking: Hall) -> None:
    point, item = missing(talking, "Dara", passage=talking.passage("HOU-1.2")), talking.new_id()
    asked = {"missing": point, "item": item, "kind": "idea", "agree": 1, "against": 0, "text": "Cap rents"}
    talking.as_("Thea").does("add-missing", asked)
    made = talking.row(Comment, item)
    assert (made.table_number, made.marks, made.reference) == (1, ["from-the-floor"], "1/1")
    assert made.passage_id == talking.passage("HOU-1.2")
    told = talking.sees(f"person:{talking.as_('Dara').id}")["missing"][point]
    assert (told["state"], told["comment"]) == ("added", item)
    assert (
        talking.as_("Thea").is_refused("add-missing", asked | {"item": talking.new_id()}) == "missing-state"
    )


def test_a_missing_point_without_a_passage_or_a_table_says_what_is_lacking(talking: Hall) -> None:
    point = missing(talking, "Dara")
    asked = {
        "missing": point,
        "item": talking.new_id(),
        "kind": "idea",
        "agree": 1,
        "against": 0,
        "text": "A",
    }
    assert talking.as_("Thea").is_refused("add-missing", asked) == "unknown-passage"
    taken = talking.as_("Fay").says("There already")
    asked |= {"passage": talking.passage("HOU-1.1")}
    assert talking.as_("Thea").is_refused("add-missing", asked | {"item": taken}) == "item-taken"
    assert talking.as_("Thea").is_refused("add-missing", asked | {"missing": "gone"}) == "unknown-missing"


def test_a_missing_point_about_a_passage_that_is_not_there_is_refused_in_words(talking: Hall) -> None:
    asked = {"item": talking.new_id(), "text": "My point", "passage": "gone"}
    assert talking.as_("Dara").is_refused("report-missing", asked) == "unknown-passage"
