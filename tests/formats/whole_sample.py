"""The sample outcome with what it lacks: sections, a point on a draft, answers, a second version."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

from facilitate.domain.outcome import Outcome, compile_outcome
from facilitate.domain.outcome_checks import text_hash
from facilitate.domain.outcome_record import Ballot, Edit, Motion, Signature, Submission
from facilitate.domain.wording import base_hash
from facilitate.formats.outcome_json import Facts
from facilitate.formats.outcome_status import sealed_sentence, version_sentence
from facilitate.formats.outcome_words import when
from tests.formats.outcome_sample import FACTS, NOON, PASSAGES, RECORD

LATER = NOON + timedelta(days=9)
RENTS = "Rents in new homes for social rent follow local wages in each county, not the market."
POINT = Submission(
    "S-003", "On draft HOU, version 2", "Usha Patel", "Name the councils.", ("HOU-1.1",), "adopted-in-part",
    "Covered by another passage", "Considered on 3 March 2027: every council is named by law.",
)  # fmt: skip
SIGNATORYS = Edit(
    "HOU-1.2", RENTS, "Says whose wages.", base_hash(PASSAGES[2].text), "Dilys Evans", LATER, 902,
    signatory=True,
)  # fmt: skip


def _ballot(ballot: Ballot) -> Ballot:
    if ballot.motion != 3:
        return ballot
    tally = (("For", Fraction(7, 10)), ("Against", Fraction(3, 10)))
    said = ("Constituencies (50%): 401 for, 99 against.", "Affiliates (50%): 411 for, 262 against.")
    return replace(ballot, section_tally=tally, sections=said)


def _motion(motion: Motion) -> Motion:
    return replace(motion, why="Nobody knew the cost.") if motion.state == "referred-back" else motion


def _signature(signature: Signature) -> Signature:
    if signature.act != "return":
        return signature
    return replace(signature, answer="The coldest homes first.", answered_at=LATER + timedelta(days=1))


def whole() -> Outcome:
    """An outcome that has everything that an edition can hold."""
    return compile_outcome(
        replace(
            RECORD,
            ballots=tuple(map(_ballot, RECORD.ballots)),
            motions=tuple(map(_motion, RECORD.motions)),
            submissions=(*RECORD.submissions, POINT),
            edits=(*RECORD.edits, SIGNATORYS),
            signatures=tuple(map(_signature, RECORD.signatures)),
        )
    )


def sealed_again(outcome: Outcome) -> Facts:
    """What an edition says of that outcome when it was reopened once and is sealed again."""
    sealed = sealed_sentence(2, when(LATER + timedelta(days=30), FACTS.zone))
    status, earlier = version_sentence(2, [(1, LATER, "cd" * 32)], sealed, FACTS.zone)
    return replace(FACTS, status=status, sealed=text_hash(outcome), version=2, earlier=earlier)
