"""Ballots: the open card vote: each delegation's card carries its membership and is cast whole, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from facilitate.domain.ballots import SINGLE_CHOICE, BallotState
from facilitate.domain.majority import Base, Rules
from facilitate.domain.refusal import Refused

DEVICE, PAPER = "device", "paper"


@dataclass(frozen=True)
class CardState:
    """One delegation's card in a ballot, as its own people are told of it.

    Shape: `label` is what it was cast for, none until then; `holders` are names.
    """

    delegation: str
    members: int
    label: str | None
    holders: tuple[str, ...]


def check_by_card(rules: Rules) -> None:
    """Refuse rules by which cards cannot be counted.

    Errors: not-by-card
    """
    told = "Nothing was recorded; choose another way to vote, or other rules."
    if rules.form not in SINGLE_CHOICE:
        raise Refused("not-by-card", f"A card is cast for one answer, and these papers say more. {told}",
                      "trust")
    if rules.shares:
        raise Refused("not-by-card", f"Cards are counted in members and not by sections besides. {told}",
                      "trust")
    if rules.base is Base.PRESENT or rules.quorum:
        raise Refused("not-by-card", "Cards are counted in members: a quorum or a majority of the delegates "
                      f"present says nothing of them. {told}", "trust")


def check_roll(roll: Mapping[str, int]) -> None:
    """Refuse a card vote for which no delegation has a card.

    Errors: no-cards
    """
    if not roll:
        raise Refused("no-cards", "No delegation has members on record, so there is no card to cast. Nothing "
                      "was changed; import the delegations with a column of members.", "trust")


def check_casting(state: BallotState, channel: str, cast_by: str | None) -> None:
    """Refuse a card while the ballot is not open, or one that is cast; tellers may correct what they entered.

    Errors: ballot-not-open, card-cast
    """
    if state is not BallotState.OPEN:
        raise Refused("ballot-not-open", "Cards are cast while the ballot is open. Nothing was cast.")
    if cast_by is not None and (cast_by, channel) != (PAPER, PAPER):
        how = "from its paper card, by a teller" if cast_by == PAPER else "on a device"
        raise Refused("card-cast", f"This card is cast, {how}. A vote cannot be changed.")


def why_no_card(state: CardState | None, *, holds: bool, delegate: bool) -> str | None:
    """Why a person cannot cast a card now, for their own device; none for who can."""
    if state is None:
        return ("An open card vote: your delegation has no card on its roll." if delegate
                else "An open card vote: the delegations vote by their cards.")
    if state.label is not None:
        return f"An open card vote: the card of {state.delegation} is cast for “{state.label}”."
    if holds:
        return None
    if not state.holders:
        return f"An open card vote: hand the card of {state.delegation} to a teller."
    return f"An open card vote: {' or '.join(state.holders)} casts the card of {state.delegation}."


def card_words(state: CardState) -> str:
    """What a card carries, for the devices of its delegation."""
    members = "1 member" if state.members == 1 else f"{state.members:,} members"
    return f"The card of {state.delegation} carries {members}."


def roll_words(delegations: int, members: int) -> str:
    """The roll in one sentence, shown before the vote."""
    return (f"An open card vote: {delegations:,} delegations with {members:,} members. Each card is cast "
            "whole, and what it is cast for is published by name.")
