"""Before: what a body has sent in, for its own officers, and what the clerk sees of the bodies' links."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facilitate.domain.people import Role
from facilitate.domain.programme import Phase
from facilitate.domain.stations import DISPOSITION_LABELS, Disposition
from facilitate.domain.submissions import Wording, deadline_sentence, is_over
from facilitate.queries.event import event_row
from facilitate.queries.view import View
from facilitate.store.rows import (
    Delegation,
    Document,
    Event,
    GrantRow,
    Person,
    Submission,
    SubmissionRevision,
)

_WITH_OFFICER = (
    select(Person.delegation_id)
    .join(GrantRow, GrantRow.person_id == Person.id)
    .where(GrantRow.role == Role.BODY_OFFICER.value, Person.delegation_id.is_not(None))
)


@dataclass(frozen=True)
class Sent:
    """One submission as its body sees it; `state` is where it is now, in words."""

    reference: str
    wording: Wording
    revision: int
    received_at: datetime
    corrected_at: datetime | None
    passages: tuple[str, ...]
    state: str
    open: bool


@dataclass(frozen=True)
class Own:
    """What a body's officer finds: whose it is, until when it is open, and all that was sent."""

    body: str
    open: bool
    deadline: str
    sent: tuple[Sent, ...]
    documents: tuple[tuple[str, str], ...]


def own_submissions(view: View, delegation: str | None) -> Own | None:
    """What one body sent in, for that body alone; None where there is no such body.

    Shape: documents are prefix and title of those that a submission can name.
    """
    body = view.session.get(Delegation, delegation) if delegation else None
    if body is None:
        return None
    event = event_row(view)
    until, phase = event.settings.get("submissions_until"), Phase(event.phase)
    over = phase is not Phase.BEFORE or is_over(until, event.zone, view.now)
    rows = view.session.scalars(
        select(Submission).where(Submission.delegation_id == body.id).order_by(Submission.reference)
    )
    documents = view.session.execute(select(Document.prefix, Document.title).order_by(Document.position))
    return Own(
        body.name, not over, deadline_sentence(until, event.zone, phase, view.now),
        tuple(_sent(view, row, over=over) for row in rows), tuple((p, t) for p, t in documents),
    )  # fmt: skip


def _sent(view: View, row: Submission, *, over: bool) -> Sent:
    last = view.session.scalar(
        select(SubmissionRevision.sent_at).where(
            SubmissionRevision.submission_id == row.id, SubmissionRevision.number == row.revision
        )
    )
    return Sent(
        row.reference, Wording(row.title, row.text, row.about, row.agreed_by), row.revision, row.received_at,
        last if row.revision > 1 else None, tuple(row.passages), state_of(row),
        not over and not row.disposition,
    )  # fmt: skip


def state_of(row: Submission) -> str:
    """Where a submission is now, in words."""
    if row.disposition:
        return DISPOSITION_LABELS[Disposition(row.disposition)]
    return "Read by the theme team" if row.read_at else "Received"


def wordings_of(session: Session, reference: str) -> list[SubmissionRevision]:
    """All wordings of one submission that came by the form, the first one first."""
    return list(
        session.scalars(
            select(SubmissionRevision)
            .join(Submission, Submission.id == SubmissionRevision.submission_id)
            .where(Submission.reference == reference)
            .order_by(SubmissionRevision.number)
        )
    )


def bodies_without_officer(session: Session) -> list[dict[str, Any]]:
    """An officer for each body that has none yet, as people are taken in."""
    lacking = select(Delegation).where(Delegation.id.not_in(_WITH_OFFICER)).order_by(Delegation.code)
    bodies = session.scalars(lacking)
    return [
        {
            "name": f"Officer of {body.name}", "roles": [Role.BODY_OFFICER.value], "delegation": body.code,
            "present": False,
        }
        for body in bodies
    ]  # fmt: skip


def bodies_linked(session: Session) -> tuple[int, int]:
    """How many bodies have a link for sending in, and how many bodies there are."""
    lacking = select(func.count()).select_from(Delegation).where(Delegation.id.not_in(_WITH_OFFICER))
    bodies = session.scalar(select(func.count()).select_from(Delegation)) or 0
    return bodies - (session.scalar(lacking) or 0), bodies


def office_deadline(session: Session, now: datetime) -> tuple[str | None, str]:
    """Until when bodies may send in, as it is set and in words for the clerk."""
    event = session.get_one(Event, "event")
    until = event.settings.get("submissions_until")
    told = deadline_sentence(until, event.zone, Phase(event.phase), now)
    return until, told.replace("You can", "Bodies can")
