"""Ballots: the order of votes as a list: en bloc, passages pulled out, motions, alternatives; and why so."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from facilitate.domain.motions import MotionEffect
from facilitate.domain.order_rules import check_order, must_precede, name_of_vote
from facilitate.domain.refusal import Refused
from facilitate.domain.vote_order import Votable, order_of_votes

EN_BLOC = "en-bloc"


class EntryKind(StrEnum):
    """What is voted on at one place of the order."""

    EN_BLOC = "en-bloc"
    PASSAGE = "passage"
    MOTION = "motion"
    AMENDMENT = "amendment"
    ALTERNATIVES = "alternatives"
    RESCINDING = "rescinding"


@dataclass(frozen=True)
class Entry:
    """One vote to come: its key in the order, its motions if there are any yet, and what orders it."""

    key: str
    kind: EntryKind
    votable: Votable
    motions: tuple[str, ...] = ()
    passage: str | None = None


def entries_of(
    votables: Sequence[Votable], passages: Mapping[str, int], *, en_bloc: bool,
    apart: Collection[int] = (), rescinding: Collection[str] = (),
) -> list[Entry]:
    """The votes to come in their proposed order.

    Several new texts for one passage are put against each other, unless the passage's position is in `apart`.

    Shape: `passages` are those pulled out, id to position; en bloc comes first, it leaves nothing unheard.
    Errors: order-circle
    """
    rivals = _rivals(votables, apart)
    joined = {id_: key for key, group in rivals.items() for id_ in group}
    found = [_motion_entry(one, joined, rescinding) for one in votables if one.id not in joined]
    by_id = {one.id: one for one in votables}
    found += [_alternatives(key, [by_id[id_] for id_ in group]) for key, group in rivals.items()]
    found += [Entry(f"passage:{passage}", EntryKind.PASSAGE, _alone(f"passage:{passage}", at), (), passage)
              for passage, at in passages.items()]
    order = order_of_votes([entry.votable for entry in found])
    by_key = {entry.key: entry for entry in found}
    whole = [Entry(EN_BLOC, EntryKind.EN_BLOC, _alone(EN_BLOC, -1))] if en_bloc else []
    return whole + [by_key[key] for key in order]


def _alone(key: str, position: int) -> Votable:
    return Votable(key, 0, position, effect=MotionEffect.STATE)


def _rivals(votables: Sequence[Votable], apart: Collection[int]) -> dict[str, list[str]]:
    """New texts for one passage, two or more; one that waits for a condition is put by itself."""
    found: dict[str, list[str]] = {}
    for one in sorted(votables, key=lambda one: one.number):
        text = one.effect is MotionEffect.REPLACE and one.amends is None and one.contingent_on is None
        if text and one.position not in apart:
            found.setdefault(f"alternatives:{one.position}", []).append(one.id)
    return {key: group for key, group in found.items() if len(group) > 1}


def _motion_entry(one: Votable, joined: Mapping[str, str], rescinding: Collection[str]) -> Entry:
    kind = EntryKind.AMENDMENT if one.amends else EntryKind.MOTION
    kind = EntryKind.RESCINDING if one.id in rescinding else kind
    return Entry(f"motion:{one.id}", kind, replace(
        one, id=f"motion:{one.id}", amends=_key(one.amends, joined),
        contingent_on=_key(one.contingent_on, joined)), (one.id,))


def _key(id_: str | None, joined: Mapping[str, str]) -> str | None:
    return None if id_ is None else joined.get(id_, f"motion:{id_}")


def _alternatives(key: str, group: Sequence[Votable]) -> Entry:
    first, far = group[0], max(one.distance for one in group)
    return Entry(key, EntryKind.ALTERNATIVES, replace(first, id=key, distance=far),
                 tuple(one.id for one in group))


def arranged(entries: Sequence[Entry], chosen: Sequence[str]) -> list[Entry]:
    """The proposed order as somebody has rearranged it; what came in since is taken at its proper place."""
    by_key = {entry.key: entry for entry in entries}
    wish = [key for key in chosen if key in by_key]
    for place, entry in enumerate(entries):
        if entry.key not in wish:
            before = entries[place - 1].key if place else None
            wish.insert(wish.index(before) + 1 if before else 0, entry.key)
    waits = must_precede([entry.votable for entry in entries])
    order: list[str] = []
    while wish:
        # The rules know no circle here: entries_of has refused it, so one of those that wait is always free.
        order.append(next(key for key in wish if waits[key] <= set(order)))
        wish.remove(order[-1])
    return [by_key[key] for key in order]


def check_arranged(keys: Sequence[str], entries: Sequence[Entry]) -> None:
    """Refuse an order that the rules do not allow, or that is not of the votes to come.

    Errors: order-incomplete, order-not-legal
    """
    check_order(keys, [entry.votable for entry in entries])


def check_turn(key: str, entries: Sequence[Entry]) -> None:
    """Refuse to put something before what it has to wait for.

    Errors: order-not-legal
    """
    by_key = {entry.key: entry for entry in entries}
    waits = must_precede([entry.votable for entry in entries]).get(key, set())
    numbers = sorted(by_key[each].votable.number for each in waits)
    if numbers:
        raise Refused("order-not-legal", f"Motion {by_key[key].votable.number} has to wait for motion "
                      f"{numbers[0]} in the order of votes. Nothing was changed; put that one first.")


def reason_for(entry: Entry, entries: Sequence[Entry], with_amendments: Collection[str] = ()) -> str:
    """Why a vote stands where it stands, in words.

    Shape: `with_amendments` are the keys of texts that have, or had, amendments.
    """
    one = entry.votable
    numbers = {each.key: each.votable.number for each in entries}
    if one.contingent_on is not None:
        how = "carried" if one.when_carried else "not carried"
        waits = f"motion {numbers[one.contingent_on]}" if one.contingent_on in numbers else "another one"
        return f"It is put only if {waits} was {how}, so it comes after it."
    if entry.kind is EntryKind.AMENDMENT:
        beside = [each for each in entries if each.votable.amends == one.amends]
        far = " Of several the one that changes most words comes first." if len(beside) > 1 else ""
        return f"An amendment is decided before the text that it changes.{far}"
    if entry.kind is EntryKind.ALTERNATIVES:
        return "They are put against each other, so that those who want a change are not split among them."
    if entry.kind is EntryKind.EN_BLOC:
        return "Nobody pulled these passages out, so they are put all at once."
    if entry.kind is EntryKind.PASSAGE:
        return "It was pulled out of the vote en bloc, so it is put by itself."
    if entry.kind is EntryKind.RESCINDING:
        return "It takes back an earlier decision."
    if entry.key in with_amendments:
        return "The text comes after its amendments, as they leave it."
    rivals = [e for e in entries if e.votable.position == one.position and e.votable.amends is None]
    if len(rivals) > 1:
        return "Of several motions on one passage the one furthest from its text comes first."
    return "Passages come in the order of the document."


__all__ = [
    "EN_BLOC", "Entry", "EntryKind", "arranged", "check_arranged", "check_turn", "entries_of", "name_of_vote",
    "reason_for",
]
