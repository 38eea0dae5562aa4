"""En bloc and one by one; alternatives that do not split a majority; decisions taken back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitate.domain.alternatives import rules_for_alternatives, stays_as_it_is
from facilitate.domain.ballots import BallotForm
from facilitate.domain.counting import Verdict, count
from facilitate.domain.decisions import Decision, standing_decisions
from facilitate.domain.en_bloc import Division, PullOut, divide_passages, division_sentence
from facilitate.domain.majority import Decides, Rules, check_rules
from facilitate.domain.refusal import Refused

PASSAGES = ["EDU-1", "EDU-2", "EDU-3", "EDU-4"]


def test_passage_is_pulled_out_by_enough_tables_each_counted_once() -> None:
    pulls = [PullOut("EDU-3", "table 4"), PullOut("EDU-3", "table 4"), PullOut("EDU-2", "table 4"),
             PullOut("EDU-2", "Leeds North")]
    division = divide_passages(PASSAGES, pulls, least=2)
    assert division == Division(("EDU-1", "EDU-3", "EDU-4"), ("EDU-2",))
    assert division_sentence(division) == "3 passages are voted on en bloc; EDU-2 is taken one by one."
    assert divide_passages(PASSAGES, pulls, least=1).seriatim == ("EDU-2", "EDU-3")


def test_passage_with_a_motion_is_never_voted_on_en_bloc() -> None:
    division = divide_passages(PASSAGES, [], 3, with_motions={"EDU-4", "EDU-1"})
    assert division.seriatim == ("EDU-1", "EDU-4")
    assert division_sentence(divide_passages(PASSAGES, [], 3)) == "4 passages are voted on en bloc."
    assert division_sentence(Division((), ("EDU-1", "EDU-4"))) == "EDU-1 and EDU-4 are taken one by one."


def test_passage_that_is_not_voted_on_cannot_be_pulled_out() -> None:
    with pytest.raises(Refused, match="unknown-passage"):
        divide_passages(PASSAGES, [PullOut("HOU-1", "table 4")], 1)


def test_alternatives_are_ranked_together_with_the_text_as_it_is() -> None:
    rules = rules_for_alternatives(["Free meals for all", "Free meals by need"], lot="ten o'clock")
    check_rules(rules)
    assert (rules.form, rules.labels[-1]) == (BallotForm.RANK, "Leave it as it is")
    assert stays_as_it_is("3", rules)
    assert stays_as_it_is(None, rules)
    assert not stays_as_it_is("1", rules)
    assert rules_for_alternatives(["Free meals for all"]) == Rules()


def test_majority_for_a_change_is_split_by_most_votes_but_not_by_default() -> None:
    rules = rules_for_alternatives(["Free meals for all", "Free meals by need"])
    assert count(["1>2"] * 31 + ["2>1"] * 29 + ["3"] * 40, rules, 100).winner == "1"
    assert count(["1>2>3"] * 3 + ["2>3>1"] * 2, rules, 5).winner == "1"
    split = Rules(form=BallotForm.ONE_OF_SEVERAL, labels=rules.labels, decides=Decides.PLURALITY)
    assert count(["1"] * 31 + ["2"] * 29 + ["3"] * 40, split, 100).winner == "3"


@settings(max_examples=100)
@given(st.integers(2, 4), st.data())
def test_majority_behind_some_alternatives_sees_one_of_them_chosen(many: int, data: st.DataObject) -> None:
    rules = rules_for_alternatives([f"Alternative {number}" for number in range(many)], lot="ten o'clock")
    keys = [str(number) for number in range(1, many + 2)]
    wanted = keys[:data.draw(st.integers(1, many))]
    behind = keys[len(wanted):]
    ranked = st.tuples(st.permutations(wanted), st.permutations(behind)).map(lambda both: both[0] + both[1])
    orders = data.draw(st.lists(ranked, min_size=1, max_size=12))
    others = data.draw(st.lists(st.permutations(keys), max_size=len(orders) - 1))
    result = count([">".join(order) for order in [*orders, *others]], rules, 30)
    assert result.verdict is Verdict.CARRIED
    assert result.winner in wanted


def test_last_decision_that_is_not_rescinded_rules_and_all_are_printed() -> None:
    first, second = Decision(3, "Free meals."), Decision(9, "Free meals by need.")
    said = [each.sentence for each in standing_decisions([first, second])]
    assert said == ["Decision 3 gave way to decision 9.", "Decision 9 rules."]
    taken_back = standing_decisions([first, second, Decision(12, rescinds=9)])
    assert [each.rules for each in taken_back] == [True, False, False]
    assert [each.sentence for each in taken_back] == [
        "Decision 3 rules.", "Decision 9 was rescinded by decision 12.", "Decision 12 rescinds decision 9."]


def test_rescinding_a_rescinding_brings_the_decision_back() -> None:
    history = [Decision(3, "Free meals."), Decision(4, rescinds=3), Decision(5, rescinds=4)]
    assert [each.rules for each in standing_decisions(history)] == [True, False, False]
    assert [each.rules for each in standing_decisions(history[:2])] == [False, False]


def test_only_an_earlier_decision_can_be_rescinded() -> None:
    with pytest.raises(Refused, match="rescinds-nothing"):
        standing_decisions([Decision(3, "Free meals.", rescinds=4), Decision(4, "No meals.")])


@settings(max_examples=100)
@given(st.lists(st.tuples(st.booleans(), st.integers(0, 9)), max_size=8))
def test_at_most_one_decision_rules(made: list[tuple[bool, int]]) -> None:
    history: list[Decision] = []
    for number, (rescinds, which) in enumerate(made):
        target = history[which % len(history)].number if rescinds and history else None
        history.append(Decision(number, None if target is not None else f"Text {number}", target))
    standing = standing_decisions(history)
    assert [each.decision for each in standing] == history
    assert sum(each.rules for each in standing) <= 1
    ruling = [each.decision.number for each in standing if each.rules]
    rescinded = {each.decision.number for each in standing if "was rescinded" in each.sentence}
    later = [each.number for each in history if each.text is not None and each.number not in rescinded]
    assert ruling == later[-1:]
