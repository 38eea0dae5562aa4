"""Papers that say more than one thing: counted by their form's method, said in words."""

from __future__ import annotations

import json
import random
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitate.domain.ballots import ABSTAIN, BallotForm, Method
from facilitate.domain.counting import Reason, Result, Verdict, count, result_from_dict
from facilitate.domain.hands import check_hands
from facilitate.domain.majority import Decides, Rules, TieRule, check_rules, rules_as_dict, rules_from_dict
from facilitate.domain.refusal import Refused
from facilitate.domain.result_words import verdict_sentence
from facilitate.domain.round_words import number_words, round_rows, round_sentences
from facilitate.domain.rule_words import rule_sentence
from tests.support.filled_in import filled_in, rules_of_any_form

TOWNS = ("Leeds", "Cardiff", "Derry")
RANK = Rules(form=BallotForm.RANK, labels=TOWNS, tie=TieRule.EARLIER_ROUND)
ANY = Rules(form=BallotForm.APPROVE_ANY, labels=TOWNS)
LABELS = dict(zip("123", TOWNS, strict=True))


def papers(**numbers: int) -> list[str]:
    return [text for text, number in numbers.items() for _ in range(number)]


def found(result: Result) -> tuple[Verdict, Reason, tuple[str, ...]]:
    return result.verdict, result.reason, result.winners


def code_of(call: object, *given_: object, **named: object) -> str:
    with pytest.raises(Refused) as refusal:
        call(*given_, **named)  # type: ignore[operator]
    return refusal.value.code


def test_ranking_is_counted_round_by_round() -> None:
    cast = ["1"] * 5 + ["2"] * 4 + ["3>2"] * 2 + ["3"] + [ABSTAIN] * 3
    result = count(cast, RANK, 20)
    assert (found(result), result.winner) == ((Verdict.CARRIED, Reason.ENOUGH, ("2",)), "2")
    assert (result.papers, result.abstained, result.not_voted) == (15, 3, 5)
    assert [(each.key, each.votes) for each in result.votes] == [("1", 5), ("2", 4), ("3", 3)]
    assert verdict_sentence(result, RANK) == (
        "“Cardiff” is chosen: first places “Leeds” 5, “Cardiff” 4, “Derry” 3, 3 abstained. After 2 rounds it "
        "had 6 of the 11 votes still standing. 5 did not vote.")
    assert round_sentences(result.rounds, LABELS, Method.IRV) == [
        "Round 1: “Derry” drops out. Its votes go on: 2 to “Cardiff”, 1 to nobody.",
        "Round 2: “Cardiff” is chosen."]
    assert round_rows(result.rounds, LABELS, Method.IRV) == [
        ["Option", "Round 1", "Round 2"], ["Leeds", "5", "5"], ["Cardiff", "4", "6"], ["Derry", "3", ""],
        ["For nobody standing", "0", "1"]]


def test_seats_go_by_transfers() -> None:
    rules = replace(RANK, method=Method.STV, seats=2)
    result = count(["1>2"] * 8 + ["1>3"] * 4 + ["2"] * 3 + ["3"] * 5, rules, 20)
    assert (result.winners, result.winner) == (("1", "3"), None)
    sentence = verdict_sentence(result, rules)
    assert sentence.startswith("“Leeds” and “Derry” are chosen: first places “Leeds” 12, ")
    assert sentence.endswith("The quota was 7; it took 3 rounds.")
    assert round_sentences(result.rounds, LABELS, Method.STV)[0] == (
        "Round 1: “Leeds” is chosen. The surplus of “Leeds” goes on: 3.33 to “Cardiff”, 1.67 to “Derry”.")


@pytest.mark.parametrize(("method", "said"), [
    (Method.SCHULZE, "It beats every other in pairs."), (Method.BORDA, "By Borda that is 12 points."),
])  # fmt: skip
def test_rankings_in_pairs_and_by_places(method: Method, said: str) -> None:
    rules = replace(RANK, method=method)
    result = count(["1>2>3"] * 4 + ["2>3>1"] * 3 + ["3>2>1"] * 2, rules, 9)
    assert result.winners == ("2",)
    assert said in verdict_sentence(result, rules)


def test_most_approved_wins_if_enough_approve() -> None:
    result = count(["1+2"] * 6 + ["1"] * 3 + ["none"] * 2 + ["2+3"] * 2 + [ABSTAIN], ANY, 20)
    assert (found(result), result.base_number, result.needed) == (
        (Verdict.CARRIED, Reason.ENOUGH, ("1",)), 13, 7)
    assert verdict_sentence(result, ANY) == (
        "“Leeds” is chosen: approvals “Leeds” 9, “Cardiff” 8, “Derry” 2, 1 abstained. More than half of the "
        "13 votes cast were needed, 7. 6 did not vote.")
    short = count(["1"] * 3 + ["2"] * 2 + ["none"] * 4, ANY, 20)
    assert found(short) == (Verdict.LOST, Reason.TOO_FEW, ())
    most = replace(ANY, decides=Decides.PLURALITY)
    assert found(count(["1"] * 3 + ["2"] * 2 + ["none"] * 4, most, 20)) == (
        Verdict.CARRIED, Reason.ENOUGH, ("1",))


def test_strengths_and_points_are_added() -> None:
    strength = Rules(form=BallotForm.STRENGTH, labels=TOWNS)
    result = count(["1:5,2:3", "2:4,3:1", "1:2,2:2,3:2"], strength, 3)
    assert ([each.votes for each in result.votes], result.winner) == ([7, 9, 3], "2")
    assert verdict_sentence(result, strength) == (
        "“Cardiff” is chosen: sums of strengths “Leeds” 7, “Cardiff” 9, “Derry” 3, 0 abstained. "
        "The highest sum wins.")
    points = Rules(form=BallotForm.POINTS, labels=TOWNS, seats=2)
    assert count(["1:6,3:4", "2:3,3:7"], points, 3).winners == ("3", "1")


@pytest.mark.parametrize(("tie", "verdict", "reason", "words"), [
    (TieRule.STATUS_QUO, Verdict.LOST, Reason.TIE, "“Leeds” and “Cardiff” are level; the rules leave things"),
    (TieRule.CHAIR, Verdict.TIED, Reason.TIE_WAITS_FOR_CHAIR, "level; the chair has the casting vote."),
    (TieRule.TIED, Verdict.TIED, Reason.TIE, "are level; it stays a tie."),
    (TieRule.EARLIER_ROUND, Verdict.TIED, Reason.TIE, "are level; it stays a tie."),
    (TieRule.LOT, Verdict.CARRIED, Reason.ENOUGH, "were level; “"),
])  # fmt: skip
@pytest.mark.parametrize("form", [BallotForm.RANK, BallotForm.APPROVE_ANY, BallotForm.POINTS])
def test_tie_follows_its_rule(
        form: BallotForm, tie: TieRule, verdict: Verdict, reason: Reason, words: str) -> None:
    rules = Rules(form=form, labels=TOWNS, tie=tie, decides=Decides.PLURALITY,
                  lot="ten o'clock" if tie is TieRule.LOT else "")
    cast = ["1:2", "2:2"] if form is BallotForm.POINTS else ["1", "2"]
    result = count(cast, rules, 5)
    assert (result.verdict, result.reason) == (verdict, reason)
    assert words in verdict_sentence(result, rules)
    assert result.tied == (() if verdict is Verdict.CARRIED else ("1", "2"))


def test_place_that_a_tie_leaves_empty_is_said() -> None:
    rules = Rules(form=BallotForm.POINTS, labels=TOWNS, seats=2)
    result = count(["1:9", "2:4", "3:4"], rules, 5)
    assert found(result) == (Verdict.CARRIED, Reason.TIE, ("1",))
    said = "“Cardiff” and “Derry” are level; the rules leave the place empty."
    assert said in verdict_sentence(result, rules)


def test_chair_decides_a_tie_inside_a_count_and_the_count_goes_on() -> None:
    rules = replace(RANK, tie=TieRule.CHAIR)
    cast = ["1"] * 4 + ["2"] * 3 + ["3>2"] * 3
    assert count(cast, rules, 10).tied == ("2", "3")
    result = count(cast, rules, 10, casting="2")
    assert found(result) == (Verdict.CARRIED, Reason.CASTING_VOTE, ("2",))
    assert "“Derry” dropped out by the chair's casting vote." in verdict_sentence(result, rules)
    assert found(count(cast, rules, 10, casting="3")) == (Verdict.CARRIED, Reason.CASTING_VOTE, ("1",))
    assert code_of(count, cast, rules, 10, casting="1") == "no-casting-vote"
    assert code_of(count, cast, rules, 10, casting="4>2") == "no-casting-vote"
    assert code_of(count, ["1", "2", "2"], rules, 10, casting="1") == "no-casting-vote"


def test_lot_decides_between_level_options_of_one_of_several() -> None:
    rules = Rules(form=BallotForm.ONE_OF_SEVERAL, labels=TOWNS, decides=Decides.PLURALITY, tie=TieRule.LOT,
                  lot="ten o'clock")
    result = count(["1", "2"], rules, 5)
    assert (result.verdict, result.reason, result.winner) == (Verdict.CARRIED, Reason.LOT, result.winners[0])
    assert "the lot with the seed “ten o'clock” decided." in verdict_sentence(result, rules)


def test_nothing_is_chosen_without_a_quorum_or_without_votes() -> None:
    assert found(count(["1>2"] * 4, replace(RANK, quorum=5), 9)) == (Verdict.LOST, Reason.NO_QUORUM, ())
    result = count([ABSTAIN] * 4, RANK, 9)
    assert found(result) == (Verdict.LOST, Reason.NO_VOTES, ())
    assert verdict_sentence(result, RANK).startswith("No option is chosen: first places “Leeds” 0, ")


def test_paper_of_another_ballot_is_a_fault_and_not_counted() -> None:
    with pytest.raises(ValueError, match="an option that the ballot does not have"):
        count(["1>4"], RANK, 9)


def test_papers_that_say_more_are_not_counted_by_hands() -> None:
    assert code_of(check_hands, {"1": 4}, RANK, 9) == "not-by-hands"


@pytest.mark.parametrize(("rules", "code"), [
    (replace(RANK, method=Method.POINTS), "bad-method"), (replace(RANK, seats=2), "bad-seats"),
    (replace(RANK, method=Method.STV, seats=4), "bad-seats"), (Rules(seats=2), "bad-seats"),
    (Rules(tie=TieRule.LOT, lot="x"), "bad-tie"), (replace(ANY, tie=TieRule.LOT), "lot-not-published"),
])  # fmt: skip
def test_rules_that_cannot_choose_are_refused(rules: Rules, code: str) -> None:
    assert code_of(check_rules, rules) == code


EARLIER = "A tie is settled by the last earlier round in which they differed, then by lot."


@pytest.mark.parametrize(("rules", "sentence"), [
    (RANK, f"The last option drops out, round by round, until one has more than half. {EARLIER}"),
    (replace(RANK, method=Method.STV, seats=2, lot="x"), f"2 are chosen. {EARLIER} The lot's seed is “x”."),
    (ANY, "The option approved by most wins; more than half of the votes cast must approve it. A tie leaves"),
    (Rules(form=BallotForm.POINTS, labels=TOWNS, seats=2),
     "Each has 10 points to spend. The 2 options with the most points win."),
    (Rules(form=BallotForm.STRENGTH, labels=TOWNS), "The option with the highest sum of strengths wins."),
])  # fmt: skip
def test_rules_are_said(rules: Rules, sentence: str) -> None:
    assert sentence in rule_sentence(rules)
    assert rules_from_dict(json.loads(json.dumps(rules_as_dict(rules)))) == rules


def test_result_stored_before_there_were_rounds_is_read() -> None:
    plain = count(["for"], Rules(), 1).as_dict()
    del plain["winners"], plain["rounds"]
    assert result_from_dict(plain).rounds == ()


def test_numbers_are_rounded_for_people_only() -> None:
    numbers = (Fraction(1234), "5/3", Fraction(1999, 1000))
    assert [number_words(number) for number in numbers] == ["1,234", "1.67", "2.00"]


@st.composite
def elections(draw: st.DrawFn) -> tuple[Rules, list[str]]:
    rules = draw(rules_of_any_form(most=5))
    if rules.form is BallotForm.RANK:
        method = draw(st.sampled_from([Method.IRV, Method.STV, Method.SCHULZE, Method.BORDA]))
        seats = 1 if method is Method.IRV else draw(st.integers(1, len(rules.labels)))
        rules = replace(rules, method=method, seats=seats)
    if rules.form is not BallotForm.FOR_AGAINST:
        rules = replace(rules, tie=draw(st.sampled_from(TieRule)), lot="published")
    check_rules(rules)
    return rules, draw(st.lists(filled_in(rules), max_size=15))


@settings(max_examples=150)
@given(elections(), st.integers(0, 99))
def test_order_of_papers_is_irrelevant_and_the_record_complete(
        election: tuple[Rules, list[str]], seed: int) -> None:
    rules, cast = election
    result = count(cast, rules, len(cast) + 2)
    shuffled = cast[:]
    random.Random(seed).shuffle(shuffled)
    assert count(shuffled, rules, len(cast) + 2) == result
    assert result.papers + result.not_voted == len(cast) + 2
    assert result_from_dict(json.loads(json.dumps(result.as_dict()))) == result
    assert len(set(result.winners)) == len(result.winners) <= rules.seats
    assert (result.verdict is Verdict.CARRIED) <= bool(result.winners)
    assert result.verdict is not Verdict.TIED or result.tied
    assert verdict_sentence(result, rules)
    labels = {each.key: each.label for each in result.votes}
    assert len(round_sentences(result.rounds, labels, rules.method)) == len(result.rounds)
    if rules.form is BallotForm.RANK:
        firsts = Counter(text.split(">")[0] for text in cast if text != ABSTAIN)
        assert {each.key: each.votes for each in result.votes if each.votes} == firsts
