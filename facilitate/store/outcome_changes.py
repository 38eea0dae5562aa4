"""After: reads what was changed of a document since the vote, and what its signatories did."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.domain import outcome_record as record
from facilitate.store.rows import Document, OutcomeDecision, OutcomeEdit, OutcomeRow, Person, Signing


def decisions(session: Session, document: Document) -> tuple[record.Decision, ...]:
    """What clerks decided between carried motions that collide."""
    rows = session.scalars(select(OutcomeDecision).where(OutcomeDecision.document_id == document.id)).all()
    names = _names(session, [d.made_by for d in rows])
    return tuple(
        record.Decision(
            d.passage, d.text, d.reason, tuple(d.between), names.get(d.made_by, ""), d.made_at, d.number,
            d.rescinded_at is not None,
        )
        for d in rows
    )  # fmt: skip


def edits(session: Session, document: Document) -> tuple[record.Edit, ...]:
    """Every change of wording by staff or a signatory."""
    rows = session.scalars(select(OutcomeEdit).where(OutcomeEdit.document_id == document.id)).all()
    names = _names(session, [e.made_by for e in rows])
    return tuple(
        record.Edit(
            e.passage, e.text, e.reason, e.base_hash, names.get(e.made_by, ""), e.made_at, e.number,
            e.signatory,
        )
        for e in rows
    )  # fmt: skip


def _names(session: Session, actors: list[str]) -> dict[str, str]:
    """The names of those who made something."""
    ids = {actor.removeprefix("person:") for actor in actors}
    people = session.execute(select(Person.id, Person.name).where(Person.id.in_(ids)))
    return {f"person:{key}": name for key, name in people}


def signatures(session: Session, document: Document) -> tuple[record.Signature, ...]:
    """Every act of its signatories on the present version, in their order."""
    row = session.get(OutcomeRow, document.id)
    query = (
        select(Signing, Person.name)
        .join(Person, Person.id == Signing.person_id)
        .where(Signing.document_id == document.id, Signing.version == (row.version if row else 1))
        .order_by(Signing.number)
    )
    return tuple(
        record.Signature(
            name, row.act, row.passage, row.note, row.addressee, row.signed_at, row.text_hash, row.number,
            row.answer or "", row.answered_at, row.person_id,
        )
        for row, name in session.execute(query)
    )  # fmt: skip
