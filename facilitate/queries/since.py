"""After: what is new to one signatory, and the words of each passage at moments to compare with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from facilitate.domain.people import Actor
from facilitate.domain.signoff import Act, SigningAct
from facilitate.domain.since import Happening, Kind, Look, Since, since_last
from facilitate.queries.outcome import Reading
from facilitate.queries.view import View
from facilitate.store.rows import (
    Comment,
    Offering,
    OutcomeDecision,
    OutcomeEdit,
    Passage,
    Signing,
    Submission,
)
from facilitate.store.wordings import kept_words, look_of

SEEN, OFFERED, VOTED, FROZEN = "seen", "offered", "voted", "frozen"
_KINDS = {Act.ACCEPT: Kind.SIGNED, Act.DISSENT: Kind.DISSENTED, Act.RETURN: Kind.RETURNED}


@dataclass(frozen=True)
class Then:
    """The words of the passages at one moment.

    Shape: `words` maps a reference to its words then, None where there was no such passage; one that is
    missing is not compared. `number` is that moment in the journal.
    """

    words: Mapping[str, str | None]
    number: int = 0


def since_of(view: View, reading: Reading, actor: Actor) -> Since | None:
    """What happened to a document since a signatory last looked; None for anybody else, and before that."""
    if actor.person is None or actor.person not in reading.names:
        return None
    rows = list(
        view.session.scalars(
            select(Signing).where(Signing.document_id == reading.document.id).order_by(Signing.number)
        )
    )
    acts = [
        (SigningAct(r.number, r.passage, r.person_id, Act(r.act), r.text_hash), r.signed_at) for r in rows
    ]
    look = look_of(view.session, actor.person, reading.document)
    offered = _offerings(view, reading)
    happened = [*_signed(rows), *_changed(view, reading), *_offered(offered), *_ended(view, reading)]
    texts = [Look(row.number, row.offered_at, row.passages) for row in offered]
    return since_last(actor.person, look, acts, reading.sheet.passages, happened, texts)


def _signed(rows: list[Signing]) -> Iterator[Happening]:
    for row in rows:
        if Act(row.act) in _KINDS:
            kind = _KINDS[Act(row.act)]
            yield Happening(
                kind, row.signed_at, row.number, row.passage, row.person_id, row.note, row.addressee
            )
        if row.answered_at is not None:
            yield Happening(Kind.ANSWERED, row.answered_at, None, row.passage, "", row.answer or "")


def _changed(view: View, reading: Reading) -> Iterator[Happening]:
    tables: tuple[tuple[Kind, Any], ...] = ((Kind.CHANGED, OutcomeEdit), (Kind.DECIDED, OutcomeDecision))
    for kind, table in tables:
        query = select(table).where(table.document_id == reading.document.id)
        for row in view.session.scalars(query):
            who = row.made_by.removeprefix("person:")
            yield Happening(kind, row.made_at, row.number, row.passage, who, row.reason)


def _offered(offerings: list[Offering]) -> Iterator[Happening]:
    for row in offerings:
        yield Happening(Kind.OFFERED, row.offered_at, row.number, None, "", row.answer or "")


def _offerings(view: View, reading: Reading) -> list[Offering]:
    """Every offering of the text, the last one last."""
    query = select(Offering).where(Offering.document_id == reading.document.id)
    return list(view.session.scalars(query.order_by(Offering.number)))


def _ended(view: View, reading: Reading) -> Iterator[Happening]:
    """Points of this document that got their end; which passage was read does not matter to them."""
    refs = {p.passage.ref for p in reading.outcome.passages}
    own = select(Passage.id).where(Passage.document_id == reading.document.id)
    comments = select(Comment.reference, Comment.ended_at, Comment.disposition).where(
        Comment.passage_id.in_(own), Comment.ended_at.is_not(None)
    )
    for ref, at, end in view.session.execute(comments):
        if at:
            yield Happening(Kind.ENDED, at, None, None, "", end or "", ref)
    submissions = select(Submission.reference, Submission.ended_at, Submission.passages).where(
        Submission.ended_at.is_not(None)
    )
    for ref, at, about in view.session.execute(submissions):
        if at and (not about or refs & set(about)):
            yield Happening(Kind.ENDED, at, None, None, "", "", ref)


def last_offering(view: View, reading: Reading) -> Offering | None:
    """The text as it was offered last."""
    found = _offerings(view, reading)
    return found[-1] if found else None


def words_then(view: View, reading: Reading, moment: str, since: Since | None) -> Then | None:
    """The words at one of the moments to compare with; None where there is no such moment.

    Shape: `moment` is SEEN, OFFERED, VOTED or FROZEN.
    """
    passages = reading.outcome.passages
    if moment == VOTED:
        return Then({p.ref: p.voted for p in passages})
    if moment == FROZEN:
        return Then({p.ref: None if _came_in(p) else p.passage.wording for p in passages})
    if moment == SEEN and since is not None:
        hashes, number = {ref: seen.text_hash for ref, seen in since.seen.items()}, since.number
    elif moment == OFFERED and (offering := last_offering(view, reading)) is not None:
        hashes, number = offering.passages, offering.number
    else:
        return None
    words = kept_words(view.session, hashes.values())
    found = {ref: words[key] for ref, key in hashes.items() if key in words}
    return Then(found | {p.ref: None for p in passages if p.ref not in hashes}, number)


def _came_in(passage: Any) -> bool:
    return passage.state == "inserted" or not passage.passage.wording


def moments(view: View, reading: Reading, since: Since | None) -> list[str]:
    """The moments with which this reader can compare."""
    offered = [OFFERED] if last_offering(view, reading) else []
    return [*([SEEN] if since else []), *offered, VOTED, FROZEN]


__all__ = ["FROZEN", "OFFERED", "SEEN", "VOTED", "Then", "moments", "since_of", "words_then"]
