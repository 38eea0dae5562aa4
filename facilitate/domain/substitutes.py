"""Before and hall: a substitute takes over a delegate's place: what passes on, and what stays."""

from __future__ import annotations

from enum import StrEnum

from facilitate.domain.refusal import Refused


class Passing(StrEnum):
    """What becomes of a delegate's vote in a ballot that is announced or open."""

    PASSES = "passes"
    STAYS = "stays"


def vote_passes(*, on_the_roll: bool, used: bool) -> Passing | None:
    """Whether the vote in a running ballot passes on; None where the delegate has none in it.

    A stamp or a paper that was taken, and a vote that was cast, cannot be taken back unseen: there the
    substitute votes from the next announcement on.

    Source: glossary.md, substitute.
    """
    if not on_the_roll:
        return None
    return Passing.STAYS if used else Passing.PASSES


def check_substitute(name: str, reason: str) -> None:
    """Refuse a substitution without a name or a reason.

    Errors: name-missing, name-too-long, reason-missing
    """
    if not name:
        raise Refused("name-missing", "Write the substitute's name. Nothing was changed.", "name")
    if len(name) > 120:
        raise Refused("name-too-long", "A name has at most 120 characters. Nothing was changed.", "name")
    if not reason:
        raise Refused("reason-missing", "Say why a substitute takes over; the reason goes on record. Nothing "
                      "was changed.", "reason")
