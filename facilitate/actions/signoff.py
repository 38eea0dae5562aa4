"""After: signatories accept, edit, dissent or return, passage by passage; the last signature seals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from facilitate.domain.addressees import addressee_of
from facilitate.domain.outcome import Outcome, compile_outcome
from facilitate.domain.outcome_checks import blockers, missing_dispositions, passage_hash
from facilitate.domain.refusal import Refused
from facilitate.domain.signoff import Act, Sheet, SigningAct, SigningState, signing_of
from facilitate.domain.signoff_checks import check_act
from facilitate.domain.wording import nfc
from facilitate.store.addressees import addressees
from facilitate.store.named import the_document
from facilitate.store.outcome_edits import add_edit, checked_reason, new_wording, passage_in
from facilitate.store.outcomes import load_record
from facilitate.store.rows import Document, OutcomeRow, Signing
from facilitate.store.sealing import seal
from facilitate.store.signings import load_sheet
from facilitate.store.wordings import keep_words
from facilitate.store.writer import Transaction

LONGEST_NOTE = 2_000


def accept_passage(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Sign passages as they stand.

    Shape: data["passages"] maps each reference to the hash of the words that the person saw.
    Errors: what check_act refuses, `unknown-document`.
    """
    acts = [
        SigningAct(tx.chain.number + 1, ref, tx.actor.person or "", Act.ACCEPT, seen)
        for ref, seen in data["passages"].items()
    ]
    return _sign(tx, data["document"], acts, "passage-accepted")


def accept_with_edits(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Sign one passage with other words, which become the passage's; it goes back to all other signatories.

    Shape: data["text_hash"] names the words that the person saw; data["text"] None puts back what was voted.
    Errors: what check_act refuses, `unknown-document`, `no-change`, `no-words`, `reason-too-long`.
    """
    document = the_document(tx, data["document"])
    record = load_record(tx.session, document)
    outcome = compile_outcome(record)
    given = SigningAct(
        tx.chain.number + 1, data["passage"], tx.actor.person or "", Act.EDIT, data["text_hash"],
        nfc(data.get("reason") or "").strip(),
    )  # fmt: skip
    sheet = load_sheet(tx.session, document, outcome)
    check_act(sheet, given, missing_dispositions(record), blockers(outcome))
    passage = passage_in(outcome, given.passage)
    text = new_wording(passage, data.get("text"))
    if not text and passage.voted:
        raise Refused("no-words", "Leave words standing. To have it out, return it and say so.", "text")
    seen = keep_words(tx, document, [passage])
    edit = add_edit(tx, document, passage, text, checked_reason(given.note), signatory=True)
    tx.session.flush()
    changed = compile_outcome(load_record(tx.session, document))
    act = replace(given, text_hash=passage_hash(passage_in(changed, given.passage)))
    sheet = load_sheet(tx.session, document, changed)
    return _recorded(tx, document, changed, sheet, [act], "passage-accepted-with-edits", edit, *seen)


def sign_with_dissent(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Sign one passage with a note of dissent that is printed with it.

    Errors: what check_act refuses, `unknown-document`, `note-too-long`.
    """
    return _sign(tx, data["document"], [_one(tx, data, Act.DISSENT)], "passage-signed-with-dissent")


def return_passage(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Send one passage back before signing, with a reason and to somebody.

    Shape: data["addressee"] names a signatory, the clerk, the commission or a body, who find it in their
    list, or anybody else.
    Errors: what check_act refuses, `unknown-document`, `note-too-long`.
    """
    return _sign(tx, data["document"], [_one(tx, data, Act.RETURN)], "passage-returned")


def answer_return(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Answer a returned passage; it waits for whoever returned it, or until the text is offered again.

    Errors: `unknown-document`, `not-returned`, `reason-missing`, `reason-too-long`.
    """
    document = the_document(tx, data["document"])
    row = tx.session.get(Signing, data["signing"])
    sheet = load_sheet(tx.session, document, compile_outcome(load_record(tx.session, document)))
    standing = {act.number for passage in signing_of(sheet).passages for act in passage.returns}
    if row is None or row.document_id != document.id or row.number not in standing:
        raise Refused("not-returned", "This passage is not returned any more. Nothing was recorded.")
    row.answer, row.answered_by, row.answered_at = checked_reason(data.get("answer")), tx.actor.id, tx.now
    tx.record(
        "return-answered", f"document:{document.id}", rows=[row], reason=row.answer,
        audiences=[f"commission:{document.commission}"],
    )  # fmt: skip
    return {"passage": row.passage}


def _one(tx: Transaction, data: dict[str, Any], act: Act) -> SigningAct:
    note, addressee = nfc(data.get("note") or "").strip(), nfc(data.get("addressee") or "").strip()
    if len(note) > LONGEST_NOTE or len(addressee) > LONGEST_NOTE:
        raise Refused("note-too-long", f"A note has at most {LONGEST_NOTE:,} characters.", "note")
    person = tx.actor.person or ""
    return SigningAct(tx.chain.number + 1, data["passage"], person, act, data["text_hash"], note, addressee)


def _sign(tx: Transaction, document_id: str, acts: list[SigningAct], action: str) -> dict[str, Any]:
    document = the_document(tx, document_id)
    if not acts:
        raise Refused("nothing-to-sign", "Choose at least one passage.", "passages")
    record = load_record(tx.session, document)
    outcome = compile_outcome(record)
    sheet = load_sheet(tx.session, document, outcome)
    missing, standing = missing_dispositions(record), blockers(outcome)
    for act in acts:
        check_act(sheet, act, missing, standing)
    return _recorded(tx, document, outcome, sheet, acts, action)


def _recorded(
    tx: Transaction, document: Document, outcome: Outcome, sheet: Sheet, acts: list[SigningAct], action: str,
    *rows: Any,
) -> dict[str, Any]:
    """Write acts down, and seal the text if no signature is missing any more; the sheet is the outcome's."""
    made = [_row(tx, document, act) for act in acts]
    tx.session.add_all(made)
    signed = {act.passage for act in acts}
    words = keep_words(tx, document, [p for p in outcome.passages if p.ref in signed])
    signing = signing_of(replace(sheet, acts=(*sheet.acts, *acts)))
    tx.record(
        action, f"document:{document.id}", rows=[*rows, *made, *words], reason=acts[0].note or None,
        audiences=[f"commission:{document.commission}"],
    )  # fmt: skip
    if signing.state is not SigningState.SIGNED:
        return {"state": signing.state.value}
    seal(tx, document)
    return {"state": SigningState.SEALED.value}


def _row(tx: Transaction, document: Document, act: SigningAct) -> Signing:
    to = addressee_of(act.addressee, addressees(tx.session, document)) if act.act is Act.RETURN else None
    return Signing(
        id=tx.new_id(), number=act.number, document_id=document.id, passage=act.passage, person_id=act.person,
        version=tx.session.get_one(OutcomeRow, document.id).version,
        act=act.act.value, note=act.note, addressee=to.name if to else "",
        addressee_kind=to.kind.value if to else "", addressee_id=to.id if to else "",
        text_hash=act.text_hash, signed_at=tx.now,
    )  # fmt: skip
