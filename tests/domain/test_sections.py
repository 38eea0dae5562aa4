"""Which sections are counted together, and that the whole way from persons to shares is as done by hand."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitate.domain.ballots import ABSTAIN
from facilitate.domain.counting import Verdict
from facilitate.domain.majority import Deciding, Rules
from facilitate.domain.refusal import Refused
from facilitate.domain.replacements import could_have_changed_sections
from facilitate.domain.section_table import section_table
from facilitate.domain.sections import (
    NO_SECTION,
    Grouping,
    SectionShare,
    check_grouping,
    check_shares,
    grouping_from_dict,
    grouping_sentences,
    plan_sections,
)
from facilitate.domain.tallies import count_by_section

HALF = Fraction(1, 2)
CLPS, UNIONS = SectionShare(("clp",), Fraction(50)), SectionShare(("union",), Fraction(40))
SOCIETIES, MPS = SectionShare(("socialist-society",), Fraction(5)), SectionShare(("mp",), Fraction(5))
WANTED = (CLPS, UNIONS, SOCIETIES, MPS)


def test_small_sections_are_counted_with_others_and_everybody_is_told() -> None:
    sizes = {"clp": 40, "union": 12, "socialist-society": 4, "mp": 3}
    plan = plan_sections(WANTED, sizes, 10)
    assert plan.shares == (
        ("CLPs", Fraction(50)), ("Unions with Socialist societies and MPs", Fraction(50)))
    assert [plan.place_of(section) for section in sizes] == [0, 1, 1, 1]
    assert grouping_sentences(plan) == [
        "Socialist societies (4) and MPs (3) are counted with Unions (12), since fewer than 10."]
    one = plan_sections(WANTED[:3], {"clp": 40, "union": 12, "socialist-society": 4}, 10)
    assert one.shares == (("CLPs", Fraction(50)), ("Unions with Socialist societies", Fraction(45)))
    assert grouping_sentences(one) == [
        "Socialist societies (4) are counted with Unions (12), since fewer than 10."]
    assert grouping_from_dict(one.as_dict()) == one


def test_sections_can_share_one_share_and_nobody_is_left_out() -> None:
    affiliates = SectionShare(("union", "socialist-society"), Fraction(50))
    plan = plan_sections((CLPS, affiliates, MPS), {"clp": 20, "union": 9, "socialist-society": 4, "": 0}, 10)
    assert [group.name for group in plan.groups] == ["CLPs", "Unions and Socialist societies"]
    assert grouping_sentences(plan) == ["Nobody of MPs is on the roll; their share falls away."]
    many = plan_sections((CLPS, UNIONS), {"clp": 20, "union": 11, NO_SECTION: 12}, 10)
    assert many.shares == (("CLPs", Fraction(50)), ("Unions", Fraction(40)))
    assert grouping_sentences(many) == ["Others belong to no section with a share and count by heads alone."]
    few = plan_sections((CLPS, UNIONS), {"clp": 20, "union": 11, NO_SECTION: 3}, 10)
    assert few.place_of("") == few.place_of("union")
    assert few.groups[1].name == "Unions with Others" and few.groups[1].size == 14


def test_too_few_for_a_tally_by_sections() -> None:
    plan = plan_sections((CLPS, UNIONS), {"clp": 8, "union": 9}, 10)
    assert plan == Grouping(10)
    assert grouping_sentences(plan) == [
        "There is no tally by sections: too few delegates are on the roll."]
    check_grouping(plan, sections_decide=False)
    with pytest.raises(Refused, match="too-few-for-sections"):
        check_grouping(plan, sections_decide=True)
    with pytest.raises(Refused, match="section-twice"):
        check_shares((CLPS, SectionShare(("union", "clp"), HALF)))
    with pytest.raises(Refused, match="bad-sections"):
        check_shares((CLPS, SectionShare((), HALF)))


def test_table_says_heads_sections_and_what_nobody_may_guess() -> None:
    grouping = plan_sections((CLPS, UNIONS, MPS), {"clp": 900, "union": 120, "mp": 15}, 10)
    rules = Rules(shares=grouping.shares)
    papers = {"CLPs": {"for": 500, "against": 200, ABSTAIN: 9}, "Unions": {"for": 20, "against": 90},
              "MPs": {"against": 3}}
    result = count_by_section(papers, rules, 1035)
    table = section_table(result, rules, grouping)
    assert table is not None and table.split
    assert table.headline == "Carried by heads, lost by sections: heads decide"
    assert table.head == ("Section", "Share", "For", "Against", "Abstained", "Did not vote")
    # Two groups are hidden, so that the small one cannot be found by taking the others from all.
    assert table.rows == (
        ("CLPs", "52.6 %", "500", "200", "9", "191"), ("Unions", "42.1 %", *["not shown"] * 4),
        ("MPs", "5.3 %", *["not shown"] * 4), ("By heads", "", "520", "293", "9", "213"),
        ("By sections", "100 %", f"45.2 % ({table.shares[0].exact})",
         f"54.8 % ({table.shares[1].exact})", "", ""))
    assert sum(Fraction(bar.exact) for bar in table.shares) == 1
    assert table.groups[0].parts == {"for": 714, "against": 285} and not table.groups[2].parts


def test_replaced_stamp_counts_where_it_weighs_most() -> None:
    rules = Rules(shares=(("CLPs", HALF), ("Unions", HALF)), deciding=Deciding.SECTIONS)
    papers = {"CLPs": {"for": 501, "against": 499}, "Unions": {"for": 5, "against": 5}}
    result = count_by_section(papers, rules, 1200)
    assert result.verdict is Verdict.CARRIED
    # One union paper weighs as much as a hundred of the others.
    assert could_have_changed_sections(papers, rules, 1200, None, 1, result)
    sure = {"CLPs": {"for": 900, "against": 99}, "Unions": {"for": 5, "against": 5}}
    result = count_by_section(sure, rules, 1200)
    assert not could_have_changed_sections(sure, rules, 1200, None, 1, result)
    assert not could_have_changed_sections(sure, rules, 1200, None, 0, result)


SECTIONS = ("clp", "union", "socialist-society", "mp", "")
PERSONS = st.lists(
    st.tuples(st.sampled_from(SECTIONS), st.sampled_from(["for", "against", ABSTAIN, ""])), max_size=90)


@settings(max_examples=150)
@given(PERSONS, st.lists(st.integers(1, 9), min_size=4, max_size=4), st.integers(1, 12))
def test_section_tally_equals_the_calculation_by_hand(
        persons: list[tuple[str, str]], parts: list[int], smallest: int) -> None:
    shares = zip(WANTED, parts, strict=True)
    wanted = tuple(SectionShare(each.sections, Fraction(part)) for each, part in shares)
    plan = plan_sections(wanted, Counter(section or NO_SECTION for section, _ in persons), smallest)
    if not plan.groups:
        return
    assert all(group.size >= smallest for group in plan.groups)
    assert sum(group.size for group in plan.groups) == len(persons)
    papers: dict[str, dict[str, int]] = {group.name: {} for group in plan.groups}
    for section, choice in persons:
        if choice:
            box = papers[plan.groups[plan.place_of(section)].name]
            box[choice] = box.get(choice, 0) + 1
    rules = Rules(shares=plan.shares, deciding=Deciding.SECTIONS)
    result = count_by_section(papers, rules, len(persons), smallest=smallest)
    # By hand: each voter has an equal part of what their section's voters share.
    share_of_section = {section: each.share for each in wanted for section in each.sections}
    by_hand: dict[str, Fraction] = {"for": Fraction(0), "against": Fraction(0)}
    here = {section for section, _ in persons}
    for group in plan.groups:
        own = {"" if section == NO_SECTION else section for section in group.sections}
        weight = sum((share_of_section.get(section, Fraction(0)) for section in own & here), Fraction(0))
        voters = [choice for section, choice in persons if section in own and choice in by_hand]
        for choice in voters:
            by_hand[choice] += weight / len(voters)
    assert result.tallies is not None
    counted = {key: Fraction(share) for key, share in result.tallies["sections"]["shares"].items()}
    assert counted == by_hand
    assert (result.verdict is Verdict.CARRIED) == (by_hand["for"] > by_hand["against"])
    assert section_table(result, rules, plan) is not None
