"""Before: a draft that the NPF reads before it is frozen: its passages, its times, and what a point says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from facilitate.domain.documents import ReadPassage, clean_text, references
from facilitate.domain.people import Actor, Role
from facilitate.domain.programme import Phase, read_local, to_utc
from facilitate.domain.refusal import Refused
from facilitate.domain.submissions import clock_words, is_over, read_deadline

# Units: Unicode code points.
LONGEST = {"says": 5_000, "wording": 10_000}
MOST_OF_A_MEMBER = 300
_READERS = frozenset({Role.SIGNATORY, Role.CLERK, Role.CHAIR})


@dataclass(frozen=True)
class DraftPassage:
    """One passage of a draft; `ref` is the reference that it would get if this version were frozen."""

    ref: str
    number: str
    kind: str
    heading: str
    text: str
    depth: int = 0

    @property
    def words(self) -> str:
        """What it says, whether it is a heading or not."""
        return self.heading or self.text

    def as_dict(self) -> dict[str, str | int]:
        """The same as JSON holds it."""
        return asdict(self)


@dataclass(frozen=True)
class PointText:
    """What a member says of a draft: with a wording of their own a submission, without one a comment."""

    says: str
    wording: str

    @property
    def kind(self) -> str:
        """What it is called."""
        return "Submission" if self.wording else "Comment"

    def whole(self) -> str:
        """Both in one text, as everybody reads it later."""
        return f"{self.says}\n\nProposed wording: {self.wording}" if self.wording else self.says


def reads_drafts(actor: Actor) -> bool:
    """Whether somebody may read every commission's drafts: members of the NPF, the clerk and the chair.

    A member of the NPF is whoever is a signatory, of whichever commission.
    """
    return actor.person is not None and bool(actor.roles & _READERS)


def answers_for(actor: Actor, commission: str) -> bool:
    """Whether somebody may record what a commission answered: the clerk, and its own signatories."""
    if Role.CLERK in actor.roles or actor.scopes(Role.SIGNATORY, "event"):
        return True
    own = {each.casefold() for each in actor.scopes(Role.SIGNATORY, "commission")}
    return commission.casefold() in own


def draft_passages(prefix: str, read: Sequence[ReadPassage]) -> tuple[DraftPassage, ...]:
    """The passages of a version with the references that they would get.

    Errors: `bad-prefix`.
    """
    return tuple(
        DraftPassage(ref, p.number, p.kind, p.heading, p.text, p.depth)
        for ref, p in zip(references(prefix, read), read, strict=True)
    )


def draft_hash(passages: Iterable[DraftPassage]) -> str:
    """The fingerprint of a version's text.

    Shape: SHA-256, 64 hexadecimal digits, of its passages as canonical JSON.
    """
    whole = json.dumps([p.as_dict() for p in passages], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()


def checked_point(typed: Mapping[str, str]) -> PointText:
    """What was typed, as it is kept.

    Errors: `field-missing`, `field-too-long`, each naming its field.
    """
    found = {key: clean_text(typed.get(key, "")).strip() for key in LONGEST}
    if not found["says"]:
        raise Refused(
            "field-missing", "Write what you have to say. Nothing was sent; what you wrote is kept.", "says"
        )
    for key, most in LONGEST.items():
        if len(found[key]) > most:
            raise Refused(
                "field-too-long",
                f"This has {len(found[key]):,} characters and may have {most:,}. Nothing was sent; what you "
                "wrote is still here.",
                key,
            )
    return PointText(**found)


def read_window(opens: str, until: str, zone: str) -> tuple[str | None, str | None]:
    """From when and until when points are taken, as the clerk wrote it on the event's clocks; None: no bound.

    Errors: `bad-time`, `time-does-not-exist`, `bad-window`.
    """
    first, last = read_deadline(opens, zone), read_deadline(until, zone)
    if first and last and first >= last:
        raise Refused(
            "bad-window", "It would close before it opens. Nothing was circulated; set the times.", "until"
        )
    return first, last


def is_open(opens: str | None, until: str | None, zone: str, now: datetime) -> bool:
    """Whether points are taken at this moment."""
    begun = opens is None or now >= to_utc(read_local(opens), zone)
    return begun and not is_over(until, zone, now)


def window_sentence(opens: str | None, until: str | None, zone: str, phase: Phase, now: datetime) -> str:
    """When points on a draft are taken, in words."""
    if phase is not Phase.BEFORE:
        return "The event has begun, so no more points are taken on drafts."
    if is_over(until, zone, now):
        return f"Points on this draft closed on {clock_words(until or '', zone)}."
    ending = f"until {clock_words(until, zone)}" if until else "until the document is frozen"
    if opens and now < to_utc(read_local(opens), zone):
        return f"Points on this draft are taken from {clock_words(opens, zone)} {ending}."
    return f"You can send points on this draft, correct them and take them back {ending}."


def check_window(opens: str | None, until: str | None, zone: str, now: datetime) -> None:
    """Let a member send, correct or take back a point now.

    Errors: `draft-closed`.
    """
    if not is_open(opens, until, zone, now):
        sentence = window_sentence(opens, until, zone, Phase.BEFORE, now)
        raise Refused(
            "draft-closed", f"{sentence} Nothing was changed; what you wrote is still on this page.", "says"
        )
