"""For generated records: every carried change and no other appears, whatever the order of the record."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.outcome import compile_outcome
from facilitate.domain.outcome_checks import text_hash
from facilitate.domain.outcome_record import Ballot, Comment, Document, Motion, Passage, Record
from facilitate.domain.outcome_text import final_text, original_text

STATES = (
    "carried",
    "carried",
    "lost",
    "tied",
    "withdrawn",
    "fell",
    "remitted",
    "referred-back",
    "not-reached",
)


@dataclass(frozen=True)
class Case:
    record: Record
    expected: list[str]


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """Up to eight passages and at most one text change each, any number of insertions; all words unique."""
    count = draw(st.integers(1, 8))
    passages = [Passage(f"HOU-{n}", str(n), text=f"old{n} stays{n} end{n}") for n in range(count)]
    after: dict[int, list[str]] = {n: [] for n in range(-1, count)}
    texts: dict[int, str | None] = {n: p.text for n, p in enumerate(passages)}
    motions: list[Motion] = []
    touched: set[int] = set()
    for number in range(1, draw(st.integers(0, 14)) + 1):
        effect = draw(st.sampled_from(["replace", "delete", "insert-after", "state"]))
        place = draw(st.integers(-1 if effect == "insert-after" else 0, count - 1))
        state = draw(st.sampled_from(STATES))
        if state == "carried" and effect in ("replace", "delete"):
            state = "lost" if place in touched else state
            touched.add(place)
        text = "" if effect == "delete" else f"new{number} stays{place} end{place}"
        motions.append(Motion(number, effect, state, f"HOU-{place}" if place >= 0 else None, text=text))
        if state == "carried" and effect == "insert-after":
            after[place].append(text)
        elif state == "carried" and effect in ("replace", "delete"):
            texts[place] = text or None
    expected = after[-1] + [t for n in range(count) for t in [texts[n], *after[n]] if t is not None]
    ballots = [Ballot(m.number, "?", motion=m.number) for m in motions]
    comments = [
        Comment(f"{n}/1", f"c{n}", passage=f"HOU-{n % (count + 1)}") for n in range(draw(st.integers(0, 5)))
    ]
    record = Record(
        Document("HOU", "Homes"), tuple(passages), tuple(motions), tuple(ballots), comments=tuple(comments)
    )
    return Case(record, expected)


@given(cases())
def test_every_carried_change_and_no_other_is_in_the_final_text(case: Case) -> None:
    outcome = compile_outcome(case.record)
    assert [p.final for p in outcome.passages if p.final is not None] == case.expected


@given(cases())
def test_each_change_is_owned_by_a_carried_motion_with_its_ballot(case: Case) -> None:
    outcome = compile_outcome(case.record)
    touching = {m.number for m in case.record.motions if m.state == "carried" and m.effect != "state"}
    changes = [change for passage in outcome.passages for change in passage.changes]
    assert sorted(c.motion.number for c in changes) == sorted(touching)
    assert all(c.ballot and c.ballot.number == c.motion.number for c in changes)
    authors = {
        key for p in outcome.passages for part in p.segments for key in (part.inserted_by, part.deleted_by)
    }
    assert authors - {None} <= {c.key for c in changes}


@given(cases())
def test_the_original_can_be_read_back(case: Case) -> None:
    outcome = compile_outcome(case.record)
    frozen = {passage.ref: passage.text for passage in case.record.passages}
    for passage in outcome.passages:
        assert original_text(passage.segments) == frozen.get(passage.ref, "")
        assert final_text(passage.segments) == (passage.final or "")


@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_the_record_changes_nothing(case: Case, chance: Random) -> None:
    record = case.record
    shuffled = replace(
        record,
        motions=tuple(chance.sample(record.motions, len(record.motions))),
        ballots=tuple(chance.sample(record.ballots, len(record.ballots))),
        comments=tuple(chance.sample(record.comments, len(record.comments))),
    )
    assert compile_outcome(shuffled) == compile_outcome(record)
    assert text_hash(compile_outcome(shuffled)) == text_hash(compile_outcome(record))


@given(cases())
def test_every_motion_ballot_and_comment_has_one_place(case: Case) -> None:
    outcome = compile_outcome(case.record)
    matters = [outcome.matter, *(p.matter for p in outcome.passages)]
    assert sorted(m.number for x in matters for m in x.motions) == [m.number for m in case.record.motions]
    assert sorted(b.number for x in matters for b in x.ballots) == [b.number for b in case.record.ballots]
    assert sorted(c.ref for x in matters for c in x.comments) == sorted(c.ref for c in case.record.comments)
