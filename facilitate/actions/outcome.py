"""After: puts a document together, decides what collides, edits with a reason, offers it for signing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import select

from facilitate.domain.deadlines import read_deadline
from facilitate.domain.outcome import compile_outcome
from facilitate.domain.outcome_checks import blockers, missing_dispositions, passage_hash, text_hash
from facilitate.domain.outcome_record import Record
from facilitate.domain.refusal import Refused
from facilitate.domain.signoff import RuleKind, SigningRule, SigningState, signing_of
from facilitate.domain.signoff_checks import can_be_fulfilled, check_offer, check_rule
from facilitate.domain.wording import nfc
from facilitate.store.named import the_document
from facilitate.store.outcome_edits import add_edit, checked_reason, new_wording, passage_in
from facilitate.store.outcomes import load_record
from facilitate.store.rows import Document, Event, Offering, OutcomeDecision, OutcomeRow
from facilitate.store.sealing import seal
from facilitate.store.signings import load_sheet, rule_before, signatories, unanswered
from facilitate.store.wordings import keep_words
from facilitate.store.writer import Transaction


def compile_document(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Put the document together; it is signed by the rule that was set before the hall closed.

    Shape: data["rule"] (all, majority or named, with data["officers"], persons) and data["reason"] replace a
    rule that nobody can fulfil any more, and no other.
    Errors: `unknown-document`, `already-sealed`, `rule-fixed`, `unknown-rule`, `reason-missing`,
    `reason-too-long`, `no-signatories`, `not-a-signatory`.
    """
    document, row = _document(tx, data["document"])
    fixed = SigningRule(RuleKind(row.rule), tuple(row.officers)) if row else rule_before(tx.session, document)
    people = tuple(signatories(tx.session, document))
    rule = _rule(data) or fixed
    reason = _why_replaced(fixed, people, data) if rule != fixed else None
    if rule != fixed or rule.kind is RuleKind.NAMED:
        check_rule(rule, people)
    outcome = compile_outcome(load_record(tx.session, document))
    if row is None:
        row = OutcomeRow(
            document_id=document.id, version=1, rule="", officers=[], compiled_at=tx.now, text_hash=""
        )  # fmt: skip
        tx.session.add(row)
    row.rule, row.officers, row.rule_reason = rule.kind.value, list(rule.officers), reason or row.rule_reason
    row.compiled_at, row.text_hash = tx.now, text_hash(outcome)
    _tell(tx, "outcome-compiled", document, row, reason=reason)
    return {"hash": row.text_hash, "passages": len(outcome.passages), "open": len(blockers(outcome))}


def _rule(data: dict[str, Any]) -> SigningRule | None:
    given = data.get("rule")
    if not given:
        return None
    if given not in set(RuleKind):
        raise Refused("unknown-rule", "The rule is all, majority or named officers.", "rule")
    kind = RuleKind(given)
    return SigningRule(kind, tuple(data.get("officers") or ()) if kind is RuleKind.NAMED else ())


def _why_replaced(fixed: SigningRule, people: Sequence[str], data: dict[str, Any]) -> str:
    """Why another rule holds than the one that was set: only where that one can be fulfilled no more."""
    if can_be_fulfilled(fixed, people):
        raise Refused(
            "rule-fixed",
            "By which rule this text is signed was set before the hall closed, and it can be fulfilled. "
            "Nothing was changed.",
            "rule",
        )
    return checked_reason(data.get("reason"))


def _document(tx: Transaction, document_id: str) -> tuple[Document, OutcomeRow | None]:
    document = the_document(tx, document_id)
    row = tx.session.get(OutcomeRow, document_id)
    if row and row.sealed_hash:
        raise Refused(
            "already-sealed",
            f"“{document.title}” is sealed. Nothing was changed; a change now is a new version, signed anew.",
        )
    return document, row


def _tell(tx: Transaction, action: str, document: Document, *rows: Any, reason: str | None = None) -> None:
    tx.record(
        action, f"document:{document.id}", rows=rows, reason=reason,
        audiences=[f"commission:{document.commission}"],
    )  # fmt: skip


def decide_conflict(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Say how a passage reads on which carried motions collide; the last decision rules.

    Shape: data["text"] None deletes the passage; data["take_back"] true takes the standing decision back.
    Errors: `unknown-document`, `unknown-passage`, `already-sealed`, `no-conflict`, `reason-missing`,
    `reason-too-long`.
    """
    document, _ = _document(tx, data["document"])
    passage = passage_in(compile_outcome(load_record(tx.session, document)), data["passage"])
    reason = checked_reason(data.get("reason"))
    rows = _standing(tx, document, passage.ref)
    for row in rows:
        row.rescinded_at = tx.now
    if not data.get("take_back"):
        if passage.conflict is None:
            raise Refused(
                "no-conflict", f"Nothing collides on {passage.ref}. Nothing was changed.", "passage"
            )
        text = data.get("text")
        decision = OutcomeDecision(
            id=tx.new_id(), number=tx.chain.number + 1, document_id=document.id, passage=passage.ref,
            text=nfc(text).strip() or None if text else None, reason=reason,
            between=list(passage.conflict.motions), made_by=tx.actor.id, made_at=tx.now,
        )  # fmt: skip
        tx.session.add(decision)
        rows = [*rows, decision]
    _tell(tx, "conflict-decided", document, *rows, reason=reason)
    return {"passage": passage.ref}


def _standing(tx: Transaction, document: Document, ref: str) -> list[OutcomeDecision]:
    query = select(OutcomeDecision).where(
        OutcomeDecision.document_id == document.id, OutcomeDecision.passage == ref,
        OutcomeDecision.rescinded_at.is_(None),
    )  # fmt: skip
    return list(tx.session.scalars(query))


def edit_outcome(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Change a wording after the vote, with a reason; it is marked as changed since the vote for ever.

    Shape: data["text_hash"] names the words that the editor saw; data["take_back"] true puts back what was
    voted.
    Errors: `unknown-document`, `unknown-passage`, `already-sealed`, `text-changed`, `conflict-undecided`,
    `no-change`, `reason-missing`, `reason-too-long`.
    """
    document, _ = _document(tx, data["document"])
    passage = passage_in(compile_outcome(load_record(tx.session, document)), data["passage"])
    reason = checked_reason(data.get("reason"))
    if data["text_hash"] != passage_hash(passage):
        raise Refused("text-changed", f"{passage.ref} reads differently now. Look at it again.", "text")
    text = new_wording(passage, None if data.get("take_back") else data.get("text") or "")
    edit = add_edit(tx, document, passage, text, reason, signatory=False)
    _tell(tx, "outcome-edited", document, edit, reason=reason)
    return {"passage": passage.ref}


def offer_for_signing(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Offer the text to its signatories; a return that stands on unchanged words needs an answer first.

    Shape: data["reason"] answers every return that has no answer of its own; data["sign_by"] is a local date
    and time. Where the rule was fulfilled and only a return stood in the way, the text is sealed.
    Errors: `unknown-document`, `not-compiled`, `already-sealed`, `dispositions-missing`, `no-signatories`,
    `answer-missing`, `reason-too-long`, what read_deadline refuses, and what still blocks the text.
    """
    document, row = _document(tx, data["document"])
    if row is None:
        raise Refused("not-compiled", "Compile the outcome first; that fixes the rule by which it is signed.")
    loaded: Record = load_record(tx.session, document)
    outcome = compile_outcome(loaded)
    sheet = load_sheet(tx.session, document, outcome)
    check_offer(sheet, missing_dispositions(loaded), blockers(outcome))
    answer = checked_reason(data["reason"]) if (data.get("reason") or "").strip() else None
    waiting = unanswered(tx.session, document, signing_of(sheet))
    if waiting and answer is None:
        raise Refused(
            "answer-missing", "A passage was returned. Change it, or answer here why it stays.", "reason"
        )
    for signing in waiting:
        signing.answer, signing.answered_by, signing.answered_at = answer, tx.actor.id, tx.now
    row.answer = answer
    row.sign_by = _deadline(tx, data.get("sign_by")) or row.sign_by
    row.offered, row.offered_at, row.text_hash = tx.chain.number + 1, tx.now, text_hash(outcome)
    offering = Offering(
        number=row.offered, document_id=document.id, passages=dict(sheet.passages), answer=answer,
        offered_by=tx.actor.id, offered_at=tx.now,
    )  # fmt: skip
    tx.session.add(offering)
    words = keep_words(tx, document, outcome.passages)
    _tell(tx, "outcome-offered", document, row, offering, *words, *waiting, reason=row.answer)
    if signing_of(replace(sheet, offered=row.offered)).state is SigningState.SIGNED:
        seal(tx, document)
    return {"offered": row.offered, "hash": row.text_hash}


def _deadline(tx: Transaction, words: str | None) -> datetime | None:
    zone = tx.session.get_one(Event, "event").zone
    return read_deadline(words, zone, tx.now) if words and words.strip() else None


def extend_deadline(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Give the signatories more time, with a reason; a text without a deadline gets one.

    Shape: data["sign_by"] is a local date and time.
    Errors: `unknown-document`, `already-sealed`, `not-offered`, `reason-missing`, `reason-too-long`, what
    read_deadline refuses.
    """
    document, row = _document(tx, data["document"])
    if row is None or row.offered is None:
        raise Refused("not-offered", "The text is not offered for signing, so nobody is late with it.")
    zone = tx.session.get_one(Event, "event").zone
    until = read_deadline(data["sign_by"], zone, tx.now, row.sign_by)
    reason = checked_reason(data.get("reason"))
    row.sign_by = until
    _tell(tx, "deadline-extended", document, row, reason=reason)
    return {"sign_by": until.isoformat()}
