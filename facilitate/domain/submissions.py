"""Before: what a body writes in a submission, until when it may, and how that is said in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from facilitate.domain.documents import clean_text
from facilitate.domain.programme import Phase, read_local, to_utc
from facilitate.domain.refusal import Refused

# Units: Unicode code points.
LONGEST = {"title": 200, "text": 20_000, "about": 1_000, "agreed_by": 500}
MOST_OF_A_BODY = 200
_WANTED = {
    "title": "Give the submission a title.",
    "text": "Write what your body submits.",
    "agreed_by": "Say who agreed to it, such as a meeting and its date.",
}
_NAMES = {
    "title": "title", "text": "text", "about": "line on what it is about", "agreed_by": "line on who agreed",
}  # fmt: skip
_NAMED = re.compile(r"[A-Z0-9]{2,6}-[^\s,;]+")
_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Wording:
    """What a body wrote; `about` is what it is about in the body's own words, "" where it names nothing."""

    title: str
    text: str
    about: str
    agreed_by: str

    def as_dict(self) -> dict[str, str]:
        """The same by the names of the form's fields."""
        return asdict(self)


def checked_wording(typed: Mapping[str, str]) -> Wording:
    """What was typed, as it is kept.

    Errors: `field-missing`, `field-too-long`, each naming its field.
    """
    found = {key: clean_text(typed.get(key, "")).strip() for key in LONGEST}
    for key in ("title", "about", "agreed_by"):
        found[key] = " ".join(found[key].split())
    for key, sentence in _WANTED.items():
        if not found[key]:
            raise Refused("field-missing", f"{sentence} Nothing was sent; what you wrote is still here.", key)
    for key, most in LONGEST.items():
        if len(found[key]) > most:
            raise Refused(
                "field-too-long",
                f"The {_NAMES[key]} has {len(found[key]):,} characters and may have {most:,}. Nothing was "
                "sent; what you wrote is still here.",
                key,
            )
    return Wording(**found)


def checked_id(item: str) -> str:
    """The id under which a form sends, however often it is pressed.

    Errors: `bad-id`.
    """
    if not _ID.fullmatch(item):
        raise Refused("bad-id", "This form is not whole. Nothing was sent; open the page again.", "item")
    return item


def named_passages(about: str, known: Iterable[str]) -> list[str]:
    """The passages that a line names by their references, each once, in the order given."""
    there = set(known)
    whole = {reference.upper(): reference for reference in there}
    named: list[str] = []
    for found in _NAMED.findall(about.upper()):
        # A closing bracket may be the reference's own, as in EDU-2.3(a), or the sentence's.
        tried = (found, found.rstrip("."), found.rstrip(".)"))
        named += [whole[each] for each in tried if each in whole][:1]
    return list(dict.fromkeys(named))


def tied_anew(tied: Iterable[str], before: Iterable[str], after: Iterable[str]) -> list[str]:
    """What a submission is tied to once its body names other passages; what the clerk tied stays tied."""
    given_up = set(before) - set(after)
    return list(dict.fromkeys([each for each in tied if each not in given_up] + list(after)))


def read_deadline(typed: str, zone: str) -> str | None:
    """Until when bodies may send in, as the clerk wrote it on the event's clocks; None for no such time.

    Errors: `bad-time`, `time-does-not-exist`.
    """
    if not typed.strip():
        return None
    local = read_local(typed).replace(second=0, microsecond=0)
    to_utc(local, zone)
    return f"{local:%Y-%m-%dT%H:%M}"


def clock_words(until: str, zone: str) -> str:
    """A time on the event's clocks, as a sentence says it."""
    local = read_local(until)
    return f"{local:%A} {local.day} {local:%B %Y} at {local:%H:%M} ({zone.replace('_', ' ')} time)"


def is_over(until: str | None, zone: str, now: datetime) -> bool:
    """Whether the time for sending in has passed."""
    return until is not None and now >= to_utc(read_local(until), zone)


def check_open(until: str | None, zone: str, now: datetime) -> None:
    """Let a body send in or correct now.

    Errors: `submissions-closed`.
    """
    if is_over(until, zone, now):
        raise Refused(
            "submissions-closed",
            f"{deadline_sentence(until, zone, Phase.BEFORE, now)} Nothing was sent; what you wrote is still "
            "on this page.",
        )


def deadline_sentence(until: str | None, zone: str, phase: Phase, now: datetime) -> str:
    """Until when a body may send in, in words."""
    if phase is not Phase.BEFORE:
        return "The event has begun, so nothing more can be sent in or corrected."
    if until is None:
        return "You can send in and correct until the event begins."
    when = clock_words(until, zone)
    if is_over(until, zone, now):
        return f"Sending in closed on {when}."
    return f"You can send in and correct until {when}."
