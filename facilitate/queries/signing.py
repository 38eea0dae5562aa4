"""After: what of a document's signing concerns one person: returned passages, and what came back to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from facilitate.domain.addressees import AddresseeKind
from facilitate.domain.people import Actor, Role
from facilitate.domain.signoff import Act
from facilitate.queries.outcome import Reading, reading_of
from facilitate.queries.view import View
from facilitate.store.rows import Document, Person, Signing


@dataclass(frozen=True)
class Returned:
    """A passage that was returned and has not changed since.

    Shape: `signing` is the act's id; `by` the name and `person` the id of whoever returned it; `text` the
    words that were returned.
    """

    signing: str
    document: str
    passage: str
    person: str
    by: str
    note: str
    text: str
    addressee: str
    kind: AddresseeKind
    id: str
    answer: str

    def is_for(self, actor: Actor, *, signs: bool) -> bool:
        """Whether it is in somebody's list; `signs` for a signatory of its document."""
        mine = {
            AddresseeKind.SIGNATORY: self.id == actor.person,
            AddresseeKind.CLERK: Role.CLERK in actor.roles,
            AddresseeKind.COMMISSION: signs,
            AddresseeKind.BODY: self.id == actor.delegation,
        }
        return actor.person is not None and mine.get(self.kind, False)


def returned_in(view: View, reading: Reading) -> list[Returned]:
    """Every return that stands in one document, in the order of its passages."""
    acts = [act for passage in reading.signing.passages for act in passage.returns]
    rows = {
        row.number: row
        for row in view.session.scalars(
            select(Signing).where(
                Signing.document_id == reading.document.id, Signing.act == Act.RETURN.value,
                Signing.number.in_([act.number for act in acts]),
            )
        )
    }  # fmt: skip
    words = {passage.ref: passage.final or "" for passage in reading.outcome.passages}
    return [_returned(view, reading, rows[act.number], words[act.passage]) for act in acts]


def _returned(view: View, reading: Reading, row: Signing, words: str) -> Returned:
    name = reading.names.get(row.person_id) or view.session.get_one(Person, row.person_id).name
    kind = AddresseeKind(row.addressee_kind)
    return Returned(
        row.id, reading.document.prefix, row.passage, row.person_id, name, row.note, words, row.addressee,
        kind, row.addressee_id, row.answer or "",
    )  # fmt: skip


def returned_to_body(view: View, actor: Actor, read: Sequence[Reading]) -> list[Returned]:
    """What was returned to somebody's body in documents that they cannot read yet: these passages alone."""
    if actor.person is None or actor.delegation is None:
        return []
    known = {reading.document.id for reading in read}
    asked = select(Signing.document_id).where(
        Signing.addressee_kind == AddresseeKind.BODY.value, Signing.addressee_id == actor.delegation
    )
    query = select(Document).where(Document.id.in_(asked)).order_by(Document.position)
    documents = view.session.scalars(query)
    readings = [reading_of(view, document) for document in documents if document.id not in known]
    return [
        each
        for reading in readings
        for each in returned_in(view, reading)
        if each.is_for(actor, signs=False) and not reading.sealed
    ]


def came_back(reading: Reading, person: str | None) -> list[str]:
    """The passages that somebody had signed and whose words were changed afterwards."""
    signed = {a.passage for a in reading.sheet.acts if a.person == person and a.act is not Act.RETURN}
    return [passage.ref for passage in reading.to_sign(person) if passage.ref in signed]
