"""Before: how a commission answers a point on its draft: when, in what words, and what became of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from facilitate.domain.documents import clean_text
from facilitate.domain.refusal import Refused
from facilitate.domain.stations import LONGEST_NOTE, Disposition, check_disposition

# Units: Unicode code points.
LONGEST = {"answer": LONGEST_NOTE, "meeting": 200, "passage": 40, "referred_to": 200}
# “No.” is an answer, but no reason.
LEAST_WORDS = 3


class Fate(StrEnum):
    """What a commission made of a point."""

    TAKEN_UP = "taken-up"
    IN_PART = "in-part"
    NOT_TAKEN_UP = "not-taken-up"
    REFERRED = "referred"


FATE_LABELS = {
    Fate.TAKEN_UP: "Taken up",
    Fate.IN_PART: "Taken up in part",
    Fate.NOT_TAKEN_UP: "Not taken up",
    Fate.REFERRED: "Referred to another commission",
}
# A point that is referred stays open: the other commission answers it.
ENDS = {
    Fate.TAKEN_UP: Disposition.ADOPTED,
    Fate.IN_PART: Disposition.ADOPTED_IN_PART,
    Fate.NOT_TAKEN_UP: Disposition.NOT_ADOPTED,
}
_IN_A_VERSION = (Fate.TAKEN_UP, Fate.IN_PART)


@dataclass(frozen=True)
class Draft:
    """What a consideration can name.

    Shape: `made_on` is the version of the point; `versions` the references in each version that circulated,
    the first one first; one more version can be named, which is the text still to come.
    """

    commission: str
    made_on: int
    versions: Sequence[Collection[str]]


@dataclass(frozen=True)
class Considered:
    """What a commission said to a point; version and passage are where it was taken up, None and "" else."""

    fate: Fate
    considered_on: str
    meeting: str
    answer: str
    reason: str | None
    version: int | None
    passage: str
    referred_to: str


def checked_consideration(
    typed: Mapping[str, str], draft: Draft, reasons: Collection[str], today: date
) -> Considered:
    """What was typed, as it is kept.

    Errors: `unknown-fate`, `field-missing`, `field-too-long`, `bad-date`, `reason-missing`, `unknown-reason`,
    `unknown-version`, `unknown-passage`.
    """
    given = {key: clean_text(typed.get(key, "")).strip() for key in LONGEST}
    for key, most in LONGEST.items():
        if len(given[key]) > most:
            long = f"This has {len(given[key]):,} characters and may have {most:,}."
            raise _wrong("field-too-long", long, key)
    if typed.get("fate", "") not in list(Fate):
        raise _wrong("unknown-fate", "Say what became of the point.", "fate")
    fate = Fate(typed["fate"])
    held_on = _day(typed.get("considered_on", ""), today)
    least = LEAST_WORDS if fate is Fate.NOT_TAKEN_UP else 1
    if len(given["answer"].split()) < least:
        raise _wrong("field-missing", "Write the commission’s answer, with its reason, in words.", "answer")
    reason = typed.get("reason") or None
    if fate in ENDS:
        check_disposition(ENDS[fate], reason, reasons, given["answer"])
    version, passage = _where(typed, given["passage"], draft) if fate in _IN_A_VERSION else (None, "")
    other = given["referred_to"] if fate is Fate.REFERRED else ""
    if fate is Fate.REFERRED and (not other or other.casefold() == draft.commission.casefold()):
        raise _wrong("field-missing", "Say to which other commission it is referred.", "referred_to")
    kept = reason if fate in ENDS else None
    return Considered(fate, held_on, given["meeting"], given["answer"], kept, version, passage, other)


def considered_sentence(said: Considered, commission: str, where: str) -> str:
    """What a commission did with a point, in a sentence; `where` names the version and the passage."""
    day = date.fromisoformat(said.considered_on)
    met = f" ({said.meeting})" if said.meeting else ""
    what = FATE_LABELS[said.fate].lower()
    if said.fate is Fate.REFERRED:
        what = f"referred to the {said.referred_to} commission"
    elif said.fate in _IN_A_VERSION:
        what = f"{what} in {where}"
    return f"The {commission} commission considered it on {day.day} {day:%B %Y}{met}: {what}."


def _where(typed: Mapping[str, str], passage: str, draft: Draft) -> tuple[int, str]:
    """The version and passage in which a point was taken up; in the text to come the passage may be open."""
    words = typed.get("version", "")
    version = int(words) if words.isdecimal() else 0
    if not draft.made_on < version <= len(draft.versions) + 1:
        raise _wrong("unknown-version", "Say in which later version it was taken up.", "version")
    if version <= len(draft.versions) and passage not in draft.versions[version - 1]:
        named = f"has no passage {passage}" if passage else "has its passages: name one"
        raise _wrong("unknown-passage", f"Version {version} {named}.", "passage")
    return version, passage


def _day(typed: str, today: date) -> str:
    try:
        day = date.fromisoformat(typed.strip())
    except ValueError:
        raise _wrong("bad-date", "Say on which day the commission considered it.", "considered_on") from None
    if day > today:
        raise _wrong("bad-date", "This day is still to come.", "considered_on")
    return day.isoformat()


def _wrong(code: str, sentence: str, field: str) -> Refused:
    return Refused(code, f"{sentence} Nothing was recorded; what you wrote is still here.", field)
