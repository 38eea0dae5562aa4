"""Hall: what has to be told once the order of votes on a document has changed."""

from __future__ import annotations

from sqlalchemy import select

from facilitate.store.rows import Ballot, Motion, VoteOrder
from facilitate.store.tracks import followers
from facilitate.store.writer import Transaction


def touches_of_order(tx: Transaction, document: str) -> list[str]:
    """What depends on the order of votes on a document, as touches: ballots to come say what falls."""
    waiting = (
        select(Ballot.id)
        .join(Motion, Motion.id == Ballot.motion_id)
        .where(
            Motion.document_id == document, Ballot.state.in_(["draft", "announced", "recalled", "open"])
        )
    )
    buttons = followers(tx) if tx.session.get(VoteOrder, document) else []
    return [f"order:{document}", *(f"ballot:{each}" for each in tx.session.scalars(waiting)), *buttons]
