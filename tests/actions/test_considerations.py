"""A commission answers the points on its draft, and nothing is frozen behind anybody's back."""

from __future__ import annotations

from typing import Any

from facilitate.queries import View
from facilitate.queries.drafts import draft_lines, read_draft
from facilitate.queries.story import story_of
from facilitate.queries.verify import verify_event
from facilitate.store.outcomes import load_record
from facilitate.store.rows import Document
from tests.actions.test_drafts import ROOF, circulates, point, sends, story, sums
from tests.cast import draft
from tests.people import Hall

REASON = "The document already says so."


def answer(ref: str, fate: str = "not-taken-up", **other: Any) -> dict[str, Any]:
    """What the form at a point sends."""
    return {
        "submission": ref, "seen": 0, "considered_on": "2027-03-20", "meeting": "", "fate": fate,
        "answer": "The draft says so already.", "reason": REASON, "version": "", "passage": "",
        "referred_to": "", **other,
    }  # fmt: skip


def records(hall: Hall, ref: str, *given: Any, who: str = "Clement", **other: Any) -> None:
    hall.as_(who).does("record-consideration", answer(ref, *given, **other))


def freezes(hall: Hall, first: str = ROOF, **other: Any) -> Any:
    """The clerk freezes the draft that circulated."""
    read = draft(first)["read"]
    return hall.as_("Clement").asks("import-document", {
        "prefix": "EDU", "title": "Schools", "commission": "Education", "name": "s.md", "read": read,
        "media_type": "text/markdown", "body": b"# Schools\n", **other,
    })  # fmt: skip


def steps(hall: Hall, ref: str) -> list[str]:
    told = story(hall, "Clement", ref)
    assert told is not None
    return [f"{step.sentence}|{step.words}" for step in told.steps]


def test_a_point_that_is_taken_up_is_followed_into_the_frozen_text(hall: Hall) -> None:
    circulates(hall)
    ref = sends(hall, wording=ROOF)
    circulates(hall, ROOF)
    where = {"version": "2", "passage": "EDU-1.1", "meeting": "York"}
    records(hall, ref, "taken-up", answer="Gladly.", reason="", **where)
    assert sums(hall) == (1, 0, 1, 0)
    assert freezes(hall).refusal is None
    said = "The Education commission considered it on 20 March 2027 (York): taken up in version 2, EDU-1.1."
    sent = "Sigrid (NPF) sent it to draft version 1 of the Education commission, on passage EDU-1.1."
    assert steps(hall, ref) == [
        f"{sent} It read:|Every school is open.",
        f"Version 2 of the draft was circulated, in which the passage is EDU-1.1 and reads:|{ROOF}",
        f"{said}|Gladly.",
        f"In version 2, EDU-1.1, it reads:|{ROOF}",
        "Its end: Adopted. What it asks for is in the text, or is what the text says.|",
        "The document was frozen as EDU. Its passage became EDU-1.1.|",
    ]
    assert [s["passages"] for s in hall.sees("themes")["submission"].values()] == [["EDU-1.1"]]
    with hall.reads() as session:
        assert verify_event(session).differences == []


def test_what_is_not_taken_up_needs_a_reason_and_an_answer_in_words(hall: Hall) -> None:
    circulates(hall)
    ref, clerk = sends(hall), hall.as_("Clement")
    for wrong, code in (
        ({"answer": "No."}, "field-missing"), ({"reason": ""}, "reason-missing"),
        ({"reason": "Because."}, "unknown-reason"), ({"considered_on": ""}, "bad-date"),
        ({"considered_on": "2027-03-28"}, "bad-date"), ({"fate": ""}, "unknown-fate"),
        ({"fate": "taken-up", "version": "1", "passage": "EDU-1.1"}, "unknown-version"),
        ({"fate": "taken-up", "version": "3", "passage": ""}, "unknown-version"),
        ({"fate": "in-part", "version": "2", "reason": ""}, "reason-missing"),
        ({"fate": "referred", "referred_to": "education"}, "field-missing"),
        ({"seen": 1}, "considered-meanwhile"),
    ):  # fmt: skip
        assert clerk.is_refused("record-consideration", answer(ref) | wrong) == code, wrong
    assert sums(hall) == (1, 1, 0, 0)
    records(hall, ref)
    told = story(hall, "Sigrid", ref)
    assert told is not None
    assert (told.end, told.why) == ("Not adopted", f"{REASON} The draft says so already.")
    assert hall.as_("Sigrid").is_refused(
        "revise-draft-point", {"submission": ref, "seen": 1, "says": "But", "wording": ""}
    ) == "submission-ended"  # fmt: skip


def test_a_referred_point_waits_for_the_other_commission(hall: Hall) -> None:
    circulates(hall)
    ref, sigrid = sends(hall), hall.as_("Sigrid")
    assert sigrid.is_refused("record-consideration", answer(ref)) == "not-your-commission"
    records(hall, ref, "referred", referred_to="Housing")
    assert sums(hall) == (1, 1, 0, 0)
    with hall.reads() as session:
        assert [d.to_answer for d in draft_lines(View(session, hall.clock.moment), sigrid.actor)] == [1]
    records(hall, ref, seen=1, who="Sigrid")
    assert sums(hall) == (1, 0, 1, 0)
    assert [line.partition("|")[0] for line in steps(hall, ref)][1:3] == [
        "The Education commission considered it on 20 March 2027: referred to the Housing commission.",
        "The Housing commission considered it on 20 March 2027: not taken up.",
    ]


def test_an_answer_can_be_corrected_and_the_earlier_one_stays_in_the_story(hall: Hall) -> None:
    circulates(hall)
    ref = sends(hall)
    records(hall, ref)
    records(hall, ref, "taken-up", seen=1, version="2", passage="")
    told = steps(hall, ref)
    assert sum("considered it" in line for line in told) == 2
    assert told[-1].startswith("Its end: Adopted.")


def test_freezing_waits_for_every_answer_or_for_a_reason(hall: Hall) -> None:
    circulates(hall)
    first, second, whole = sends(hall), sends(hall, "EDU-1.2"), sends(hall, "")
    records(hall, first)
    refusal = freezes(hall).refusal
    assert refusal is not None and refusal.code == "points-unanswered"
    assert "2 points have no answer of a commission yet: D-002, D-003." in refusal.sentence
    assert story(hall, "Dara", second) is None
    assert freezes(hall, unanswered="The conference is tomorrow.").refusal is None
    assert story(hall, "Dara", second) is not None
    assert steps(hall, second)[-1] == "It had no answer then:|The conference is tomorrow."
    assert not any("It had no answer then" in line for line in steps(hall, first))
    assert sums(hall) == (3, 2, 1, 0)
    tied = {s["ref"]: s["passages"] for s in hall.sees("themes")["submission"].values()}
    assert tied == {first: ["EDU-1.1"], second: ["EDU-1.2"], whole: []}
    late = hall.as_("Sigrid").is_refused("send-draft-point", point(hall))
    assert late == "draft-frozen"
    hall.office("tie-submission", {"submission": first, "passages": ["EDU-1.2"]})
    with hall.reads() as session:
        documents = {d.prefix: load_record(session, d) for d in session.query(Document)}
        assert [s.ref for s in documents["EDU"].submissions] == [first, second, whole]
        assert documents["HOU"].submissions == ()
        found = read_draft(View(session, hall.clock.moment), hall.as_("Sigrid").actor, "EDU")
        assert found is not None and (found.sends, len(found.points)) == (False, 3)


def test_a_point_on_a_passage_that_is_gone_is_told_so_and_belongs_to_its_document(hall: Hall) -> None:
    circulates(hall)
    ref = sends(hall, "EDU-1.2")
    records(hall, ref)
    assert freezes(hall, read=type(draft()["read"])("Schools", draft()["read"].passages[:2])).refusal is None
    assert steps(hall, ref)[-1] == "The document was frozen as EDU. It has no passage like this one.|"
    with hall.reads() as session:
        view = View(session, hall.clock.moment)
        assert story_of(view, hall.as_("Dara").actor, ref) is not None
