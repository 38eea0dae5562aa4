"""The text of a paper: one for each content, never too long, and nothing but what its ballot offers."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.ballots import BallotForm, option_limits
from facilitate.domain.majority import MOST_POINTS, Rules
from facilitate.domain.papers import (
    LONGEST_PAPER,
    Paper,
    check_paper,
    read_paper,
)
from facilitate.domain.refusal import Refused
from facilitate.domain.stamped_papers import CHOICE_BYTES, choice_field
from tests.support.filled_in import filled_in, rules_of_any_form

TOWNS = ("Leeds", "Cardiff", "Derry", "Perth")
YES_NO = Rules()
ONE = Rules(form=BallotForm.ONE_OF_SEVERAL, labels=TOWNS)
ANY = Rules(form=BallotForm.APPROVE_ANY, labels=TOWNS)
RANK = Rules(form=BallotForm.RANK, labels=TOWNS)
STRENGTH = Rules(form=BallotForm.STRENGTH, labels=TOWNS)
POINTS = Rules(form=BallotForm.POINTS, labels=TOWNS)


@pytest.mark.parametrize(("rules", "text", "paper"), [
    (YES_NO, "for", Paper("for", ("for",))),
    (YES_NO, "abstain", Paper("abstain")),
    (ONE, "2", Paper("2", ("2",))),
    (ANY, "1+4", Paper("1+4", ("1", "4"))),
    (ANY, "none", Paper("none")),
    (RANK, "3>1>2", Paper("3>1>2", ("3", "1", "2"))),
    (STRENGTH, "1:5,2:3", Paper("1:5,2:3", numbers=(("1", 5), ("2", 3)))),
    (POINTS, "1:6,3:4", Paper("1:6,3:4", numbers=(("1", 6), ("3", 4)))),
    (RANK, "abstain", Paper("abstain")),
])  # fmt: skip
def test_paper_is_read(rules: Rules, text: str, paper: Paper) -> None:
    assert read_paper(text, rules) == paper
    assert paper.abstains == (text == "abstain")


@pytest.mark.parametrize(("rules", "written", "text"), [
    (ANY, "4+1", "1+4"), (STRENGTH, "2:3,1:5", "1:5,2:3"), (POINTS, "3:4,1:6", "1:6,3:4"),
])  # fmt: skip
def test_what_has_no_order_has_one_text(rules: Rules, written: str, text: str) -> None:
    assert check_paper(written, rules) == text


@pytest.mark.parametrize(("rules", "text", "code"), [
    (YES_NO, "1", "unknown-option"),
    (YES_NO, "", "unknown-option"),
    (YES_NO, "For", "unknown-option"),
    (YES_NO, " for", "unknown-option"),
    (Rules(abstain=False), "abstain", "unknown-option"),
    (ONE, "5", "unknown-option"),
    (ONE, "1+2", "unknown-option"),
    (ANY, "1+5", "unknown-option"),
    (ANY, "1+", "unknown-option"),
    (ANY, "1+abstain", "unknown-option"),
    (ANY, "1+1", "option-twice"),
    (ANY, "01", "unknown-option"),
    (RANK, "none", "unknown-option"),
    (RANK, "1>2>1", "option-twice"),
    (RANK, "1=2", "unknown-option"),
    (RANK, "1>", "unknown-option"),
    (STRENGTH, "1:6", "strength-out-of-range"),
    (STRENGTH, "1:0", "paper-unreadable"),
    (STRENGTH, "1:05", "paper-unreadable"),
    (STRENGTH, "1:٣", "paper-unreadable"),
    (STRENGTH, "1:", "paper-unreadable"),
    (STRENGTH, "1", "paper-unreadable"),
    (STRENGTH, "1:2,1:3", "option-twice"),
    (STRENGTH, "1:-2", "paper-unreadable"),
    (POINTS, "1:6,2:5", "points-overspent"),
    (POINTS, "1:1000", "paper-unreadable"),
    (POINTS, "9:1", "unknown-option"),
])  # fmt: skip
def test_paper_that_is_filled_in_otherwise_is_refused(rules: Rules, text: str, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_paper(text, rules)
    assert refusal.value.code == code


@given(rules_of_any_form().flatmap(lambda rules: st.tuples(st.just(rules), filled_in(rules))))
def test_every_paper_fits_and_comes_back_as_it_was(given_: tuple[Rules, str]) -> None:
    rules, text = given_
    assert check_paper(text, rules) == text
    assert len(text) <= LONGEST_PAPER
    assert len(choice_field(text)) == CHOICE_BYTES
    assert choice_field(text).rstrip(b"\0").decode() == text


def test_longest_paper_of_each_form_fits() -> None:
    listed = [str(each + 1) for each in range(option_limits(BallotForm.RANK)[1])]
    rated = [str(each + 1) for each in range(option_limits(BallotForm.POINTS)[1])]
    longest = [">".join(listed), "+".join(listed), ",".join(f"{key}:{MOST_POINTS // 10}" for key in rated)]
    assert max(len(text) for text in longest) <= LONGEST_PAPER


@given(rules_of_any_form(), st.text(alphabet="0123456789:,+>=abfornstig. ", max_size=20))
def test_whatever_else_comes_is_refused_in_words_or_read(rules: Rules, text: str) -> None:
    canonical = None
    with suppress(Refused):
        canonical = check_paper(text, rules)
    assert canonical is None or check_paper(canonical, rules) == canonical
