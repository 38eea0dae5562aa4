"""Hall: what is shown of a stamped ballot: its keys, the ballot box, the board, and numbers for the desk."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from facilitate.domain.ballots import BallotState, Trust
from facilitate.domain.stamped_papers import bid_of
from facilitate.domain.tellers import NEEDED, Deed
from facilitate.queries.view import View
from facilitate.store.cards import cards_cast
from facilitate.store.paper_channel import paper_balance
from facilitate.store.papers import turnout_of
from facilitate.store.register import groups_of, issued_of, stamped_now
from facilitate.store.rows import Ballot, TellerAct

_STAMPING = (BallotState.ANNOUNCED, BallotState.OPEN, BallotState.CLOSED, BallotState.PROVISIONAL)
# What the desk alone is told, for everybody else.
NO_STANDING: dict[str, Any] = {
    "issued": None, "without_stamp": None, "not_voted": None, "failing": 0, "box_trouble": None,
    "papers_out": 0,
}  # fmt: skip


def stamping_of(view: View, b: Ballot) -> dict[str, Any] | None:
    """What a device needs to have its ballot stamped and to cast it; none once the result is out."""
    if b.trust != Trust.STAMPED or b.state not in _STAMPING:
        return None
    box = view.presence.box
    return {
        "bid": bid_of(b.id, b.version), "keys_hash": b.keys_hash,
        "groups": [group.as_dict() for group in groups_of(view.session, b)],
        "box": box.address, "box_key": box.key, "jitter": view.presence.jitter, "page": view.presence.page,
    }  # fmt: skip


def board_of(b: Ballot) -> dict[str, Any] | None:
    """What everybody can hold the board against, from the moment the box has given it."""
    if b.root is None:
        return None
    return {
        "root": b.root, "keys_hash": b.keys_hash, "cast": sum(b.cast or []), "issued": sum(b.issued or []),
        "replaced": b.replaced, "url": f"/boards/{b.id}.json",
    }  # fmt: skip


def cast_in(view: View, b: Ballot) -> int:
    """How many have voted: by the roll, or as the ballot box says in steps and then by its board."""
    if b.trust == Trust.CARDS:
        return cards_cast(view.session, b)
    if b.trust != Trust.STAMPED:
        return turnout_of(view.session, b.id)
    if b.cast is not None:
        return sum(b.cast)
    return view.presence.box.turnout.get(bid_of(b.id, b.version), 0)


def standing_of(view: View, b: Ballot) -> dict[str, Any]:
    """For the desk alone: how many stamps are out, how many delegates have none or have not voted, how many
    devices fail, how many papers are out, and what ails the ballot box.
    """
    nothing = dict(NO_STANDING)
    if b.trust == Trust.HANDS or b.entitled is None or b.state not in _STAMPING:
        return nothing
    failing = len(view.presence.failing.get(b.id, ()))
    waiting = {**nothing, "not_voted": max(0, b.entitled - cast_in(view, b)), "failing": failing}
    waiting["papers_out"] = paper_balance(view.session, b).out
    if b.trust != Trust.STAMPED:
        return waiting
    issued = sum(b.issued if b.issued is not None else issued_of(view.session, b))
    without = max(0, b.entitled - stamped_now(view.session, b))
    trouble = view.presence.box.trouble
    return {**waiting, "issued": issued, "without_stamp": without, "box_trouble": trouble}


def certified_by(view: View, b: Ballot) -> int:
    """How many tellers have certified a ballot's result."""
    if b.certified_at is not None:
        return NEEDED
    return len(_parts(view, b).get(Deed.CERTIFY, ()))


def begun_by_one(view: View, b: Ballot, desk: bool) -> list[str]:
    """For the desk: what one teller has begun and a second one has to do too."""
    return sorted(deed for deed, parts in _parts(view, b).items() if parts) if desk else []


def _parts(view: View, b: Ballot) -> dict[str, list[str]]:
    """The parts of deeds that wait for a second teller, by deed."""
    if b.trust != Trust.STAMPED:
        return {}
    waiting = select(TellerAct.deed, TellerAct.person_id).where(
        TellerAct.ballot_id == b.id, TellerAct.version == b.version, TellerAct.done.is_(False)
    )
    found: dict[str, list[str]] = {}
    for row in view.session.execute(waiting):
        found.setdefault(row.deed, []).append(row.person_id)
    return found
