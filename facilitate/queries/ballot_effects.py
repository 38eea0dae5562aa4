"""Hall: what each answer on a ballot does to the text, and which motions fall by it."""

from __future__ import annotations

from sqlalchemy import select

from facilitate.domain.motions import (
    Answers,
    MotionEffect,
    MotionState,
    Proposal,
    effects_of_amendment,
    effects_of_answers,
    effects_of_rescinding,
    effects_of_standing,
)
from facilitate.queries.documents import carried_texts, references_of
from facilitate.queries.view import View
from facilitate.queries.vote_orders import what_falls
from facilitate.store.rows import Ballot, Motion, Passage


def effects_on(view: View, ballot: Ballot, motion: Motion | None) -> dict[str, str]:
    """What each answer does, for the ballot, the screen and speech.

    Shape: option key to one or more sentences; options that do nothing by themselves are not named.
    """
    if motion is None:
        return {}
    if ballot.alternatives:
        return _of_alternatives(view, ballot.alternatives)
    answers = _answers(view, motion)
    falls = what_falls(view, motion) if motion.state == MotionState.PUT else {}
    return {
        "for": " ".join(filter(None, (answers.when_for, falls.get(MotionState.CARRIED)))),
        "against": " ".join(filter(None, (answers.when_against, falls.get(MotionState.LOST)))),
    }


def _of_alternatives(view: View, motions: list[str]) -> dict[str, str]:
    """Each text as the passage would read; the last option leaves it as it is."""
    found = [view.session.get_one(Motion, each) for each in motions]
    answers = [_answers(view, motion) for motion in found]
    effects = {str(at): each.when_for for at, each in enumerate(answers, 1)}
    return effects | {str(len(found) + 1): answers[0].when_against}


def _answers(view: View, motion: Motion) -> Answers:
    if motion.amends:
        target = view.session.get_one(Motion, motion.amends)
        return effects_of_amendment(f"Motion {target.number}", motion.base, motion.ops or [])
    if motion.stands:
        return effects_of_standing(len(motion.stands))
    if motion.rescinds:
        earlier = view.session.get_one(Motion, motion.rescinds)
        return effects_of_rescinding(earlier.number, _reads_without(view, earlier))
    reference = references_of(view, [motion.passage_id]).get(motion.passage_id or "", "")
    changed = bool(
        motion.passage_id and motion.passage_id in carried_texts(view) and motion.state != "carried"
    )
    proposal = Proposal(MotionEffect(motion.effect), reference, motion.base, motion.text)
    return effects_of_answers(proposal, changed_before=changed)


def _reads_without(view: View, earlier: Motion) -> str | None:
    """How a passage reads once one decision on it is taken back."""
    if earlier.passage_id is None or earlier.effect not in ("replace", "delete"):
        return None
    before = view.session.scalars(
        select(Motion)
        .where(
            Motion.passage_id == earlier.passage_id, Motion.state == "carried", Motion.id != earlier.id,
            Motion.effect.in_(["replace", "delete"]), Motion.amends.is_(None),
        )
        .order_by(Motion.decided_at.desc())
    ).first()  # fmt: skip
    passage = view.session.get_one(Passage, earlier.passage_id)
    return before.text if before else passage.text or passage.heading
