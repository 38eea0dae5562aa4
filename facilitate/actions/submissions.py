"""Before: a body's officer sends a submission in, corrects it or takes it back until the clerk's deadline."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from facilitate.domain.refusal import Refused
from facilitate.domain.stations import Disposition
from facilitate.domain.submissions import (
    MOST_OF_A_BODY,
    Wording,
    check_open,
    checked_id,
    checked_wording,
    named_passages,
    tied_anew,
)
from facilitate.store.asked import end_point
from facilitate.store.drafts import check_takes_points
from facilitate.store.rows import (
    CirculatedDraft,
    Delegation,
    DraftPoint,
    Event,
    Passage,
    Submission,
    SubmissionRevision,
)
from facilitate.store.submitted import next_reference, record_wording, wording_of
from facilitate.store.writer import Transaction


def send_submission(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Take a body's submission in; the same form pressed again gets the same answer.

    Shape: data holds item (the form's id), title, text, about and agreed_by.
    Errors: `no-body`, `submissions-closed`, `field-missing`, `field-too-long`, `already-sent`,
    `too-many-submissions`, `bad-id`.
    """
    body, wording = _body(tx), checked_wording(data)
    sent = tx.session.get(Submission, checked_id(data["item"]))
    if sent is not None:
        return _again(tx, sent, wording)
    _check_open(tx)
    mine = select(func.count()).select_from(Submission).where(Submission.delegation_id == body.id)
    if (tx.session.scalar(mine) or 0) >= MOST_OF_A_BODY:
        raise Refused(
            "too-many-submissions",
            f"{body.name} has sent in {MOST_OF_A_BODY} submissions, and more are not taken here. Nothing was "
            "sent; ask the event’s office.",
        )
    made = Submission(
        id=data["item"], reference=next_reference(tx.session), body=body.name, delegation_id=body.id,
        passages=_named(tx, wording.about), revision=1, received_at=tx.now, **wording.as_dict(),
    )  # fmt: skip
    tx.session.add(made)
    tx.session.flush()
    record_wording(tx, "submission-sent", made)
    return {"submission": made.reference}


def revise_submission(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Put a corrected wording in the place of the one that the body saw; the earlier ones are kept.

    Shape: data holds submission (its reference), seen (the number of the wording that was corrected), title,
    text, about and agreed_by.
    Errors: `no-body`, `submissions-closed`, `field-missing`, `field-too-long`, `unknown-submission`,
    `submission-ended`, `corrected-meanwhile`.
    """
    body, wording = _body(tx), checked_wording(data)
    found = tx.session.scalar(
        select(Submission).where(
            Submission.reference == data["submission"], Submission.delegation_id == body.id
        )
    )
    if found is None:
        raise Refused("unknown-submission", "Your body sent in no such submission. Nothing was changed.")
    if wording_of(found) == wording:
        return {"submission": found.reference}
    _check_open(tx)
    if found.disposition:
        raise Refused("submission-ended", f"{found.reference} has ended, so its wording stays as it is.")
    if found.revision != data["seen"]:
        raise Refused(
            "corrected-meanwhile",
            f"{found.reference} was corrected meanwhile, by your body or on another page. Nothing was "
            "changed, and what you wrote is still here: compare it with how it reads now and send it again.",
        )
    kept = _kept_first(tx, found)
    found.passages = tied_anew(found.passages, _named(tx, found.about), _named(tx, wording.about))
    for key, value in wording.as_dict().items():
        setattr(found, key, value)
    found.revision += 1
    record_wording(tx, "submission-revised", found, *kept)
    return {"submission": found.reference}


def withdraw_submission(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Take back what one's body sent in, or one's own point on a draft, as long as it can be corrected.

    Shape: data holds submission (its reference).
    Errors: `unknown-submission`, `submissions-closed`, `draft-frozen`, `draft-closed`, `submission-ended`.
    """
    found = tx.session.scalar(select(Submission).where(Submission.reference == data["submission"]))
    point = tx.session.get(DraftPoint, found.id) if found else None
    own = found is not None and (
        (found.delegation_id is not None and found.delegation_id == tx.actor.delegation)
        if point is None
        else point.person_id == tx.actor.person
    )
    if found is None or not own:
        raise Refused("unknown-submission", "You sent in no such submission. Nothing was changed.")
    if found.disposition == Disposition.WITHDRAWN.value:
        return {"submission": found.reference}
    if point is None:
        _check_open(tx)
    else:
        check_takes_points(tx, tx.session.get_one(CirculatedDraft, point.draft_id).prefix)
    if found.disposition:
        raise Refused("submission-ended", f"{found.reference} has ended, so it cannot be taken back.")
    end_point(tx, found, Disposition.WITHDRAWN, None, "Whoever sent it took it back.", read=False)
    tx.record(
        "submission-withdrawn", f"submission:{found.id}", rows=[found], touches=["balance:balance"],
        audiences=["themes"],
    )  # fmt: skip
    return {"submission": found.reference}


def _body(tx: Transaction) -> Delegation:
    body = tx.session.get(Delegation, tx.actor.delegation) if tx.actor.delegation else None
    if body is None or tx.actor.person is None:
        raise Refused(
            "no-body", "Your link belongs to no body of this event. Nothing was sent; ask the office."
        )
    return body


def _check_open(tx: Transaction) -> None:
    event = tx.session.get_one(Event, "event")
    check_open(event.settings.get("submissions_until"), event.zone, tx.now)


def _again(tx: Transaction, sent: Submission, wording: Wording) -> dict[str, Any]:
    """What a form is answered that was sent before."""
    if sent.delegation_id != tx.actor.delegation:
        raise Refused("bad-id", "This form is not whole. Nothing was sent; open the page again.", "item")
    rows = select(SubmissionRevision).where(SubmissionRevision.submission_id == sent.id)
    if wording not in [wording_of(row) for row in tx.session.scalars(rows)]:
        raise Refused(
            "already-sent",
            f"This form was sent already, as {sent.reference}. Nothing more was sent, and what you wrote is "
            "still here: to change what you sent, correct it on its own page.",
        )
    return {"submission": sent.reference}


def _named(tx: Transaction, about: str) -> list[str]:
    return named_passages(about, tx.session.scalars(select(Passage.reference)))


def _kept_first(tx: Transaction, row: Submission) -> list[SubmissionRevision]:
    """How it was first sent, where it came in a file and not by the form."""
    if tx.session.scalar(select(SubmissionRevision.id).where(SubmissionRevision.submission_id == row.id)):
        return []
    first = SubmissionRevision(
        id=tx.new_id(), submission_id=row.id, number=row.revision, sent_by=None, sent_at=row.received_at,
        **wording_of(row).as_dict(),
    )  # fmt: skip
    tx.session.add(first)
    return [first]
