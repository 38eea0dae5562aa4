"""Hall: what a published result does to its motion, to what it amends and to what falls with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import or_, select

from facilitate.domain.alternatives import stays_as_it_is
from facilitate.domain.ballots import BallotAct, BallotState, may_be_reworded, move_ballot
from facilitate.domain.counting import Verdict
from facilitate.domain.majority import rules_from_dict
from facilitate.domain.motions import MotionAct, MotionState, move
from facilitate.domain.refusal import Refused
from facilitate.domain.vote_order import falls_after
from facilitate.store.rows import Ballot, Motion
from facilitate.store.substantive import carry_amendment, rescind
from facilitate.store.votables import votables_of
from facilitate.store.vote_orders import ballots_on
from facilitate.store.writer import Transaction

_ACTS = {
    Verdict.CARRIED: MotionAct.CARRY,
    Verdict.LOST: MotionAct.LOSE,
    Verdict.TIED: MotionAct.TIE,
}
_ENDED = {Verdict.CARRIED: "was carried", Verdict.LOST: "was lost", Verdict.TIED: "ended in a tie"}


@dataclass
class Consequences:
    """What a result has done: the motion decided, those whose decision it took back or restored, those that
    it amends, those that fell with it.
    """

    decided: list[Motion] = field(default_factory=list)
    rescinded: list[Motion] = field(default_factory=list)
    amended: list[Motion] = field(default_factory=list)
    fallen: list[Motion] = field(default_factory=list)


def record_verdict(tx: Transaction, ballot: Ballot) -> Consequences:
    """Move a ballot's motions to their end, with everything that follows from it.

    Errors: `motion-state`.
    """
    motion = tx.session.get(Motion, ballot.motion_id) if ballot.motion_id else None
    if motion is None or ballot.result is None:
        return Consequences()
    done = Consequences()
    for each, act in _ends(tx, ballot, motion):
        each.state = move(MotionState(each.state), act).value
        each.decided_at = tx.now
        if act is MotionAct.FALL:
            each.ended_why = f"Not put by itself: another text was chosen in ballot {ballot.number}."
        done.decided.append(each)
    if motion.rescinds and motion.state == MotionState.CARRIED:
        tx.session.flush()
        done.rescinded += rescind(tx.session, motion, ballot.number)
    for each in [*done.decided, *done.rescinded]:
        if each.amends and each.state == MotionState.CARRIED:
            amended, fallen = carry_amendment(tx.session, each)
            done.amended += amended
            done.fallen += _fell(tx, ballot, fallen)
        done.fallen += _fall(tx, each, ballot)
    return done


def _ends(tx: Transaction, ballot: Ballot, motion: Motion) -> list[tuple[Motion, MotionAct]]:
    """What a result does to each of a ballot's motions."""
    result = ballot.result or {}
    if not ballot.alternatives:
        return [(motion, _ACTS[Verdict(result["verdict"])])]
    motions = [tx.session.get_one(Motion, each) for each in ballot.alternatives]
    winner, tied = result.get("winner"), result["verdict"] == Verdict.TIED
    if tied or stays_as_it_is(winner, rules_from_dict(ballot.rules)):
        act = MotionAct.TIE if tied else MotionAct.LOSE
        return [(each, act) for each in motions]
    chosen = int(str(winner)) - 1
    return [(m, MotionAct.CARRY if at == chosen else MotionAct.FALL) for at, m in enumerate(motions)]


def drop_ballots(tx: Transaction, motion: Motion) -> list[Ballot]:
    """Declare void what was to be voted on a motion that has ended without a vote.

    Errors: `ballot-running` while one is before the room.
    """
    ballots = ballots_on(tx.session, motion.id)
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


def _fall(tx: Transaction, decided: Motion, ballot: Ballot) -> list[Motion]:
    waiting = list(tx.session.scalars(select(Motion).where(Motion.state.in_(["draft", "put"]))))
    ended, *votables = votables_of(tx.session, [decided, *waiting])
    falls = falls_after(ended, MotionState(decided.state), votables)
    by_id = {motion.id: motion for motion in waiting}
    return _fell(tx, ballot, [(by_id[fall.id], fall.reason) for fall in falls])


def _fell(tx: Transaction, ballot: Ballot, fallen: Sequence[tuple[Motion, str]]) -> list[Motion]:
    how = _ENDED[Verdict((ballot.result or {})["verdict"])]
    for motion, reason in fallen:
        motion.state = move(MotionState(motion.state), MotionAct.FALL).value
        motion.decided_at = tx.now
        motion.ended_why = f"Not put, since ballot {ballot.number} {how}. {reason}"
    return [motion for motion, _ in fallen]
