"""The count: exact, whatever the order of the papers."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.ballots import BallotForm
from facilitate.domain.counting import (
    Reason,
    Result,
    Verdict,
    count,
    count_numbers,
    result_from_dict,
)
from facilitate.domain.hands import Declaration, check_hands, declare
from facilitate.domain.majority import (
    PRESETS,
    Base,
    Decides,
    QuorumOf,
    Rules,
    Threshold,
    TieRule,
    needed,
)
from facilitate.domain.refusal import Refused
from facilitate.domain.result_words import verdict_sentence

SIMPLE = Rules()
TOWNS = Rules(form=BallotForm.ONE_OF_SEVERAL, labels=("Leeds", "Cardiff", "Derry"))
MOST = replace(TOWNS, decides=Decides.PLURALITY)
EVERY_RULE = st.builds(
    Rules, form=st.just(BallotForm.FOR_AGAINST), base=st.sampled_from(Base),
    majority=st.fractions(min_value=Fraction(1, 9), max_value=Fraction(8, 9), max_denominator=9),
    threshold=st.sampled_from(Threshold), quorum=st.integers(0, 30), quorum_of=st.sampled_from(QuorumOf),
    tie=st.sampled_from(TieRule))
EVERY_TOWN_RULE = EVERY_RULE.flatmap(lambda rules: st.sampled_from(Decides).map(
    lambda decides: replace(rules, form=TOWNS.form, labels=TOWNS.labels, decides=decides)))


def papers(for_: int, against: int, abstain: int = 0) -> list[str]:
    return ["for"] * for_ + ["against"] * against + ["abstain"] * abstain


def outcome(result: Result) -> tuple[Verdict, Reason]:
    return result.verdict, result.reason


def code_of(call: object, *given_: object, **named: object) -> str:
    with pytest.raises(Refused) as refusal:
        call(*given_, **named)  # type: ignore[operator]
    return refusal.value.code


def test_motion_is_carried_by_more_than_half_of_the_votes_cast() -> None:
    result = count(papers(812, 361, 176), SIMPLE, entitled=1382)
    assert outcome(result) == (Verdict.CARRIED, Reason.ENOUGH)
    assert (result.base_number, result.needed, result.not_voted, result.papers) == (1173, 587, 33, 1349)
    assert verdict_sentence(result, SIMPLE) == (
        "Carried: 812 for, 361 against, 176 abstained. More than half of the 1,173 votes cast were needed, "
        "587. 33 did not vote.")


def test_abstentions_count_where_the_base_is_all_papers() -> None:
    rules = Rules(base=Base.PAPERS)
    assert count(papers(50, 30, 20), SIMPLE, 100).verdict is Verdict.CARRIED
    result = count(papers(50, 30, 20), rules, 100)
    assert outcome(result) == (Verdict.LOST, Reason.TOO_FEW)
    assert verdict_sentence(result, rules) == (
        "Lost: 50 for, 30 against, 20 abstained. More than half of the 100 papers, abstentions included, "
        "were needed, 51.")


def test_absolute_majority_is_of_all_entitled() -> None:
    assert count(papers(60, 0), PRESETS["absolute"], 120).verdict is Verdict.LOST
    assert count(papers(61, 0), PRESETS["absolute"], 120).verdict is Verdict.CARRIED


def test_majority_of_those_present_needs_their_number() -> None:
    rules = PRESETS["absolute-present"]
    assert count(papers(41, 9), rules, 120, present=80).verdict is Verdict.CARRIED
    assert count(papers(40, 9), rules, 120, present=80).verdict is Verdict.LOST
    assert code_of(count, papers(40, 9), rules, 120) == "present-not-known"


def test_whoever_voted_was_present() -> None:
    assert count(papers(41, 9), PRESETS["absolute-present"], 120, present=30).present == 50


def test_two_thirds_are_exact() -> None:
    assert count(papers(666, 333), PRESETS["two-thirds"], 1000).verdict is Verdict.CARRIED
    assert count(papers(665, 333), PRESETS["two-thirds"], 1000).verdict is Verdict.LOST


def test_nothing_is_carried_without_a_quorum() -> None:
    rules = Rules(quorum=70)
    result = count(papers(60, 5, 4), rules, 100)
    assert outcome(result) == (Verdict.LOST, Reason.NO_QUORUM)
    assert not result.quorum_reached
    assert verdict_sentence(result, rules) == (
        "Lost: 60 for, 5 against, 4 abstained. At least 70 delegates had to vote and 69 did, so nothing is "
        "carried. 31 did not vote.")
    assert count(papers(60, 5, 5), rules, 100).verdict is Verdict.CARRIED


def test_quorum_can_be_of_those_present() -> None:
    rules = Rules(quorum=70, quorum_of=QuorumOf.PRESENT)
    assert count(papers(2, 1), rules, 100, present=70).verdict is Verdict.CARRIED
    assert count(papers(2, 1), rules, 100, present=69).reason is Reason.NO_QUORUM
    assert "had to be present and 69 were" in verdict_sentence(count(papers(2, 1), rules, 100, 69), rules)


def test_nobody_voting_for_anything_carries_nothing() -> None:
    assert outcome(count([], SIMPLE, 100)) == (Verdict.LOST, Reason.NO_VOTES)
    assert outcome(count(papers(0, 0, 9), MOST, 9)) == (Verdict.LOST, Reason.NO_VOTES)


@pytest.mark.parametrize(("tie", "expected", "words"), [
    (TieRule.STATUS_QUO, (Verdict.LOST, Reason.TIE), "level; the rules leave things as they are."),
    (TieRule.CHAIR, (Verdict.TIED, Reason.TIE_WAITS_FOR_CHAIR), "level; the chair has the casting vote."),
    (TieRule.TIED, (Verdict.TIED, Reason.TIE), "The votes are level; it stays a tie."),
])
def test_tie_follows_its_rule(tie: TieRule, expected: tuple[Verdict, Reason], words: str) -> None:
    rules = Rules(tie=tie)
    result = count(papers(40, 40, 5), rules, 100)
    assert outcome(result) == expected
    assert words in verdict_sentence(result, rules)


def test_equal_votes_far_from_the_majority_are_no_tie() -> None:
    rules = Rules(base=Base.PAPERS, tie=TieRule.CHAIR)
    assert outcome(count(papers(40, 40, 20), rules, 100)) == (Verdict.LOST, Reason.TOO_FEW)
    assert outcome(count(papers(50, 50), rules, 100)) == (Verdict.TIED, Reason.TIE_WAITS_FOR_CHAIR)


@pytest.mark.parametrize(("casting", "verdict"), [("for", Verdict.CARRIED), ("against", Verdict.LOST)])
def test_chair_decides_a_tie(casting: str, verdict: Verdict) -> None:
    rules = Rules(tie=TieRule.CHAIR)
    result = count(papers(40, 40), rules, 100, casting=casting)
    assert outcome(result) == (verdict, Reason.CASTING_VOTE)
    assert "the chair's casting vote decided" in verdict_sentence(result, rules)


def test_chair_has_no_casting_vote_where_nothing_is_level_or_the_rules_give_none() -> None:
    assert code_of(count, papers(41, 40), Rules(tie=TieRule.CHAIR), 100, casting="for") == "no-casting-vote"
    assert code_of(count, papers(40, 40), SIMPLE, 100, casting="for") == "no-casting-vote"
    assert code_of(count, ["1", "2"], replace(MOST, tie=TieRule.CHAIR), 9, casting="3") == "no-casting-vote"


def test_more_papers_than_voters_stop_the_count() -> None:
    assert code_of(count, papers(3, 0), SIMPLE, 2) == "more-papers-than-entitled"


def test_paper_with_an_option_of_another_ballot_is_a_fault_and_not_counted() -> None:
    with pytest.raises(ValueError, match="an option that the ballot does not have"):
        count(["for", "3"], SIMPLE, 9)
    with pytest.raises(ValueError, match="an option that the ballot does not have"):
        count(["abstain"], Rules(abstain=False), 9)


def test_option_wins_by_majority_or_else_nothing_does() -> None:
    result = count(["1"] * 6 + ["2"] * 4 + ["3"] + ["abstain"] * 5, TOWNS, 16)
    assert (result.verdict, result.winner, result.base_number) == (Verdict.CARRIED, "1", 11)
    assert verdict_sentence(result, TOWNS).startswith(
        "Carried, “Leeds”: 6 for “Leeds”, 4 for “Cardiff”, 1 for “Derry”, 5 abstained. More than half of")
    short = count(["1"] * 5 + ["2"] * 4 + ["3"], TOWNS, 16)
    assert outcome(short) == (Verdict.LOST, Reason.TOO_FEW)
    assert verdict_sentence(short, TOWNS).startswith("No option was carried: 5 for “Leeds”")


def test_option_wins_by_most_votes_where_the_rules_say_so() -> None:
    result = count(["1"] * 5 + ["2"] * 4 + ["3"] * 4, MOST, 16)
    assert (result.verdict, result.winner, result.needed) == (Verdict.CARRIED, "1", None)
    assert verdict_sentence(result, MOST).endswith("The most votes win. 3 did not vote.")


def test_level_options_are_named() -> None:
    rules = replace(MOST, tie=TieRule.CHAIR)
    result = count(["1"] * 4 + ["2"] * 2 + ["3"] * 4, rules, 10)
    assert (result.verdict, result.tied, result.winner) == (Verdict.TIED, ("1", "3"), None)
    assert "“Leeds” and “Derry” are level; the chair has the casting vote." in verdict_sentence(result, rules)
    decided = count(["1"] * 4 + ["2"] * 2 + ["3"] * 4, rules, 10, casting="3")
    assert (decided.verdict, decided.winner) == (Verdict.CARRIED, "3")


def test_show_of_hands_is_declared_without_a_number() -> None:
    result = declare(Declaration.CLEARLY_CARRIED)
    assert (result.verdict, result.counted, result.votes) == (Verdict.CARRIED, False, ())
    assert verdict_sentence(result, SIMPLE) == "Carried on a show of hands, as the chair declared."
    assert declare(Declaration.CLEARLY_LOST).verdict is Verdict.LOST


def test_hands_counted_by_tellers_cannot_be_more_than_are_present() -> None:
    check_hands({"for": 20, "against": 9, "abstain": 1}, SIMPLE, 30)
    assert code_of(check_hands, {"for": 20, "against": 11}, SIMPLE, 30) == "more-hands-than-present"
    check_hands({"for": 20, "against": 11}, SIMPLE, None)
    assert code_of(check_hands, {"for": -1}, SIMPLE, 30) == "count-negative"
    assert code_of(check_hands, {"1": 1}, SIMPLE, 30) == "unknown-option"


@given(EVERY_RULE, st.lists(st.sampled_from(["for", "against", "abstain"])), st.integers(0, 20), st.randoms())
def test_order_of_papers_is_irrelevant_and_totals_are_exact(
        rules: Rules, cast: list[str], silent: int, chance: object) -> None:
    entitled = len(cast) + silent
    result = count(cast, rules, entitled, present=entitled)
    shuffled = sorted(cast, key=lambda _: chance.random())  # type: ignore[attr-defined]
    assert count(shuffled, rules, entitled, present=entitled) == result
    assert count_numbers(Counter(cast), rules, entitled, entitled) == result
    assert [each.votes for each in result.votes] == [cast.count("for"), cast.count("against")]
    assert sum(each.votes for each in result.votes) + result.abstained + result.not_voted == entitled


@given(EVERY_RULE, st.integers(0, 40), st.integers(0, 40), st.integers(0, 40), st.integers(0, 20))
def test_carried_means_what_the_rule_says(
        rules: Rules, for_: int, against: int, abstain: int, silent: int) -> None:
    entitled = for_ + against + abstain + silent
    result = count(papers(for_, against, abstain), rules, entitled, present=entitled)
    bases = {Base.VOTES: for_ + against, Base.PAPERS: for_ + against + abstain,
             Base.PRESENT: entitled, Base.ENTITLED: entitled}
    share = rules.majority * bases[rules.base]
    enough = for_ > 0 and (for_ > share if rules.threshold is Threshold.MORE_THAN else for_ >= share)
    assert (result.verdict is Verdict.CARRIED) == (enough and result.quorum_reached)
    assert (result.verdict is Verdict.TIED) <= (for_ == against and rules.majority == Fraction(1, 2))
    assert json.loads(json.dumps(result.as_dict())) == result.as_dict()
    assert result_from_dict(json.loads(json.dumps(result.as_dict()))) == result
    assert verdict_sentence(result, rules)


@given(EVERY_TOWN_RULE, st.lists(st.sampled_from(["1", "2", "3", "abstain"])))
def test_winner_has_most_votes_and_enough(rules: Rules, cast: list[str]) -> None:
    result = count(cast, rules, len(cast), present=len(cast))
    most = max(each.votes for each in result.votes)
    assert verdict_sentence(result, rules)
    if result.verdict is Verdict.CARRIED:
        assert [each.key for each in result.votes if each.votes == most] == [result.winner]
        assert rules.decides is Decides.PLURALITY or most >= needed(rules, result.base_number)
    elif result.verdict is Verdict.TIED:
        assert result.tied == tuple(each.key for each in result.votes if each.votes == most)
    else:
        assert result.winner is None
