"""After: a signatory says that they have read a text as it stands; only then is it no longer new to them."""

from __future__ import annotations

from typing import Any

from facilitate.domain.outcome import compile_outcome
from facilitate.domain.outcome_checks import passage_hash
from facilitate.domain.refusal import Refused
from facilitate.store.named import the_document
from facilitate.store.outcomes import load_record
from facilitate.store.rows import Look
from facilitate.store.signings import signatories
from facilitate.store.wordings import keep_words, known_words
from facilitate.store.writer import Transaction


def confirm_reading(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Keep which words somebody has read; it signs nothing.

    Shape: data["passages"] maps each reference to the hash of the words that the page showed, data["number"]
    is the journal's end as it showed it. Words that were never the passage's are left out.
    Errors: `unknown-document`, `not-a-signatory`.
    """
    document, person = the_document(tx, data["document"]), tx.actor.person or ""
    if person not in signatories(tx.session, document):
        raise Refused("not-a-signatory", "This is for the document’s signatories. Nothing was recorded.")
    outcome = compile_outcome(load_record(tx.session, document))
    words = keep_words(tx, document, outcome.passages)
    tx.session.flush()
    now = {passage.ref: passage_hash(passage) for passage in outcome.passages}
    read = known_words(tx.session, document, {ref: x for ref, x in data["passages"].items() if ref in now})
    row = tx.session.get(Look, (person, document.id))
    if row is None:
        row = Look(person_id=person, document_id=document.id, passages={})
        tx.session.add(row)
    row.passages = {ref: words for ref, words in row.passages.items() if ref in now} | read
    row.number, row.looked_at = min(data["number"], tx.chain.number), tx.now
    tx.record(
        "reading-confirmed", f"document:{document.id}", rows=[row, *words], audiences=[f"person:{person}"]
    )
    return {"passages": len(read)}
