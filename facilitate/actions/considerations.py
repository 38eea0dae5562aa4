"""Before: a commission records what it said to the points on its draft; nobody is left without an answer."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from facilitate.domain.considerations import Draft, checked_consideration
from facilitate.domain.drafts import answers_for
from facilitate.domain.programme import to_local
from facilitate.domain.refusal import Refused
from facilitate.store.considerations import considerations_of, end_as_considered, rests_with
from facilitate.store.drafts import versions_of
from facilitate.store.rows import CirculatedDraft, Consideration, DraftPoint, Event, Submission
from facilitate.store.writer import Transaction


def record_consideration(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Record what a commission said to one point; its last word counts, and the earlier ones are kept.

    Shape: data holds submission (its reference), seen (how many answers the page showed), considered_on,
    meeting, fate, answer, reason, version, passage and referred_to, all as they were typed.
    Errors: `unknown-submission`, `not-your-commission`, `submission-ended`, `considered-meanwhile`, and
    whatever `checked_consideration` refuses.
    """
    sent = tx.session.scalar(select(Submission).where(Submission.reference == data["submission"]))
    point = tx.session.get(DraftPoint, sent.id) if sent else None
    if sent is None or point is None:
        raise Refused("unknown-submission", "There is no such point on a draft. Nothing was recorded.")
    own = tx.session.get_one(CirculatedDraft, point.draft_id)
    before = considerations_of(tx.session, [sent.id]).get(sent.id, [])
    commission = _answering(tx, own, before)
    _check_waits(sent, len(before), data["seen"])
    event = tx.session.get_one(Event, "event")
    refs = [{each["ref"] for each in draft.passages} for draft in versions_of(tx.session, own.prefix)]
    said = checked_consideration(
        data, Draft(commission, own.version, refs), event.settings["reasons"],
        to_local(tx.now, event.zone).date(),
    )  # fmt: skip
    row = Consideration(
        id=tx.new_id(), submission_id=sent.id, number=len(before) + 1, commission=commission,
        recorded_by=tx.actor.id, recorded_at=tx.now, **asdict(said) | {"fate": said.fate.value},
    )  # fmt: skip
    tx.session.add(row)
    end_as_considered(sent, said, tx.actor.id, tx)
    tx.record(
        "draft-point-considered", f"submission:{sent.id}", rows=[sent, row], reason=said.reason,
        touches=["balance:balance"], audiences=["themes"],
    )  # fmt: skip
    return {"submission": sent.reference, "prefix": own.prefix}


def _check_waits(sent: Submission, answers: int, seen: int) -> None:
    if sent.disposition and not answers:
        raise Refused("submission-ended", f"{sent.reference} has ended already. Nothing was recorded.")
    if answers != seen:
        raise Refused(
            "considered-meanwhile",
            f"{sent.reference} was answered meanwhile on another page. Nothing was recorded, and what you "
            "wrote is still here: compare it with the answer that stands and record it again.",
        )


def _answering(tx: Transaction, draft: CirculatedDraft, before: list[Consideration]) -> str:
    """The commission whose answer this is: the one with which the point rests, or that answered it last."""
    resting = rests_with(draft, before)
    if answers_for(tx.actor, resting):
        return resting
    raise Refused(
        "not-your-commission",
        f"The {resting} commission answers this point: its own signatories and the clerk record what it "
        "said. Nothing was recorded.",
    )
