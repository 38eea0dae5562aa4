"""Ballots: what takes two tellers, each on their own sign-in, and what nobody may do any more."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from facilitate.domain.ballots import BallotState, Trust
from facilitate.domain.refusal import Refused

NEEDED = 2


class Deed(StrEnum):
    """What two tellers do together."""

    CERTIFY = "certify"
    VOID = "void"
    REPLACE = "replace"


_BEFORE_STAMPS = (BallotState.DRAFT, BallotState.RECALLED)
_COUNTED = (BallotState.PROVISIONAL, BallotState.PUBLISHED)


def is_done_with(others: Collection[str], teller: str) -> bool:
    """Whether a deed is done once this teller has done it too.

    Errors: same-teller
    """
    if teller in others:
        raise Refused("same-teller", "You have done this already. It takes a second teller, on their own "
                      "sign-in; what you did is kept.")
    return len(set(others)) + 1 >= NEEDED


def check_certified(trust: Trust, certified: bool, *, by_itself: bool) -> None:
    """Refuse to publish a stamped ballot's result by hand before two tellers have certified it.

    Errors: not-certified
    """
    if trust is Trust.STAMPED and not certified and not by_itself:
        raise Refused("not-certified", "Two tellers certify this result before it is published by hand. "
                      "Nothing is held back: it publishes itself in time, and says if it is not certified.")


def takes_tellers(trust: Trust, state: BallotState) -> bool:
    """Whether declaring a ballot void is for two tellers and not for the chair."""
    return trust is Trust.STAMPED and state not in _BEFORE_STAMPS


def check_void(trust: Trust, state: BallotState, *, is_teller: bool, is_chair: bool) -> None:
    """Refuse a void ballot to whoever may not declare it, or when a total can have been seen.

    Errors: room-decides, two-tellers-needed, not-your-role
    """
    if trust is Trust.STAMPED and state in _COUNTED:
        raise Refused("room-decides", "The board of this ballot is out and its votes can be counted by "
                      "anybody. Nothing was changed; only the room can set it aside now, by a ballot of its "
                      "own.", "state")
    if takes_tellers(trust, state):
        if not is_teller:
            raise Refused("two-tellers-needed", "A stamped ballot is declared void by two tellers, each on "
                          "their own sign-in. Nothing was changed; ask the tellers.")
    elif not is_chair:
        raise Refused("not-your-role", "This is for the chair. Nothing was changed.")


def stamped_sentences(replaced: int, *, doubtful: bool, certified: bool) -> list[str]:
    """What is published with a stamped ballot's result."""
    said = []
    if replaced:
        said.append("1 stamp was replaced." if replaced == 1 else f"{replaced:,} stamps were replaced.")
    if doubtful:
        said.append("Replaced stamps could have changed this result, so it decides nothing: run it again.")
    said.append("Certified by two tellers." if certified else "Not certified: no two tellers did so in time.")
    return said
