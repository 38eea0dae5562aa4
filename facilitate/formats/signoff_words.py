"""Sign-off: who changed, returned or dissented from a passage, in sentences for every edition."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from facilitate.domain.outcome import PassageOutcome
from facilitate.domain.outcome_record import Edit, Signature
from facilitate.domain.signoff import Act, stands
from facilitate.domain.wording import nfc
from facilitate.formats.outcome_words import signature_line, when

STAFF_AUTHOR = "Staff (changed since the vote)"


def author_of(by: str, *, signatory: bool) -> str:
    """Who made an edit, as it stands in the margin of a word processor."""
    return f"{by}, signatory (changed since the vote)" if signatory else STAFF_AUTHOR


def signatures_of(passage: PassageOutcome, text_hash: str) -> list[Signature]:
    """The signatures that count for the words as they are: each person's last act, where it signs."""
    last: dict[str, Signature] = {}
    for act in sorted(passage.matter.signatures, key=lambda s: s.number):
        if act.text_hash is None or stands(act, text_hash, passage.changed):
            last[act.person or act.name] = act
    return [act for act in last.values() if act.act != Act.RETURN]


def signature_data(signature: Signature, zone: str) -> dict[str, str]:
    """One signature as plain data."""
    return {
        "name": signature.name, "act": signature.act, "note": signature.note,
        "sentence": signature_line(signature, zone),
    }  # fmt: skip


def history(passage: PassageOutcome, text_hash: str, zone: str) -> list[dict[str, Any]]:
    """What signatories did with a passage beside signing it, in order, with what staff changed meanwhile.

    Shape: {act, name, at, reason, words, to, answer, sentence}; `words` are those that an edit made, None for
    any other act.
    """
    by_signatories = [s for s in passage.matter.signatures if s.act in (Act.DISSENT, Act.RETURN)]
    if not by_signatories and not any(edit.signatory for edit in passage.edits):
        return []
    standing = [s.number for s in signatures_of(passage, text_hash)]
    notes = [
        (s.number, _noted(s, zone, earlier=s.number not in standing))
        for s in by_signatories
    ]
    edits = [(e.number, _edited(e, passage.voted, zone)) for e in passage.edits]
    return [line for _, line in sorted([*notes, *edits], key=lambda pair: pair[0])]


def edit_sentence(edit: Edit, voted: str, zone: str) -> str:
    """Who changed the words, when and why."""
    who = f"{edit.by or 'Somebody'}, {'signatory' if edit.signatory else 'staff'},"
    what = "put the voted wording back" if nfc(edit.text) == nfc(voted) else "changed the wording"
    return f"{who} {what}{_on(when(edit.at, zone))}: “{edit.reason}”"


def _edited(edit: Edit, voted: str, zone: str) -> dict[str, Any]:
    sentence = edit_sentence(edit, voted, zone)
    return _line("edit", edit.by, when(edit.at, zone), edit.reason, sentence, words=edit.text)


def _noted(act: Signature, zone: str, *, earlier: bool) -> dict[str, Any]:
    at = when(act.at, zone)
    if act.act == Act.DISSENT:
        what = "signed an earlier wording" if earlier else "signed"
        sentence = f"{act.name} {what} with a note of dissent{_on(at)}: “{act.note}”"
    else:
        sentence = f"{act.name} returned it to {act.addressee}{_on(at)}: “{act.note}”"
    if act.answer:
        sentence += f" It was answered{_on(when(act.answered_at, zone))}: “{act.answer}”"
    return _line(act.act, act.name, at, act.note, sentence, to=act.addressee, answer=act.answer)


def _line(act: str, name: str, at: str, reason: str, sentence: str, **more: str) -> dict[str, Any]:
    found: dict[str, Any] = {"words": None, "to": "", "answer": "", **more}
    return {"act": act, "name": name, "at": at, "reason": reason, "sentence": sentence, **found}


def _on(at: str) -> str:
    return f" on {at}" if at else ""


def sentences(lines: Iterable[dict[str, Any]]) -> list[str]:
    """The same for an edition that has no place for marks: each with the words that it made."""
    return [
        line["sentence"] + (f" It read then: “{line['words']}”" if line["words"] else "") for line in lines
    ]
