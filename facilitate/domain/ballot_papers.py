"""Ballots: paper beside the devices: who may take one, how two tellers enter it, what is still out."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from facilitate.domain.ballots import BallotState, Trust
from facilitate.domain.refusal import Refused

# What tellers enter for a paper that says nothing clear, or that was handed out and never came back.
SPOILT = "-"
# Fewer papers than this hide their voters badly among one another.
FEW_PAPERS = 10
_GIVEN = (BallotState.ANNOUNCED, BallotState.OPEN)


class Compared(StrEnum):
    """What two tellers' entries of one paper come to."""

    WAITING = "waiting"
    DIFFERS = "differs"
    AGREED = "agreed"


class Way(StrEnum):
    """How a delegate on the roll stands towards a ballot, as far as paper is concerned."""

    FREE = "free"
    PAPER = "paper"
    STAMPED = "stamped"
    VOTED = "voted"


WAY_WORDS = {
    Way.FREE: "May have a paper.",
    Way.PAPER: "Has a paper already.",
    Way.STAMPED: "Their device holds a stamp, which may have been used. Two tellers can replace it; then "
                 "this delegate may have a paper.",
    Way.VOTED: "Has voted.",
}  # fmt: skip


def check_hand_out(trust: Trust, state: BallotState, way: Way) -> None:
    """Refuse a paper where the ballot has none, or where this delegate could then vote twice.

    Errors: no-papers, ballot-state, paper-taken, stamp-taken, already-voted
    """
    if trust in (Trust.HANDS, Trust.CARDS):
        raise Refused("no-papers", "A show of hands and a card vote have no papers. Nothing was changed.")
    if state not in _GIVEN:
        raise Refused("ballot-state", "Papers are handed out while a ballot is announced or open. Nothing "
                      "was changed; keep the paper.")
    if way is not Way.FREE:
        code = {Way.PAPER: "paper-taken", Way.STAMPED: "stamp-taken", Way.VOTED: "already-voted"}[way]
        raise Refused(code, f"{WAY_WORDS[way]} Nothing was changed; keep the paper.", "delegate")


def check_entering(trust: Trust, state: BallotState) -> None:
    """Refuse a paper where the ballot has none, or while nothing can be put in the box.

    Errors: no-papers, ballot-state
    """
    if trust in (Trust.HANDS, Trust.CARDS):
        raise Refused("no-papers", "A show of hands and a card vote have no papers. Enter their count, or "
                      "the cards, instead.")
    if state is not BallotState.OPEN:
        raise Refused("ballot-state", "Papers are entered while the ballot is open. Nothing was entered; "
                      "keep the paper apart and tell the chair.")


def compare_entries(mine: str, others: Mapping[str, str]) -> Compared:
    """What one teller's entry comes to beside those of others: any one that says the same is enough.

    Shape: `others` is teller to entry.
    """
    if mine in others.values():
        return Compared.AGREED
    return Compared.DIFFERS if others else Compared.WAITING


def difference_words(number: int, readings: list[str]) -> str:
    """What tellers are told who read one paper differently; which of them read what is not said."""
    read = " and ".join(f"“{reading}”" for reading in readings)
    return (f"Paper {number} was read differently: {read}. It does not count yet. Look at it together; "
            "whoever was wrong enters it again.")


def few_papers_words(handed_out: int) -> str:
    """What tellers are told while so few took a paper that one can guess whose is whose; else nothing."""
    if not 0 < handed_out < FEW_PAPERS:
        return ""
    out = "Only 1 paper is" if handed_out == 1 else f"Only {handed_out} papers are"
    return (f"{out} handed out. Whoever reads so few, or copies the hub’s files before the result, may find "
            f"out who voted how. Offer paper to others, until {FEW_PAPERS} have one.")


def check_papers_in(out: int, reason: str | None) -> None:
    """Refuse to close while papers are out, unless a reason goes on record.

    Errors: papers-out
    """
    if out > 0 and not (reason and reason.strip()):
        papers = "1 paper that was handed out is" if out == 1 else f"{out:,} papers that were handed out are"
        raise Refused("papers-out", f"{papers} not entered by two tellers yet. It is still open. Ask the "
                      "tellers to enter what they have, and as “not handed back” what does not come; or "
                      "close it all the same with a reason on record.", "state")


def check_companions(state: BallotState, number: int, entitled: int) -> None:
    """Refuse a number of companion votes that cannot be, or that comes too late to be published.

    Errors: ballot-state, more-than-entitled
    """
    if state not in (BallotState.OPEN, BallotState.CLOSED, BallotState.PROVISIONAL):
        raise Refused("ballot-state", "How many voted with a companion is entered from the opening of a "
                      "ballot until its result is published. Nothing was changed.")
    if number > entitled:
        raise Refused("more-than-entitled", f"No more than {entitled:,} may vote in this ballot. Nothing was "
                      "changed.", "count")


def companion_sentence(number: int | None) -> str:
    """What is published of companion voting; nothing where nobody said how many."""
    if number is None:
        return ""
    if number == 0:
        return "Nobody voted with a companion."
    who = "1 delegate" if number == 1 else f"{number:,} delegates"
    return f"{who} voted with a companion."
