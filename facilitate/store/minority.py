"""After a ballot: the minority positions of a published one, from its result and from its movers' words."""

from __future__ import annotations

from sqlalchemy.orm import Session

from facilitate.domain.ballots import BallotState, Purpose
from facilitate.domain.counting import result_from_dict
from facilitate.domain.majority import rules_from_dict
from facilitate.domain.minority import Position, Proposed, positions_of
from facilitate.domain.motions import MotionEffect
from facilitate.store.rows import Ballot, Motion, Passage


def positions_on(session: Session, ballot: Ballot) -> tuple[Position, ...]:
    """What goes on beside the text after a binding ballot whose result is published and stands."""
    binding = ballot.purpose == Purpose.BINDING and not ballot.doubtful
    if ballot.result is None or ballot.state != BallotState.PUBLISHED or not binding:
        return ()
    result, rules = result_from_dict(ballot.result), rules_from_dict(ballot.rules)
    if not rules.minority:
        return ()
    return positions_of(result, rules, _proposed(session, ballot), ballot.positions or {})


def _proposed(session: Session, ballot: Ballot) -> Proposed:
    motion = session.get(Motion, ballot.motion_id) if ballot.motion_id else None
    if motion is None:
        return Proposed(ballot.question)
    return Proposed(
        ballot.question, motion.text, motion.base or "", reference_of(session, motion),
        motion.effect == MotionEffect.DELETE,
    )  # fmt: skip


def reference_of(session: Session, motion: Motion) -> str:
    """The passage that a motion, or the one that it amends, is about; "" for none."""
    root = session.get(Motion, motion.amends) if motion.amends else motion
    passage = session.get(Passage, root.passage_id) if root and root.passage_id else None
    return passage.reference if passage else ""
