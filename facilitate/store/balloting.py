"""Hall: what every act on a ballot does: find it, move it in its life, and tell whom it concerns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from facilitate.domain.ballots import BallotAct, BallotState, move_ballot, version_after
from facilitate.domain.presets import preset_settings
from facilitate.store.order_touches import touches_of_order
from facilitate.store.rows import Ballot, Event, Motion, Row
from facilitate.store.tracks import followers
from facilitate.store.verdicts import ballots_beside
from facilitate.store.writer import Transaction

SHOWN = ["delegates", "themes"]
ROOM = [*SHOWN, "person:*"]


def event_settings(tx: Transaction) -> dict[str, Any]:
    """The settings of the event; what an older event does not name is as in its preset."""
    event = tx.session.get_one(Event, "event")
    return preset_settings(event.preset) | event.settings


def move_on(tx: Transaction, ballot: Ballot, act: BallotAct) -> None:
    """Move a ballot in its life.

    Errors: `ballot-state`.
    """
    # A vote later in the same group commit must find the ballot as it is now.
    tx.cache.pop(("ballot", ballot.id), None)
    tx.cache.pop(("ballot-stamps", ballot.id), None)
    state = BallotState(ballot.state)
    ballot.version = version_after(ballot.version, state, act)
    ballot.state = move_ballot(state, act).value


def tell_ballot(
    tx: Transaction, action: str, ballot: Ballot, *, reason: str | None = None, rows: Sequence[Row] = ()
) -> None:
    """Record an act on a ballot and name everything whose view it changes."""
    motion = tx.session.get(Motion, ballot.motion_id) if ballot.motion_id else None
    touches = [f"motion:{motion.id}", *ballots_beside(tx, motion)] if motion else []
    if motion:
        touches += [f"motion:{each}" for each in ballot.alternatives or ()]
        touches += touches_of_order(tx, motion.document_id)
    if motion and motion.passage_id:
        touches.append(f"passage:{motion.passage_id}")
    tx.record(
        action, f"ballot:{ballot.id}", rows=[ballot, *rows], audiences=ROOM, reason=reason,
        touches=[*touches, f"vote:{ballot.id}", *followers(tx)],
    )  # fmt: skip
