"""Hall: what a published result does to its motion, to what it amends and to what falls with it."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import or_, select

from facilitate.domain.ballots import BallotAct, BallotState, may_be_reworded, move_ballot
from facilitate.domain.counting import Verdict
from facilitate.domain.motions import MotionAct, MotionEffect, MotionState, move
from facilitate.domain.refusal import Refused
from facilitate.domain.vote_order import Votable, falls_after
from facilitate.domain.wording_diff import diff_ops
from facilitate.store.rows import Ballot, Motion, Passage
from facilitate.store.writer import Transaction

_ACTS = {
    Verdict.CARRIED: MotionAct.CARRY,
    Verdict.LOST: MotionAct.LOSE,
    Verdict.TIED: MotionAct.TIE,
}


@dataclass
class Consequences:
    """What a result has done: the motion decided, the one that it amends, those that fell with it."""

    decided: list[Motion] = field(default_factory=list)
    amended: list[Motion] = field(default_factory=list)
    fallen: list[Motion] = field(default_factory=list)


def record_verdict(tx: Transaction, ballot: Ballot) -> Consequences:
    """Move a ballot's motion to its end, with everything that follows from it.

    Errors: `motion-state`.
    """
    motion = tx.session.get(Motion, ballot.motion_id) if ballot.motion_id else None
    if motion is None or ballot.result is None:
        return Consequences()
    verdict = Verdict(ballot.result["verdict"])
    motion.state = move(MotionState(motion.state), _ACTS[verdict]).value
    motion.decided_at = tx.now
    amended = _amend(tx, motion) if motion.amends and verdict is Verdict.CARRIED else []
    return Consequences([motion], amended, _fall(tx, motion))


def drop_ballots(tx: Transaction, motion: Motion) -> list[Ballot]:
    """Declare void what was to be voted on a motion that has ended without a vote.

    Errors: `ballot-running` while one is before the room.
    """
    ballots = list(tx.session.scalars(select(Ballot).where(Ballot.motion_id == motion.id)))
    for ballot in ballots:
        if ballot.state in ("announced", "open", "closed", "provisional"):
            raise Refused(
                "ballot-running",
                f"Ballot {ballot.number} on this motion is before the room. Recall it or see it through.",
            )
    waiting = [ballot for ballot in ballots if may_be_reworded(BallotState(ballot.state))]
    for ballot in waiting:
        ballot.state = move_ballot(BallotState(ballot.state), BallotAct.VOID).value
    return waiting


def ballots_beside(tx: Transaction, motion: Motion) -> list[str]:
    """The ballots still to come that say what the same passage or motion reads, as touches."""
    beside = select(Motion.id).where(
        or_(Motion.id == motion.id, Motion.amends == motion.id, Motion.id == motion.amends)
        if motion.passage_id is None
        else Motion.passage_id == motion.passage_id
    )
    waiting = select(Ballot.id).where(
        Ballot.motion_id.in_(beside), Ballot.state.in_(["draft", "announced", "recalled", "open"])
    )
    return [f"ballot:{ballot}" for ballot in tx.session.scalars(waiting)]


def _amend(tx: Transaction, amendment: Motion) -> list[Motion]:
    target = tx.session.get_one(Motion, amendment.amends)
    target.text = amendment.text
    if target.effect == MotionEffect.REPLACE:
        target.ops = [list(op) for op in diff_ops(target.base or "", target.text)]
    return [target]


def _fall(tx: Transaction, decided: Motion) -> list[Motion]:
    waiting = list(tx.session.scalars(select(Motion).where(Motion.state.in_(["draft", "put"]))))
    votables = [_votable(tx, motion) for motion in waiting]
    fallen = falls_after(_votable(tx, decided), MotionState(decided.state), votables)
    by_id = {motion.id: motion for motion in waiting}
    for fall in fallen:
        motion = by_id[fall.id]
        motion.state = move(MotionState(motion.state), MotionAct.FALL).value
        motion.decided_at = tx.now
    return [by_id[fall.id] for fall in fallen]


def _votable(tx: Transaction, motion: Motion) -> Votable:
    passage = tx.session.get(Passage, motion.passage_id) if motion.passage_id else None
    return Votable(
        id=motion.id,
        number=motion.number,
        position=passage.position if passage else 0,
        effect=MotionEffect(motion.effect),
        amends=motion.amends,
    )
