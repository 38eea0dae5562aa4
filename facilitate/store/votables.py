"""Hall: motions as the rules of the order of votes read them, and what falls once one of them has ended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.domain.motions import MotionEffect
from facilitate.domain.vote_order import Votable
from facilitate.domain.wording import changed_words, overlap
from facilitate.store.rows import Motion, Passage

# A motion about no passage comes after all passages, and none of these has to wait for another.
_AFTER_ALL = 1_000_000


def distance_of(motion: Motion) -> int:
    """How far a motion is from the text, in changed words; whole new or deleted texts count all words."""
    if motion.ops:
        return changed_words(motion.ops)
    return len((motion.base if motion.effect == MotionEffect.DELETE else motion.text).split())


def place_of_passage(position: int) -> int:
    """Where a passage stands in the order of votes: there is room for a vote on it as it stands before it."""
    return 2 * position


def votables_of(session: Session, motions: Sequence[Motion]) -> list[Votable]:
    """These motions for the rules of the order, in their order."""
    wanted = {motion.passage_id for motion in motions if motion.passage_id}
    rows = session.execute(select(Passage.id, Passage.position).where(Passage.id.in_(wanted)))
    places = {row.id: row.position for row in rows}
    return [_votable(motion, places, motions) for motion in motions]


def votable(session: Session, motion: Motion) -> Votable:
    """One motion for the rules of the order, by itself."""
    return votables_of(session, [motion])[0]


def _votable(motion: Motion, places: Mapping[str, int], beside: Iterable[Motion]) -> Votable:
    at = places.get(motion.passage_id or "")
    return Votable(
        id=motion.id, number=motion.number,
        position=_AFTER_ALL + motion.number if at is None else place_of_passage(at),
        distance=distance_of(motion), effect=MotionEffect(motion.effect), amends=motion.amends,
        contingent_on=motion.contingent_on, when_carried=motion.when_carried,
        touches=frozenset(each.id for each in beside if _touch(motion, each)),
    )  # fmt: skip


def _touch(one: Motion, other: Motion) -> bool:
    """Whether two amendments to one wording change the same words of it."""
    if one.id == other.id or one.amends is None or one.amends != other.amends or one.base != other.base:
        return False
    return overlap(one.ops or [], other.ops or [])
