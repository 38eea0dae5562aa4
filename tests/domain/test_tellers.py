"""What takes two tellers, and when replaced stamps could have changed a result."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.ballots import BallotForm, BallotState, Trust
from facilitate.domain.counting import count_numbers
from facilitate.domain.majority import Base, Rules
from facilitate.domain.refusal import Refused
from facilitate.domain.replacements import could_have_changed
from facilitate.domain.tellers import check_void, is_done_with, stamped_sentences

STAMPED, OPEN = Trust.STAMPED, BallotState.OPEN


def test_a_deed_is_done_by_two_different_tellers() -> None:
    assert not is_done_with([], "tess")
    assert is_done_with(["tess"], "tamsin")
    with pytest.raises(Refused, match=r"^same-teller: "):
        is_done_with(["tess"], "tess")


@pytest.mark.parametrize(("trust", "state", "teller", "chair", "code"), [
    (STAMPED, OPEN, False, True, "two-tellers-needed"),
    (STAMPED, OPEN, True, False, ""),
    (STAMPED, BallotState.DRAFT, False, True, ""),
    (STAMPED, BallotState.PROVISIONAL, True, True, "room-decides"),
    (STAMPED, BallotState.PUBLISHED, True, True, "room-decides"),
    (Trust.ANONYMISED, OPEN, True, False, "not-your-role"),
    (Trust.ANONYMISED, BallotState.PROVISIONAL, False, True, ""),
])  # fmt: skip
def test_who_may_declare_a_ballot_void(
    trust: Trust, state: BallotState, teller: bool, chair: bool, code: str
) -> None:
    if not code:
        check_void(trust, state, is_teller=teller, is_chair=chair)
        return
    with pytest.raises(Refused) as refusal:
        check_void(trust, state, is_teller=teller, is_chair=chair)
    assert refusal.value.code == code
    assert ("by a ballot" in refusal.value.sentence) == (code == "room-decides")


def doubtful(replaced: int, rules: Rules | None = None, **numbers: int) -> bool:
    rules = rules or Rules()
    numbers = {key.removesuffix("_"): number for key, number in numbers.items()}
    result = count_numbers(numbers, rules, 100)
    return could_have_changed(numbers, rules, 100, None, replaced, result)


def test_a_result_closer_than_the_replaced_stamps_is_doubtful() -> None:
    assert doubtful(1, for_=51, against=49 - 1) is False
    assert doubtful(1, for_=50, against=49) is True
    assert doubtful(1, for_=49, against=49) is True
    assert doubtful(2, for_=50, against=48) is True
    assert doubtful(3, for_=60, against=40) is False
    assert doubtful(0, for_=50, against=49) is False


def test_abstentions_and_papers_of_two_kinds_count_where_the_rules_count_them() -> None:
    papers = Rules(base=Base.PAPERS)
    assert doubtful(2, papers, for_=50, against=25, abstain=25) is True
    assert doubtful(1, Rules(quorum=90), for_=60, against=30) is True
    assert doubtful(1, Rules(form=BallotForm.RANK, labels=("A", "B")), **{"1>2": 90}) is True


@given(st.integers(0, 12), st.integers(0, 12), st.integers(0, 6), st.integers(1, 4))
def test_nothing_is_called_certain_that_another_pick_of_papers_would_change(
    yes: int, no: int, blank: int, replaced: int
) -> None:
    numbers, rules = {"for": yes, "against": no, "abstain": blank}, Rules()
    result = count_numbers(numbers, rules, 100)
    changed = any(
        count_numbers({"for": yes - a, "against": no - b, "abstain": blank - c}, rules, 100).verdict
        != result.verdict
        for a in range(min(yes, replaced) + 1)
        for b in range(min(no, replaced - a) + 1)
        for c in range(min(blank, replaced - a - b) + 1)
    )
    assert could_have_changed(numbers, rules, 100, None, replaced, result) == changed


def test_what_is_published_with_a_stamped_result() -> None:
    assert stamped_sentences(0, doubtful=False, certified=True) == ["Certified by two tellers."]
    said = " ".join(stamped_sentences(2, doubtful=True, certified=False))
    assert said.startswith("2 stamps were replaced.") and "run it again" in said and "Not certified" in said
