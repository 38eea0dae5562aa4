"""A document is sealed when its rule is fulfilled on the words as they stand, and never earlier."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.outcome_checks import Blocker
from facilitate.domain.refusal import Refused
from facilitate.domain.signoff import (
    Act,
    RuleKind,
    Sheet,
    SigningAct,
    SigningRule,
    SigningState,
    signing_of,
)
from facilitate.domain.signoff_checks import check_act, check_offer, check_rule

AMINA, BEN, CERI = "amina", "ben", "ceri"
EVERYONE = (AMINA, BEN, CERI)
SHEET = Sheet(SigningRule(), EVERYONE, (("HOU-1", "h1"), ("HOU-2", "h2")), offered=10)


def act(person: str, passage: str = "HOU-1", kind: Act = Act.ACCEPT, **more: object) -> SigningAct:
    base = SigningAct(11, passage, person, kind, "h" + passage[-1])
    return replace(base, **more)  # type: ignore[arg-type]


def signed_by(*people: str, rule: SigningRule | None = None) -> Sheet:
    acts = tuple(act(person, ref) for person in people for ref, _ in SHEET.passages)
    return replace(SHEET, acts=acts, rule=rule or SHEET.rule)


def refusal(sheet: Sheet, what: SigningAct, missing: tuple[str, ...] = (), *blockers: Blocker) -> Refused:
    with pytest.raises(Refused) as refused:
        check_act(sheet, what, missing, blockers)
    return refused.value


def test_with_the_rule_all_everybody_must_sign_every_passage() -> None:
    assert signing_of(signed_by(AMINA, BEN)).state is SigningState.OPEN
    assert signing_of(signed_by(AMINA, BEN)).missing == ((CERI, 2),)
    assert signing_of(signed_by(*EVERYONE)).state is SigningState.SIGNED
    assert signing_of(signed_by(*EVERYONE)).missing == ()


def test_with_a_majority_more_than_half_is_enough() -> None:
    rule = SigningRule(RuleKind.MAJORITY)
    assert signing_of(signed_by(AMINA, rule=rule)).state is SigningState.OPEN
    assert signing_of(signed_by(AMINA, BEN, rule=rule)).state is SigningState.SIGNED
    even = replace(signed_by(AMINA, BEN, rule=rule), signatories=(*EVERYONE, "dai"))
    assert signing_of(even).state is SigningState.OPEN


def test_named_officers_sign_for_all() -> None:
    rule = SigningRule(RuleKind.NAMED, (CERI,))
    assert signing_of(signed_by(AMINA, BEN, rule=rule)).missing == ((CERI, 2),)
    assert signing_of(signed_by(CERI, rule=rule)).state is SigningState.SIGNED


def test_a_dissent_is_a_signature_with_its_note() -> None:
    sheet = replace(SHEET, acts=tuple(act(p, kind=Act.DISSENT, note="too slow") for p in EVERYONE))
    passage = signing_of(sheet).passages[0]
    assert passage.state is SigningState.SIGNED
    assert [a.note for a in passage.dissents] == ["too slow"] * 3


def test_a_return_stops_the_document_until_it_is_offered_again() -> None:
    back = act(BEN, kind=Act.RETURN, note="unclear", addressee="commission", number=12)
    sheet = replace(signed_by(AMINA, CERI, rule=SigningRule(RuleKind.MAJORITY)))
    sheet = replace(sheet, acts=(*sheet.acts, back))
    assert signing_of(sheet).state is SigningState.RETURNED
    assert signing_of(sheet).passages[0].returns == (back,)
    assert signing_of(replace(sheet, offered=13)).state is SigningState.SIGNED


def test_whoever_returned_a_passage_can_sign_it_after_all() -> None:
    sheet = signed_by(AMINA, CERI)
    acts = (*sheet.acts, act(BEN, "HOU-2"), act(BEN, kind=Act.RETURN, number=12), act(BEN, number=13))
    assert signing_of(replace(sheet, acts=acts)).state is SigningState.SIGNED


def test_a_signature_dies_with_the_words_it_was_given_for() -> None:
    sheet = replace(signed_by(*EVERYONE), passages=(("HOU-1", "new"), ("HOU-2", "h2")))
    signing = signing_of(sheet)
    assert signing.state is SigningState.OPEN
    assert [p.state for p in signing.passages] == [SigningState.OPEN, SigningState.SIGNED]
    assert signing.missing == tuple((person, 1) for person in EVERYONE)


def test_signing_other_words_than_the_present_ones_is_refused() -> None:
    assert refusal(SHEET, act(AMINA, text_hash="old")).code == "text-changed"


def test_signing_is_refused_while_a_disposition_is_missing_and_names_the_first_few() -> None:
    refused = refusal(SHEET, act(AMINA), tuple(f"12/{n}" for n in range(1, 9)))
    assert refused.code == "dispositions-missing"
    assert "12/1, 12/2, 12/3, 12/4, 12/5 and 3 more" in refused.sentence


def test_a_passage_can_go_back_while_a_disposition_is_missing() -> None:
    check_act(SHEET, act(AMINA, kind=Act.RETURN, note="unclear", addressee="clerk"), ("12/1",))


def test_signing_is_refused_while_a_conflict_is_undecided() -> None:
    assert (
        refusal(SHEET, act(AMINA), (), Blocker("conflict-undecided", "HOU-1", "Decide.")).code
        == "conflict-undecided"
    )


@pytest.mark.parametrize(
    ("what", "code"),
    [
        (act("mallory"), "not-a-signatory"),
        (act(AMINA, "HOU-9"), "unknown-passage"),
        (act(AMINA, kind=Act.RETURN, addressee="clerk"), "reason-missing"),
        (act(AMINA, kind=Act.RETURN, note="unclear", addressee=" "), "addressee-missing"),
        (act(AMINA, kind=Act.DISSENT, note=" "), "reason-missing"),
    ],
)
def test_an_act_that_cannot_stand_is_refused(what: SigningAct, code: str) -> None:
    assert refusal(SHEET, what).code == code


def test_a_sealed_text_takes_no_signature_and_no_offering() -> None:
    sealed = replace(signed_by(*EVERYONE), sealed="abc")
    assert signing_of(sealed).state is SigningState.SEALED
    assert refusal(sealed, act(AMINA)).code == "already-sealed"
    with pytest.raises(Refused, match="already-sealed"):
        check_offer(sealed, (), ())


def test_nothing_can_be_signed_before_it_is_offered() -> None:
    assert refusal(replace(SHEET, offered=None), act(AMINA)).code == "not-offered"


def test_a_rule_that_nobody_can_fulfil_is_refused() -> None:
    for rule, people in [
        (SigningRule(), ()),
        (SigningRule(RuleKind.NAMED), EVERYONE),
        (SigningRule(RuleKind.NAMED, ("mallory",)), EVERYONE),
    ]:
        with pytest.raises(Refused):
            check_rule(rule, people)
    with pytest.raises(Refused, match="dispositions-missing"):
        check_offer(SHEET, ("12/1",), ())


acts = st.lists(
    st.builds(
        SigningAct,
        st.integers(1, 40),
        st.sampled_from(["HOU-1", "HOU-2", "HOU-3"]),
        st.sampled_from([*EVERYONE, "mallory"]),
        st.sampled_from(Act),
        st.sampled_from(["h1", "h2", "old"]),
    ),
    max_size=25,
    unique_by=lambda a: a.number,
)


@given(acts, st.sampled_from(RuleKind))
def test_a_signed_document_has_nobody_missing_and_no_foreign_name(
    given_acts: list[SigningAct], kind: RuleKind
) -> None:
    sheet = replace(SHEET, acts=tuple(given_acts), rule=SigningRule(kind, (AMINA, BEN)))
    signing = signing_of(sheet)
    assert signing == signing_of(replace(sheet, acts=tuple(reversed(given_acts))))
    assert (signing.state is SigningState.SIGNED) == (
        not signing.missing and not any(p.returns for p in signing.passages)
    )
    assert {person for p in signing.passages for person in p.signed} <= set(EVERYONE)
