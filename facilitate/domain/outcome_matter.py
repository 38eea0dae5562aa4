"""Outcome: what was said and decided about a passage, sorted to the place where a reader looks for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from facilitate.domain.outcome_record import (
    Ballot,
    Comment,
    MinorityPosition,
    Motion,
    Record,
    Signature,
    Submission,
    Theme,
)

COUNTED = ("provisional", "published", "void")
TOUCHING = ("replace", "delete")


@dataclass
class Matter:
    """All that belongs to one passage, or to the document as a whole.

    Shape: motions and ballots by number, comments and submissions by reference, themes the most supported
    first.
    """

    motions: list[Motion] = field(default_factory=list)
    ballots: list[Ballot] = field(default_factory=list)
    themes: list[Theme] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    submissions: list[Submission] = field(default_factory=list)
    minority_positions: list[MinorityPosition] = field(default_factory=list)
    signatures: list[Signature] = field(default_factory=list)


def inserted_ref(motion: Motion, prefix: str) -> str:
    """The permanent reference of a passage that a carried motion inserted.

    Shape: `EDU-2.3+14` for motion 14 after EDU-2.3, `EDU-0+14` before the first passage.
    """
    return f"{motion.passage or prefix + '-0'}+{motion.number}"


def is_insertion(motion: Motion) -> bool:
    """Whether this motion puts a new passage into the document."""
    return motion.state == "carried" and motion.effect == "insert-after" and motion.amends is None


def natural(ref: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts references as a reader would: 12/7 before 12/10."""
    parts: list[tuple[int, int, str]] = []
    digits = ""
    for sign in ref + "\0":
        if sign.isdecimal() and sign.isascii():
            digits += sign
            continue
        if digits:
            parts.append((0, int(digits), ""))
            digits = ""
        parts.append((1, 0, sign))
    return tuple(parts)


def sorted_matter(record: Record) -> dict[str | None, Matter]:
    """Everything of the record at its passage; None holds what belongs to the document as a whole.

    Shape: keys are the references of all passages, inserted ones too, and None; nothing is left out but
    comments that a later revision superseded, practice ballots and ballots without a result.
    """
    refs = {passage.ref for passage in record.passages}
    places = _places_of_motions(record, refs)
    found: dict[str | None, Matter] = {None: Matter()}
    found.update((ref, Matter()) for ref in [*refs, *places.values()] if ref is not None)
    _sort_votes(record, places, found)
    _sort_words(record, found)
    for position in sorted(record.minority_positions, key=lambda p: (p.sentence, p.text)):
        found[_known(position.passage, found)].minority_positions.append(position)
    for signature in record.signatures:
        found[_known(signature.passage, found)].signatures.append(signature)
    return found


def _sort_votes(record: Record, places: Mapping[int, str | None], found: Mapping[str | None, Matter]) -> None:
    for motion in sorted(record.motions, key=lambda m: m.number):
        found[places[motion.number]].motions.append(motion)
    for ballot in sorted(record.ballots, key=lambda b: b.number):
        if ballot.state in COUNTED and ballot.purpose != "practice":
            placed = ballot.motion is not None and ballot.motion in places
            at = places[ballot.motion or 0] if placed else _known(ballot.passage, found)
            found[at].ballots.append(ballot)


def _sort_words(record: Record, found: Mapping[str | None, Matter]) -> None:
    for theme in sorted(record.themes, key=lambda t: (-t.comments, -t.tables, t.name)):
        found[_known(theme.passage, found)].themes.append(theme)
    for comment in sorted(record.comments, key=lambda c: natural(c.ref)):
        if comment.state != "superseded":
            found[_known(comment.passage, found)].comments.append(comment)
    for submission in sorted(record.submissions, key=lambda s: natural(s.ref)):
        for at in _known_ones(submission.passages, found):
            found[at].submissions.append(submission)


def _known_ones(refs: Iterable[str], known: Iterable[str | None]) -> list[str | None]:
    placed: list[str | None] = [ref for ref in refs if ref in known]
    return placed or [None]


def _known(ref: str | None, refs: Iterable[str | None]) -> str | None:
    return ref if ref in refs else None


def _places_of_motions(record: Record, refs: set[str]) -> dict[int, str | None]:
    """Where each motion is printed: an amendment with its motion, a carried insertion at its own passage."""
    by_number = {motion.number: motion for motion in record.motions}
    places: dict[int, str | None] = {}
    for motion in record.motions:
        root = _root(motion, by_number)
        if is_insertion(root) and (root.passage is None or root.passage in refs):
            places[motion.number] = inserted_ref(root, record.document.prefix)
        else:
            places[motion.number] = _known(root.passage, refs)
    return places


def _root(motion: Motion, by_number: Mapping[int, Motion]) -> Motion:
    """The motion that an amendment, or an amendment to it, is about in the end."""
    seen = {motion.number}
    while motion.amends is not None and motion.amends in by_number and motion.amends not in seen:
        motion = by_number[motion.amends]
        seen.add(motion.number)
    return motion
