"""After: reads who may sign a document and what has been signed of it."""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from facilitate.domain.outcome import Outcome
from facilitate.domain.outcome_checks import passage_hash
from facilitate.domain.people import Role
from facilitate.domain.signoff import Act, DocumentSigning, RuleKind, Sheet, SigningAct, SigningRule
from facilitate.store.rows import Document, Event, GrantRow, OutcomeRow, Person, Signing


def signatories(session: Session, document: Document) -> dict[str, str]:
    """Who may sign a document.

    Shape: person id to name, by name.
    """
    scoped = (GrantRow.scope_kind == "commission") & (
        func.lower(GrantRow.scope) == document.commission.lower()
    )
    query = (
        select(Person.id, Person.name)
        .join(GrantRow, GrantRow.person_id == Person.id)
        .where(GrantRow.role == Role.SIGNATORY.value, or_(GrantRow.scope_kind == "event", scoped))
        .order_by(Person.name, Person.id)
    )
    return {key: name for key, name in session.execute(query)}  # noqa: C416


def rule_before(session: Session, document: Document) -> SigningRule:
    """The rule that was set for a document's commission before the hall closed."""
    settings = session.get_one(Event, "event").settings
    kind = RuleKind(settings["sign_off_rule"])
    officers = settings.get("sign_off_officers", {}).get(document.commission, [])
    return SigningRule(kind, tuple(officers) if kind is RuleKind.NAMED else ())


def load_sheet(session: Session, document: Document, outcome: Outcome) -> Sheet:
    """Where the signing of one document's present version is, on the words as they stand."""
    row = session.get(OutcomeRow, document.id)
    rule = SigningRule(RuleKind(row.rule), tuple(row.officers)) if row else rule_before(session, document)
    acts = session.scalars(
        select(Signing)
        .where(Signing.document_id == document.id, Signing.version == (row.version if row else 1))
        .order_by(Signing.number)
    )
    return Sheet(
        rule=rule,
        signatories=tuple(signatories(session, document)),
        passages=tuple((p.ref, passage_hash(p)) for p in outcome.passages),
        acts=tuple(
            SigningAct(a.number, a.passage, a.person_id, Act(a.act), a.text_hash, a.note, a.addressee)
            for a in acts
        ),
        offered=row.offered if row else None,
        sealed=row.sealed_hash if row else None,
        changed=tuple((p.ref, p.changed) for p in outcome.passages if p.changed),
    )


def unanswered(session: Session, document: Document, signing: DocumentSigning) -> list[Signing]:
    """The returns that stand and that nobody has answered."""
    numbers = {act.number for passage in signing.passages for act in passage.returns}
    query = select(Signing).where(
        Signing.document_id == document.id, Signing.number.in_(numbers), Signing.answered_at.is_(None),
        Signing.act == Act.RETURN.value,
    )  # fmt: skip
    return list(session.scalars(query.order_by(Signing.number)))
