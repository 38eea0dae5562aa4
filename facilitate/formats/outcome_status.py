"""Outcome: where its signing is, in one sentence, for the page and for every edition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from facilitate.domain.signoff import DocumentSigning, RuleKind, SigningRule, SigningState
from facilitate.formats.outcome_words import counted, listed, when

RULES = {
    RuleKind.ALL: "Every signatory signs every passage.",
    RuleKind.MAJORITY: "More than half of the signatories sign every passage.",
    RuleKind.NAMED: "The named officers sign every passage: {officers}.",
}


EARLIER = "Version {version} was sealed on {at} with the hash {hash}."


def sealed_sentence(version: int, at: str) -> str:
    """That a text is sealed; a first version is not counted."""
    counted_as = f"Version {version}, sealed on" if version > 1 else "Sealed on"
    return f"{counted_as} {at}: every signature it needs is there."


def version_sentence(
    version: int, earlier: Sequence[tuple[int, datetime, str]], status: str, zone: str
) -> tuple[str, tuple[str, ...]]:
    """How a text stands, with its version where it was sealed before; and a sentence for each sealing."""
    before = tuple(EARLIER.format(version=n, at=when(at, zone), hash=sha) for n, at, sha in earlier)
    counted_as = "" if version == 1 or status.startswith("Version ") else f"Version {version}. "
    return " ".join([f"{counted_as}{status}", *before]), before


def rule_sentence(rule: SigningRule, names: Mapping[str, str]) -> str:
    """The rule by which a document is signed, in words."""
    officers = listed([names.get(person, "somebody who has left") for person in rule.officers])
    return RULES[rule.kind].format(officers=officers)


def status_sentence(
    signing: DocumentSigning,
    names: Mapping[str, str],
    zone: str,
    *,
    compiled: bool,
    offered_at: datetime | None,
    sealed_at: datetime | None,
) -> str:
    """Where a document is on its way from the compile to the seal."""
    if signing.state is SigningState.SEALED:
        return sealed_sentence(1, when(sealed_at, zone))
    if not compiled:
        return "Draft: the record so far, not compiled yet."
    if offered_at is None:
        return "Compiled, not offered for signing yet."
    offered = f"Offered for signing on {when(offered_at, zone)}."
    if signing.state is SigningState.RETURNED:
        return f"{offered} {_returned(signing, names)}"
    signed = sum(person not in dict(signing.missing) for person in names)
    if not signed:
        return f"{offered} No signatory has signed all of it yet."
    everybody = counted(len(names), "signatory", "signatories")
    return f"{offered} {signed:,} of {everybody} {'has' if signed == 1 else 'have'} nothing left to sign."


def _returned(signing: DocumentSigning, names: Mapping[str, str]) -> str:
    acts = [act for passage in signing.passages for act in passage.returns]
    first = acts[0]
    more = f" and {len(acts) - 1} more" if len(acts) > 1 else ""
    who = names.get(first.person, "a signatory")
    return f"{first.passage} was returned by {who} to {first.addressee}{more}."


def missing_sentence(signing: DocumentSigning, names: Mapping[str, str]) -> str:
    """Who still has to sign how much."""
    found = [f"{names.get(person, person)} ({counted(left, 'passage')})" for person, left in signing.missing]
    return f"Still to sign: {listed(found)}." if found else ""
