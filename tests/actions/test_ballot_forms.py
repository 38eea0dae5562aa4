"""Further forms of a ballot, from the draft to a result with every round: approve, rank, strength, points."""

from __future__ import annotations

from typing import Any

import pytest

from facilitate.domain.refusal import Refused
from facilitate.store.rows import Paper
from tests.actions.test_ballots import VOTERS, casts, opened, result
from tests.people import Hall

PLACES = ["Newtown", "Oldham", "Selby"]


def drafts(hall: Hall, form: str, **other: Any) -> str:
    """The code with which a draft is refused, or "drafted"."""
    given = {"options": PLACES, **other}
    asked = {"item": hall.new_id(), "motion": None, "question": "Where do we meet?", "form": form, **given}
    answer = hall.as_("Amara").asks("draft-ballot", asked)
    return answer.refusal.code if answer.refusal else "drafted"


@pytest.mark.parametrize(
    ("form", "rules", "papers", "winners"),
    [
        ("approve-any", {"majority": "plurality"}, ("1+2", "2+3", "none", "abstain"), ["2"]),
        ("approve-any", {}, ("1+2", "2", "2", "none"), ["2"]),
        ("approve-any", {}, ("1+2", "2", "3", "none"), []),
        ("rank", {}, ("1>2", "3>2>1", "3", "1>3"), []),
        ("rank", {"method": "stv", "seats": 2}, ("1>2", "1>2", "3", "3>2"), ["1", "3"]),
        ("rank", {"method": "schulze"}, ("2>1", "2>3", "3>2>1", "1>2>3"), ["2"]),
        ("rank", {"method": "borda"}, ("2>1", "2>3", "3>2>1", "1>2>3"), ["2"]),
        ("strength", {}, ("1:5,2:4", "2:4", "3:5", "abstain"), ["2"]),
        ("points", {"points": 10, "seats": 2}, ("1:6,3:4", "3:10", "2:1", "abstain"), ["3", "1"]),
    ],
)
def test_each_form_is_cast_and_counted_by_its_method(
    talking: Hall, form: str, rules: dict[str, Any], papers: tuple[str, ...], winners: list[str]
) -> None:
    ballot = opened(talking, form=form, options=PLACES, rules=rules)
    for who, paper in zip(VOTERS, papers, strict=True):
        assert casts(talking, who, ballot, paper) == "in"
    found = result(talking, ballot)
    assert (found["winners"], found["papers"]) == (winners, 4)
    assert found["abstained"] == papers.count("abstain")
    assert len(found["chart"]["bars"]) == 3 and max(bar["share"] for bar in found["chart"]["bars"]) == 1000
    assert [row[0] for row in found["rounds"]["rows"][:3]] == PLACES
    assert found["rounds"]["said"]


def test_every_round_of_a_ranking_is_told(talking: Hall) -> None:
    ballot = opened(talking, form="rank", options=PLACES, rules={"tie": "earlier-round"})
    for name, paper in zip(VOTERS, ("1", "1", "2>3", "3>2"), strict=True):
        casts(talking, name, ballot, paper)
    found = result(talking, ballot)
    # Level for the last place, and nothing declared puts one of them before the other.
    assert (found["winners"], sorted(found["tied"])) == ([], ["2", "3"])
    ballot = opened(talking, form="rank", options=PLACES, rules={"tie": "lot", "lot": "Selby 14 March"})
    for name, paper in zip(VOTERS, ("1", "1", "2>3", "3>2"), strict=True):
        casts(talking, name, ballot, paper)
    found = result(talking, ballot)
    assert found["rounds"]["head"] == ["Option", "Round 1", "Round 2", "Round 3"]
    assert "by lot" in found["rounds"]["said"][0] and "by lot" in found["sentence"]


def test_papers_that_break_their_rules_are_refused_in_words(talking: Hall) -> None:
    points = opened(talking, form="points", options=PLACES, rules={"points": 5})
    said = [casts(talking, "Dara", points, text) for text in ("1:4,2:2", "4:1", "1:0", "1:1,1:1", "1>2")]
    assert said[:2] == ["points-overspent", "unknown-option"]
    assert said[2:] == ["paper-unreadable", "option-twice", "unknown-option"]
    assert casts(talking, "Dara", points, "2:1,1:4") == "in"
    with talking.reads() as session:
        assert session.query(Paper).filter_by(ballot_id=points).one().choice == "1:4,2:1"
    talking.as_("Amara").does("close-ballot", {"ballot": points})
    strength = opened(talking, form="strength", options=PLACES[:1])
    assert casts(talking, "Dev", strength, "1:6") == "strength-out-of-range"


def test_a_draft_that_could_not_be_counted_is_refused(talking: Hall) -> None:
    assert drafts(talking, "rank", rules={"method": "stv", "seats": 2}) == "drafted"
    assert drafts(talking, "rank", rules={"method": "irv", "seats": 2}) == "bad-seats"
    for unheard in ({"method": "plurality"}, {"points": 0}, {"seats": 0}):
        with pytest.raises(Refused, match=next(iter(unheard))):
            drafts(talking, "rank", rules=unheard)
    assert drafts(talking, "points", rules={"seats": 4}) == "bad-seats"
    assert drafts(talking, "rank", rules={"tie": "lot"}) == "lot-not-published"
    assert drafts(talking, "rank", rules={"tie": "lot", "lot": "  "}) == "lot-not-published"
    assert drafts(talking, "strength", trust="hands") == "not-by-hands"
    assert drafts(talking, "approve-any", options=[f"Town {n}" for n in range(21)]) == "options-count"


def test_a_phone_is_told_what_it_needs_to_offer_the_form(talking: Hall) -> None:
    points = opened(talking, form="points", options=PLACES, rules={"points": 6, "seats": 2})
    seen = talking.sees("delegates")["ballot"][points]
    assert (seen["form"], seen["points"], seen["seats"], seen["method"]) == ("points", 6, 2, None)
    assert "6 points to spend" in seen["rule"]
    assert [option["key"] for option in seen["options"]] == ["1", "2", "3", "abstain"]


def test_a_casting_vote_is_asked_for_until_nothing_is_level(talking: Hall) -> None:
    options = [*PLACES, "York"]
    ballot = opened(talking, form="points", options=options, rules={"tie": "chair", "seats": 2})
    for name, paper in zip(VOTERS, ("1:4", "2:4", "3:4", "4:1"), strict=True):
        casts(talking, name, ballot, paper)
    amara = talking.as_("Amara")
    amara.does("close-ballot", {"ballot": ballot})
    assert talking.sees("delegates")["ballot"][ballot]["level"] == []
    assert talking.sees("desk")["ballot"][ballot]["level"] == ["1", "2", "3"]
    assert amara.is_refused("give-casting-vote", {"ballot": ballot, "choice": "4"}) == "no-casting-vote"
    amara.does("give-casting-vote", {"ballot": ballot, "choice": "3"})
    assert talking.sees("desk")["ballot"][ballot]["level"] == ["1", "2"]
    assert amara.is_refused("publish-result", {"ballot": ballot}) == "casting-vote-needed"
    assert amara.is_refused("give-casting-vote", {"ballot": ballot, "choice": "3"}) == "no-casting-vote"
    amara.does("give-casting-vote", {"ballot": ballot, "choice": "1"})
    amara.does("publish-result", {"ballot": ballot})
    found = talking.sees("delegates")["ballot"][ballot]["result"]
    assert (found["winners"], found["reason"]) == (["3", "1"], "casting-vote")
