"""Generated sets of carried changes on the demo documents, for reading the tracked texts back."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from facilitate.domain.documents import references
from facilitate.domain.outcome import Outcome, compile_outcome
from facilitate.domain.outcome_record import Ballot, Decision, Document, Edit, Motion, Passage, Record
from facilitate.domain.wording import base_hash
from facilitate.formats.read import read_document

DEMO = Path(__file__).parents[2] / "facilitate/rehearsal/demo"
CLOSED = datetime(2027, 3, 27, 14, 9, tzinfo=UTC)
# In every set, whatever part of a document it changes.
ROWS = ("Year | Homes | Cost", "2027 | 12,000 | 1.9", "2028 | 18,000 | 2.7")
PART = 6
NOTES = ("Counted at the end of March.", "See the paper,  with two spaces; a\tTab, a\nline.")
WORDS = ["homes", "rents", "", "repairs", "warm,", "fair", "(new)", "–", "zu’r", "“plain”", "𝟙", "e\u0301"]
WORDS += ["fast\nnext\tstep"]


@cache
def passages(name: str) -> tuple[Passage, ...]:
    """A demo document as it is frozen, with footnotes and a table at its end."""
    read = read_document(name, (DEMO / name).read_bytes())
    refs = references("DEM", read.passages)
    found = [
        Passage(ref, p.number, p.kind, p.heading, p.text, p.depth)
        for ref, p in zip(refs, read.passages, strict=True)
    ]
    found += [Passage(f"DEM-fn{n}", str(n), "footnote", text=note) for n, note in enumerate(NOTES)]
    found += [Passage(f"DEM-T{n}", kind="table", text=row) for n, row in enumerate(ROWS)]
    found += [Passage("DEM-fn9", "9", "footnote", text="A note to the table.")]
    return tuple(found)


def frozen_for(number: int) -> tuple[Passage, ...]:
    """What a set changes: a few the whole document, the others some passages from anywhere in it.

    LibreOffice's work grows with the text; every passage is in many sets. Table and footnotes are in all.
    """
    whole = passages(("housing.md", "skills.docx")[number % 2])
    if number % 100 < 2:
        return whole
    extra = len(NOTES) + len(ROWS) + 1
    first = number * PART // 2 % (len(whole) - extra - PART)
    return whole[first : first + PART] + whole[-extra:]


def edit_set(number: int) -> Outcome:
    """One document with its carried changes; always the same for the same number.

    Shape: every fourth deletes the first passage, every fifth the last, every third two that are neighbours.
    """
    chance = random.Random(number)
    frozen = frozen_for(number)
    deleted = set(chance.sample(range(len(frozen)), chance.randint(0, 3)))
    deleted |= {0} if number % 4 == 0 else set()
    deleted |= {len(frozen) - 1} if number % 5 == 0 else set()
    if number % 3 == 0:
        at = chance.randrange(len(frozen) - 1)
        deleted |= {at, at + 1}
    if number == 0:
        deleted = set(range(len(frozen)))
    order = _order(chance, frozen, deleted)
    motions = [Motion(n, *_change(chance, frozen, at, delete=at in deleted)) for n, at in order]
    ballots = tuple(
        Ballot(100 + m.number, "Carry?", motion=m.number, closed=CLOSED + timedelta(minutes=m.number))
        for m in motions
    )
    record = Record(Document("DEM", "Demo"), frozen, tuple(motions), ballots)
    return compile_outcome(_afterwards(chance, record))


def joined(sets: Sequence[tuple[int, Outcome]]) -> Outcome:
    """Several sets, one after the other in one text: opening a file costs more than what is in it."""
    passages = [
        replace(each, passage=replace(each.passage, ref=f"{number}-{each.ref}"))
        for number, outcome in sets
        for each in outcome.passages
    ]
    return replace(sets[0][1], passages=tuple(passages))


def _order(chance: random.Random, frozen: tuple[Passage, ...], deleted: set[int]) -> list[tuple[int, int]]:
    changed = chance.choices(range(len(frozen)), k=chance.randint(2, 9))
    return list(enumerate([*sorted(deleted), *changed], 1))


def _change(
    chance: random.Random, frozen: tuple[Passage, ...], at: int, *, delete: bool
) -> tuple[str, str, str | None, str, str]:
    passage = frozen[at]
    if delete:
        return "delete", "carried", passage.ref, "", ""
    if chance.random() < 0.4:
        where = None if chance.random() < 0.2 else passage.ref
        return "insert-after", "carried", where, "", " ".join(chance.choices(WORDS, k=9)).strip()
    return "replace", "carried", passage.ref, "", reworded(chance, passage.wording)


def reworded(chance: random.Random, text: str) -> str:
    """The text with some words taken out, put in or changed."""
    words = text.split(" ")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(words))
        words[at : at + chance.randint(0, 2)] = chance.choices(WORDS, k=chance.randint(0, 3))
        words = words or ["All"]
    return " ".join(words).strip() or "All new."


def _afterwards(chance: random.Random, record: Record) -> Record:
    """The record with what the office made of it: collisions decided, two passages edited."""
    outcome = compile_outcome(record)
    decisions = tuple(
        Decision(p.ref, chance.choice([None, "As the clerk decided."]), "So.", p.conflict.motions, at=CLOSED)
        for p in outcome.passages
        if p.conflict
    )
    outcome = compile_outcome(_with(record, decisions, ()))
    edited = chance.sample(outcome.passages, 2)
    edits = tuple(
        Edit(p.ref, chance.choice(["", new]), "Plainer.", base_hash(p.voted), at=CLOSED)
        for p in edited
        for new in [reworded(chance, p.voted or "x")]
    )
    return _with(record, decisions, edits)


def _with(record: Record, decisions: tuple[Decision, ...], edits: tuple[Edit, ...]) -> Record:
    return Record(
        record.document, record.passages, record.motions, record.ballots, decisions=decisions, edits=edits
    )
