"""Motions: in which order the room votes on them, and which of them fall by what was decided before."""

from __future__ import annotations

import heapq
from collections.abc import Sequence
from dataclasses import dataclass

from facilitate.domain.motions import MotionEffect, MotionState
from facilitate.domain.refusal import Refused


@dataclass(frozen=True)
class Votable:
    """A motion or amendment waiting for its vote.

    `position` is that of its passage in the document; `distance` the number of words that it changes
    (`changed_words`). A contingent one is put only if another was carried, or if it was not. `touches` are
    the other amendments to the same text that change words which it changes too.
    """

    id: str
    number: int
    position: int = 0
    distance: int = 0
    effect: MotionEffect = MotionEffect.REPLACE
    amends: str | None = None
    contingent_on: str | None = None
    when_carried: bool = True
    touches: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Fall:
    """A motion that will not be put, and why."""

    id: str
    reason: str


def order_of_votes(votables: Sequence[Votable]) -> list[str]:
    """The ids in the order of voting.

    Passages come in the order of the document. Amendments come before the text that they amend, and of
    several the one that changes most words first, so that a vote never settles a milder one unheard; the
    same for rival motions on one passage; the lower number decides between equals. A contingent one, with
    its amendments, comes after what it waits for.

    Errors: order-circle
    """
    by_id = {one.id: one for one in votables}
    rank = {one.id: place for place, one in enumerate(_naive_order(votables))}
    waits = {one.id: _waits_for(one, by_id) for one in votables}
    ready = [(rank[id_], id_) for id_, before in waits.items() if not before]
    heapq.heapify(ready)
    order: list[str] = []
    while ready:
        _, done = heapq.heappop(ready)
        order.append(done)
        for id_, before in waits.items():
            if done in before:
                before.discard(done)
                if not before:
                    heapq.heappush(ready, (rank[id_], id_))
    if len(order) < len(by_id):
        raise _circle()
    return order


def _circle() -> Refused:
    return Refused("order-circle", "These motions wait for one another, so none can be voted on first. "
                   "Nothing was changed; take one condition away.", "contingent_on")


def _naive_order(votables: Sequence[Votable]) -> list[Votable]:
    """The order without conditions: each text preceded by its amendments, each of these by its own."""
    known = {one.id for one in votables}
    order: list[Votable] = []

    def lay(one: Votable, depth: int) -> None:
        if depth > len(known):
            raise _circle()
        for amendment in sorted((each for each in votables if each.amends == one.id), key=_furthest_first):
            lay(amendment, depth + 1)
        order.append(one)

    roots = [one for one in votables if one.amends not in known]
    for root in sorted(roots, key=lambda one: (one.position, *_furthest_first(one))):
        lay(root, 0)
    if len(order) < len(known):
        raise _circle()
    return order


def _furthest_first(one: Votable) -> tuple[int, int]:
    return -one.distance, one.number


def _waits_for(one: Votable, by_id: dict[str, Votable]) -> set[str]:
    """What is voted on before: its amendments, its condition, and the conditions of what it amends."""
    before = {each.id for each in by_id.values() if each.amends == one.id}
    text: Votable | None = one
    while text is not None:
        if text.contingent_on in by_id:
            before.add(str(text.contingent_on))
        text = by_id.get(text.amends or "")
    return before


def falls_after(decided: Votable, outcome: MotionState, waiting: Sequence[Votable]) -> list[Fall]:
    """What falls once a motion has ended so, and what falls with that in turn.

    Shape: each at most once, in the order in which one brings down the next.
    """
    falls: list[Fall] = []
    ended = [(decided, outcome)]
    while ended:
        cause, how = ended.pop(0)
        fallen = {fall.id for fall in falls}
        for one in waiting:
            reason = _why_falls(one, cause, how)
            if reason and one.id not in fallen and one.id != decided.id:
                falls.append(Fall(one.id, reason))
                ended.append((one, MotionState.FELL))
    return falls


def _why_falls(one: Votable, cause: Votable, outcome: MotionState) -> str | None:
    carried = outcome is MotionState.CARRIED
    if one.contingent_on == cause.id and one.when_carried != carried:
        condition = "carried" if one.when_carried else "not carried"
        return f"It was to be put only if motion {cause.number} was {condition}."
    if one.amends == cause.id:
        return f"Motion {cause.number}, which it amends, is decided."
    if carried and cause.id in one.touches:
        return f"Motion {cause.number} has changed the words that it would change."
    deletes = carried and cause.amends is None and cause.effect is MotionEffect.DELETE
    touches = one.amends is None and one.effect in (MotionEffect.REPLACE, MotionEffect.DELETE)
    if deletes and touches and one.position == cause.position:
        return f"Motion {cause.number} deletes the passage."
    return None
