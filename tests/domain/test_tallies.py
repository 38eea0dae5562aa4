"""One set of papers, counted by heads and by sections; sections too small; cards; minority positions."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitate.domain.ballots import ABSTAIN, BallotForm, Method
from facilitate.domain.counting import Reason, Verdict, count, result_from_dict
from facilitate.domain.majority import (
    Base,
    Decides,
    Deciding,
    Rules,
    TieRule,
    check_rules,
    rules_as_dict,
    rules_from_dict,
)
from facilitate.domain.refusal import Refused
from facilitate.domain.result_words import verdict_sentence
from facilitate.domain.rule_words import rule_sentence
from facilitate.domain.tallies import (
    Card,
    VotingSection,
    count_by_section,
    count_cards,
    merge_sections,
    minority_positions,
)
from facilitate.domain.tally_words import cards_sentence, percent_words

HALF = Fraction(1, 2)
EVEN = (("CLPs", HALF), ("Affiliates", HALF))
HEADS = Rules(shares=EVEN)
SECTIONS = replace(HEADS, deciding=Deciding.SECTIONS)
TOWNS = ("Leeds", "Cardiff", "Derry")


def votes(for_: int, against: int, abstain: int = 0) -> dict[str, int]:
    return {"for": for_, "against": against, ABSTAIN: abstain}


# 60 % of the heads are for; of the sections' shares 60 % of 50 and 20 % of 50.
SPLIT = {"CLPs": votes(600, 300, 50), "Affiliates": votes(20, 80)}


def test_heads_decide_though_sections_say_otherwise() -> None:
    result = count_by_section(SPLIT, HEADS, 1100)
    assert (result.verdict, result.winner) == (Verdict.CARRIED, "for")
    assert result.tallies is not None
    assert result.tallies["sections"]["shares"] == {"for": "13/30", "against": "17/30"}
    assert result.tallies["sections"]["verdict"] == "lost"
    assert verdict_sentence(result, HEADS) == (
        "Carried: 620 for, 380 against, 50 abstained. More than half of the 1,000 votes cast were needed, "
        "501. Carried by heads, lost by sections: heads decide. Of the sections' shares: “For” 43.3 %, "
        "“Against” 56.7 %. 50 did not vote.")


def test_sections_decide_where_the_rules_say_so() -> None:
    result = count_by_section(SPLIT, SECTIONS, 1100)
    assert (result.verdict, result.reason, result.winners) == (Verdict.LOST, Reason.TOO_FEW, ())
    assert [each.votes for each in result.votes] == [620, 380]
    assert verdict_sentence(result, SECTIONS) == (
        "Lost: 620 for, 380 against, 50 abstained. Carried by heads, lost by sections: sections decide. "
        "Of the sections' shares: “For” 43.3 %, “Against” 56.7 %. 50 did not vote.")
    assert result_from_dict(json.loads(json.dumps(result.as_dict()))) == result


def test_section_in_which_nobody_voted_has_no_part() -> None:
    result = count_by_section({"CLPs": votes(6, 4, 2), "Affiliates": votes(0, 0, 3)}, SECTIONS, 20)
    assert result.verdict is Verdict.CARRIED
    assert result.tallies is not None
    assert result.tallies["sections"]["cast"] == "1/2"


def test_abstentions_count_in_their_section_where_the_base_is_all_papers() -> None:
    papers = {"CLPs": votes(6, 0, 6), "Affiliates": votes(5, 5)}
    assert count_by_section(papers, SECTIONS, 30).verdict is Verdict.CARRIED
    assert count_by_section(papers, replace(SECTIONS, base=Base.PAPERS), 30).verdict is Verdict.LOST


def test_quorum_is_one_of_heads() -> None:
    result = count_by_section({"CLPs": votes(6, 0)}, replace(SECTIONS, quorum=7), 30)
    assert (result.verdict, result.reason) == (Verdict.LOST, Reason.NO_QUORUM)


@pytest.mark.parametrize(("tie", "found"), [
    (TieRule.STATUS_QUO, (Verdict.LOST, Reason.TIE)), (TieRule.TIED, (Verdict.TIED, Reason.TIE)),
    (TieRule.CHAIR, (Verdict.TIED, Reason.TIE_WAITS_FOR_CHAIR)),
])  # fmt: skip
def test_level_shares_are_a_tie(tie: TieRule, found: tuple[Verdict, Reason]) -> None:
    papers = {"CLPs": votes(9, 1), "Affiliates": votes(2, 18)}
    result = count_by_section(papers, replace(SECTIONS, tie=tie), 40)
    assert (result.verdict, result.reason, result.tied) == (*found, ("for", "against"))


def test_chair_casts_into_the_tally_that_decides() -> None:
    rules = replace(SECTIONS, tie=TieRule.CHAIR)
    papers = {"CLPs": votes(9, 1), "Affiliates": votes(2, 18)}
    assert count_by_section(papers, rules, 40, casting="for").verdict is Verdict.CARRIED
    against = count_by_section(papers, rules, 40, casting="against")
    assert (against.verdict, against.reason) == (Verdict.LOST, Reason.CASTING_VOTE)
    with pytest.raises(Refused, match="no-casting-vote"):
        count_by_section(SPLIT, rules, 1100, casting="for")


def test_options_and_rankings_are_counted_by_shares_too() -> None:
    towns = replace(SECTIONS, form=BallotForm.ONE_OF_SEVERAL, labels=TOWNS)
    papers = {"CLPs": {"1": 80, "2": 20}, "Affiliates": {"2": 4, "3": 6}}
    assert count_by_section(papers, towns, 200).verdict is Verdict.LOST
    most = count_by_section(papers, replace(towns, decides=Decides.PLURALITY, deciding=Deciding.HEADS), 200)
    assert (most.winner, most.tallies and most.tallies["sections"]["winners"]) == ("1", ["1"])
    even = {**papers, "CLPs": {"1": 70, "2": 30}}
    level = count_by_section(even, replace(towns, decides=Decides.PLURALITY), 200)
    assert (level.verdict, level.tied) == (Verdict.LOST, ("1", "2"))
    rank = replace(SECTIONS, form=BallotForm.RANK, labels=TOWNS)
    ranked = {"CLPs": {"1>2": 70, "2": 30}, "Affiliates": {"2": 4, "3>2": 6}}
    result = count_by_section(ranked, rank, 200)
    assert (result.winner, result.rounds[0]["totals"]) == ("2", {"1": "7/20", "2": "7/20", "3": "3/10"})
    assert result.tallies is not None
    assert result.tallies["heads"]["winners"] == ["1"]
    assert "“Leeds” by heads, “Cardiff” by sections: sections decide." in verdict_sentence(result, rank)


def test_small_sections_join_the_next_smallest_beforehand() -> None:
    sizes = {"CLPs": 900, "Unions": 60, "Youth": 12, "Students": 4}
    shares = {name: Fraction(1, 4) for name in sizes}
    plan = merge_sections(sizes, shares, smallest=10)
    assert plan == (
        VotingSection(("CLPs",), 900, Fraction(1, 4)), VotingSection(("Unions",), 60, Fraction(1, 4)),
        VotingSection(("Youth", "Students"), 16, HALF))
    assert [section.name for section in plan] == ["CLPs", "Unions", "Youth with Students"]
    [alone] = merge_sections({"A": 3, "B": 4, "C": 2}, {"A": HALF, "B": HALF, "C": HALF}, smallest=10)
    assert alone.name == "A with C and B"


def test_card_vote_is_counted_in_members_with_its_roll() -> None:
    roll = {"Leeds North": 1200, "Derry": 300, "Perth": 500}
    result, cards = count_cards(roll, {"Leeds North": "against", "Derry": "for"}, Rules())
    assert (result.verdict, result.papers, result.not_voted) == (Verdict.LOST, 1500, 500)
    assert cards == (
        Card("Leeds North", 1200, "against"), Card("Derry", 300, "for"), Card("Perth", 500, None))
    assert cards_sentence(cards) == "2 of 3 delegations cast their card, for 1,500 of 2,000 members."
    with pytest.raises(Refused, match="card-not-on-roll"):
        count_cards(roll, {"York": "for"}, Rules())


def test_losing_vote_above_the_threshold_is_a_minority_position() -> None:
    rules = Rules(minority=Fraction(1, 5))
    carried = count(["for"] * 80 + ["against"] * 20, rules, 100)
    assert [each.key for each in minority_positions(carried, rules)] == ["against"]
    assert "20 for “Against” are recorded as a minority position." in verdict_sentence(carried, rules)
    lost = count(["for"] * 20 + ["against"] * 80, rules, 100)
    assert [each.key for each in minority_positions(lost, rules)] == ["for"]
    assert minority_positions(count(["for"] * 81 + ["against"] * 19, rules, 100), rules) == ()
    assert minority_positions(carried, Rules()) == ()


@pytest.mark.parametrize(("rules", "code"), [
    (Rules(deciding=Deciding.SECTIONS), "bad-sections"), (Rules(shares=EVEN[:1]), "bad-sections"),
    (replace(HEADS, base=Base.ENTITLED), "bad-sections"),
    (Rules(shares=(("A", HALF), ("B", Fraction(0)))), "bad-sections"),
    (replace(HEADS, form=BallotForm.RANK, labels=TOWNS, method=Method.STV, seats=2), "bad-sections"),
    (Rules(minority=Fraction(3, 2)), "bad-minority"),
])  # fmt: skip
def test_rules_that_sections_cannot_be_counted_by_are_refused(rules: Rules, code: str) -> None:
    with pytest.raises(Refused, match=code):
        check_rules(rules)


def test_rules_of_sections_are_said_and_stored() -> None:
    rules = replace(SECTIONS, minority=Fraction(1, 8))
    assert rule_sentence(rules).endswith(
        "Also counted by sections: “CLPs” 50 %, “Affiliates” 50 %. Sections decide. "
        "What loses with at least 12.5 % is recorded as a minority position.")
    assert rules_from_dict(json.loads(json.dumps(rules_as_dict(rules)))) == rules


def test_share_that_falls_short_by_little_does_not_read_as_reached() -> None:
    whole = Fraction(1)
    assert percent_words(Fraction(13, 30), whole, HALF) == "43.3 %"
    assert percent_words(HALF, whole, HALF) == "50 %"
    assert percent_words(HALF - Fraction(1, 3000), whole, HALF) == "49.97 %"
    assert percent_words(HALF + Fraction(1, 1_000_000), whole, HALF) == "50.0001 %"
    assert percent_words(HALF - Fraction(1, 3000), whole) == "50 %"


NUMBERS = st.fixed_dictionaries({key: st.integers(0, 30) for key in ("for", "against", ABSTAIN)})


@settings(max_examples=150)
@given(st.fixed_dictionaries({"A": NUMBERS, "B": NUMBERS, "C": NUMBERS}),
       st.lists(st.integers(1, 9), min_size=3, max_size=3))
def test_section_tally_equals_the_calculation_by_hand(
        papers: dict[str, dict[str, int]], parts: list[int]) -> None:
    shares = tuple((name, Fraction(part, sum(parts))) for name, part in zip("ABC", parts, strict=True))
    rules = Rules(shares=shares, deciding=Deciding.SECTIONS)
    entitled = sum(sum(numbers.values()) for numbers in papers.values())
    result = count_by_section(papers, rules, entitled)
    for_ = against = Fraction(0)
    for name, share in shares:
        numbers = papers[name]
        if numbers["for"] + numbers["against"]:
            for_ += share * Fraction(numbers["for"], numbers["for"] + numbers["against"])
            against += share * Fraction(numbers["against"], numbers["for"] + numbers["against"])
    assert result.tallies is not None
    assert result.tallies["sections"]["shares"] == {"for": str(for_), "against": str(against)}
    assert (result.verdict is Verdict.CARRIED) == (for_ > against)
    together: Counter[str] = Counter()
    for numbers in papers.values():
        together.update(numbers)
    heads = count(list(together.elements()), replace(rules, shares=(), deciding=Deciding.HEADS), entitled)
    assert result.tallies["heads"]["verdict"] == heads.verdict
    assert verdict_sentence(result, rules)


@settings(max_examples=100)
@given(st.dictionaries(st.sampled_from("ABCDEFG"), st.integers(0, 40), min_size=1), st.integers(1, 20))
def test_merging_keeps_everybody_and_every_share(sizes: dict[str, int], smallest: int) -> None:
    shares = {name: Fraction(1, len(sizes)) for name in sizes}
    plan = merge_sections(sizes, shares, smallest)
    assert sorted(name for section in plan for name in section.members) == sorted(sizes)
    assert sum(section.size for section in plan) == sum(sizes.values())
    assert sum(section.share for section in plan) == 1
    assert len(plan) == 1 or all(section.size >= smallest for section in plan)
    assert merge_sections(dict(reversed(sizes.items())), shares, smallest) == plan
