"""Outcome: what must be settled before anybody signs, and the hashes that are signed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

from facilitate.domain.outcome import Outcome, PassageOutcome
from facilitate.domain.outcome_matter import natural
from facilitate.domain.outcome_record import Comment, Motion, Record, Submission
from facilitate.domain.stations import Disposition, needs_reason
from facilitate.domain.wording import nfc

ENDS_WITHOUT_REASON = frozenset(end.value for end in Disposition if not needs_reason(end))


@dataclass(frozen=True)
class Blocker:
    """One thing that must be settled before anybody can sign."""

    code: str
    ref: str
    sentence: str


def missing_dispositions(record: Record) -> tuple[str, ...]:
    """The references of comments, submissions and missing points whose end is not written yet.

    Shape: comments, then submissions, then points, each as a reader would sort them. A withdrawal is an end;
    any other end than adopted lacks something while it has no reason.
    """
    open_comments = [
        c.ref for c in record.comments if c.state not in ("superseded", "withdrawn") and _lacks_end(c)
    ]
    open_submissions = [s.ref for s in record.submissions if _lacks_end(s)]
    waiting = (open_comments, open_submissions, record.open_points)
    return tuple(ref for refs in waiting for ref in sorted(refs, key=natural))


def _lacks_end(thing: Comment | Submission) -> bool:
    return not thing.disposition or not (thing.reason or thing.disposition in ENDS_WITHOUT_REASON)


def blockers(outcome: Outcome) -> tuple[Blocker, ...]:
    """What in the text itself stands in the way of signing, in document order.

    Shape: `conflict-undecided`, `edit-outdated`, `result-provisional`, `motion-unplaced`; and `kept-open`:
    what a table said must not end in a drawer.
    """
    matters = [*(passage.matter for passage in outcome.passages), outcome.matter]
    provisional = [b.number for matter in matters for b in matter.ballots if b.state == "provisional"]
    return (
        *(blocker for passage in outcome.passages for blocker in _blocked(passage)),
        *(
            Blocker("result-provisional", f"ballot {number}", f"Ballot {number} is still provisional.")
            for number in provisional
        ),
        *(_unplaced(motion) for motion in outcome.unplaced),
        *(_waiting(ref) for ref in outcome.kept),
    )


def _blocked(passage: PassageOutcome) -> list[Blocker]:
    found: list[Blocker] = []
    if passage.state == "undecided" and passage.conflict:
        named = " and ".join(f"motion {number}" for number in passage.conflict.motions)
        sentence = (
            f"{named[0].upper()}{named[1:]} were both carried and touch the same words of {passage.ref}"
        )
        found.append(
            Blocker("conflict-undecided", passage.ref, f"{sentence}: a clerk must decide how it reads.")
        )
    if passage.stale:
        sentence = f"{passage.ref} was edited on a wording that no longer stands"
        found.append(Blocker("edit-outdated", passage.ref, f"{sentence}: edit it again, or take it back."))
    return found


def _unplaced(motion: Motion) -> Blocker:
    where = f"for {motion.passage}, which is" if motion.passage else "and names"
    sentence = f"Motion {motion.number} was carried {where} no passage of this document."
    return Blocker("motion-unplaced", f"motion {motion.number}", sentence)


def _waiting(ref: str) -> Blocker:
    sentence = f"{ref} was kept as it came and is no comment yet: type it in, admit it or end it at the desk."
    return Blocker("kept-open", ref, sentence)


def passage_hash(passage: PassageOutcome) -> str:
    """What a signature on one passage stands for: its reference and its final words.

    Shape: SHA-256, 64 hex digits.
    """
    return hashlib.sha256(_json([passage.ref, passage.passage.number, passage.final])).hexdigest()


def sealed_text(outcome: Outcome) -> bytes:
    """What the seal stands for: the final text with its title, order and carried statements, no more.

    Shape: JSON [prefix, title, [[reference, number, kind, words], …], [[motion, words], …]].
    """
    statements = [[m.number, nfc(m.text)] for m in carried_statements(outcome)]
    passages = [
        [p.ref, p.passage.number, p.passage.kind, p.final] for p in outcome.passages if p.final is not None
    ]
    return _json([outcome.document.prefix, outcome.document.title, passages, statements])


def text_hash(outcome: Outcome) -> str:
    """The hash of the sealed text, the same for the same final text.

    Shape: SHA-256, 64 hex digits.
    """
    return hashlib.sha256(sealed_text(outcome)).hexdigest()


def carried_statements(outcome: Outcome) -> list[Motion]:
    """Carried motions that state something without touching a text, by number."""
    matters = [outcome.matter, *(passage.matter for passage in outcome.passages)]
    return sorted(
        (
            m
            for matter in matters
            for m in matter.motions
            if m.effect == "state" and m.state == "carried" and m.amends is None
        ),
        key=lambda m: m.number,
    )


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
