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
WORDS = ["homes", "rents", "repairs", "councils", "warm", "safe", "fair", "build", "borrow", "land", "wages"]


def large() -> Record:
    """A record as a conference of some hundred passages leaves it; the same each time."""
    chance = random.Random(2)

    def sentence(length: int) -> str:
        return " ".join(chance.choices(WORDS, k=length)).capitalize() + "."

    passages = tuple(
        Passage(f"BIG-{n}", str(n), text=" ".join(sentence(14) for _ in range(4))) for n in range(1, 301)
    )
    motions = [
        Motion(
            n,
            ("replace", "insert-after", "delete", "state")[n % 4],
            STATES[n % 5],
            f"BIG-{n}",
            f"Title {n}",
            "" if n % 4 == 2 else sentence(40),
        )
        for n in range(1, 301)
    ]
    motions += [
        Motion(300 + n, "replace", STATES[n % 5], None, "", sentence(30), amends=n) for n in range(1, 181)
    ]
    ballots = tuple(
        Ballot(
            m.number,
            f"Motion {m.number}?",
            motion=m.number,
            sentence="Said.",
            counts=(("For", 700), ("Against", 300)),
        )
        for m in motions
        if m.state in ("carried", "lost")
    )
    comments = tuple(
        Comment(
            f"{n % 140 + 1}/{n}",
            sentence(20),
            "Concern",
            f"BIG-{n % 300 + 1}",
            n % 140 + 1,
            5,
            2,
            disposition="noted",
            reason="Noted",
        )
        for n in range(1500)
    )
    return Record(Document("BIG", "Everything"), passages, tuple(motions), ballots, comments=comments)


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
