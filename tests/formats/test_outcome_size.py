"""A large outcome (300 motions, 180 amendments, 1,500 comments) is compiled and printed whole."""

from __future__ import annotations

import random
from dataclasses import replace

from facilitate.domain.outcome import Outcome, compile_outcome
from facilitate.domain.outcome_record import Ballot, Comment, Document, Motion, Passage, Record
from facilitate.formats.outcome_json import outcome_data
from facilitate.formats.render import rendered
from tests.formats.outcome_sample import FACTS

STATES = ("carried", "lost", "withdrawn", "referred-back", "not-reached")
EFFECTS = ("replace", "insert-after", "delete", "state")
WORDS = ["homes", "rents", "repairs", "councils", "warm", "safe", "fair", "build", "borrow", "land", "wages"]


def sentence(chance: random.Random, length: int) -> str:
    return " ".join(chance.choices(WORDS, k=length)).capitalize() + "."


def motion(chance: random.Random, n: int) -> Motion:
    text = "" if n % 4 == 2 else sentence(chance, 40)
    return Motion(n, EFFECTS[n % 4], STATES[n % 5], f"BIG-{n}", f"Title {n}", text)


def comment(chance: random.Random, n: int) -> Comment:
    table, passage = n % 140 + 1, f"BIG-{n % 300 + 1}"
    text = sentence(chance, 20)
    return Comment(f"{table}/{n}", text, "Concern", passage, table, disposition="noted", reason="Noted")


def large() -> Record:
    """A record as a conference of some hundred passages leaves it; the same each time."""
    chance = random.Random(2)
    counts = (("For", 700), ("Against", 300))
    passages = [Passage(f"BIG-{n}", str(n), text=sentence(chance, 60)) for n in range(1, 301)]
    motions = [motion(chance, n) for n in range(1, 301)]
    motions += [
        Motion(300 + n, "replace", STATES[n % 5], None, "", sentence(chance, 30), amends=n)
        for n in range(1, 181)
    ]
    ballots = [
        Ballot(m.number, f"Motion {m.number}?", motion=m.number, sentence="Said.", counts=counts)
        for m in motions
        if m.state in ("carried", "lost")
    ]
    return Record(
        Document("BIG", "Everything"),
        tuple(passages),
        tuple(motions),
        tuple(ballots),
        comments=tuple(comment(chance, n) for n in range(1500)),
    )


def large_outcome() -> Outcome:
    """The outcome of that record."""
    return compile_outcome(large())


def test_a_large_record_is_compiled_whole() -> None:
    record = large()
    outcome: Outcome = compile_outcome(record)
    carried = {
        m.number for m in record.motions if m.state == "carried" and not m.amends and m.effect != "state"
    }
    assert {change.motion.number for p in outcome.passages for change in p.changes} == carried
    assert compile_outcome(replace(record, motions=record.motions[::-1])) == outcome


def test_a_large_outcome_is_printed_by_a_process_of_its_own() -> None:
    data = outcome_data(compile_outcome(large()), FACTS)
    assert rendered("pdf", data).startswith(b"%PDF-")
    assert rendered("docx", data).startswith(b"PK")
    assert b"BIG-300" in rendered("html", data)
