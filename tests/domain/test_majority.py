"""The rules of a ballot and their words."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.ballots import BallotForm
from facilitate.domain.majority import (
    PRESETS,
    Base,
    Decides,
    QuorumOf,
    Rules,
    Threshold,
    TieRule,
    check_rules,
    needed,
    preset_rules,
    rules_as_dict,
    rules_from_dict,
    share_of,
)
from facilitate.domain.refusal import Refused
from facilitate.domain.rule_words import rule_sentence

SHARES = st.fractions(min_value=Fraction(1, 20), max_value=1, max_denominator=20)
LEEDS = Rules(form=BallotForm.ONE_OF_SEVERAL, labels=("Leeds", "Cardiff"))


STAYS, CHAIR = "A tie leaves things as they are.", "The chair decides a tie."
SAID = [
    (Rules(quorum=70),
     f"More than half of the votes cast carries it. At least 70 delegates must vote. {STAYS}"),
    (PRESETS["two-thirds"], "At least two thirds of the votes cast carries it."),
    (PRESETS["absolute"], f"More than half of the delegates entitled to vote carries it. {STAYS}"),
    (Rules(base=Base.PRESENT, quorum=1, quorum_of=QuorumOf.PRESENT, tie=TieRule.CHAIR),
     f"More than half of the delegates present carries it. At least 1 delegate must be present. {CHAIR}"),
    (Rules(base=Base.PAPERS, tie=TieRule.TIED),
     "More than half of all papers, abstentions included, carries it. A tie stays a tie."),
    (Rules(majority=Fraction(11, 20)), "More than 55 % of the votes cast carries it."),
    (Rules(majority=Fraction(5, 7)), "More than 5 in 7 of the votes cast carries it."),
    (LEEDS, f"More than half of the votes cast must choose an option for it to win. {STAYS}"),
    (replace(LEEDS, decides=Decides.PLURALITY, tie=TieRule.CHAIR),
     f"The option with the most votes wins. {CHAIR}"),
]


@pytest.mark.parametrize(("rules", "sentence"), SAID)
def test_rules_are_said(rules: Rules, sentence: str) -> None:
    assert rule_sentence(rules) == sentence


@pytest.mark.parametrize(("rules", "base", "votes"), [
    (Rules(), 1173, 587), (Rules(), 10, 6), (Rules(), 11, 6), (Rules(), 0, 1),
    (PRESETS["two-thirds"], 9, 6), (PRESETS["two-thirds"], 10, 7), (PRESETS["two-thirds"], 0, 1),
    (Rules(majority=Fraction(1), threshold=Threshold.AT_LEAST), 7, 7),
])
def test_votes_needed(rules: Rules, base: int, votes: int) -> None:
    assert needed(rules, base) == votes


@given(SHARES, st.sampled_from(Threshold), st.integers(1, 5000))
def test_needed_is_the_least_number_that_is_enough(share: Fraction, how: Threshold, base: int) -> None:
    votes = needed(Rules(majority=share, threshold=how), base)
    if how is Threshold.MORE_THAN:
        assert votes > share * base >= votes - 1
    else:
        assert votes >= share * base > votes - 1


@pytest.mark.parametrize(("rules", "code"), [
    (Rules(majority=Fraction(0)), "bad-majority"),
    (Rules(points=0), "bad-points"),
    (Rules(points=101), "bad-points"),
    (Rules(majority=Fraction(4, 3)), "bad-majority"),
    (Rules(majority=Fraction(1)), "bad-majority"),
    (Rules(quorum=-1), "bad-quorum"),
    (Rules(labels=("x",)), "options-not-wanted"),
    (Rules(form=BallotForm.ONE_OF_SEVERAL, labels=("x",)), "options-count"),
])
def test_rules_are_refused(rules: Rules, code: str) -> None:
    with pytest.raises(Refused) as refusal:
        check_rules(rules)
    assert refusal.value.code == code


@pytest.mark.parametrize("name", PRESETS)
def test_preset_can_be_used(name: str) -> None:
    check_rules(preset_rules(name))
    check_rules(preset_rules(name, BallotForm.ONE_OF_SEVERAL, ("Leeds", "Cardiff")))


def test_unknown_majority_is_refused() -> None:
    with pytest.raises(Refused) as refusal:
        preset_rules("overwhelming")
    assert refusal.value.code == "unknown-majority"


@given(st.builds(
    Rules, form=st.sampled_from(BallotForm), labels=st.lists(st.text()).map(tuple), abstain=st.booleans(),
    base=st.sampled_from(Base), majority=SHARES, threshold=st.sampled_from(Threshold),
    quorum=st.integers(0, 99), quorum_of=st.sampled_from(QuorumOf), tie=st.sampled_from(TieRule),
    decides=st.sampled_from(Decides)))
def test_rules_come_back_from_storage_as_they_were(rules: Rules) -> None:
    assert rules_from_dict(rules_as_dict(rules)) == rules


@pytest.mark.parametrize("plain", [{"bass": "votes-cast"}, {"base": "everyone"}, {"quorum": "many"}])
def test_unreadable_rules_are_refused(plain: dict[str, str]) -> None:
    with pytest.raises(Refused) as refusal:
        rules_from_dict(plain)
    assert refusal.value.code == "bad-rules"


@pytest.mark.parametrize("text", ["most", "1/0", ""])
def test_share_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        share_of(text)
    assert refusal.value.code == "bad-majority"


def test_share_is_exact() -> None:
    assert share_of("0.6") == Fraction(3, 5)
    assert share_of("2/3") == Fraction(2, 3)
