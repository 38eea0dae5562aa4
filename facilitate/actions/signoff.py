"""After: signatories accept, dissent or return, passage by passage; the last signature seals the text."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Any

from facilitate.domain.outcome import Outcome, compile_outcome
from facilitate.domain.outcome_checks import blockers, missing_dispositions, sealed_text
from facilitate.domain.refusal import Refused
from facilitate.domain.signoff import Act, Sheet, SigningAct, SigningState, check_act, signing_of
from facilitate.domain.wording import nfc
from facilitate.store.named import the_document
from facilitate.store.outcomes import load_record
from facilitate.store.rows import Document, File, OutcomeRow, Signing
from facilitate.store.signings import load_sheet
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


def sign_with_dissent(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Sign one passage with a note of dissent that is printed with it.

    Errors: what check_act refuses, `unknown-document`, `note-too-long`.
    """
    return _sign(tx, data["document"], [_one(tx, data, Act.DISSENT)], "passage-signed-with-dissent")


def return_passage(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Send one passage back before signing, with a reason and to somebody.

    Errors: what check_act refuses, `unknown-document`, `note-too-long`.
    """
    return _sign(tx, data["document"], [_one(tx, data, Act.RETURN)], "passage-returned")


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
    rows: list[Any] = [_row(tx, document, act) for act in acts]
    tx.session.add_all(rows)
    signing = signing_of(replace(sheet, acts=(*sheet.acts, *acts)))
    sealed = signing.state is SigningState.SIGNED
    tx.record(
        action, f"document:{document.id}", rows=rows, reason=acts[0].note or None,
        audiences=[f"commission:{document.commission}"],
    )  # fmt: skip
    if sealed:
        _seal(tx, document, outcome, sheet)
    return {"state": SigningState.SEALED.value if sealed else signing.state.value}


def _row(tx: Transaction, document: Document, act: SigningAct) -> Signing:
    return Signing(
        id=tx.new_id(), number=act.number, document_id=document.id, passage=act.passage, person_id=act.person,
        act=act.act.value, note=act.note, addressee=act.addressee, text_hash=act.text_hash, signed_at=tx.now,
    )  # fmt: skip


def _seal(tx: Transaction, document: Document, outcome: Outcome, sheet: Sheet) -> None:
    """Freeze the text under its own hash; from here on nothing in it can be changed."""
    body = sealed_text(outcome)
    sha = hashlib.sha256(body).hexdigest()
    if tx.session.get(File, sha) is None:
        tx.session.add(
            File(
                sha256=sha, name=f"{document.prefix}-sealed.json", media_type="application/json",
                size=len(body), body=body, kept_at=tx.now,
            )
        )  # fmt: skip
        tx.session.flush()
    row = tx.session.get_one(OutcomeRow, document.id)
    row.sealed_hash, row.sealed_at, row.text_hash = sha, tx.now, sha
    document.visibility = "delegates"
    tx.record(
        "outcome-sealed", f"document:{document.id}", rows=[row, document],
        audiences=[f"commission:{document.commission}", "delegates", "themes"],
    )  # fmt: skip
