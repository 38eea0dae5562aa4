"""Hall: what the ballot box has to be told, read from the journal: nothing else need be remembered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.domain.ballots import BallotState, Trust
from facilitate.domain.stamped_papers import bid_of
from facilitate.store.boards import header_of_ballot
from facilitate.store.register import issued_of
from facilitate.store.rows import Ballot, BoxPairing, JournalEntry

PAIRING = "box"
LOST = "box-lost"
RUNNING = (BallotState.ANNOUNCED.value, BallotState.OPEN.value, BallotState.CLOSED.value)
_ACTS = {
    "ballot-announced": "announce", "ballot-opened": "open", "ballot-closed": "close",
    "ballot-recalled": "forget", "ballot-voided": "forget",
}  # fmt: skip
Order = dict[str, Any]


@dataclass(frozen=True)
class Running:
    """A stamped ballot that the box takes part in now, and what the courier says and does about it."""

    id: str
    bid: str
    number: int
    state: str
    keys_hash: str
    issued: int
    # The box lost its papers since this wording was announced.
    lost: bool
    orders: tuple[Order, ...]


def pairing_of(session: Session) -> BoxPairing | None:
    """The ballot box that the hub is paired with."""
    return session.get(BoxPairing, PAIRING)


def running_ballots(session: Session) -> list[Running]:
    """The stamped ballots that are announced, open, or closed and wait for their board."""
    found = session.scalars(
        select(Ballot)
        .where(Ballot.trust == Trust.STAMPED.value, Ballot.state.in_(RUNNING))
        .order_by(Ballot.number)
    )
    return [_running(session, ballot) for ballot in found]


def _running(session: Session, ballot: Ballot) -> Running:
    entries = _entries(session, ballot)
    announced = max(n for n, action in entries if action == "ballot-announced")
    lost = select(JournalEntry.number).where(JournalEntry.action == LOST, JournalEntry.number > announced)
    orders = tuple(_order(session, ballot, n, _ACTS[action]) for n, action in entries if n >= announced)
    return Running(
        ballot.id, bid_of(ballot.id, ballot.version), ballot.number, ballot.state, ballot.keys_hash or "",
        sum(issued_of(session, ballot)), session.scalar(lost.limit(1)) is not None, orders,
    )  # fmt: skip


def _order(session: Session, ballot: Ballot, number: int, act: str) -> Order:
    order = {"act": act, "sequence": number, "bid": bid_of(ballot.id, ballot.version)}
    if act == "announce":
        return {**order, "header": header_of_ballot(session, ballot)}
    if act == "close":
        return {**order, "issued": ballot.issued, "replaced": ballot.replaced}
    return order


def forgotten_since(session: Session, number: int) -> list[Order]:
    """What the box is to forget by acts after this number: wordings that were recalled and void ballots."""
    acts = select(JournalEntry.subject).where(
        JournalEntry.action.in_(["ballot-recalled", "ballot-voided"]), JournalEntry.number > number
    )
    orders: list[Order] = []
    for subject in set(session.scalars(acts)):
        ballot = session.get_one(Ballot, subject.removeprefix("ballot:"))
        if ballot.trust == Trust.STAMPED.value:
            orders += _forgotten(session, ballot, number)
    return sorted(orders, key=lambda order: order["sequence"])


def _forgotten(session: Session, ballot: Ballot, number: int) -> list[Order]:
    version, orders = 0, []
    for place, action in _entries(session, ballot):
        version += action == "ballot-announced"
        if _ACTS[action] == "forget" and place > number and version:
            orders.append({"act": "forget", "sequence": place, "bid": bid_of(ballot.id, version)})
    return orders


def _entries(session: Session, ballot: Ballot) -> list[tuple[int, str]]:
    rows = session.execute(
        select(JournalEntry.number, JournalEntry.action)
        .where(JournalEntry.subject == f"ballot:{ballot.id}", JournalEntry.action.in_(_ACTS))
        .order_by(JournalEntry.number)
    )
    return [(row.number, row.action) for row in rows]
