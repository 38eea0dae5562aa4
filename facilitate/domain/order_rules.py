"""Ballots: which orders of votes are legal, what a set of votes comes to, what is the substantive."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from facilitate.domain.motions import MotionState
from facilitate.domain.refusal import Refused
from facilitate.domain.vote_order import Votable, falls_after, order_of_votes


def must_precede(votables: Sequence[Votable]) -> dict[str, set[str]]:
    """What has to be voted on before each: the rest of the order is the chair's.

    On one passage the order is fixed: each text after its amendments, the furthest from it first, rival texts
    likewise. A contingent one, with its amendments, comes after what it waits for, wherever that stands.

    Shape: id to the ids before it, direct ones only.
    Errors: order-circle
    """
    by_id = {one.id: one for one in votables}
    before: dict[str, set[str]] = {one.id: set() for one in votables}
    last_on: dict[int, str] = {}
    for id_ in order_of_votes(votables):
        line = _line(by_id[id_], by_id)
        before[id_] |= {one.contingent_on for one in line if one.contingent_on in by_id}
        passage = line[-1].position
        before[id_] |= {last_on[passage]} if passage in last_on else set()
        last_on[passage] = id_
    return before


def _line(one: Votable, by_id: Mapping[str, Votable]) -> list[Votable]:
    """A motion, what it amends, what that amends, up to the text."""
    line = [one]
    while line[-1].amends in by_id:
        line.append(by_id[str(line[-1].amends)])
    return line


def check_order(order: Sequence[str], votables: Sequence[Votable]) -> None:
    """Refuse an order in which a vote would come before one that it has to wait for.

    Errors: order-incomplete, order-not-legal, order-circle
    """
    by_id = {one.id: one for one in votables}
    if sorted(order) != sorted(by_id):
        raise Refused("order-incomplete", "The order has to name every motion that waits for its vote, each "
                      "once. Nothing was changed; complete it.", "order")
    before = must_precede(votables)
    seen: set[str] = set()
    for id_ in order:
        waits = sorted(by_id[each].number for each in before[id_] - seen)
        if waits:
            raise Refused("order-not-legal", f"Motion {by_id[id_].number} has to wait for motion {waits[0]}. "
                          "Nothing was changed; put that one before it.", "order")
        seen.add(id_)


def hold_votes(
    order: Sequence[str], votables: Sequence[Votable], carries: Mapping[str, bool],
) -> dict[str, MotionState]:
    """What a set of votes comes to when it is taken in this order: whatever falls is not put.

    Shape: id to carried, lost or fell, for every motion.
    Errors: order-incomplete, order-not-legal, order-circle
    """
    check_order(order, votables)
    by_id = {one.id: one for one in votables}
    ended: dict[str, MotionState] = {}
    for id_ in order:
        if id_ in ended:
            continue
        ended[id_] = MotionState.CARRIED if carries[id_] else MotionState.LOST
        waiting = [one for one in votables if one.id not in ended]
        for fall in falls_after(by_id[id_], ended[id_], waiting):
            ended[fall.id] = MotionState.FELL
    return ended


def name_of_vote(one: Votable, votables: Sequence[Votable], ended: Mapping[str, MotionState]) -> str:
    """What is put to the vote: a motion as it stands, or as amended, which is then the substantive."""
    carried = sorted(
        each.number for each in votables
        if each.amends == one.id and ended.get(each.id) is MotionState.CARRIED
    )
    if not carried:
        return f"motion {one.number}"
    amended = [str(number) for number in carried]
    by = amended[0] if len(amended) == 1 else f"{', '.join(amended[:-1])} and {amended[-1]}"
    return f"the substantive: motion {one.number} as amended by {by}"
