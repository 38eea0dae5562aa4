"""Hall: what is shown of an open card vote: its roll before, to each their own card, and all cards after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.domain.ballots import BallotState, Trust
from facilitate.domain.cards import CardState, card_words, roll_words, why_no_card
from facilitate.domain.majority import rules_from_dict
from facilitate.queries.view import View
from facilitate.store.cards import card_holders, cards_of
from facilitate.store.rows import Ballot, CardRow, Person


@dataclass(frozen=True)
class ShownCard:
    """One card of the roll: what it was cast for is shown once the result is published."""

    id: str
    name: str
    members: int
    cast: bool
    label: str | None
    by_teller: bool


def shown_cards(session: Session, b: Ballot) -> list[ShownCard]:
    """The roll of a card vote, from the announcement on; the votes with the published result."""
    labels = _labels(b)
    published = b.state == BallotState.PUBLISHED
    return [
        ShownCard(
            card.delegation_id, card.name, card.members, card.choice is not None,
            labels.get(card.choice or "") if published else None, card.channel == "paper")
        for card in cards_of(session, b)
    ]  # fmt: skip


def _labels(b: Ballot) -> dict[str, str]:
    return {option.key: option.label for option in rules_from_dict(b.rules).options}


def cards_shown(view: View, b: Ballot) -> dict[str, Any] | None:
    """How many cards a ballot has, for how many members; none before its announcement or by other ways."""
    if b.trust != Trust.CARDS:
        return None
    cards = cards_of(view.session, b)
    members = sum(card.members for card in cards)
    said = roll_words(len(cards), members) if cards else "An open card vote."
    return {"delegations": len(cards), "members": members, "said": said}


def card_vote(view: View, b: Ballot, person: str) -> dict[str, Any]:
    """What one person's device is told: whether they cast a card, and what their delegation's one carries."""
    people, holders, cards = _about(view, b)
    delegation = people.get(person)
    card = cards.get(delegation or "")
    state = _state(b, card, holders.get(delegation or "", [])) if card else None
    holds = any(each.id == person for each in holders.get(delegation or "", []))
    why = why_no_card(state, holds=holds, delegate=delegation is not None)
    return {
        "id": b.id, "entitled": why is None, "why": why,
        "voted": holds and card is not None and card.choice is not None, "stamped": False, "group": None,
        "channel": None, "counted": card_words(state) if state else None,
    }  # fmt: skip


def _state(b: Ballot, card: CardRow, holders: list[Any]) -> CardState:
    label = _labels(b).get(card.choice) if card.choice else None
    return CardState(card.name, card.members, label, tuple(each.name for each in holders))


def _about(view: View, b: Ballot) -> tuple[dict[str, str | None], dict[str, list[Any]], dict[str, CardRow]]:
    """Everybody's delegation, the holders of cards, and the cards, each by id; once for a whole room."""
    key = ("cards", b.id)
    if key not in view.cache:
        people = dict(view.session.execute(select(Person.id, Person.delegation_id)).all())
        cards = {card.delegation_id: card for card in cards_of(view.session, b)}
        view.cache[key] = people, card_holders(view.session), cards
    found: tuple[dict[str, str | None], dict[str, list[Any]], dict[str, CardRow]] = view.cache[key]
    return found
