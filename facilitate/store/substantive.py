"""Hall: how a text reads once an amendment to it is carried, and what rules once a decision is rescinded."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.domain.decisions import Decision, standing_decisions
from facilitate.domain.motions import MotionAct, MotionEffect, MotionState, move
from facilitate.domain.wording import apply_ops, base_hash, overlap, rebase_ops
from facilitate.domain.wording_diff import diff_ops
from facilitate.store.rows import Motion


def carry_amendment(session: Session, amendment: Motion) -> tuple[list[Motion], list[tuple[Motion, str]]]:
    """Put an amendment's words into the text that it amends, and fit the others that wait to that text.

    Shape: every motion whose words changed, its text first; those that cannot be fitted, with the reason.
    """
    target = session.get_one(Motion, amendment.amends)
    before = target.text
    target.text = amendment.text
    if target.effect == MotionEffect.REPLACE:
        target.ops = [list(op) for op in diff_ops(target.base or "", target.text)]
    changed, fallen = [target], []
    waiting = select(Motion).where(
        Motion.amends == target.id, Motion.state.in_(["draft", "put"]), Motion.base == before
    )
    for other in session.scalars(waiting.order_by(Motion.number)):
        if overlap(other.ops or [], amendment.ops or []):
            words = f"Motion {amendment.number} has changed the words that it would change."
            fallen.append((other, words))
            continue
        ops = rebase_ops(other.ops or [], amendment.ops or [])
        other.base, other.ops = target.text, [list(op) for op in ops]
        other.base_hash, other.text = base_hash(target.text), apply_ops(target.text, ops)
        changed.append(other)
    return changed, fallen


def rescind(session: Session, motion: Motion, ballot: int) -> list[Motion]:
    """Let every decision stand or be taken back as the rules have it once this one is carried too.

    Shape: the motions whose state this changed.
    """
    chain = list(session.scalars(
        select(Motion)
        .where(Motion.document_id == motion.document_id, Motion.passage_id == motion.passage_id,
               Motion.state.in_(["carried", "rescinded"]), Motion.amends.is_(None))
        .order_by(Motion.decided_at, Motion.number)
    ))  # fmt: skip
    numbers = {each.id: each.number for each in chain}
    decisions = [
        Decision(each.number, None if each.rescinds else each.text, numbers.get(each.rescinds or ""))
        for each in chain
    ]
    changed = []
    for each, standing in zip(chain, standing_decisions(decisions), strict=True):
        taken_back = standing.rescinded_by is not None
        if taken_back == (each.state == MotionState.RESCINDED):
            continue
        act = MotionAct.RESCIND if taken_back else MotionAct.RESTORE
        each.state = move(MotionState(each.state), act).value
        each.ended_why = f"Rescinded by ballot {ballot}." if taken_back else None
        changed.append(each)
    return changed
