"""Drafts circulate before they are frozen; members of the NPF answer those of every commission."""

from __future__ import annotations

from typing import Any

from facilitate.queries import View
from facilitate.queries.drafts import DraftReading, draft_lines, read_draft
from facilitate.queries.fates import own_points
from facilitate.queries.story import Story, story_of
from tests.cast import draft
from tests.people import Hall

ROOF = "Every school has a roof and is open."


def circulates(hall: Hall, *given: Any) -> None:
    hall.office("circulate-draft", draft(*given))


def point(hall: Hall, passage: str = "", says: str = "All?", wording: str = "", version: int = 1) -> Any:
    """What the form at a passage sends."""
    return {
        "item": hall.new_id(), "prefix": "EDU", "version": version, "passage": passage, "says": says,
        "wording": wording,
    }  # fmt: skip


def sends(hall: Hall, passage: str = "EDU-1.1", wording: str = "") -> str:
    """Sigrid of the Housing commission sends a point on the draft of another commission."""
    sent = point(hall, passage, wording=wording)
    return str(hall.as_("Sigrid").does("send-draft-point", sent)["submission"])


def reads(hall: Hall, name: str, version: int | None = None) -> DraftReading | None:
    with hall.reads() as session:
        return read_draft(View(session, hall.clock.moment), hall.as_(name).actor, "EDU", version)


def story(hall: Hall, name: str, ref: str) -> Story | None:
    with hall.reads() as session:
        return story_of(View(session, hall.clock.moment), hall.as_(name).actor, ref)


def sums(hall: Hall) -> tuple[int, int, int, int]:
    kinds = hall.sees("desk")["balance"]["balance"]["kinds"]
    row = next(each for each in kinds if each["kind"] == "submissions")
    return row["received"], row["open"], row["ended"], row["difference"]


def test_a_member_of_another_commission_reads_and_answers_a_draft(hall: Hall) -> None:
    circulates(hall)
    assert sends(hall, wording="Every school opens at eight.") == "D-001"
    assert sends(hall, passage="") == "D-002"
    found = reads(hall, "Clement")
    assert found is not None
    assert [(p.ref, p.kind, p.by, p.at) for p in found.points] == [
        ("D-002", "Comment", "Sigrid (NPF)", ""), ("D-001", "Submission", "Sigrid (NPF)", "EDU-1.1"),
    ]  # fmt: skip
    assert sums(hall) == (2, 2, 0, 0)
    texts = [s["text"] for s in hall.sees("themes")["submission"].values()]
    assert texts == ["All?\n\nProposed wording: Every school opens at eight.", "All?"]


def test_nobody_outside_the_npf_and_the_office_reads_drafts_or_points_on_them(hall: Hall) -> None:
    circulates(hall)
    sends(hall)
    for name in ("Dara", "Fay", "Olu", "Thea", "Tess", "Attila", "Rex"):
        assert reads(hall, name) is None
        with hall.reads() as session:
            assert draft_lines(View(session, hall.clock.moment), hall.as_(name).actor) == []
    for name in ("Sigrid", "Clement", "Amara"):
        assert reads(hall, name) is not None
    assert [name for name in ("Sigrid", "Clement", "Thea", "Dara", "Olu") if story(hall, name, "D-001")] == [
        "Sigrid", "Clement", "Thea",
    ]  # fmt: skip


def test_points_move_on_with_their_passage_and_changed_words_are_marked(hall: Hall) -> None:
    circulates(hall)
    sends(hall)
    circulates(hall, ROOF)
    found, first = reads(hall, "Sigrid"), reads(hall, "Sigrid", 1)
    assert found is not None and first is not None
    line = found.passages[1]
    assert [(p.ref, p.version, p.at) for p in line.points] == [("D-001", 1, "EDU-1.1")]
    assert [p.text for p in line.pieces if p.kind == "insert"] == ["has a roof and "]
    assert (found.draft.version, found.sends, first.sends) == (2, True, False)
    for sent, code in (
        (point(hall), "draft-superseded"), (point(hall, "EDU-9", version=2), "unknown-passage"),
    ):  # fmt: skip
        assert hall.as_("Sigrid").is_refused("send-draft-point", sent) == code


def test_the_same_text_is_no_new_version_and_moves_the_deadline(hall: Hall) -> None:
    circulates(hall)
    before = len(hall.told)
    circulates(hall)
    assert len(hall.told) == before
    hall.office("circulate-draft", draft(until="2027-03-27T09:00"))
    found = reads(hall, "Sigrid")
    assert found is not None and (found.draft.version, found.sends) == (1, False)


def test_a_point_is_corrected_and_taken_back_until_the_deadline_and_not_after(hall: Hall) -> None:
    circulates(hall)
    first, second = sends(hall), sends(hall)
    sigrid, revised = hall.as_("Sigrid"), {"submission": first, "seen": 1, "says": "All?", "wording": "Yes."}
    sigrid.does("revise-draft-point", revised)
    assert sigrid.is_refused("revise-draft-point", revised | {"says": "Other."}) == "corrected-meanwhile"
    sigrid.does("withdraw-submission", {"submission": second})
    sigrid.does("withdraw-submission", {"submission": second})
    assert sums(hall) == (2, 1, 1, 0)
    told = story(hall, "Sigrid", second)
    assert told is not None and told.end == "Withdrawn"
    assert not any("theme team read" in step.sentence for step in told.steps)
    hall.office("circulate-draft", draft(until="2027-03-27T09:00"))
    assert sigrid.is_refused("withdraw-submission", {"submission": first}) == "draft-closed"
    assert sigrid.is_refused("revise-draft-point", revised | {"seen": 2, "says": "B"}) == "draft-closed"
    assert sigrid.is_refused("send-draft-point", point(hall)) == "draft-closed"
    told = story(hall, "Sigrid", first)
    assert told is not None
    assert [step.words for step in told.steps] == ["Every school is open.", "All?"]


def test_a_form_that_is_sent_twice_is_one_point(hall: Hall) -> None:
    circulates(hall)
    sent, sigrid = point(hall), hall.as_("Sigrid")
    assert sigrid.does("send-draft-point", sent) == sigrid.does("send-draft-point", sent)
    assert sums(hall) == (1, 1, 0, 0)
    assert sigrid.is_refused("send-draft-point", sent | {"says": "B"}) == "already-sent"


def test_nobody_corrects_or_takes_back_what_is_another_s(hall: Hall) -> None:
    circulates(hall)
    ref, theirs = sends(hall), "unknown-submission"
    hall.office("import-people", {"rows": [{"name": "Saul", "roles": ["signatory:NPF"]}]})
    saul, words = hall.as_("Saul"), {"says": "Mine.", "wording": ""}
    assert saul.is_refused("withdraw-submission", {"submission": ref}) == theirs
    assert saul.is_refused("revise-draft-point", {"submission": ref, "seen": 1, **words}) == theirs
    assert hall.as_("Olu").is_refused("withdraw-submission", {"submission": ref}) == theirs
    # A member of no commission that has a document: reads and answers every draft, and signs nothing.
    assert saul.does("send-draft-point", point(hall))["submission"] == "D-002"


def test_everything_of_ones_own_is_in_one_place(hall: Hall) -> None:
    circulates(hall)
    ref = sends(hall)
    with hall.reads() as session:
        own = own_points(View(session, hall.clock.moment), hall.as_("Sigrid").actor)
    assert [(said.ref, said.end) for said in own.points] == [(ref, "Still open")]


def test_what_cannot_circulate_is_refused(hall: Hall) -> None:
    for given, code in (
        ({"prefix": "HOU"}, "prefix-taken"), ({"prefix": "x"}, "bad-prefix"),
        ({"commission": " "}, "commission-missing"), ({"until": "soon"}, "bad-time"),
        ({"opens": "2027-03-03T09:00", "until": "2027-03-02T09:00"}, "bad-window"),
    ):  # fmt: skip
        assert hall.as_("Clement").is_refused("circulate-draft", draft() | given) == code
    assert reads(hall, "Clement") is None


def test_a_body_takes_back_what_it_sent_in_until_the_deadline(hall: Hall) -> None:
    sent = {"title": "Homes", "text": "Build.", "about": "", "agreed_by": "The members"}
    olu = hall.as_("Olu")
    refs = [olu.does("send-submission", sent | {"item": hall.new_id()})["submission"] for _ in range(2)]
    olu.does("withdraw-submission", {"submission": refs[0]})
    assert sums(hall) == (2, 1, 1, 0)
    other = hall.as_("Sigrid").is_refused("withdraw-submission", {"submission": refs[1]})
    assert other == "unknown-submission"
    told = story(hall, "Dara", refs[0])
    assert told is not None and [step.sentence for step in told.steps][1:] == ["Its end: Withdrawn."]
    hall.office("set-event", {"settings": {"submissions_until": "2027-03-27T09:00"}})
    assert olu.is_refused("withdraw-submission", {"submission": refs[1]}) == "submissions-closed"
