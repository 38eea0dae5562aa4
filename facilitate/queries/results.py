"""Hall: what everybody sees of a counted ballot: its numbers, and its rounds where a method chose."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from facilitate.domain.ballot_papers import companion_sentence
from facilitate.domain.ballots import ABSTAIN, SINGLE_CHOICE, BallotForm, Trust
from facilitate.domain.choosing import method_of
from facilitate.domain.counting import Result, result_from_dict
from facilitate.domain.majority import Rules, rules_from_dict
from facilitate.domain.result_bars import bars_of
from facilitate.domain.result_words import reason_sentence, verdict_sentence
from facilitate.domain.round_words import round_rows, round_sentences
from facilitate.domain.tellers import stamped_sentences
from facilitate.queries.sections import tally_of
from facilitate.store.cards import card_sentence
from facilitate.store.minority import positions_on
from facilitate.store.rows import Ballot


def result_of(session: Session, b: Ballot) -> dict[str, Any] | None:
    """A ballot's result with its sentence, and what goes on beside the text although it lost."""
    if b.result is None:
        return None
    result, rules = result_from_dict(b.result), rules_from_dict(b.rules)
    counts = {each.key: each.votes for each in result.votes} | {ABSTAIN: result.abstained}
    return {
        "counts": counts if result.counted else {}, "abstained": result.abstained,
        "not_voted": result.not_voted, "base": result.base_number, "needed": result.needed,
        "verdict": result.verdict.value, "reason": result.reason.value, "winner": result.winner,
        "tied": list(result.tied),
        "sentence": _sentence(session, b, result, rules), "why": reason_sentence(result, rules),
        "quorum": result.quorum, "quorum_reached": result.quorum_reached, "papers": result.papers,
        "present": result.present, "counted": result.counted, "winners": list(result.winners),
        "chart": _chart(result, rules), "rounds": _rounds(result, rules),
        "sections": tally_of(b, result, rules),
        "minority": [asdict(position) for position in positions_on(session, b)],
    }  # fmt: skip


def _sentence(session: Session, b: Ballot, result: Result, rules: Rules) -> str:
    """The verdict with what a stamped ballot adds: replaced stamps, and whether tellers certified it; and how
    many voted with a companion.
    """
    if b.trust == Trust.CARDS:
        return card_sentence(session, b, result, rules)
    said = [verdict_sentence(result, rules)]
    if b.trust == Trust.STAMPED:
        said += stamped_sentences(b.replaced, doubtful=b.doubtful, certified=b.certified_at is not None)
    return " ".join(filter(None, [*said, companion_sentence(b.companions)]))


def _chart(result: Result, rules: Rules) -> dict[str, Any] | None:
    if rules.form in SINGLE_CHOICE:
        return None
    counted, bars = bars_of(result, rules)
    return {"counted": counted, "bars": [asdict(bar) for bar in bars]}


def _rounds(result: Result, rules: Rules) -> dict[str, Any] | None:
    """Every round of a count that went by a method, as a table and in words."""
    if rules.form in SINGLE_CHOICE or not result.rounds:
        return None
    labels, method = {each.key: each.label for each in result.votes}, method_of(rules)
    head, *rows = round_rows(result.rounds, labels, method)
    return {"head": head, "rows": rows, "said": round_sentences(result.rounds, labels, method)}


def form_of(rules: Rules) -> dict[str, Any]:
    """What a device needs to know of a paper's form: points to spend, seats, the method of a ranking."""
    return {
        "points": rules.points if rules.form is BallotForm.POINTS else None,
        "method": str(rules.method) if rules.form is BallotForm.RANK else None,
        "seats": rules.seats,
    }
