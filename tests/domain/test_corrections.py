"""The clerk corrects what was read: nothing is lost, and each step is told in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.corrections import Step, corrected, shown_words
from facilitate.domain.documents import ReadPassage, references
from facilitate.domain.refusal import Refused

READ = (
    ReadPassage("heading", "2.", "Schools", "", 0),
    ReadPassage("paragraph", "2.1", "", "Every school is open. (a) It has a library.", 1),
    ReadPassage("paragraph", "", "", "and warm.", 1),
    ReadPassage("paragraph", "", "", "Homes", 1),
    ReadPassage("paragraph", "", "", "Page 3", 1),
)


def after(*steps: Step) -> list[tuple[str, str, str, int]]:
    return [(p.kind, p.number, p.heading + p.text, p.depth) for p in corrected(READ, steps).passages()]


def test_passages_are_joined_split_numbered_and_called_something_else() -> None:
    found = after(
        Step("join", 2),
        Step("split", 1, "Every school is open.\n\n(a) It has a library. and warm."),
        Step("number", 2, "(a)"),
        Step("kind", 2, "item"),
        Step("lower", 2),
        Step("kind", 3, "heading"),
        Step("raise", 3),
        Step("number", 3, "3."),
        Step("leave-out", 4),
    )
    assert found == [
        ("heading", "2.", "Schools", 0),
        ("paragraph", "2.1", "Every school is open.", 1),
        ("item", "(a)", "It has a library. and warm.", 2),
        ("heading", "3.", "Homes", 0),
    ]


def test_parts_know_where_they_came_from() -> None:
    done = corrected(
        READ, [Step("join", 2), Step("split", 1, "Every school\n \nis open. (a) It has a library. and warm.")]
    )
    assert [(part.sources, part.later) for part in done.parts[:4]] == [
        ((0,), False), ((1, 2), False), ((1, 2), True), ((3,), False),
    ]  # fmt: skip
    assert done.said == (
        "Joined to the passage before it: “and warm.”",
        "Split: “2.1 Every school is open. (a) It has a library.…”",
    )


def test_what_is_left_out_can_be_taken_back() -> None:
    assert len(after(Step("leave-out", 4))) == 4
    assert after(Step("leave-out", 4), Step("take-back", 4)) == after()


def test_number_that_is_none_goes_back_into_the_words() -> None:
    assert after(Step("number", 1, ""))[1][1:3] == ("", "2.1 Every school is open. (a) It has a library.")


def test_a_passage_moves_with_what_stands_inside_it() -> None:
    assert [depth for *_, depth in after(Step("lower", 2), Step("raise", 1))] == [0, 0, 1, 1, 1]


@pytest.mark.parametrize(
    ("step", "code"),
    [
        (Step("join", 0), "nothing-to-join"),
        (Step("split", 1, "Every school is open. (a) It has a library."), "nothing-to-split"),
        (Step("split", 1, "Every school\n\nis shut."), "words-changed"),
        (Step("raise", 0), "cannot-move"),
        (Step("lower", 0), "cannot-move"),
        (Step("number", 1, "--"), "bad-number"),
        (Step("kind", 1, "table"), "bad-kind"),
        (Step("sing", 1), "unknown-step"),
        (Step("join", 9), "no-such-passage"),
    ],
)
def test_what_cannot_be_done_is_refused(step: Step, code: str) -> None:
    with pytest.raises(Refused) as refused:
        corrected(READ, [step])
    assert refused.value.code == code


STEPS = st.builds(
    Step,
    st.sampled_from(["join", "raise", "lower", "number", "kind", "leave-out", "take-back"]),
    st.integers(0, 4),
    st.sampled_from(["", "4.", "heading", "item", "paragraph"]),
)


@given(st.lists(STEPS, max_size=12))
def test_no_step_loses_a_word_or_a_reference(steps: list[Step]) -> None:
    done: list[Step] = []
    for step in steps:
        try:
            corrected(READ, [*done, step])
        except Refused:
            continue
        done.append(step)
    parts = corrected(READ, done).parts
    words = "".join(shown_words(part.passage) for part in parts)
    for passage in READ:
        assert "".join((passage.heading + passage.text).split()) in "".join(words.split())
    assert sorted({source for part in parts for source in part.sources}) == [0, 1, 2, 3, 4]
    frozen = corrected(READ, done).passages()
    assert len(set(references("EDU", frozen))) == len(frozen)
