"""After: the outcome of each document and its signatures, for those who may read them now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from facilitate.domain.final_vote import FinalVerdict, final_sentence
from facilitate.domain.outcome import Outcome, compile_outcome
from facilitate.domain.outcome_checks import Blocker, blockers, missing_dispositions
from facilitate.domain.people import Actor, Role
from facilitate.domain.programme import Phase
from facilitate.domain.signoff import DocumentSigning, PassageSigning, Sheet, signing_of
from facilitate.queries.event import event_row
from facilitate.queries.view import View
from facilitate.store.journal import head_of
from facilitate.store.outcomes import load_record
from facilitate.store.rows import Document, FinalVote, OutcomeRow
from facilitate.store.signings import load_sheet, signatories
from facilitate.store.versions import earlier_versions

_ALWAYS = frozenset({Role.CLERK, Role.CHAIR})
_AFTER = frozenset({Role.THEME_TEAM, Role.TELLER, Role.RESOURCE_PERSON})


@dataclass(frozen=True)
class Reading:
    """One document's outcome as it stands, with where its signing is.

    Shape: `names` are its signatories, person id to name; `missing` lacks a disposition; `blocked` is what
    stands in the way in the text itself; `final` tells the conference's final vote, "" before it; `earlier`
    are the versions that were sealed before this one, as (version, sealed at, hash).
    """

    document: Document
    row: OutcomeRow | None
    outcome: Outcome
    sheet: Sheet
    signing: DocumentSigning
    names: dict[str, str]
    missing: tuple[str, ...]
    blocked: tuple[Blocker, ...]
    journal: tuple[int, str]
    final: str
    version: int
    earlier: list[tuple[int, datetime, str]]

    @property
    def sealed(self) -> bool:
        """Whether every signature it needs is there."""
        return self.sheet.sealed is not None

    def hash_of(self, ref: str) -> str:
        """The words that a signature on one passage would be given for."""
        return dict(self.sheet.passages)[ref]

    def to_sign(self, person: str | None) -> list[PassageSigning]:
        """The passages that a person has not signed as they stand."""
        if person not in self.names or self.sealed or self.sheet.offered is None:
            return []
        return [passage for passage in self.signing.passages if person not in passage.signed]


def may_read(actor: Actor, phase: Phase, *, signs: bool, sealed: bool) -> bool:
    """Clerk and chair read an outcome at any time, as it grows. Theme team, tellers, resource persons and the
    signatories of its commission read it once the hall is closed. Everybody else who is signed in reads it
    once it is sealed; a laptop or a screen never does.
    """
    if actor.person is None:
        return False
    if actor.roles & _ALWAYS or sealed:
        return True
    return phase is Phase.AFTER and (signs or bool(actor.roles & _AFTER))


def read_outcomes(view: View, actor: Actor) -> list[Reading]:
    """Every outcome that the actor may read now, in the order of the documents."""
    documents = view.session.scalars(select(Document).order_by(Document.position))
    return [reading for document in documents if (reading := _if_allowed(view, actor, document))]


def read_outcome(view: View, actor: Actor, prefix: str) -> Reading | None:
    """One outcome, if there is such a document and the actor may read its outcome now."""
    document = view.session.scalar(select(Document).where(Document.prefix == prefix))
    return _if_allowed(view, actor, document) if document else None


def _if_allowed(view: View, actor: Actor, document: Document) -> Reading | None:
    row = view.session.get(OutcomeRow, document.id)
    names = signatories(view.session, document)
    phase = Phase(event_row(view).phase)
    sealed = row is not None and row.sealed_hash is not None
    if not may_read(actor, phase, signs=actor.person in names, sealed=sealed):
        return None
    return reading_of(view, document)


def reading_of(view: View, document: Document) -> Reading:
    """One outcome, whoever asks."""
    record = load_record(view.session, document)
    versions = earlier_versions(view.session, document)
    outcome = compile_outcome(record)
    sheet = load_sheet(view.session, document, outcome)
    return Reading(
        document=document,
        row=view.session.get(OutcomeRow, document.id),
        outcome=outcome,
        sheet=sheet,
        signing=signing_of(sheet),
        names=signatories(view.session, document),
        missing=missing_dispositions(record),
        blocked=blockers(outcome),
        journal=head_of(view.session),
        final=_final(view, document),
        version=versions[0],
        earlier=versions[1],
    )


def _final(view: View, document: Document) -> str:
    version, _ = earlier_versions(view.session, document)
    row = view.session.get(FinalVote, (document.id, version))
    return final_sentence(FinalVerdict(row.verdict), row.held_on, row.words) if row else ""


__all__ = ["Reading", "may_read", "read_outcome", "read_outcomes", "reading_of"]
