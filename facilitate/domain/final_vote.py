"""After: the autumn conference's final vote on a sealed outcome, and how it is told."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from facilitate.domain.refusal import Refused

LONGEST_WORDS = 400


class FinalVerdict(StrEnum):
    """What the conference made of the outcome."""

    CARRIED = "carried"
    LOST = "lost"
    REFERRED_BACK = "referred-back"


FINAL_LABELS: dict[FinalVerdict, str] = {
    FinalVerdict.CARRIED: "carried it",
    FinalVerdict.LOST: "voted it down",
    FinalVerdict.REFERRED_BACK: "referred it back",
}


def check_final_vote(verdict: str, held_on: str, words: str) -> None:
    """Refuse a final vote that could not be told.

    Errors: unknown-verdict, bad-date, words-too-long
    """
    if verdict not in set(FinalVerdict):
        raise Refused("unknown-verdict", "Say whether it was carried, lost or referred back.", "verdict")
    try:
        date.fromisoformat(held_on)
    except ValueError:
        raise Refused("bad-date", "Give the day of the vote as in 2027-09-28.", "held_on") from None
    if len(words) > LONGEST_WORDS:
        raise Refused("words-too-long", f"The result has at most {LONGEST_WORDS} characters.", "words")


def final_sentence(verdict: FinalVerdict, held_on: str, words: str) -> str:
    """The conference's final vote in a sentence, with its figures as they were given."""
    day = date.fromisoformat(held_on)
    told = f"The autumn conference {FINAL_LABELS[verdict]} on {day.day} {day:%B %Y}"
    return f"{told}: {words.rstrip('.')}." if words else f"{told}."
