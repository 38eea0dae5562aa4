"""After: the ballots of one document as the outcome has them, with what lost and goes on beside the text."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from facilitate.domain import outcome_record as record
from facilitate.domain.ballots import Trust
from facilitate.domain.counting import Result, result_from_dict
from facilitate.domain.majority import Rules, rules_from_dict
from facilitate.domain.result_words import verdict_sentence
from facilitate.domain.rule_words import rule_sentence
from facilitate.domain.section_table import group_sentences, section_table
from facilitate.store.cards import card_sentence
from facilitate.store.minority import positions_on, reference_of
from facilitate.store.rows import Assignment, Ballot, Document, Item, Motion, Passage
from facilitate.store.sections import grouping_of

_COUNTED = ("provisional", "published", "void")


def voted_minority(session: Session, document: Document) -> list[record.MinorityPosition]:
    """What lost on a ballot above the share that was set for it."""
    found = []
    for ballot in ballots_about(session, document):
        motion = session.get(Motion, ballot.motion_id) if ballot.motion_id else None
        at = reference_of(session, motion) if motion else ""
        found += [
            record.MinorityPosition(each.text, at or None, f"Ballot {ballot.number}: {each.sentence}")
            for each in positions_on(session, ballot)
        ]
    return found


def ballots_about(session: Session, document: Document) -> list[Ballot]:
    """The counted ballots on a document: on its motions, and those without one that its track discusses."""
    tracks = (
        select(Item.track_id)
        .join(Assignment, Assignment.item_id == Item.id)
        .join(Passage, Passage.id == Assignment.passage_id)
        .where(Passage.document_id == document.id)
    )
    own = Ballot.motion_id.in_(select(Motion.id).where(Motion.document_id == document.id))
    general = Ballot.motion_id.is_(None) & or_(Ballot.track_id.in_(tracks), Ballot.track_id.is_(None))
    return list(session.scalars(select(Ballot).where(or_(own, general), Ballot.state.in_(_COUNTED))))


def _decided(session: Session, b: Ballot) -> Motion | None:
    """The motion that a ballot was on; of several put against each other the one that was chosen."""
    motions = [session.get_one(Motion, each) for each in b.alternatives or filter(None, [b.motion_id])]
    return next((m for m in motions if m.state == "carried"), motions[0] if motions else None)


def ballot_record(session: Session, b: Ballot) -> record.Ballot:
    """One ballot as its result was frozen."""
    rules = rules_from_dict(b.rules)
    motion = _decided(session, b)
    facts: dict[str, Any] = {}
    if b.result is not None:
        result = result_from_dict(b.result)
        facts = {
            "sentence": _sentence(session, b, result, rules), "verdict": result.verdict.value,
            "counts": tuple((vote.label, vote.votes) for vote in result.votes), "abstained": result.abstained,
            "not_voted": result.not_voted, "base": result.base_number if result.counted else None,
            "needed": result.needed, "quorum": result.quorum or None, "quorum_reached": result.quorum_reached,
            **_sections(b, result, rules),
        }  # fmt: skip
    return record.Ballot(
        number=b.number, question=b.question, state=b.state, rule=rule_sentence(rules), purpose=b.purpose,
        trust=b.trust, motion=motion.number if motion else None, closed=b.closed_at, **facts,
    )  # fmt: skip


def _sentence(session: Session, b: Ballot, result: Result, rules: Rules) -> str:
    by_card = b.trust == Trust.CARDS
    return card_sentence(session, b, result, rules) if by_card else verdict_sentence(result, rules)


def _sections(b: Ballot, result: Result, rules: Rules) -> dict[str, Any]:
    grouping = grouping_of(b)
    table = section_table(result, rules, grouping) if grouping else None
    if table is None:
        return {}
    shares = tuple((bar.label, Fraction(bar.exact)) for bar in table.shares)
    return {"section_tally": shares, "sections": tuple(group_sentences(table))}
