"""Whoever changes the words stands alone with them until the others have seen and signed them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.outcome import SIGNATORY, compile_outcome
from facilitate.domain.outcome_checks import passage_hash
from facilitate.domain.outcome_record import Document, Edit, Passage, Record
from facilitate.domain.signoff import Act, RuleKind, Sheet, SigningAct, SigningRule, SigningState, signing_of
from facilitate.domain.wording import base_hash

VOTED = "Every council may build homes."
PEOPLE = ("amina", "ben", "ceri")
WORDS = (VOTED, "Every council must build homes.", "Councils build.")
WITHOUT_WORDS = [act for act in Act if act is not Act.EDIT]
RECORD = Record(Document("HOU", "Homes"), (Passage("HOU-1.1", text=VOTED),))


@dataclass
class Signing:
    """One passage while it is being signed, and who has signed its present words, told apart by hand."""

    edits: list[Edit] = field(default_factory=list)
    acts: list[SigningAct] = field(default_factory=list)
    number: int = 10
    stand: set[str] = field(default_factory=set)
    returned: set[str] = field(default_factory=set)

    @property
    def passage(self) -> tuple[str, str, int]:
        (found,) = compile_outcome(replace(RECORD, edits=tuple(self.edits))).passages
        return found.final or "", passage_hash(found), found.changed

    def sheet(self, rule: SigningRule) -> Sheet:
        _, words, changed = self.passage
        return Sheet(
            rule, PEOPLE, (("HOU-1.1", words),), tuple(self.acts), 5, None, (("HOU-1.1", changed),)
        )

    def act(self, person: str, kind: Act) -> None:
        self.number += 1
        self.acts.append(SigningAct(self.number, "HOU-1.1", person, kind, self.passage[1], "why", "clerk"))
        self.stand.discard(person)
        self.returned.discard(person)
        (self.returned if kind is Act.RETURN else self.stand).add(person)

    def change(self, person: str | None, text: str) -> None:
        """A signatory's edit, which signs; without a person an edit by staff, which does not."""
        if text == self.passage[0]:
            return
        self.number += 1
        self.edits.append(
            Edit("HOU-1.1", text, "why", base_hash(VOTED), person or "staff", None, self.number, bool(person))
        )
        self.stand, self.returned = set(), set()
        if person:
            self.number -= 1  # the edit and the signature are one act of the journal
            self.act(person, Act.EDIT)


steps = st.one_of(
    st.tuples(st.just("act"), st.sampled_from(PEOPLE), st.sampled_from(WITHOUT_WORDS)),
    st.tuples(st.just("change"), st.sampled_from([*PEOPLE, None]), st.sampled_from(WORDS)),
)
rules = st.sampled_from([
    SigningRule(), SigningRule(RuleKind.MAJORITY), SigningRule(RuleKind.NAMED, ("amina", "ceri")),
])  # fmt: skip


def enough(rule: SigningRule, signed: set[str]) -> bool:
    needed = {RuleKind.ALL: set(PEOPLE), RuleKind.NAMED: set(rule.officers)}
    return len(signed) >= 2 if rule.kind is RuleKind.MAJORITY else needed[rule.kind] <= signed


@given(st.lists(steps, max_size=12), rules)
def test_only_signatures_for_the_words_as_they_stand_count(
    given_steps: list[tuple[str, str, str]], rule: SigningRule
) -> None:
    signing = Signing()
    for what, person, value in given_steps:
        getattr(signing, what)(person, value)
        state = signing_of(signing.sheet(rule))
        assert set(state.passages[0].signed) == signing.stand
        assert {act.person for act in state.passages[0].returns} == signing.returned
        complete = enough(rule, signing.stand) and not signing.returned
        assert (state.state is SigningState.SIGNED) == complete


def test_the_voted_wording_put_back_brings_no_older_signature_back() -> None:
    signing = Signing()
    for person in PEOPLE:
        signing.act(person, Act.ACCEPT)
    signing.change("ben", WORDS[1])
    assert signing_of(signing.sheet(SigningRule())).passages[0].signed == ("ben",)
    signing.change("ceri", VOTED)
    assert signing_of(signing.sheet(SigningRule())).passages[0].signed == ("ceri",)
    assert signing_of(signing.sheet(SigningRule(RuleKind.MAJORITY))).state is SigningState.OPEN


def test_each_edit_is_told_from_the_one_before_it() -> None:
    first = Edit("HOU-1.1", WORDS[1], "clearer", base_hash(VOTED), "Ben Carter", None, 11, True)
    second = Edit("HOU-1.1", WORDS[1] + " Now.", "sooner", base_hash(VOTED), "Ceri Bowen", None, 12, True)
    (passage,) = compile_outcome(replace(RECORD, edits=(second, first))).passages
    assert passage.final == WORDS[1] + " Now."
    assert [(x.kind, x.by, x.reason) for x in passage.later] == [
        (SIGNATORY, "Ben Carter", "clearer"), (SIGNATORY, "Ceri Bowen", "sooner"),
    ]  # fmt: skip
    put_in = {part.text.strip(): part.inserted_by for part in passage.segments if part.inserted_by}
    assert put_in == {"must": "edit:11", "Now.": "edit:12"}


def test_what_was_put_back_is_not_marked_as_changed_since_the_vote() -> None:
    edits = tuple(
        Edit("HOU-1.1", text, "why", base_hash(VOTED), "Ben", None, n, True)
        for n, text in ((11, WORDS[1]), (12, VOTED))
    )
    (passage,) = compile_outcome(replace(RECORD, edits=edits)).passages
    assert (passage.state, passage.later, passage.changed) == ("unchanged", (), 12)
    assert len(passage.edits) == 2
