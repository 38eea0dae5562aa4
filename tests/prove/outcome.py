"""Proof: of 300 motions and 180 amendments the outcome holds what was carried and nothing else, in time."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from statistics import median
from typing import Any

from facilitate.domain.outcome import Outcome, compile_outcome
from facilitate.domain.outcome_record import Ballot, Document, Motion, Passage, Record
from facilitate.formats.outcome_json import outcome_data
from facilitate.formats.render import rendered
from tests.formats.outcome_sample import FACTS
from tests.formats.test_outcome_size import comment, sentence
from tests.prove.proof import Proof

MOTIONS, AMENDMENTS = 300, 180
STATES = ("carried", "lost", "withdrawn", "referred-back", "not-reached")
EFFECTS = ("replace", "insert-after", "delete")
COMPILE, PDF, TIMES = 5.0, 20.0, 5
OTHERS = ("docx", "odt", "html", "csv", "xlsx")
_MARK = re.compile(r"\bM\d+\b")


def record_of(chance: random.Random) -> Record:
    """Each motion at a passage of its own; a text names its motion ("M12"), so that nothing can hide."""
    passages = [Passage(f"BIG-{n}", str(n), text=sentence(chance, 60)) for n in range(1, MOTIONS + 1)]
    motions = [_motion(chance, number) for number in range(1, MOTIONS + 1)]
    for number in range(MOTIONS + 1, MOTIONS + AMENDMENTS + 1):
        amended, text = chance.randint(1, MOTIONS), f"M{number} {sentence(chance, 30)}"
        motions.append(Motion(number, "replace", chance.choice(STATES), None, "", text, amends=amended))
    ballots = [
        Ballot(m.number, f"Motion {m.number}?", motion=m.number, sentence="Said.", counts=(("For", 700),))
        for m in motions
        if m.state in ("carried", "lost")
    ]
    said = tuple(comment(chance, number) for number in range(1500))
    document = Document("BIG", "Everything")
    return Record(document, tuple(passages), tuple(motions), tuple(ballots), comments=said)


def _motion(chance: random.Random, number: int) -> Motion:
    effect, state = chance.choice(EFFECTS), chance.choice(STATES)
    text = "" if effect == "delete" else f"M{number} {sentence(chance, 40)}"
    return Motion(number, effect, state, f"BIG-{number}", f"Title {number}", text)


def wrong(record: Record, outcome: Outcome) -> list[str]:
    """What the text has that nobody carried, and what was carried and is not in it.

    Shape: told from the record alone; an amendment makes the text of its motion and none of its own.
    """
    carried = {m.number: m for m in record.motions if m.state == "carried" and m.amends is None}
    final = [(p.ref, p.final) for p in outcome.passages if p.final is not None]
    there = dict(final)
    wanted = {p.ref: p.text for p in record.passages}
    for motion in carried.values():
        ref = str(motion.passage)
        if motion.effect == "delete":
            wanted.pop(ref)
        elif motion.effect == "replace":
            wanted[ref] = motion.text
    new = sorted(m.text for m in carried.values() if m.effect == "insert-after")
    found = [f"{ref} does not read as carried" for ref, text in wanted.items() if there.get(ref) != text]
    found += ["new passages are not those carried"] * (
        sorted(text for ref, text in final if ref not in wanted) != new
    )
    marks = {mark for _, text in final for mark in _MARK.findall(text)}
    named = {change.motion.number for passage in outcome.passages for change in passage.changes}
    found += [f"{mark} was not carried" for mark in marks - {f"M{number}" for number in carried}]
    found += [f"changes name {number}" for number in named ^ set(carried)]
    return found


def mutants(record: Record) -> dict[str, bool]:
    """Whether a record that was tampered with before the compile is seen, held against the true one."""

    def changed(state: str, became: str) -> Record:
        at = next(i for i, m in enumerate(record.motions) if m.state == state and m.amends is None)
        motions = (*record.motions[:at], replace(record.motions[at], state=became), *record.motions[at + 1 :])
        return replace(record, motions=motions)

    return {
        "a lost motion in the text": bool(wrong(record, compile_outcome(changed("lost", "carried")))),
        "a carried motion left out": bool(wrong(record, compile_outcome(changed("carried", "lost")))),
        "a passage left out": bool(
            wrong(record, compile_outcome(replace(record, passages=record.passages[1:])))
        ),
    }


def timed(times: int, work: Callable[[], Any]) -> float:
    """How long it takes, the median of several times.

    Units: seconds.
    """
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return median(found)


def prove(short: bool) -> Proof:
    """Make the proof; the short form judges no time."""
    proof = Proof("outcome")
    record = record_of(random.Random(5))
    outcome = compile_outcome(record)
    states = Counter(motion.state for motion in record.motions)
    proof.figures |= {"motions and amendments": len(record.motions), **dict(states)}
    for state in STATES:
        proof.want(state, least=10)
    proof.failures += wrong(record, outcome)
    proof.mutants = mutants(record)
    data = outcome_data(outcome, FACTS)
    if short:
        return proof
    proof.within("compile (s)", timed(TIMES, lambda: outcome_data(compile_outcome(record), FACTS)), COMPILE)
    proof.within("pdf (s)", timed(TIMES, lambda: rendered("pdf", data)), PDF)
    for kind in OTHERS:
        proof.figures[f"{kind} (s)"] = round(timed(1, lambda kind=kind: rendered(kind, data)), 2)  # type: ignore[misc]
    return proof
