"""Bodies send submissions in and correct them until the deadline; the clerk ties them to passages."""

from __future__ import annotations

import pytest

from facilitate.domain.refusal import Refused
from facilitate.queries.submissions import bodies_linked, bodies_without_officer, wordings_of
from tests.people import Hall

ROWS = [{"title": "More homes", "text": "Build.", "body": "NOR", "passages": []}]


def tied(hall: Hall) -> list[str]:
    value = next(iter(hall.sees("themes")["submission"].values()))
    return list(value["passages"])


def test_clerk_ties_a_submission_to_passages(hall: Hall) -> None:
    hall.office("import-submissions", {"rows": ROWS})
    assert tied(hall) == []
    hall.office("tie-submission", {"submission": "S-001", "passages": ["HOU-1.2", "HOU-1.1", "HOU-1.2"]})
    assert tied(hall) == ["HOU-1.2", "HOU-1.1"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"submission": "S-009", "passages": []}, "unknown-submission"),
        ({"submission": "S-001", "passages": ["HOU-9.9"]}, "unknown-passage"),
    ],
)
def test_what_is_not_there_cannot_be_tied(hall: Hall, data: dict[str, object], code: str) -> None:
    hall.office("import-submissions", {"rows": ROWS})
    with pytest.raises(Refused) as refused:
        hall.office("tie-submission", data)
    assert refused.value.code == code
    assert tied(hall) == []


WORDING = {"title": "Homes", "text": "Build.", "about": "HOU-1.2", "agreed_by": "The members’ meeting"}


def sends(hall: Hall, item: str, **other: str) -> str:
    """Olu sends a submission in for her body; its reference."""
    return str(hall.as_("Olu").does("send-submission", {**WORDING, "item": item, **other})["submission"])


def received(hall: Hall) -> list[dict[str, object]]:
    return list(hall.sees("themes")["submission"].values())


def test_a_body_sends_in_and_gets_a_reference_and_the_balance_counts_it(hall: Hall) -> None:
    hall.office("import-submissions", {"rows": [ROWS[0] | {"reference": "S-002"}]})
    assert sends(hall, hall.new_id()) == "S-003"
    found = received(hall)[1]
    assert (found["body"], found["passages"]) == ("Northern Moor CLP", ["HOU-1.2"])
    hall.as_("Olu").does("revise-submission", WORDING | {"submission": "S-003", "seen": 1, "text": "Soon."})
    kinds = hall.sees("desk")["balance"]["balance"]["kinds"]
    sums = next(row for row in kinds if row["kind"] == "submissions")
    assert (sums["received"], sums["open"], sums["difference"]) == (2, 2, 0)


def test_a_form_that_is_sent_twice_is_one_submission(hall: Hall) -> None:
    item = hall.new_id()
    assert sends(hall, item) == sends(hall, item) == "S-001"
    assert len(received(hall)) == 1
    assert hall.as_("Olu").is_refused("send-submission", WORDING | {"item": item, "text": "Other."}) == (
        "already-sent"
    )


def test_a_correction_is_a_revision_and_the_first_wording_is_kept(hall: Hall) -> None:
    item, olu = hall.new_id(), hall.as_("Olu")
    sends(hall, item)
    hall.office("tie-submission", {"submission": "S-001", "passages": ["HOU-1.2", "HOU-1.3"]})
    corrected = WORDING | {"submission": "S-001", "seen": 1, "text": "Build soon.", "about": "HOU-1.1"}
    olu.does("revise-submission", corrected)
    olu.does("revise-submission", corrected)
    assert [(s["text"], s["passages"]) for s in received(hall)] == [("Build soon.", ["HOU-1.3", "HOU-1.1"])]
    with hall.reads() as session:
        assert [(w.number, w.text) for w in wordings_of(session, "S-001")] == [
            (1, "Build."), (2, "Build soon."),
        ]  # fmt: skip
    # The first form, sent once more by a refresh, is still what was sent.
    assert sends(hall, item) == "S-001"
    assert olu.is_refused("revise-submission", corrected | {"text": "Build late."}) == "corrected-meanwhile"


def test_what_came_in_a_file_can_be_corrected_and_keeps_how_it_came(hall: Hall) -> None:
    hall.office("import-submissions", {"rows": ROWS})
    hall.as_("Olu").does("revise-submission", WORDING | {"submission": "S-001", "seen": 1})
    with hall.reads() as session:
        assert [(w.title, w.sent_by is None) for w in wordings_of(session, "S-001")] == [
            ("More homes", True), ("Homes", False),
        ]  # fmt: skip


def test_after_the_deadline_nothing_comes_in_and_what_was_sent_stands(hall: Hall) -> None:
    item, olu = hall.new_id(), hall.as_("Olu")
    sends(hall, item)
    hall.office("set-event", {"settings": {"submissions_until": "2027-03-27T09:00"}})
    late = WORDING | {"item": hall.new_id()}
    assert olu.is_refused("send-submission", late) == "submissions-closed"
    assert olu.is_refused(
        "revise-submission", WORDING | {"submission": "S-001", "seen": 1, "text": "Late."}
    ) == "submissions-closed"  # fmt: skip
    # A double click whose second half comes late is still answered.
    assert sends(hall, item) == "S-001"


def test_a_body_changes_nothing_of_another_body_and_nothing_that_has_ended(hall: Hall) -> None:
    hall.office("import-submissions", {"rows": [*ROWS, ROWS[0] | {"body": "WRK"}]})
    olu, given = hall.as_("Olu"), WORDING | {"seen": 1}
    assert olu.is_refused("revise-submission", given | {"submission": "S-002"}) == "unknown-submission"
    ended = {"kind": "submission", "ids": [str(received(hall)[0]["id"])], "disposition": "adopted"}
    hall.as_("Clement").does("set-disposition", ended)
    assert olu.is_refused("revise-submission", given | {"submission": "S-001"}) == "submission-ended"


def test_an_officer_of_no_body_is_told_so(hall: Hall) -> None:
    hall.office("import-people", {"rows": [{"name": "Nobody's", "roles": ["body-officer"]}]})
    sent = WORDING | {"item": hall.new_id()}
    assert hall.as_("Nobody's").is_refused("send-submission", sent) == "no-body"


def test_each_body_gets_one_link(hall: Hall) -> None:
    with hall.reads() as session:
        rows = bodies_without_officer(session)
    assert [row["delegation"] for row in rows] == ["WRK"]
    hall.office("import-people", {"rows": rows})
    with hall.reads() as session:
        assert (bodies_without_officer(session), bodies_linked(session)) == ([], (2, 2))
