"""Sign-off: who takes the outcome as theirs, passage by passage, and when the text is sealed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from facilitate.domain.outcome_checks import Blocker
from facilitate.domain.refusal import Refused

NAMED_AT_MOST = 5


class RuleKind(StrEnum):
    """Whose signatures make a passage signed."""

    ALL = "all"
    MAJORITY = "majority"
    NAMED = "named"


class Act(StrEnum):
    """What a signatory does with a passage."""

    ACCEPT = "accept"
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

    Shape: `number` is its place in the journal; `text_hash` the words the person saw
    (`outcome_checks.passage_hash`); a dissent has its note, a return its reason in `note` and whom it goes
    to in `addressee`.
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
    `offered` is the journal number of the last offering, None before the first; `sealed` the hash of the
    sealed text.
    """

    rule: SigningRule
    signatories: tuple[str, ...]
    passages: tuple[tuple[str, str], ...]
    acts: tuple[SigningAct, ...] = ()
    offered: int | None = None
    sealed: str | None = None


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


def check_rule(rule: SigningRule, signatories: Sequence[str]) -> None:
    """Refuse a rule that nobody could ever fulfil.

    Errors: no-signatories, not-a-signatory
    """
    if not signatories or (rule.kind is RuleKind.NAMED and not rule.officers):
        raise Refused(
            "no-signatories",
            "Nobody is named who could sign this document. Nothing was changed; "
            "give at least one person the role of signatory for its commission.",
            "officers",
        )
    if rule.kind is RuleKind.NAMED and not set(rule.officers) <= set(signatories):
        raise Refused(
            "not-a-signatory",
            "One of the named officers is not a signatory of this document. "
            "Nothing was changed; choose among its signatories.",
            "officers",
        )


def check_offer(sheet: Sheet, missing: Sequence[str], blockers: Sequence[Blocker]) -> None:
    """Refuse to offer a text for signing while something in it is not settled.

    Errors: already-sealed, no-signatories, not-a-signatory, dispositions-missing, and the code of the first
    blocker
    """
    _check_not_sealed(sheet)
    check_rule(sheet.rule, sheet.signatories)
    _check_settled(missing, blockers)


def check_act(
    sheet: Sheet, act: SigningAct, missing: Sequence[str], blockers: Sequence[Blocker] = ()
) -> None:
    """Refuse an act that cannot stand.

    Errors: already-sealed, not-a-signatory, not-offered, unknown-passage, dispositions-missing,
    reason-missing, addressee-missing, text-changed, and the code of the first blocker
    """
    _check_not_sealed(sheet)
    if act.person not in sheet.signatories:
        raise Refused(
            "not-a-signatory",
            "This document is signed by the members named for its commission. Nothing was recorded.",
            "person",
        )
    if sheet.offered is None:
        raise Refused(
            "not-offered",
            "This document has not been offered for signing yet. Nothing was recorded; "
            "the clerk offers it when everything in it is settled.",
        )
    current = dict(sheet.passages).get(act.passage)
    if current is None:
        raise Refused(
            "unknown-passage",
            f"There is no passage {act.passage} in this document. "
            "Nothing was recorded; look at the document again.",
            "passage",
        )
    _check_words(act)
    if act.act is not Act.RETURN:
        _check_settled(missing, blockers)
    if act.text_hash != current:
        raise Refused(
            "text-changed",
            f"The words of {act.passage} have changed since you opened this page. "
            "Nothing was recorded; read it again, then sign.",
            "text_hash",
        )


def _check_not_sealed(sheet: Sheet) -> None:
    if sheet.sealed is not None:
        raise Refused(
            "already-sealed",
            "This text is sealed: every signature it needs is there. Nothing was "
            "changed; a change now is a new version with signatures of its own.",
        )


def _check_words(act: SigningAct) -> None:
    if act.act is Act.RETURN and not act.note.strip():
        raise Refused(
            "reason-missing",
            "A passage goes back with a reason, so that it can be put right. "
            "Nothing was recorded; write what is wrong with it.",
            "note",
        )
    if act.act is Act.RETURN and not act.addressee.strip():
        raise Refused(
            "addressee-missing",
            "Say to whom the passage goes back. Your reason is still in the form.",
            "addressee",
        )
    if act.act is Act.DISSENT and not act.note.strip():
        raise Refused(
            "reason-missing",
            "A dissent is printed with its note. Nothing was recorded; write the note, or sign without one.",
            "note",
        )


def _check_settled(missing: Sequence[str], blockers: Sequence[Blocker]) -> None:
    if missing:
        named = ", ".join(missing[:NAMED_AT_MOST])
        more = f" and {len(missing) - NAMED_AT_MOST} more" if len(missing) > NAMED_AT_MOST else ""
        raise Refused(
            "dispositions-missing",
            f"Before anybody signs, every comment and submission needs its end and, "
            f"unless it was adopted, a reason. Still open: {named}{more}. Nothing was recorded.",
        )
    if blockers:
        raise Refused(blockers[0].code, f"{blockers[0].sentence} Nothing was recorded.")


def signing_of(sheet: Sheet) -> DocumentSigning:
    """Where the document is, and who is missing.

    Shape: a person's last act on the words as they stand rules; acts on other words count no longer; a
    return stands until its passage changes, the same person signs, or the document is offered again with an
    answer.
    """
    passages = tuple(_passage(sheet, ref, text_hash) for ref, text_hash in sheet.passages)
    states = {passage.state for passage in passages}
    counts = {person: sum(person in passage.missing for passage in passages) for person in sheet.signatories}
    missing = tuple(sorted(((p, n) for p, n in counts.items() if n), key=lambda pair: -pair[1]))
    if sheet.sealed is not None:
        return DocumentSigning(SigningState.SEALED, passages, ())
    if SigningState.RETURNED in states:
        return DocumentSigning(SigningState.RETURNED, passages, missing)
    all_signed = sheet.offered is not None and states == {SigningState.SIGNED}
    return DocumentSigning(SigningState.SIGNED if all_signed else SigningState.OPEN, passages, missing)


def _passage(sheet: Sheet, ref: str, text_hash: str) -> PassageSigning:
    last = {
        a.person: a
        for a in sorted(sheet.acts, key=lambda a: a.number)
        if a.passage == ref and a.text_hash == text_hash and a.person in sheet.signatories
    }
    signed = tuple(p for p in sheet.signatories if p in last and last[p].act is not Act.RETURN)
    returns = tuple(a for a in last.values() if a.act is Act.RETURN and a.number > (sheet.offered or 0))
    dissents = tuple(last[p] for p in signed if last[p].act is Act.DISSENT)
    done = _is_enough(sheet, signed)
    state = SigningState.RETURNED if returns else SigningState.SIGNED if done else SigningState.OPEN
    needed = sheet.rule.officers if sheet.rule.kind is RuleKind.NAMED else sheet.signatories
    missing = () if done and not returns else tuple(p for p in needed if p not in signed)
    return PassageSigning(ref, state, signed, missing, dissents, returns)


def _is_enough(sheet: Sheet, signed: Sequence[str]) -> bool:
    if sheet.rule.kind is RuleKind.NAMED:
        return bool(sheet.rule.officers) and set(sheet.rule.officers) <= set(signed)
    if sheet.rule.kind is RuleKind.MAJORITY:
        return 2 * len(signed) > len(sheet.signatories)
    return bool(sheet.signatories) and set(signed) == set(sheet.signatories)
