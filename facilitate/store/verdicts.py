"""Hall: what a published result does to its motion, to what it amends and to what falls with it."""

from __future__ import annotations

from sqlalchemy import select

from facilitate.domain.counting import Verdict
from facilitate.domain.motions import MotionAct, MotionEffect, MotionState, move
from facilitate.domain.vote_order import Votable, falls_after
from facilitate.domain.wording_diff import diff_ops
from facilitate.store.rows import Ballot, Motion, Passage, Row
from facilitate.store.writer import Transaction

_ACTS = {
    Verdict.CARRIED: MotionAct.CARRY,
    Verdict.LOST: MotionAct.LOSE,
    Verdict.TIED: MotionAct.TIE,
}


def record_verdict(tx: Transaction, ballot: Ballot) -> list[Row]:
    """Move a ballot's motion to its end.

    Shape: the rows that changed, the motion of the ballot first.
    """
    motion = tx.session.get(Motion, ballot.motion_id) if ballot.motion_id else None
    if motion is None or ballot.result is None:
        return []
    verdict = Verdict(ballot.result["verdict"])
    motion.state = move(MotionState(motion.state), _ACTS[verdict]).value
    motion.decided_at = tx.now
    changed: list[Row] = [motion]
    if motion.amends and verdict is Verdict.CARRIED:
        changed += _amend(tx, motion)
    return changed + _fall(tx, motion)


def _amend(tx: Transaction, amendment: Motion) -> list[Row]:
    target = tx.session.get_one(Motion, amendment.amends)
    target.text = amendment.text
    if target.passage_id and target.effect == MotionEffect.REPLACE:
        passage = tx.session.get_one(Passage, target.passage_id)
        target.ops = [list(op) for op in diff_ops(passage.text or passage.heading, target.text)]
    return [target]


def _fall(tx: Transaction, decided: Motion) -> list[Row]:
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
