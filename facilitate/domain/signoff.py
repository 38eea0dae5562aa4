"""Sign-off: who takes the outcome as theirs, passage by passage, and when the text is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from facilitate.domain.outcome_record import Signature


class RuleKind(StrEnum):
    """Whose signatures make a passage signed."""

    ALL = "all"
    MAJORITY = "majority"
    NAMED = "named"


class Act(StrEnum):
    """What a signatory does with a passage."""

    ACCEPT = "accept"
    EDIT = "edit"
    DISSENT = "dissent"
    RETURN = "return"


class SigningState(StrEnum):
    """Where a passage or a document is; only a document is sealed."""

    OPEN = "open"
    SIGNED = "signed"
    RETURNED = "returned"
    SEALED = "sealed"


@dataclass(frozen=True)
class SigningRule:
    """The rule of one document, fixed before it is offered; `officers` are persons, for `named` only."""

    kind: RuleKind = RuleKind.ALL
    officers: tuple[str, ...] = ()


@dataclass(frozen=True)
class SigningAct:
    """One act of one signatory on one passage.

    Shape: `number` is its place in the journal; `text_hash` the words it stands for
    (`outcome_checks.passage_hash`): those that the person saw, or with an edit those that they made of them;
    a dissent has its note, an edit its reason, a return its reason in `note` and whom it goes to in
    `addressee`.
    """

    number: int
    passage: str
    person: str
    act: Act
    text_hash: str
    note: str = ""
    addressee: str = ""


@dataclass(frozen=True)
class Sheet:
    """All that decides where the signing of one document is.

    Shape: `passages` are (reference, hash of the final words) as they stand now, in document order;
    `changed` are (reference, journal number of the last change of its words), for those that were changed;
    `offered` is the journal number of the last offering, None before the first; `sealed` the hash of the
    sealed text.
    """

    rule: SigningRule
    signatories: tuple[str, ...]
    passages: tuple[tuple[str, str], ...]
    acts: tuple[SigningAct, ...] = ()
    offered: int | None = None
    sealed: str | None = None
    changed: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class PassageSigning:
    """Where one passage is.

    Shape: `signed`, `missing` are persons in the order of the signatories; `missing` is empty once it is
    signed; `dissents` and `returns` are the acts that stand.
    """

    ref: str
    state: SigningState
    signed: tuple[str, ...]
    missing: tuple[str, ...]
    dissents: tuple[SigningAct, ...]
    returns: tuple[SigningAct, ...]


@dataclass(frozen=True)
class DocumentSigning:
    """Where a document is; `missing` has (person, passages they still have to sign), most first."""

    state: SigningState
    passages: tuple[PassageSigning, ...]
    missing: tuple[tuple[str, int], ...]


def signing_of(sheet: Sheet) -> DocumentSigning:
    """Where the document is, and who is missing.

    Shape: a person's last act on the words as they stand rules; acts on other words count no longer, and
    none from before the last change of the words, even where it brought earlier words back: whoever changed
    them stands alone until the others have seen it. A return stands until its passage changes, the same
    person signs, or the document is offered again with an answer.
    """
    changed = dict(sheet.changed)
    passages = tuple(
        _passage(sheet, ref, text_hash, changed.get(ref, 0)) for ref, text_hash in sheet.passages
    )
    states = {passage.state for passage in passages}
    counts = {person: sum(person in passage.missing for passage in passages) for person in sheet.signatories}
    missing = tuple(sorted(((p, n) for p, n in counts.items() if n), key=lambda pair: -pair[1]))
    if sheet.sealed is not None:
        return DocumentSigning(SigningState.SEALED, passages, ())
    if SigningState.RETURNED in states:
        return DocumentSigning(SigningState.RETURNED, passages, missing)
    all_signed = sheet.offered is not None and states == {SigningState.SIGNED}
    return DocumentSigning(SigningState.SIGNED if all_signed else SigningState.OPEN, passages, missing)


def _passage(sheet: Sheet, ref: str, text_hash: str, changed: int) -> PassageSigning:
    last = {
        a.person: a
        for a in sorted(sheet.acts, key=lambda a: a.number)
        if a.passage == ref and a.person in sheet.signatories and stands(a, text_hash, changed)
    }
    signed = tuple(p for p in sheet.signatories if p in last and last[p].act is not Act.RETURN)
    returns = tuple(a for a in last.values() if a.act is Act.RETURN and a.number > (sheet.offered or 0))
    dissents = tuple(last[p] for p in signed if last[p].act is Act.DISSENT)
    done = _is_enough(sheet, signed)
    state = SigningState.RETURNED if returns else SigningState.SIGNED if done else SigningState.OPEN
    needed = sheet.rule.officers if sheet.rule.kind is RuleKind.NAMED else sheet.signatories
    missing = () if done and not returns else tuple(p for p in needed if p not in signed)
    return PassageSigning(ref, state, signed, missing, dissents, returns)


def stands(act: SigningAct | Signature, text_hash: str, changed: int) -> bool:
    """Whether an act is about the words as they are, and about no earlier ones that read the same."""
    return act.text_hash == text_hash and act.number >= changed


def _is_enough(sheet: Sheet, signed: Sequence[str]) -> bool:
    if sheet.rule.kind is RuleKind.NAMED:
        return bool(sheet.rule.officers) and set(sheet.rule.officers) <= set(signed)
    if sheet.rule.kind is RuleKind.MAJORITY:
        return 2 * len(signed) > len(sheet.signatories)
    return bool(sheet.signatories) and set(signed) == set(sheet.signatories)
