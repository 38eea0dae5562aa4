"""What a teller copies from a paper becomes its one text, or says what cannot be."""

from __future__ import annotations

import pytest

from facilitate.domain.ballots import BallotForm
from facilitate.domain.majority import Rules
from facilitate.domain.paper_marks import paper_of_marks
from facilitate.domain.refusal import Refused


def rules(form: str) -> Rules:
    return Rules(form=BallotForm(form), labels=("Leeds", "Cardiff", "Derry"), points=10)


@pytest.mark.parametrize(("form", "marks", "instead", "text"), [
    ("approve-any", {"3": "1", "1": "1", "2": ""}, "", "1+3"),
    ("approve-any", {}, "none", "none"),
    ("rank", {"1": "3", "2": "", "3": " 1 "}, "", "3>1"),
    ("rank", {"1": "", "2": ""}, "abstain", "abstain"),
    ("strength", {"2": "5", "1": "1"}, "", "1:1,2:5"),
    ("points", {"1": "6", "2": "0", "3": "4"}, "", "1:6,3:4"),
])  # fmt: skip
def test_marks_become_the_one_text(form: str, marks: dict[str, str], instead: str, text: str) -> None:
    assert paper_of_marks(marks, instead, rules(form)) == text


@pytest.mark.parametrize(("form", "marks", "instead", "code"), [
    ("rank", {"1": "1", "2": "1"}, "", "places-level"),
    ("rank", {"1": "1"}, "abstain", "marks-beside"),
    ("points", {}, "", "marks-missing"),
    ("points", {"1": "8", "2": "3"}, "", "points-overspent"),
    ("points", {"1": "1.5"}, "", "mark-unreadable"),
    ("points", {"1": "٣"}, "", "mark-unreadable"),
    ("strength", {"1": "6"}, "", "strength-out-of-range"),
    ("approve-any", {"9": "1"}, "", "unknown-option"),
])  # fmt: skip
def test_marks_that_say_nothing_countable_are_refused(
    form: str, marks: dict[str, str], instead: str, code: str
) -> None:
    with pytest.raises(Refused, match=f"^{code}: "):
        paper_of_marks(marks, instead, rules(form))
