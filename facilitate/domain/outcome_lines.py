"""Outcome: carried motions of one passage in lines, each written on what the one before it made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from facilitate.domain.outcome_record import Ballot, Motion
from facilitate.domain.outcome_text import Segments, revised, untouched
from facilitate.domain.wording import base_hash, nfc


@dataclass(frozen=True)
class Change:
    """One carried change of a passage; `key` names it in the segments, `ballot` carried it.

    Shape: `base` is the text that it was written on, "" for a new passage or one deleted before.
    """

    key: str
    motion: Motion
    ballot: Ballot | None
    base: str


@dataclass(frozen=True)
class Line:
    """Carried motions that follow one another; lines of one passage know nothing of each other."""

    changes: tuple[Change, ...]

    @property
    def last(self) -> Change:
        """The change that has the last word."""
        return self.changes[-1]

    @property
    def result(self) -> str | None:
        """What the passage reads if this line alone is carried; None when it is deleted."""
        return result_of(self.last.motion)

    def segments(self, original: str) -> Segments:
        """The passage with all changes of this line, each with its author."""
        segments = untouched(original)
        for change in self.changes:
            segments = revised(segments, result_of(change.motion), change.key)
        return segments


def result_of(motion: Motion) -> str | None:
    """What a motion makes of its passage; None when it is deleted."""
    return nfc(motion.text).strip() if motion.effect != "delete" and motion.text.strip() else None


def lines_of(original: str, motions: Sequence[Motion], ballots: Sequence[Ballot]) -> list[Line]:
    """The lines of one passage, the first motion of each by number.

    Shape: a motion whose base is another's result follows it; one whose base is the original, is not known,
    or is a text that no carried motion made, begins a line of its own.
    """
    carried_by = {b.motion: b for b in sorted(ballots, key=lambda b: b.number) if b.state != "void"}
    waiting = [
        m for m in sorted(motions, key=lambda m: m.number) if m.state == "carried" and m.amends is None
    ]
    results = {base_hash(result_of(m) or "") for m in waiting}
    lines: list[list[Change]] = []

    def change(motion: Motion, base: str) -> Change:
        return Change(f"motion:{motion.number}", motion, carried_by.get(motion.number), base)

    first = [m for m in waiting if m.base_hash in (None, base_hash(original)) or m.base_hash not in results]
    lines = [[change(m, nfc(original))] for m in first]
    waiting = [m for m in waiting if m not in first]
    while waiting:
        follower, line = _next(waiting, lines)
        waiting.remove(follower)
        if line is None:
            lines.append([change(follower, nfc(original))])
        else:
            line.append(change(follower, result_of(line[-1].motion) or ""))
    return [Line(tuple(line)) for line in lines]


def _next(waiting: Sequence[Motion], lines: Sequence[list[Change]]) -> tuple[Motion, list[Change] | None]:
    """A motion that follows a line, with it; else the first that waits, which then begins one."""
    for motion in waiting:
        for line in lines:
            if motion.base_hash == base_hash(result_of(line[-1].motion) or ""):
                return motion, line
    return waiting[0], None
