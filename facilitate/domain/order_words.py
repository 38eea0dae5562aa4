"""Ballots: what is asked at each place of the order of votes, what it is called, and what falls by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from facilitate.domain.motions import MotionState
from facilitate.domain.order_rules import name_of_vote
from facilitate.domain.vote_entries import EntryKind
from facilitate.domain.vote_order import Votable, falls_after


def standing_text(references: Sequence[str]) -> str:
    """The words of a motion that passages stand as they are."""
    if len(references) == 1:
        return f"{references[0]} stands as it reads."
    return f"{in_words(references)} stand as they read."


def in_words(names: Sequence[str]) -> str:
    """Names as a chair would say them: a, b and c."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def question_of(
    kind: EntryKind, one: Votable, beside: Sequence[Votable], ended: Mapping[str, MotionState], *,
    title: str, reference: str = "", amends: int | None = None,
) -> str:
    """What the room is asked at one place of the order.

    Shape: a text that was amended before is put as the substantive, with the amendments named.
    """
    if kind is EntryKind.ALTERNATIVES:
        return f"Which text for {reference or 'this point'}?"
    if kind is EntryKind.AMENDMENT and amends is not None:
        return f"Motion {one.number}, to amend motion {amends}: {title}"
    if kind in (EntryKind.EN_BLOC, EntryKind.PASSAGE):
        return title if kind is EntryKind.PASSAGE else f"{title}: every passage that nobody pulled out"
    name = name_of_vote(one, beside, ended)
    return f"{name[:1].upper()}{name[1:]}: {title}"


def label_of(
    kind: EntryKind, numbers: Sequence[int], *, title: str = "", reference: str = "",
    amends: int | None = None, passages: int = 0, amended: bool = False,
) -> str:
    """What one vote of the order is called in a list."""
    if kind is EntryKind.EN_BLOC:
        many = "1 passage" if passages == 1 else f"{passages} passages"
        return f"En bloc: {many} that nobody pulled out"
    if kind is EntryKind.PASSAGE:
        return f"{reference} as it reads"
    named = in_words([str(number) for number in numbers])
    if kind is EntryKind.ALTERNATIVES:
        return f"Motions {named} against each other: one text for {reference}"
    if kind is EntryKind.AMENDMENT and amends is not None:
        return f"Motion {named}, to amend motion {amends}: {title}"
    substantive = "The substantive, motion" if amended else "Motion"
    return f"{substantive} {named}: {title}"


def falls_in_words(one: Votable, waiting: Sequence[Votable]) -> dict[MotionState, str]:
    """What is not put any more if a motion is carried, and if it is lost.

    Shape: a sentence for each of the two; none where nothing falls by it alone.
    """
    falls = {how: {fall.id for fall in falls_after(one, how, waiting)}
             for how in (MotionState.CARRIED, MotionState.LOST)}
    numbers = {each.id: each.number for each in waiting}
    said: dict[MotionState, str] = {}
    for how, ids in falls.items():
        if ids:
            named = in_words([str(n) for n in sorted(numbers[id_] for id_ in ids)])
            said[how] = f"Motion {named} then falls." if len(ids) == 1 else f"Motions {named} then fall."
    return said
