"""Outcome: one document as plain data, the edition that all other editions are printed from."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from facilitate.domain.amendment_english import amendment_english
from facilitate.domain.outcome import (
    DECISION,
    SIGNATORY,
    Conflict,
    LaterChange,
    Outcome,
    PassageOutcome,
)
from facilitate.domain.outcome_checks import blockers, carried_statements, passage_hash, text_hash
from facilitate.domain.outcome_lines import Change
from facilitate.domain.outcome_matter import Matter
from facilitate.domain.outcome_record import Ballot, Comment, Motion, Signature, Submission
from facilitate.domain.outcome_text import Segment, original_text
from facilitate.domain.wording_diff import diff_ops
from facilitate.formats import outcome_words as words
from facilitate.formats.folders import templates
from facilitate.formats.outcome_layout import layout
from facilitate.formats.outcome_short import beside, decided
from facilitate.formats.signoff_words import author_of, history, signature_data, signatures_of
from facilitate.formats.since_vote import since_vote

FORMAT, VERSION = "facilitate-outcome", 1
FULL, SHORT = "full", "short"
EDITIONS = (FULL, SHORT)


@dataclass(frozen=True)
class Facts:
    """What an edition says about itself.

    Shape: `status` one sentence (draft, offered, sealed on …); `sealed` the hash of the sealed text, None
    before; `missing` the references that still lack a disposition; `edition` is one of EDITIONS; `copy_for`
    the person whose marked copy this is, "" for a text that may be passed on; `balance` is the sheet of the
    whole event, from `queries.balance.balance_rows`; `version` counts the sealings, `earlier` tells of those
    before this one.
    """

    event: str
    zone: str
    journal: int
    generated: datetime
    head: str = ""
    status: str = "Draft: not signed yet."
    sealed: str | None = None
    rehearsal: bool = False
    missing: tuple[str, ...] = ()
    edition: str = FULL
    copy_for: str = ""
    balance: Sequence[Mapping[str, Any]] = ()
    version: int = 1
    earlier: Sequence[str] = ()


def outcome_data(outcome: Outcome, facts: Facts) -> dict[str, Any]:
    """The whole outcome with every sentence that an edition prints.

    Shape: JSON values only; passages in the order of the text; `layout` says which are rows of one table and
    which are notes, as in `outcome_layout.layout`; `general` is what belongs to the document as a whole;
    `decisions` and `beside` are filled in the short edition alone, which has no record.
    """
    editor = _Editor(outcome, facts.zone)
    found = _about(outcome, facts) | {
        "passages": [editor.passage(passage) for passage in outcome.passages],
        "statements": [
            {"motion": m.number, "title": m.title, "text": m.text} for m in carried_statements(outcome)
        ],
        "general": editor.matter(outcome.matter, outcome.document.prefix),
    }
    found["layout"] = layout(found["passages"])
    is_short = facts.edition == SHORT
    parts = {"decisions": decided(found), "beside": beside(found)} if is_short else {}
    return {**found, "decisions": [], "beside": [], **parts}


def _about(outcome: Outcome, facts: Facts) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "event": {"name": facts.event, "zone": facts.zone, "rehearsal": facts.rehearsal},
        "journal": {"number": facts.journal, "head": facts.head},
        "generated": {"utc": facts.generated.isoformat(), "words": words.when(facts.generated, facts.zone)},
        "edition": facts.edition,
        "copy": words.copy_line(facts.copy_for),
        "status": facts.status,
        "sealed": facts.sealed,
        "text_version": facts.version,
        "earlier_versions": list(facts.earlier),
        "hash": text_hash(outcome),
        "document": asdict(outcome.document),
        "summary": words.summary(outcome.passages, outcome.matter),
        "open": [b.sentence for b in blockers(outcome)]
        + [f"{ref} has no disposition yet." for ref in facts.missing],
        "balance": _balance(facts.balance),
    }


def _balance(rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The sheet in a sentence and in lines: each kind of input, then the kinds of comment within it."""
    kept = ("kind", "label", "received", "open", "ended", "difference", "wrong", "named")
    parts = [pair for row in rows for pair in ((False, row), *((True, part) for part in row["parts"]))]
    lines = [{key: line[key] for key in kept} | {"part": part} for part, line in parts]
    return {"sentence": words.balance_sentence(lines), "lines": lines}


def outcome_json(outcome: Outcome, facts: Facts) -> bytes:
    """The outcome as a JSON file."""
    return json.dumps(outcome_data(outcome, facts), ensure_ascii=False, indent=1).encode()


def schema_bytes() -> bytes:
    """The published JSON Schema of the JSON edition."""
    return (templates() / "outcome/outcome.schema.json").read_bytes()


class _Editor:
    """Turns parts of one outcome into plain data."""

    def __init__(self, outcome: Outcome, zone: str) -> None:
        self.outcome = outcome
        self.zone = zone

    def passage(self, passage: PassageOutcome) -> dict[str, Any]:
        return {
            "ref": passage.ref,
            "number": passage.passage.number,
            "kind": passage.passage.kind,
            "depth": passage.passage.depth,
            "state": passage.state,
            "fate": words.fate(passage),
            "original": original_text(passage.segments),
            "final": passage.final,
            "hash": passage_hash(passage),
            "segments": [_segment(part) for part in passage.segments],
            "authors": self._authors(passage),
            "changes": [self._change(change, passage) for change in passage.changes],
            "since_vote": since_vote(passage, self.zone),
            "conflict": _conflict(passage.conflict) if passage.conflict else None,
            "tables": passage.discussed,
            "discussed": words.discussed(None if passage.state == "inserted" else passage.discussed),
            "sign_off": history(passage, passage_hash(passage), self.zone),
            **self.matter(
                passage.matter, passage.ref, signatures_of(passage, passage_hash(passage))
            ),
        }

    def matter(
        self, matter: Matter, at: str, signatures: Sequence[Signature] | None = None
    ) -> dict[str, Any]:
        return {
            "motions": [_motion(motion, at) for motion in matter.motions],
            "votes": [self._vote(ballot) for ballot in matter.ballots],
            "themes": [{**asdict(t), "size": words.theme_size(t)} for t in matter.themes],
            "comments": [_comment(comment) for comment in matter.comments],
            "submissions": [_submission(submission) for submission in matter.submissions],
            "minority_positions": [asdict(position) for position in matter.minority_positions],
            "signatures": [
                signature_data(s, self.zone)
                for s in (matter.signatures if signatures is None else signatures)
            ],
        }

    def _authors(self, passage: PassageOutcome) -> dict[str, dict[str, str | None]]:
        found = {
            c.key: {"name": words.author(c), "at": _utc(c.ballot.closed if c.ballot else None)}
            for c in passage.changes
        }
        return found | {x.key: {"name": _later_author(x), "at": _utc(x.at)} for x in passage.later}

    def _change(self, change: Change, passage: PassageOutcome) -> dict[str, Any]:
        ballot = change.ballot
        return {
            "motion": change.motion.number,
            "ballot": ballot.number if ballot else None,
            "effect": change.motion.effect,
            "title": change.motion.title,
            "text": change.motion.text,
            "author": words.author(change),
            "result": ballot.sentence if ballot else "",
            "english": _english(change, passage.ref),
        }

    def _vote(self, ballot: Ballot) -> dict[str, Any]:
        return {
            "number": ballot.number,
            "title": words.ballot_title(ballot),
            "question": ballot.question,
            "motion": ballot.motion,
            "result": ballot.sentence,
            "verdict": ballot.verdict,
            "state": ballot.state,
            "purpose": ballot.purpose,
            "rows": [[label, count] for label, count in words.ballot_rows(ballot)],
            "conditions": words.ballot_conditions(ballot),
            "closed": _utc(ballot.closed),
            "closed_words": words.when(ballot.closed, self.zone),
        }


def _later_author(later: LaterChange) -> str:
    if later.kind == DECISION:
        return "Clerk's decision (changed since the vote)"
    return author_of(later.by, signatory=later.kind == SIGNATORY)


def _segment(part: Segment) -> dict[str, Any]:
    kinds = {(False, False): "keep", (True, False): "insert", (False, True): "delete", (True, True): "undone"}
    kind = kinds[part.inserted_by is not None, part.deleted_by is not None]
    return {"kind": kind, "text": part.text, "inserted_by": part.inserted_by, "deleted_by": part.deleted_by}


def _english(change: Change, ref: str) -> str:
    """The change said in words, for whoever cannot see a mark in the text."""
    motion = change.motion
    if motion.effect == "insert-after":
        return (
            f"After {motion.passage} insert a new passage."
            if motion.passage
            else "Insert a new first passage."
        )
    text = "" if motion.effect == "delete" else motion.text.strip()
    return amendment_english(ref, change.base, diff_ops(change.base, text))


def _conflict(conflict: Conflict) -> dict[str, Any]:
    return {
        "motions": list(conflict.motions),
        "candidates": [{"motion": number, "text": text} for number, text in conflict.candidates],
        "decided": conflict.decision is not None,
    }


def _motion(motion: Motion, at: str) -> dict[str, Any]:
    return {
        "number": motion.number,
        "effect": motion.effect,
        "state": motion.state,
        "title": motion.title,
        "text": motion.text,
        "amends": motion.amends,
        "sentence": words.motion_line(motion, at),
        "sources": [asdict(source) for source in motion.sources],
    }


def _comment(comment: Comment) -> dict[str, Any]:
    end = words.disposition(comment.disposition, withdrawn=comment.state == "withdrawn")
    return {
        **asdict(comment),
        "themes": list(comment.themes),
        "end": end,
        "strength": words.strength(comment),
    }


def _submission(submission: Submission) -> dict[str, Any]:
    end = words.disposition(submission.disposition)
    return {**asdict(submission), "passages": list(submission.passages), "end": end}


def _utc(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
