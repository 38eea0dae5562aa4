"""Hall: delegations cast their cards, on their holder's phone or through a teller."""

from __future__ import annotations

from typing import Any

from facilitate.domain.ballots import Trust
from facilitate.domain.cards import DEVICE, PAPER
from facilitate.domain.people import Role
from facilitate.domain.refusal import Refused
from facilitate.store.cards import SCOPE, put_card
from facilitate.store.named import the_ballot
from facilitate.store.rows import Ballot, CardRow
from facilitate.store.writer import Transaction


def cast_card(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Cast the card of one's own delegation, whole and by name.

    Errors: `unknown-ballot`, `not-a-card-vote`, `not-card-holder`, what put_card refuses.
    """
    ballot = _card_vote(tx, data)
    if not tx.actor.scopes(Role.DELEGATE, SCOPE) or tx.actor.delegation is None:
        raise Refused("not-card-holder", "You do not hold your delegation's card. Nothing was cast; who does "
                      "casts it, or a teller enters it from the paper card.")
    _tell(tx, "card-cast", ballot, put_card(tx, ballot, tx.actor.delegation, data["choice"], DEVICE))
    return {"voted": True}


def enter_card(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Enter a delegation's paper card; the teller may correct it until the close, and all of it is on record.

    Errors: `unknown-ballot`, `not-a-card-vote`, what put_card refuses.
    """
    ballot = _card_vote(tx, data)
    _tell(tx, "card-entered", ballot, put_card(tx, ballot, data["delegation"], data["choice"], PAPER))
    return {"voted": True}


def _card_vote(tx: Transaction, data: dict[str, Any]) -> Ballot:
    ballot = the_ballot(tx, data["ballot"])
    if ballot.trust != Trust.CARDS:
        raise Refused("not-a-card-vote", "This ballot is not voted on by cards. Nothing was cast.")
    return ballot


def _tell(tx: Transaction, action: str, ballot: Ballot, card: CardRow) -> None:
    tx.record(
        action, f"ballot:{ballot.id}", rows=[card], touches=[f"vote:{ballot.id}"],
        audiences=["delegates", "themes", "person:*"],
        reason=card.name if action == "card-entered" else None,
    )  # fmt: skip
