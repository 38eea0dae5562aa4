"""Sign-off: what stands in the way of a rule, of an offering and of a signatory's act."""

from __future__ import annotations

from collections.abc import Sequence

from facilitate.domain.outcome_checks import Blocker
from facilitate.domain.refusal import Refused
from facilitate.domain.signoff import Act, RuleKind, Sheet, SigningAct, SigningRule

NAMED_AT_MOST = 5
# What is said of an act that came without the words it needs.
_WITHOUT_WORDS = {
    Act.RETURN: "A passage goes back with a reason, so that it can be put right. "
    "Nothing was recorded; write what is wrong with it.",
    Act.EDIT: "Whoever changes what was voted says why: the others read it beside the words. "
    "Nothing was recorded; your wording is still in the form.",
    Act.DISSENT: "A dissent is printed with its note. "
    "Nothing was recorded; write the note, or sign without one.",
}


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


def can_be_fulfilled(rule: SigningRule, signatories: Sequence[str]) -> bool:
    """Whether those who may sign now could fulfil a rule."""
    try:
        check_rule(rule, signatories)
    except Refused:
        return False
    return True


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
    """Refuse an act that cannot stand; of an edit, `text_hash` names here the words that it changes.

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
    if act.act in _WITHOUT_WORDS and not act.note.strip():
        raise Refused("reason-missing", _WITHOUT_WORDS[act.act], "note")
    if act.act is Act.RETURN and not act.addressee.strip():
        raise Refused(
            "addressee-missing",
            "Say to whom the passage goes back. Your reason is still in the form.",
            "addressee",
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
