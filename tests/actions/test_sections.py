"""A ballot counted by heads and by sections: from its draft to the room's two tallies, by every channel."""

from __future__ import annotations

from typing import Any

import pytest

from facilitate.queries.verify import verify_event
from facilitate.store.rows import Ballot, Paper
from tests.actions.papers import enter
from tests.actions.stamped import Stamped
from tests.actions.test_ballots import casts, result
from tests.actions.test_motions import ballot_on
from tests.people import Hall

EVEN = [{"sections": ["clp"], "share": "50"}, {"sections": ["union"], "share": "50"}]
# Dara and Dev are of a CLP, Dora and Dmitri of a union; these come in addition, all of the CLP.
MORE = ("Dido", "Diego", "Dina")


@pytest.fixture
def filled(talking: Hall) -> Hall:
    """Five delegates of a CLP and two of a union, where two are enough for a section."""
    talking.office("set-event", {"settings": {"min_group": 2}})
    rows = [{"name": name, "roles": ["delegate"], "delegation": "NOR", "present": True} for name in MORE]
    talking.office("import-people", {"rows": rows})
    return talking


def by_sections(hall: Hall, deciding: str = "heads", **other: Any) -> str:
    """A drafted ballot with a tally by sections; its id."""
    rules = {"shares": EVEN, "deciding": deciding, **other.pop("rules", {})}
    return ballot_on(hall, None, rules=rules, **other)


def opens(hall: Hall, ballot: str) -> None:
    """Announced and open."""
    hall.as_("Amara").does("announce-ballot", {"ballot": ballot})
    hall.as_("Amara").does("open-ballot", {"ballot": ballot})


@pytest.mark.parametrize(("deciding", "verdict"), [("heads", "carried"), ("sections", "lost")])
def test_carried_by_heads_and_lost_by_sections(filled: Hall, deciding: str, verdict: str) -> None:
    ballot = by_sections(filled, deciding)
    opens(filled, ballot)
    for name in ("Dara", "Dev", "Dido", "Diego"):
        casts(filled, name, ballot, "for")
    for name in ("Dina", "Dora", "Dmitri"):
        casts(filled, name, ballot, "against")
    found = result(filled, ballot)
    assert (found["verdict"], found["counts"]) == (verdict, {"for": 4, "against": 3, "abstain": 0})
    tally = found["sections"]
    assert tally["headline"] == f"Carried by heads, lost by sections: {deciding} decide"
    assert (tally["split"], tally["heads"], tally["sections"]) == (True, "Carried", "Lost")
    assert [(bar["shown"], bar["exact"]) for bar in tally["shares"]] == [("40 %", "2/5"), ("60 %", "3/5")]
    # Both unionists said the same, so nobody is shown what either section did.
    assert tally["rows"][0][2:] == ["not shown"] * 4
    assert tally["rows"][-2:] == [
        ["By heads", "", "4", "3", "0", "0"], ["By sections", "100 %", "40 % (2/5)", "60 % (3/5)", "", ""]]
    with filled.reads() as session:
        assert not verify_event(session).differences


def test_everybody_reads_beforehand_where_they_are_counted(filled: Hall) -> None:
    ballot = by_sections(filled, "sections")
    planned = filled.sees("desk")["ballot"][ballot]["sections"]
    assert [(group["name"], group["size"]) for group in planned["groups"]] == [("CLPs", 5), ("Unions", 2)]
    filled.as_("Amara").does("announce-ballot", {"ballot": ballot})
    seen = filled.sees("delegates")["ballot"][ballot]
    assert seen["sections"] == planned
    assert "Also counted by sections: “CLPs” 50 %, “Unions” 50 %. Sections decide." in seen["rule"]
    vote = filled.sees(f"person:{filled.as_('Dora').id}")["vote"][ballot]
    assert vote["counted"] == "You are counted in the section Unions; sections decide."


def test_sections_that_are_too_small_are_joined_and_frozen(filled: Hall) -> None:
    society = {"code": "GRN", "name": "Gardeners", "section": "socialist-society", "votes": 1}
    filled.office("import-delegations", {"rows": [society]})
    new = {"roles": ["delegate"], "delegation": "GRN", "present": True}
    filled.office("import-people", {"rows": [{"name": "Gwen", **new}]})
    shares = [*EVEN, {"sections": ["socialist-society"], "share": "10"}]
    ballot = by_sections(filled, rules={"shares": shares})
    said = "Socialist societies (1) are counted with Unions (2), since fewer than 2."
    assert filled.sees("desk")["ballot"][ballot]["sections"]["said"] == [said]
    filled.as_("Amara").does("announce-ballot", {"ballot": ballot})
    assert said in filled.sees("delegates")["ballot"][ballot]["rule"]
    filled.office("import-people", {"rows": [{"name": "Gus", **new}]})
    kept = filled.row(Ballot, ballot)
    assert kept.rules["shares"] == {"CLPs": "50", "Unions with Socialist societies": "60"}
    # Taken back and announced again, the section stands on its own.
    filled.as_("Amara").does("recall-ballot", {"ballot": ballot})
    assert filled.row(Ballot, ballot).rules["shares"]["Socialist societies"] == "10"
    filled.as_("Amara").does("announce-ballot", {"ballot": ballot})
    assert "Socialist societies" in filled.row(Ballot, ballot).rules["shares"]


def test_where_too_few_are_here_sections_cannot_decide(talking: Hall) -> None:
    amara = talking.as_("Amara")
    decisive, beside = by_sections(talking, "sections"), by_sections(talking)
    assert amara.is_refused("announce-ballot", {"ballot": decisive}) == "too-few-for-sections"
    opens(talking, beside)
    assert "There is no tally by sections" in talking.sees("delegates")["ballot"][beside]["rule"]
    casts(talking, "Dara", beside, "for")
    assert result(talking, beside)["sections"] is None


def test_a_paper_carries_its_section_and_nothing_more(filled: Hall) -> None:
    ballot, tess = by_sections(filled), filled.as_("Tess")
    filled.office("import-people", {"rows": [{"name": "Tamsin", "roles": ["teller"]}]})
    opens(filled, ballot)
    casts(filled, "Dara", ballot, "for")
    tess.does("hand-out-paper", {"ballot": ballot, "delegate": filled.as_("Dora").id})
    entry = {"ballot": ballot, "number": 1, "choice": "against"}
    assert tess.is_refused("enter-paper", entry | {"group": 0}) == "no-paper-out"
    assert tess.is_refused("enter-paper", entry | {"group": 7}) == "no-paper-out"
    for name in ("Tess", "Tamsin"):
        filled.as_(name).does("enter-paper", entry | {"group": 1})
    with filled.reads() as session:
        papers = session.query(Paper).filter_by(ballot_id=ballot)
        assert sorted((paper.group, paper.choice) for paper in papers) == [(0, "for"), (1, "against")]
    assert {column.name for column in Paper.__table__.columns} == {"ballot_id", "id", "choice", "group"}


def test_stamped_papers_are_counted_by_the_key_of_their_section(filled: Hall) -> None:
    ballot = Stamped(filled)
    shares = {"shares": [{"sections": ["clp"], "share": "50"}, {"sections": ["union"], "share": "50"}]}
    ballot.draft(rules={"majority": "simple", "deciding": "sections", **shares})
    assert ballot.announce().refusal is None
    assert [group.name for group in ballot.registrar.groups] == ["CLPs", "Unions"]
    for name in ("Dara", "Dev", "Dido", "Dora", "Dmitri"):
        assert ballot.fetch(name).refusal is None
    assert ballot.devices["Dora"].group == 1
    ballot.open()
    ballot.cast(Dara="for", Dev="for", Dido="against", Dora="against", Dmitri="against")
    ballot.close()
    assert ballot.header["rules"]["shares"] == {"CLPs": "50", "Unions": "50"}
    assert ballot.receive().refusal is None
    counted = filled.row(Ballot, ballot.id)
    assert counted.cast == [3, 2]
    assert counted.result["tallies"]["sections"]["shares"] == {"for": "100/3", "against": "200/3"}
    assert counted.result["verdict"] == "lost"
    assert enter(ballot, "Tess", 1, "for").refusal is not None


def test_what_cannot_be_counted_by_sections_is_refused(filled: Hall) -> None:
    amara = filled.as_("Amara")
    asked = {"item": filled.new_id(), "motion": None, "question": "Shall it be?", "form": "for-against"}
    hands = asked | {"trust": "hands", "rules": {"shares": EVEN}}
    assert amara.is_refused("draft-ballot", hands) == "not-by-hands"
    twice = asked | {"rules": {"shares": [*EVEN, EVEN[0]]}}
    assert amara.is_refused("draft-ballot", twice) == "section-twice"
    alone = asked | {"rules": {"shares": EVEN[:1]}}
    assert amara.is_refused("draft-ballot", alone) == "bad-sections"
