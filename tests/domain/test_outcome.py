"""The outcome holds what was carried and nothing else; collisions are a clerk decides, not a machine."""

from __future__ import annotations

from dataclasses import replace

from facilitate.domain.outcome import Outcome, PassageOutcome, compile_outcome
from facilitate.domain.outcome_checks import (
    blockers,
    missing_dispositions,
    passage_hash,
    text_hash,
)
from facilitate.domain.outcome_record import (
    Ballot,
    Comment,
    Decision,
    Document,
    Edit,
    Motion,
    Passage,
    Record,
    Submission,
)
from facilitate.domain.outcome_text import Segment, original_text
from facilitate.domain.wording import base_hash

FAIR = "Rents are fair. Repairs are done within a month."
PASSAGES = (
    Passage("HOU-1", "1", "heading", heading="Homes people can afford"),
    Passage("HOU-1.1", "1.1", text="Every council may build homes.", depth=1),
    Passage("HOU-1.2", "1.2", text=FAIR, depth=1),
)
HOUSING = Record(Document("HOU", "Homes"), PASSAGES)


def carried(number: int, effect: str, passage: str | None, text: str = "") -> Motion:
    return Motion(number, effect, "carried", passage, text=text)


def compiled(*motions: Motion, **more: object) -> Outcome:
    ballots = tuple(Ballot(m.number + 10, "Shall it be so?", motion=m.number) for m in motions)
    return compile_outcome(replace(HOUSING, motions=motions, ballots=ballots, **more))  # type: ignore[arg-type]


def at(outcome: Outcome, ref: str) -> PassageOutcome:
    return next(passage for passage in outcome.passages if passage.ref == ref)


def texts(outcome: Outcome) -> list[str]:
    return [passage.final for passage in outcome.passages if passage.final is not None]


def test_an_untouched_document_comes_out_as_it_went_in() -> None:
    outcome = compiled()
    assert texts(outcome) == [p.wording for p in PASSAGES]
    assert {p.state for p in outcome.passages} == {"unchanged"}


def test_a_carried_change_names_the_ballot_that_carried_it() -> None:
    passage = at(compiled(carried(3, "replace", "HOU-1.1", "Every council must build homes.")), "HOU-1.1")
    assert passage.state == "changed"
    assert passage.final == "Every council must build homes."
    assert [c.ballot.number for c in passage.changes if c.ballot] == [13]
    assert Segment("must", inserted_by="motion:3") in passage.segments


def test_lost_and_withdrawn_motions_are_shown_and_change_nothing() -> None:
    motions = (
        replace(carried(1, "delete", "HOU-1.1"), state="lost"),
        replace(carried(2, "replace", "HOU-1.1", "x"), state="withdrawn"),
    )
    passage = at(compiled(*motions), "HOU-1.1")
    assert passage.state == "unchanged"
    assert passage.changes == ()
    assert [m.number for m in passage.matter.motions] == [1, 2]
    assert [b.number for b in passage.matter.ballots] == [11, 12]


def test_first_and_last_passage_can_be_deleted() -> None:
    outcome = compiled(carried(1, "delete", "HOU-1"), carried(2, "delete", "HOU-1.2"))
    assert texts(outcome) == ["Every council may build homes."]
    assert [p.state for p in outcome.passages] == ["deleted", "unchanged", "deleted"]


def test_passages_are_added_before_the_first_and_after_the_last_in_the_order_of_their_motions() -> None:
    outcome = compiled(
        carried(5, "insert-after", "HOU-1.2", "Last."),
        carried(2, "insert-after", None, "First."),
        carried(4, "insert-after", "HOU-1.2", "Last but one."),
    )
    assert texts(outcome) == ["First.", *(p.wording for p in PASSAGES), "Last but one.", "Last."]
    assert [p.ref for p in outcome.passages if p.state == "inserted"] == ["HOU-0+2", "HOU-1.2+4", "HOU-1.2+5"]
    assert [b.number for b in at(outcome, "HOU-1.2+4").matter.ballots] == [14]


def test_a_passage_is_added_after_one_that_is_deleted() -> None:
    outcome = compiled(carried(1, "delete", "HOU-1.1"), carried(2, "insert-after", "HOU-1.1", "Instead."))
    assert texts(outcome) == ["Homes people can afford", "Instead.", FAIR]


def test_overlapping_motions_leave_the_text_until_a_clerk_decides() -> None:
    outcome = compiled(
        carried(1, "replace", "HOU-1.2", FAIR.replace("fair", "low")),
        carried(2, "replace", "HOU-1.2", FAIR.replace("fair", "capped")),
    )
    passage = at(outcome, "HOU-1.2")
    assert (passage.state, passage.final) == ("undecided", FAIR)
    assert passage.conflict is not None
    assert [number for number, _ in passage.conflict.candidates] == [1, 2]
    assert [(b.code, b.ref) for b in blockers(outcome)] == [("conflict-undecided", "HOU-1.2")]
    assert blockers(outcome)[0].sentence.startswith("Motion 1 and motion 2 were both carried")


def test_a_clerks_decision_is_marked_as_changed_since_the_vote() -> None:
    motions = (carried(1, "replace", "HOU-1.2", FAIR.replace("fair", "low")), carried(2, "delete", "HOU-1.2"))
    decision = Decision("HOU-1.2", FAIR.replace("fair", "low and capped"), "both meant lower rents", (2, 1))
    passage = at(compiled(*motions, decisions=(decision,)), "HOU-1.2")
    assert passage.final == FAIR.replace("fair", "low and capped")
    assert [(later.key, later.reason) for later in passage.later] == [("decision", "both meant lower rents")]
    assert Segment(" and capped", inserted_by="decision") in passage.segments
    assert Segment("low", inserted_by="motion:1") in passage.segments


def test_the_last_decision_that_was_not_rescinded_rules() -> None:
    motions = (carried(1, "replace", "HOU-1.2", "One."), carried(2, "replace", "HOU-1.2", "Two."))
    decisions = (
        Decision("HOU-1.2", "Third.", "c", (1, 2), number=30, rescinded=True),
        Decision("HOU-1.2", "Second.", "b", (1, 2), number=20),
        Decision("HOU-1.2", "First.", "a", (1, 2), number=10),
    )
    assert at(compiled(*motions, decisions=decisions), "HOU-1.2").final == "Second."


def test_a_decision_between_other_motions_does_not_hold() -> None:
    motions = tuple(carried(n, "replace", "HOU-1.2", f"{n}.") for n in (1, 2, 3))
    outcome = compiled(*motions, decisions=(Decision("HOU-1.2", "Mine.", "a", (1, 2)),))
    assert at(outcome, "HOU-1.2").state == "undecided"


def test_an_edit_by_staff_carries_its_reason() -> None:
    edit = Edit(
        "HOU-1.1", "Every council may build houses.", "house style", base_hash(PASSAGES[1].text), "Ann Clerk"
    )
    passage = at(compiled(edits=(edit,)), "HOU-1.1")
    assert passage.final == "Every council may build houses."
    assert [(later.kind, later.reason, later.by) for later in passage.later] == [
        ("edit", "house style", "Ann Clerk")
    ]
    assert original_text(passage.segments) == PASSAGES[1].text


def test_an_edit_of_a_wording_that_changed_since_does_not_hold() -> None:
    edit = Edit("HOU-1.1", "Mine.", "house style", base_hash(PASSAGES[1].text))
    outcome = compiled(carried(1, "replace", "HOU-1.1", "Yours."), edits=(edit,))
    assert at(outcome, "HOU-1.1").final == "Yours."
    assert [b.code for b in blockers(outcome)] == ["edit-outdated"]


def test_an_amendment_touches_no_passage_and_stands_with_its_motion() -> None:
    amendment = replace(carried(2, "replace", None, "New and better."), amends=1)
    outcome = compiled(carried(1, "insert-after", "HOU-1.2", "New."), amendment)
    assert texts(outcome)[-1] == "New."
    assert [m.number for m in at(outcome, "HOU-1.2+1").matter.motions] == [1, 2]
    assert [b.number for b in at(outcome, "HOU-1.2+1").matter.ballots] == [11, 12]
    assert blockers(outcome) == ()


def test_a_motion_voted_twice_is_carried_by_the_last_ballot_and_both_are_kept() -> None:
    motion = carried(1, "replace", "HOU-1.1", "New.")
    ballots = (
        Ballot(7, "Again?", motion=1),
        Ballot(5, "Shall it?", motion=1),
        Ballot(9, "?", "void", motion=1),
    )
    passage = at(compile_outcome(replace(HOUSING, motions=(motion,), ballots=ballots)), "HOU-1.1")
    assert [b.number for b in passage.matter.ballots] == [5, 7, 9]
    assert passage.changes[0].ballot == ballots[0]


def test_practice_ballots_and_open_ones_are_left_out() -> None:
    ballots = (
        Ballot(1, "Tea?", purpose="practice", passage="HOU-1"),
        Ballot(2, "Now?", "open", passage="HOU-1"),
    )
    assert at(compile_outcome(replace(HOUSING, ballots=ballots)), "HOU-1").matter.ballots == []


def test_a_provisional_result_and_an_unknown_passage_are_named() -> None:
    outcome = compile_outcome(
        replace(
            HOUSING,
            motions=(carried(1, "delete", "SKI-9"),),
            ballots=(Ballot(1, "?", "provisional", passage="HOU-1"),),
        )
    )
    assert [b.code for b in blockers(outcome)] == ["result-provisional", "motion-unplaced"]


def test_what_was_kept_as_it_came_stands_in_the_way_of_signing() -> None:
    found = blockers(compile_outcome(replace(HOUSING, kept=("K-010", "K-002"))))
    assert [(b.code, b.ref) for b in found] == [("kept-open", "K-002"), ("kept-open", "K-010")]
    assert "type it in, admit it or end it" in found[0].sentence


def test_a_missing_disposition_is_named_by_reference_in_reading_order() -> None:
    comments = (
        Comment("12/10", "a"),
        Comment("12/7", "b", disposition="noted"),
        Comment("12/8", "c", disposition="noted", reason="covered elsewhere"),
        Comment("3/1", "d", disposition="adopted"),
        Comment("3/2", "e", state="withdrawn"),
        Comment("3/3", "f", state="superseded"),
    )
    submissions = (Submission("S-002", "x"), Submission("S-001", "y", disposition="adopted"))
    record = replace(HOUSING, comments=comments, submissions=submissions, open_points=("M-001",))
    assert missing_dispositions(record) == ("12/7", "12/10", "S-002", "M-001")


def test_the_hash_knows_the_final_text_and_nothing_else() -> None:
    plain = compiled()
    discussed = compile_outcome(
        replace(HOUSING, discussed=(("HOU-1.1", 4),), comments=(Comment("1/1", "x"),))
    )
    changed = compiled(carried(1, "replace", "HOU-1.1", "New."))
    stated = compiled(carried(1, "state", None, "We thank the tables."))
    assert text_hash(plain) == text_hash(discussed)
    assert len({text_hash(o) for o in (plain, changed, stated)}) == 3
    assert passage_hash(at(plain, "HOU-1.2")) == passage_hash(at(changed, "HOU-1.2"))
    assert passage_hash(at(plain, "HOU-1.1")) != passage_hash(at(changed, "HOU-1.1"))


def test_discussion_and_comments_stand_at_their_passage_and_the_rest_with_the_document() -> None:
    outcome = compile_outcome(
        replace(
            HOUSING,
            discussed=(("HOU-1.1", 4),),
            comments=(
                Comment("1/1", "x", passage="HOU-1.1"),
                Comment("1/2", "y"),
                Comment("1/3", "z", passage="SKI-1"),
            ),
            submissions=(Submission("S-001", "both", passages=("HOU-1.1", "HOU-1.2")),),
        )
    )
    assert [(p.discussed, len(p.matter.comments), len(p.matter.submissions)) for p in outcome.passages] == [
        (0, 0, 0),
        (4, 1, 1),
        (0, 0, 1),
    ]
    assert [c.ref for c in outcome.matter.comments] == ["1/2", "1/3"]


def test_a_motion_written_on_an_earlier_one_follows_it_without_a_collision() -> None:
    low, capped = FAIR.replace("fair", "low"), FAIR.replace("fair", "low and capped")
    second = replace(carried(1, "replace", "HOU-1.2", capped), base_hash=base_hash(low))
    passage = at(compiled(carried(2, "replace", "HOU-1.2", low), second), "HOU-1.2")
    assert (passage.state, passage.final, passage.conflict) == ("changed", capped, None)
    assert Segment("low", inserted_by="motion:2") in passage.segments
    assert Segment(" and capped", inserted_by="motion:1") in passage.segments
    assert [(c.motion.number, c.base) for c in passage.changes] == [(1, low), (2, FAIR)]


def test_a_passage_can_be_written_again_after_it_was_deleted() -> None:
    again = replace(carried(2, "replace", "HOU-1.2", "Rents are fair."), base_hash=base_hash(""))
    passage = at(compiled(carried(1, "delete", "HOU-1.2"), again), "HOU-1.2")
    assert (passage.final, passage.conflict) == ("Rents are fair.", None)
    assert original_text(passage.segments) == FAIR


def test_two_motions_written_on_the_same_third_one_collide() -> None:
    low = FAIR.replace("fair", "low")
    motions = [carried(1, "replace", "HOU-1.2", low)]
    motions += [
        replace(carried(n, "replace", "HOU-1.2", FAIR.replace("fair", word)), base_hash=base_hash(low))
        for n, word in ((2, "lower"), (3, "lowest"))
    ]
    passage = at(compiled(*motions), "HOU-1.2")
    assert passage.conflict is not None
    assert passage.conflict.motions == (2, 3)
