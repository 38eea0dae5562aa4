"""After: what each form of the outcome pages asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import request

from facilitate.domain.refusal import Refused


def _field(name: str) -> str:
    return request.form.get(name, "").replace("\r\n", "\n")


def signature_form(document: str) -> tuple[str, dict[str, Any]]:
    """Signing, editing, dissenting from or returning one passage, or signing several as they stand.

    Shape: each `passage` has its `text_hash` at the same place of the form.
    Errors: `unknown-act`.
    """
    act = _field("act")
    refs, seen = request.form.getlist("passage"), request.form.getlist("text_hash")
    if act == "accept":
        return "accept-passage", {"document": document, "passages": dict(zip(refs, seen, strict=False))}
    verbs = {"dissent": "sign-with-dissent", "return": "return-passage"}
    if act not in (*verbs, "edit", "put-back") or len(refs) != 1:
        raise Refused("unknown-act", "Choose to sign, to sign with a note, or to return the passage.", "act")
    one = {"document": document, "passage": refs[0], "text_hash": _field("text_hash")}
    if act not in verbs:
        text = _field("text") if act == "edit" else None
        return "accept-with-edits", {**one, "text": text, "reason": _field("reason")}
    return verbs[act], {**one, "note": _field("note"), "addressee": _field("addressee")}


def compilation_form(document: str) -> tuple[str, dict[str, Any]]:
    """Putting the document together under a rule."""
    officers = request.form.getlist("officers")
    rule = _field("rule") or None
    return "compile-outcome", {
        "document": document, "rule": rule, "officers": officers, "reason": _field("reason"),
    }  # fmt: skip


def decision_form(document: str) -> tuple[str, dict[str, Any]]:
    """Deciding how a passage reads; an empty text deletes it."""
    deletes = _field("choice") == "delete"
    return "decide-conflict", {
        "document": document, "passage": _field("passage"), "reason": _field("reason"),
        "text": None if deletes else _field("text"), "take_back": _field("choice") == "take-back",
    }  # fmt: skip


def edit_form(document: str) -> tuple[str, dict[str, Any]]:
    """Editing a wording after the vote."""
    return "edit-outcome", {
        "document": document, "passage": _field("passage"), "reason": _field("reason"),
        "text": _field("text"), "text_hash": _field("text_hash"),
        "take_back": _field("choice") == "take-back",
    }  # fmt: skip


def reading_form(document: str) -> tuple[str, dict[str, Any]]:
    """Having read the passages as this page shows them."""
    shown = zip(request.form.getlist("passage"), request.form.getlist("text_hash"), strict=False)
    number = _field("number")
    at = int(number) if number.isdecimal() and number.isascii() else 0
    return "confirm-reading", {"document": document, "number": at, "passages": dict(shown)}


def reopening_form(document: str) -> tuple[str, dict[str, Any]]:
    """Opening a sealed text again as a new version."""
    given = {"decided_by": _field("decided_by"), "reason": _field("reason")}
    return "reopen-outcome", {"document": document, **given}


def answer_form(document: str) -> tuple[str, dict[str, Any]]:
    """Answering a returned passage."""
    return "answer-return", {"document": document, "signing": _field("signing"), "answer": _field("answer")}


def offering_form(document: str) -> tuple[str, dict[str, Any]]:
    """Offering the text for signing, with an answer to what was returned."""
    given = {"reason": _field("reason"), "sign_by": _field("sign_by")}
    return "offer-for-signing", {"document": document, **given}


def deadline_form(document: str) -> tuple[str, dict[str, Any]]:
    """Giving the signatories more time."""
    given = {"sign_by": _field("sign_by"), "reason": _field("reason")}
    return "extend-deadline", {"document": document, **given}


def final_vote_form(document: str) -> tuple[str, dict[str, Any]]:
    """Recording what the autumn conference made of the sealed text."""
    given = {name: _field(name).strip() for name in ("verdict", "held_on", "words", "reason")}
    return "record-final-vote", {"document": document, **given}


FORMS: dict[str, Callable[[str], tuple[str, dict[str, Any]]]] = {
    "signatures": signature_form,
    "compilation": compilation_form,
    "decisions": decision_form,
    "edits": edit_form,
    "answers": answer_form,
    "readings": reading_form,
    "reopening": reopening_form,
    "offering": offering_form,
    "deadline": deadline_form,
    "final-vote": final_vote_form,
}
