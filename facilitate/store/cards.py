"""Hall: the cards of an open card vote: their roll frozen at the announcement, and each card cast once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.domain.ballots import BallotState
from facilitate.domain.cards import check_casting, check_roll
from facilitate.domain.counting import Result
from facilitate.domain.electorate import electorate_from_dict
from facilitate.domain.majority import Rules, rules_from_dict
from facilitate.domain.papers import check_paper
from facilitate.domain.people import Role
from facilitate.domain.refusal import Refused
from facilitate.domain.result_words import verdict_sentence
from facilitate.domain.tallies import Card, count_cards
from facilitate.domain.tally_words import cards_sentence
from facilitate.store.rows import Ballot, CardRow, Delegation, GrantRow, Person
from facilitate.store.writer import Transaction

SCOPE = "card"


def cards_of(session: Session, ballot: Ballot) -> list[CardRow]:
    """The roll of a card vote, by the delegations' names."""
    query = select(CardRow).where(CardRow.ballot_id == ballot.id)
    return list(session.scalars(query.order_by(CardRow.name, CardRow.delegation_id)))


def freeze_cards(tx: Transaction, ballot: Ballot) -> list[CardRow]:
    """Write down which delegations have a card, and what it carries, whatever changes later.

    Errors: `no-cards`.
    """
    known = {card.delegation_id for card in cards_of(tx.session, ballot)}
    found = select(Delegation).where(Delegation.votes > 0).order_by(Delegation.name)
    sections = electorate_from_dict(ballot.electorate).sections
    rows = [
        CardRow(ballot_id=ballot.id, delegation_id=each.id, name=each.name, members=each.votes)
        for each in tx.session.scalars(found)
        if not sections or each.section in sections
    ]
    check_roll({row.delegation_id: row.members for row in rows})
    # Announced again after it was taken back, it has its roll already: what is imported stays as it is.
    tx.session.add_all(row for row in rows if row.delegation_id not in known)
    tx.session.flush()
    return cards_of(tx.session, ballot)


def cards_cast(session: Session, ballot: Ballot) -> int:
    """How many cards are cast; never for what."""
    return sum(1 for card in cards_of(session, ballot) if card.choice is not None)


def put_card(tx: Transaction, ballot: Ballot, delegation: str, choice: str, channel: str) -> CardRow:
    """Cast one delegation's card.

    Errors: `card-not-on-roll`, what check_casting and check_paper refuse.
    """
    card = tx.session.get(CardRow, (ballot.id, delegation))
    if card is None:
        raise Refused("card-not-on-roll", "This delegation has no card on the roll of this ballot. Nothing "
                      "was cast.", "delegation")
    check_casting(BallotState(ballot.state), channel, card.channel)
    card.choice = check_paper(choice, rules_from_dict(ballot.rules))
    card.channel, card.person_id = channel, tx.actor.person
    return card


def count_of_cards(session: Session, ballot: Ballot, rules: Rules) -> Result:
    """The result of the cards cast, in members."""
    cards = cards_of(session, ballot)
    cast = {card.delegation_id: card.choice for card in cards if card.choice is not None}
    roll = {card.delegation_id: card.members for card in cards}
    return count_cards(roll, cast, rules, ballot.casting)[0]


def card_sentence(session: Session, ballot: Ballot, result: Result, rules: Rules) -> str:
    """The verdict in members, how many cards were cast, and that all numbers are members."""
    cards = [Card(card.name, card.members, card.choice) for card in cards_of(session, ballot)]
    verdict = verdict_sentence(replace(result, not_voted=0), rules)
    return f"{verdict} {cards_sentence(cards)} All numbers are members."


def card_holders(session: Session) -> dict[str, list[Any]]:
    """Who casts each delegation's card: id and name, by delegation."""
    rows = session.execute(
        select(Person.delegation_id, Person.id, Person.name)
        .join(GrantRow, GrantRow.person_id == Person.id)
        .where(GrantRow.role == Role.DELEGATE.value, GrantRow.scope_kind == SCOPE)
        .order_by(Person.name)
    )
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(str(row.delegation_id), []).append(row)
    return found
