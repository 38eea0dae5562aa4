"""Sign-off: what happened to a text since one signatory last looked at it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from facilitate.domain.signoff import SigningAct


class Kind(StrEnum):
    """What can happen to a text while it is being signed."""

    CHANGED = "changed"
    DECIDED = "decided"
    SIGNED = "signed"
    DISSENTED = "dissented"
    RETURNED = "returned"
    ANSWERED = "answered"
    ENDED = "ended"
    OFFERED = "offered"


@dataclass(frozen=True)
class Happening:
    """One thing that happened.

    Shape: `number` is its place in the journal, None where only its time is known; `passage` None is the
    document as a whole; `who` is the person's id, or a name where there is none; `about` is what it was done
    to, such as the reference of a comment.
    """

    kind: Kind
    at: datetime
    number: int | None = None
    passage: str | None = None
    who: str = ""
    reason: str = ""
    about: str = ""


@dataclass(frozen=True)
class Look:
    """When somebody last said that they had read a document.

    Shape: `number` is the journal's end as they saw it; `passages` maps each reference to the hash of the
    words that they saw.
    """

    number: int
    at: datetime
    passages: Mapping[str, str]


@dataclass(frozen=True)
class Seen:
    """The words of one passage that somebody saw last, and when that was."""

    number: int
    at: datetime
    text_hash: str


@dataclass(frozen=True)
class Since:
    """What is new to one person.

    Shape: `seen` has each passage that they have seen; `changed` are the references, in document order, whose
    words are others now or new to them; `happenings` in the order of time, without their own deeds.
    """

    number: int
    at: datetime
    seen: Mapping[str, Seen]
    changed: tuple[str, ...]
    happenings: tuple[Happening, ...]

    def of(self, *kinds: Kind) -> list[Happening]:
        """What happened of some kinds."""
        return [each for each in self.happenings if each.kind in kinds]


def seen_by(
    person: str, look: Look | None, acts: Iterable[tuple[SigningAct, datetime]]
) -> dict[str, Seen]:
    """The words of each passage that somebody saw last: by what they signed, or by saying that they had read.

    Shape: reference to what was seen; a passage that is missing has never been seen.
    """
    found = {ref: Seen(look.number, look.at, words) for ref, words in look.passages.items()} if look else {}
    for act, at in acts:
        before = found.get(act.passage)
        if act.person == person and (before is None or act.number > before.number):
            found[act.passage] = Seen(act.number, at, act.text_hash)
    return found


def since_last(
    person: str,
    look: Look | None,
    acts: Sequence[tuple[SigningAct, datetime]],
    passages: Sequence[tuple[str, str]],
    happenings: Iterable[Happening],
    offerings: Iterable[Look] = (),
) -> Since | None:
    """What is new to somebody, None if they have never looked.

    Shape: `passages` are (reference, hash of the words as they stand); `offerings` are the texts as they were
    offered: whoever signed one passage had the others before them as they were offered then.
    """
    seen = seen_by(person, look, acts)
    if not seen:
        return None
    last = max(seen.values(), key=lambda each: each.number)
    before = [offering for offering in offerings if offering.number <= last.number]
    if before:
        offered = max(before, key=lambda each: each.number)
        shown = {ref: Seen(offered.number, offered.at, words) for ref, words in offered.passages.items()}
        seen = shown | seen
    changed = tuple(ref for ref, words in passages if ref not in seen or seen[ref].text_hash != words)
    new = [each for each in happenings if each.who != person and _is_new(each, seen, last)]
    return Since(
        last.number, last.at, seen, changed, tuple(sorted(new, key=lambda each: (each.at, each.number or 0)))
    )


def _is_new(happening: Happening, seen: Mapping[str, Seen], last: Seen) -> bool:
    """What was done to one passage is new until that passage has been seen; all else until any has."""
    before = last if happening.passage is None else seen.get(happening.passage)
    if before is None:
        return True
    return happening.at > before.at if happening.number is None else happening.number > before.number
