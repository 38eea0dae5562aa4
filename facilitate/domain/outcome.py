"""Outcome: puts the document together again, passage by passage, from everything that was carried."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from facilitate.domain.documents import cell_edges
from facilitate.domain.outcome_lines import Change, Line, lines_of
from facilitate.domain.outcome_matter import TOUCHING, Matter, inserted_ref, is_insertion, sorted_matter
from facilitate.domain.outcome_record import Decision, Document, Edit, Motion, Passage, Record
from facilitate.domain.outcome_text import (
    Proposal,
    Segments,
    collide,
    final_text,
    inserted,
    revised,
    together,
    untouched,
)
from facilitate.domain.wording import base_hash, changed_words, nfc
from facilitate.domain.wording_diff import diff_ops

DECISION, EDIT, SIGNATORY = "decision", "edit", "signatory"


@dataclass(frozen=True)
class LaterChange:
    """Words changed since the vote: a clerk's decision between colliding motions, or an edit.

    Shape: `key` names the change among those of its passage; `kind` is DECISION, EDIT (by staff) or
    SIGNATORY (by one who accepts the passage so).
    """

    key: str
    kind: str
    reason: str
    by: str
    at: datetime | None


@dataclass(frozen=True)
class Conflict:
    """Carried motions that collide on one passage, with the text each would make of it (None: deleted)."""

    motions: tuple[int, ...]
    candidates: tuple[tuple[int, str | None], ...]
    decision: Decision | None


@dataclass(frozen=True)
class PassageOutcome:
    """One passage of the outcome.

    Shape: `state` is unchanged, changed, inserted, deleted or undecided (a collision nobody has decided: the
    text stays as it was); `voted` is what the vote or a decision made of it, `final` None when deleted;
    `stale` is an edit made on a wording that stands no longer; `edits` are all that were ever made, and
    `changed` is the journal number of the last edit or decision, 0 where there was none.
    """

    passage: Passage
    state: str
    segments: Segments
    voted: str
    final: str | None
    changes: tuple[Change, ...]
    later: tuple[LaterChange, ...]
    conflict: Conflict | None
    stale: Edit | None
    discussed: int
    matter: Matter
    edits: tuple[Edit, ...] = ()
    changed: int = 0

    @property
    def ref(self) -> str:
        """The permanent reference."""
        return self.passage.ref


@dataclass(frozen=True)
class Outcome:
    """A document put back together.

    Shape: passages in the order of the final text, deleted ones where they stood; `matter` holds what
    belongs to the document as a whole; `kept` names points that wait at the desk as they came.
    """

    document: Document
    passages: tuple[PassageOutcome, ...]
    matter: Matter
    unplaced: tuple[Motion, ...]
    kept: tuple[str, ...] = ()


def compile_outcome(record: Record) -> Outcome:
    """The outcome of one document.

    Shape: the same for the same record, whatever the order of its motions, ballots and comments.
    """
    matter = sorted_matter(record)
    insertions: dict[str | None, list[Motion]] = {}
    for motion in sorted(record.motions, key=lambda m: m.number):
        if is_insertion(motion):
            insertions.setdefault(motion.passage, []).append(motion)
    compiler = _Compiler(record, matter)
    done = [compiler.insertion(motion, None) for motion in insertions.pop(None, [])]
    for passage in record.passages:
        done.append(compiler.passage(passage))
        done += [compiler.insertion(motion, passage) for motion in insertions.pop(passage.ref, [])]
    unplaced = tuple(
        m for m in matter[None].motions if m.state == "carried" and not m.amends and m.effect != "state"
    )
    return Outcome(record.document, tuple(done), matter[None], unplaced, tuple(sorted(record.kept)))


class _Compiler:
    """Compiles single passages of one record."""

    def __init__(self, record: Record, matter: dict[str | None, Matter]) -> None:
        self.prefix = record.document.prefix
        self.matter = matter
        self.tables = dict(record.discussed)
        self.decisions = {
            d.passage: d for d in sorted(record.decisions, key=lambda d: d.number) if not d.rescinded
        }
        self.edits: dict[str, list[Edit]] = {}
        for edit in sorted(record.edits, key=lambda e: e.number):
            self.edits.setdefault(edit.passage, []).append(edit)
        self.changed: dict[str, int] = {}
        decided = [(d.passage, d.number) for d in record.decisions]
        for ref, number in [*decided, *((e.passage, e.number) for e in record.edits)]:
            self.changed[ref] = max(number, self.changed.get(ref, 0))

    def passage(self, passage: Passage) -> PassageOutcome:
        matter = self.matter[passage.ref]
        lines = lines_of(passage.wording, [m for m in matter.motions if m.effect in TOUCHING], matter.ballots)
        changes = tuple(sorted((c for line in lines for c in line.changes), key=lambda c: c.motion.number))
        proposals = [Proposal(line.last.key, line.result) for line in lines]
        if len(lines) == 1:
            return self._edited(passage, lines[0].segments(passage.wording), changes)
        if not collide(passage.wording, proposals):
            return self._edited(passage, together(passage.wording, proposals), changes)
        conflict = self._conflict(passage, lines)
        if conflict.decision is None:
            return self._edited(passage, untouched(passage.wording), changes, conflict=conflict)
        segments = _decided(passage.wording, lines, conflict.decision)
        later = (_later(DECISION, DECISION, conflict.decision),)
        return self._edited(passage, segments, changes, later, conflict)

    def insertion(self, motion: Motion, after: Passage | None) -> PassageOutcome:
        kind = _kind_after(after, motion)
        passage = Passage(inserted_ref(motion, self.prefix), kind=kind, depth=after.depth if after else 0)
        (line,) = lines_of("", [motion], self.matter[passage.ref].ballots)
        return self._edited(passage, inserted(line.result or "", line.last.key), line.changes)

    def _conflict(self, passage: Passage, lines: Sequence[Line]) -> Conflict:
        numbers = tuple(line.last.motion.number for line in lines)
        decision = self.decisions.get(passage.ref)
        if decision and sorted(decision.between) != sorted(numbers):
            decision = None
        return Conflict(numbers, tuple((line.last.motion.number, line.result) for line in lines), decision)

    def _edited(
        self,
        passage: Passage,
        segments: Segments,
        changes: tuple[Change, ...],
        later: tuple[LaterChange, ...] = (),
        conflict: Conflict | None = None,
    ) -> PassageOutcome:
        edits, voted = self.edits.get(passage.ref, []), final_text(segments)
        stale = edits[-1] if edits and edits[-1].base_hash != base_hash(voted) else None
        for edit in [] if stale else holding(edits, voted):
            key = f"{EDIT}:{edit.number}"
            segments = revised(segments, edit.text, key)
            later = (*later, _later(key, SIGNATORY if edit.signatory else EDIT, edit))
        gone = bool(segments) and not final_text(segments)
        state = _state(segments, gone=gone, conflict=conflict)
        return PassageOutcome(
            passage,
            state,
            segments,
            voted,
            None if gone else final_text(segments),
            changes,
            later,
            conflict,
            stale,
            self.tables.get(passage.ref, 0),
            self.matter[passage.ref],
            tuple(edits),
            self.changed.get(passage.ref, 0),
        )


def holding(edits: Sequence[Edit], voted: str) -> list[Edit]:
    """The edits by which the present words came about, the last of which must hold on what was voted.

    Shape: in their order; nothing before one that put the voted wording back, nothing that was made on
    another wording.
    """
    found: list[Edit] = []
    for edit in reversed(edits):
        if edit.base_hash != base_hash(voted) or nfc(edit.text) == nfc(voted):
            break
        found.append(edit)
    return found[::-1]


def _kind_after(after: Passage | None, motion: Motion) -> str:
    """What a new passage is: like the one before it, but a row only with cells; no heading and no note."""
    if after is None or after.kind in ("heading", "footnote"):
        return "paragraph"
    return after.kind if after.kind != "table" or cell_edges(motion.text) else "paragraph"


def _decided(original: str, lines: Sequence[Line], decision: Decision) -> Segments:
    """The carried text nearest to the decision, and on top of it what the clerk made of it."""

    def distance(line: Line) -> int:
        return changed_words(diff_ops(line.result or "", decision.text or ""))

    return revised(min(lines, key=distance).segments(original), decision.text, DECISION)


def _later(key: str, kind: str, change: Decision | Edit) -> LaterChange:
    return LaterChange(key, kind, change.reason, change.by, change.at)


def _state(segments: Segments, *, gone: bool, conflict: Conflict | None) -> str:
    if conflict and conflict.decision is None:
        return "undecided"
    if gone:
        return "deleted"
    if segments and all(part.inserted_by for part in segments):
        return "inserted"
    return "changed" if any(part.inserted_by or part.deleted_by for part in segments) else "unchanged"
