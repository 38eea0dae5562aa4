"""The open card vote: its roll before, each card cast once by its holder or a teller, all of it after."""

from __future__ import annotations

import json
from typing import Any

import pytest

from facilitate.queries.cards import shown_cards
from facilitate.queries.verify import verify_event
from facilitate.store.outcome_ballots import ballot_record
from facilitate.store.rows import Ballot, CardRow, Delegation, JournalEntry
from tests.actions.test_ballots import result
from tests.actions.test_motions import ballot_on
from tests.people import Hall

BODIES = (("NTH", "North", 1200), ("STH", "South", 300), ("EST", "East", 500), ("GHO", "Ghosts", 0))


@pytest.fixture
def carded(talking: Hall) -> Hall:
    """Three more delegations with members; Nora and South's Sam hold their cards."""
    bodies = [{"code": code, "name": name, "section": "clp", "votes": votes} for code, name, votes in BODIES]
    talking.office("import-delegations", {"rows": bodies})
    people = (("Nora", "delegate:card", "NTH"), ("Nick", "delegate", "NTH"), ("Sam", "delegate:card", "STH"))
    rows = [
        {"name": name, "roles": [role], "delegation": body, "present": True} for name, role, body in people
    ]
    talking.office("import-people", {"rows": rows})
    return talking


def opened(hall: Hall, **other: object) -> str:
    """A card vote, open; its id."""
    ballot = ballot_on(hall, None, trust="cards", **other)
    hall.as_("Amara").does("announce-ballot", {"ballot": ballot})
    hall.as_("Amara").does("open-ballot", {"ballot": ballot})
    return ballot


def body(hall: Hall, name: str) -> str:
    """A delegation's id."""
    with hall.reads() as session:
        return session.query(Delegation).filter_by(name=name).one().id


def test_roll_with_its_members_is_published_before(carded: Hall) -> None:
    ballot = ballot_on(carded, None, trust="cards")
    carded.as_("Amara").does("announce-ballot", {"ballot": ballot})
    seen = carded.sees("delegates")["ballot"][ballot]
    # The cast's own two delegations carry one member each; ghosts have no card.
    assert (seen["cards"]["delegations"], seen["cards"]["members"], seen["entitled"]) == (5, 2002, 5)
    with carded.reads() as session:
        roll = shown_cards(session, session.get_one(Ballot, ballot))
    assert [(card.name, card.members, card.label) for card in roll][:3] == [
        ("East", 500, None), ("North", 1200, None), ("Northern Moor CLP", 1, None)]
    vote = carded.sees(f"person:{carded.as_('Nora').id}")["vote"][ballot]
    assert (vote["entitled"], vote["counted"]) == (True, "The card of North carries 1,200 members.")
    nick = carded.sees(f"person:{carded.as_('Nick').id}")["vote"][ballot]
    assert nick["why"] == "An open card vote: Nora casts the card of North."


def test_cards_are_cast_whole_once_and_counted_in_members(carded: Hall) -> None:
    ballot = opened(carded)
    nora, sam, tess = (carded.as_(name) for name in ("Nora", "Sam", "Tess"))
    nora.does("cast-card", {"ballot": ballot, "choice": "against"})
    assert nora.is_refused("cast-card", {"ballot": ballot, "choice": "for"}) == "card-cast"
    nick = carded.as_("Nick")
    assert nick.is_refused("cast-card", {"ballot": ballot, "choice": "for"}) == "not-card-holder"
    assert nora.is_refused("cast-vote", {"ballot": ballot, "choice": "for"}) == "card-vote"
    east = {"ballot": ballot, "delegation": body(carded, "East")}
    tess.does("enter-card", east | {"choice": "against"})
    # A slip of the teller is corrected, and both entries stay on record.
    tess.does("enter-card", east | {"choice": "for"})
    north = {"ballot": ballot, "delegation": body(carded, "North"), "choice": "for"}
    assert tess.is_refused("enter-card", north) == "card-cast"
    sam.does("cast-card", {"ballot": ballot, "choice": "for"})
    seen = carded.sees("delegates")["ballot"][ballot]
    assert (seen["voted"], seen["result"]) == (3, None)
    found = result(carded, ballot)
    assert (found["verdict"], found["counts"]) == ("lost", {"for": 800, "against": 1200, "abstain": 0})
    assert found["sentence"].endswith(
        "3 of 5 delegations cast their card, for 2,000 of 2,002 members. All numbers are members.")
    with carded.reads() as session:
        assert ballot_record(session, session.get_one(Ballot, ballot)).sentence == found["sentence"]
        cards = shown_cards(session, session.get_one(Ballot, ballot))
        assert [(card.name, card.label, card.by_teller) for card in cards if card.cast] == [
            ("East", "For", True), ("North", "Against", False), ("South", "For", False)]
        assert not verify_event(session).differences
        entries = session.query(JournalEntry).order_by(JournalEntry.number)
        acts = [entry for entry in entries if entry.action.startswith("card-")]
    assert [entry.action for entry in acts] == ["card-cast", "card-entered", "card-entered", "card-cast"]


def test_nobody_sees_what_cards_are_cast_for_before_the_result(carded: Hall) -> None:
    ballot = opened(carded)
    carded.as_("Nora").does("cast-card", {"ballot": ballot, "choice": "against"})
    with carded.reads() as session:
        assert all(card.label is None for card in shown_cards(session, session.get_one(Ballot, ballot)))
    for audience in ("delegates", "themes", "desk", f"person:{carded.as_('Sam').id}"):
        assert "Against”" not in json.dumps(carded.sees(audience).get("vote", {}), ensure_ascii=False)
    # Its own delegation may know.
    assert "“Against”" in carded.sees(f"person:{carded.as_('Nick').id}")["vote"][ballot]["why"]


def test_what_cards_cannot_do_is_refused(carded: Hall) -> None:
    amara, tess = carded.as_("Amara"), carded.as_("Tess")
    asked = {"item": carded.new_id(), "motion": None, "question": "Shall it be?", "form": "for-against"}
    others: tuple[dict[str, Any], ...] = (
        {"rules": {"quorum": 3}}, {"rules": {"base": "present"}}, {"form": "rank", "options": ["One", "Two"]}
    )  # fmt: skip
    for given in others:
        assert amara.is_refused("draft-ballot", asked | {"trust": "cards"} | given) == "not-by-card"
    ballot = ballot_on(carded, None, trust="cards")
    amara.does("announce-ballot", {"ballot": ballot})
    nora = carded.as_("Nora")
    assert nora.is_refused("cast-card", {"ballot": ballot, "choice": "for"}) == "ballot-not-open"
    amara.does("recall-ballot", {"ballot": ballot})
    amara.does("announce-ballot", {"ballot": ballot})
    amara.does("open-ballot", {"ballot": ballot})
    card = {"ballot": ballot, "delegation": body(carded, "Ghosts"), "choice": "for"}
    assert tess.is_refused("enter-card", card) == "card-not-on-roll"
    paper = {"ballot": ballot, "delegate": nora.id}
    assert tess.is_refused("hand-out-paper", paper) == "no-papers"
    assert carded.row(CardRow, (ballot, body(carded, "North"))).choice is None
    other = ballot_on(carded, None)
    assert nora.is_refused("cast-card", {"ballot": other, "choice": "for"}) == "not-a-card-vote"
