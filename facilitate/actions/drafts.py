"""Before: the clerk circulates drafts in the NPF, and its members say what they think of them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from facilitate.domain.documents import ReadDocument, checked_prefix
from facilitate.domain.drafts import (
    MOST_OF_A_MEMBER,
    PointText,
    checked_point,
    draft_hash,
    draft_passages,
    read_window,
)
from facilitate.domain.refusal import Refused
from facilitate.domain.submissions import checked_id
from facilitate.store.considerations import considerations_of
from facilitate.store.drafts import check_takes_points, versions_of
from facilitate.store.rows import CirculatedDraft, Document, DraftPoint, Event, Submission
from facilitate.store.submitted import next_reference, record_wording
from facilitate.store.writer import Transaction


def circulate_draft(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Let every member of the NPF read a document before it is frozen; each other text is the next version.

    Shape: data holds prefix, title, commission, read (a ReadDocument), opens and until (times on the event's
    clocks, "" for no bound). The same text once more changes the times of its version alone.
    Errors: `bad-prefix`, `prefix-taken`, `document-empty`, `commission-missing`, `bad-time`, `bad-window`,
    `time-does-not-exist`.
    """
    read: ReadDocument = data["read"]
    prefix, commission = checked_prefix(data["prefix"]), " ".join(data["commission"].split())
    if tx.session.scalar(select(Document.id).where(Document.prefix == prefix)):
        raise Refused("prefix-taken", f"{prefix} is frozen already. Nothing was circulated.", "prefix")
    if not read.passages:
        raise Refused("document-empty", "There is no passage in it. Nothing was circulated.", "file")
    if not commission:
        raise Refused(
            "commission-missing",
            "Say which policy commission answers for this draft. Nothing was circulated.",
            "commission",
        )
    opens, until = read_window(data["opens"], data["until"], tx.session.get_one(Event, "event").zone)
    passages = draft_passages(prefix, read.passages)
    versions = versions_of(tx.session, prefix)
    latest = versions[-1] if versions else None
    given = {"title": data["title"], "commission": commission, "text_hash": draft_hash(passages)}
    if latest is not None and given == {key: getattr(latest, key) for key in given}:
        return _set_window(tx, latest, opens, until)
    made = CirculatedDraft(
        id=tx.new_id(), prefix=prefix, version=len(versions) + 1, passages=[p.as_dict() for p in passages],
        opens=opens, until=until, circulated_by=tx.actor.id, circulated_at=tx.now, **given,
    )  # fmt: skip
    tx.session.add(made)
    tx.record("draft-circulated", f"draft:{made.id}", rows=[made])
    return {"draft": made.id, "version": made.version}


def _set_window(
    tx: Transaction, draft: CirculatedDraft, opens: str | None, until: str | None
) -> dict[str, Any]:
    if (draft.opens, draft.until) != (opens, until):
        draft.opens, draft.until = opens, until
        tx.record("draft-times-changed", f"draft:{draft.id}", rows=[draft])
    return {"draft": draft.id, "version": draft.version}


def send_draft_point(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Take a comment, or a submission with a wording, on one passage of a draft or on the draft as a whole.

    Shape: data holds item (the form's id), prefix, version, passage ("" for the whole), says and wording.
    Errors: `field-missing`, `field-too-long`, `bad-id`, `already-sent`, `unknown-draft`, `draft-frozen`,
    `draft-closed`, `draft-superseded`, `unknown-passage`, `too-many-points`.
    """
    words, person = checked_point(data), _member(tx)
    sent = tx.session.get(Submission, checked_id(data["item"]))
    if sent is not None:
        return _again(tx, sent, words)
    draft = check_takes_points(tx, data["prefix"])
    if draft.version != data["version"]:
        raise Refused(
            "draft-superseded",
            f"Points are taken on version {draft.version} of this draft alone. Nothing was sent; what you "
            "wrote is still on this page: look at that version and send it there.",
        )
    passage = data["passage"]
    if passage and passage not in {each["ref"] for each in draft.passages}:
        raise Refused("unknown-passage", f"{passage[:40]} is no passage of this version.", "passage")
    mine = select(func.count()).select_from(DraftPoint).where(DraftPoint.person_id == person)
    if (tx.session.scalar(mine) or 0) >= MOST_OF_A_MEMBER:
        raise Refused(
            "too-many-points",
            f"You have sent {MOST_OF_A_MEMBER} points, and no more are taken here. Nothing was sent; ask the "
            "event’s office.",
        )
    _take(tx, draft, passage, words, data["item"])
    return {"submission": tx.session.get_one(Submission, data["item"]).reference}


def _take(tx: Transaction, draft: CirculatedDraft, passage: str, words: PointText, item: str) -> None:
    on = passage or f"the whole of {draft.prefix}"
    made = Submission(
        id=item, reference=next_reference(tx.session, "D"), title=f"{words.kind} on {on}", text=words.whole(),
        body=f"{tx.actor.name} (NPF)", delegation_id=None, passages=[], revision=1, received_at=tx.now,
        about=f"{on}, draft version {draft.version}", agreed_by="",
    )  # fmt: skip
    tx.session.add(made)
    tx.session.flush()
    point = DraftPoint(
        submission_id=item, draft_id=draft.id, person_id=_member(tx), passage=passage, says=words.says,
        wording=words.wording,
    )  # fmt: skip
    tx.session.add(point)
    record_wording(tx, "submission-sent", made, point)


def revise_draft_point(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Put corrected words in the place of those that their writer saw; the earlier ones are kept.

    Shape: data holds submission (its reference), seen (the number of the wording that was corrected), says
    and wording.
    Errors: `field-missing`, `field-too-long`, `unknown-submission`, `submission-ended`, `draft-frozen`,
    `draft-closed`, `corrected-meanwhile`, `considered-meanwhile`.
    """
    words, person = checked_point(data), _member(tx)
    found = tx.session.scalar(select(Submission).where(Submission.reference == data["submission"]))
    point = tx.session.get(DraftPoint, found.id) if found else None
    if found is None or point is None or point.person_id != person:
        raise Refused("unknown-submission", "You sent no such point. Nothing was changed.")
    if PointText(point.says, point.wording) == words:
        return {"submission": found.reference}
    if found.disposition:
        raise Refused("submission-ended", f"{found.reference} has ended, so its wording stays as it is.")
    if considerations_of(tx.session, [found.id]):
        raise Refused(
            "considered-meanwhile",
            f"{found.reference} was considered meanwhile, so its wording stays as it is. What you wrote is "
            "still here: send it as another point.",
        )
    check_takes_points(tx, tx.session.get_one(CirculatedDraft, point.draft_id).prefix)
    if found.revision != data["seen"]:
        raise Refused(
            "corrected-meanwhile",
            f"{found.reference} was corrected meanwhile on another page. Nothing was changed, and what you "
            "wrote is still here: compare it with how it reads now and send it again.",
        )
    point.says, point.wording = words.says, words.wording
    found.title = f"{words.kind} on {found.title.partition(' on ')[2]}"
    found.text, found.revision = words.whole(), found.revision + 1
    record_wording(tx, "submission-revised", found, point)
    return {"submission": found.reference}


def _member(tx: Transaction) -> str:
    # Signatories are people: a device is never given the role.
    assert tx.actor.person is not None
    return tx.actor.person


def _again(tx: Transaction, sent: Submission, words: PointText) -> dict[str, Any]:
    """What a form is answered that was sent before."""
    point = tx.session.get(DraftPoint, sent.id)
    if point is None or point.person_id != tx.actor.person:
        raise Refused("bad-id", "This form is not whole. Nothing was sent; open the page again.", "item")
    if PointText(point.says, point.wording) != words:
        raise Refused(
            "already-sent",
            f"This form was sent already, as {sent.reference}. Nothing more was sent, and what you wrote is "
            "still here: to change what you sent, correct it on its own page.",
        )
    return {"submission": sent.reference}
