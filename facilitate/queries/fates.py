"""After: what became of everything that a table said and that a body sent in, each in one place."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Select, select

from facilitate.domain.kept import KEPT_LABELS, KeptState
from facilitate.domain.people import Actor, Role
from facilitate.domain.stations import DISPOSITION_LABELS, Disposition
from facilitate.queries.event import event_row
from facilitate.queries.story import Story, story_of
from facilitate.queries.view import View
from facilitate.store.rows import (
    Comment,
    Delegation,
    DraftPoint,
    JournalEntry,
    JournalPayload,
    KeptItem,
    MissingPoint,
    Passage,
    Person,
    Seat,
    Submission,
)

_READERS = frozenset({Role.CLERK, Role.CHAIR})


@dataclass(frozen=True)
class Said:
    """One line in the list of what a table or a body said; `told` if it has a story of its own."""

    ref: str
    text: str
    about: str
    end: str
    told: bool = True


@dataclass(frozen=True)
class Own:
    """What became of the points of one delegate.

    Shape: what their table said, what of it was kept as it came, what they themselves missed, what their body
    sent in, and what they said of drafts; `body` is their body's code, "" without one.
    """

    comments: list[Said]
    kept: list[Said]
    missing: list[Said]
    submissions: list[Said]
    points: list[Said]
    body: str


@dataclass(frozen=True)
class Sum:
    """Received = open + ended, of one kind of input; `lost` was received and is nowhere."""

    kind: str
    received: int
    open: int
    ended: int
    lost: tuple[str, ...] = ()

    @property
    def difference(self) -> int:
        """Received less open less ended; anything but nought is an error."""
        return self.received - self.open - self.ended


@dataclass(frozen=True)
class Fates:
    """Everything that one body sent in, and all that the tables said at which its delegates sit.

    Shape: `withheld` is how many comments are told to their own tables alone, and so not to this reader.
    """

    code: str
    name: str
    tables: tuple[int, ...]
    submissions: tuple[Story, ...]
    comments: tuple[Story, ...]
    kept: tuple[Said, ...]
    withheld: int
    sums: tuple[Sum, ...]


def own_points(view: View, actor: Actor) -> Own:
    """What the actor's table said, and what their delegation sent in, each with its end so far."""
    seat = [] if actor.table is None else [actor.table]
    comments = [
        Said(c.reference, c.text, about, _end_of(c.disposition, c.state)) for c, about in _said_at(view, seat)
    ]
    missed = view.session.execute(
        select(MissingPoint, Comment.reference)
        .outerjoin(Comment, Comment.id == MissingPoint.comment_id)
        .where(MissingPoint.person_id == (actor.person or ""))
        .order_by(MissingPoint.received_at)
    )
    missing = [Said(m.reference, m.text, "", _answered(m, ref), told=False) for m, ref in missed]
    body = view.session.get(Delegation, actor.delegation) if actor.delegation else None
    sent = [
        Said(s.reference, s.title, ", ".join(s.passages), _end_of(s.disposition))
        for s in (_sent_by(view, body) if body else ())
    ]
    points = _on_drafts(view, actor)
    return Own(comments, _kept_at(view, seat), missing, sent, points, body.code if body else "")


def _on_drafts(view: View, actor: Actor) -> list[Said]:
    """What the actor said of drafts before they were frozen."""
    rows = view.session.execute(
        select(Submission, DraftPoint)
        .join(DraftPoint, DraftPoint.submission_id == Submission.id)
        .where(DraftPoint.person_id == (actor.person or ""))
        .order_by(Submission.reference)
    )
    return [Said(s.reference, point.says, s.about, _end_of(s.disposition)) for s, point in rows]


def fates_of(view: View, actor: Actor, code: str) -> Fates | None:
    """The fate of everything that a body sent in: for its own delegates, the clerk and the chair.

    The points of a table stand with it as far as the reader may read their stories; a point that a delegate
    missed is told to that delegate alone.
    """
    body = view.session.scalar(select(Delegation).where(Delegation.code == code))
    if body is None or not (actor.delegation == body.id or actor.roles & _READERS):
        return None
    tables: list[int] = sorted(set(view.session.scalars(_seats_of(body))))
    sent, said = list(_sent_by(view, body)), [c for c, _ in _said_at(view, tables)]
    comments = _stories(view, actor, said)
    named = event_row(view).settings["names_tables"] or actor.roles & _READERS
    kept = tuple(_kept_at(view, tables if named else [t for t in tables if t == actor.table]))
    return Fates(
        body.code, body.name, tuple(tables), _stories(view, actor, sent), comments, kept,
        len(said) - len(comments), (_sent_sum(view, body, sent), _sum("comments", said)),
    )  # fmt: skip


def _stories(view: View, actor: Actor, rows: Iterable[Comment | Submission]) -> tuple[Story, ...]:
    return tuple(story for row in rows if (story := story_of(view, actor, row.reference)) is not None)


def _seats_of(body: Delegation) -> Select[int]:
    delegates = select(Person.id).where(Person.delegation_id == body.id)
    return select(Seat.table_number).where(Seat.person_id.in_(delegates))


def _sent_by(view: View, body: Delegation) -> Iterable[Submission]:
    query = select(Submission).where(Submission.delegation_id == body.id)
    return view.session.scalars(query.order_by(Submission.reference))


def _said_at(view: View, tables: list[int]) -> list[tuple[Comment, str]]:
    """The comments of some tables with the passage of each; a corrected one stands in its last wording."""
    rows = view.session.execute(
        select(Comment, Passage.reference)
        .join(Passage, Passage.id == Comment.passage_id)
        .where(Comment.table_number.in_(tables), Comment.state != "superseded")
        .order_by(Comment.table_number, Comment.serial)
    )
    return [(comment, about) for comment, about in rows]


def _kept_at(view: View, tables: list[int]) -> list[Said]:
    """The points that some tables sent and that became no comment."""
    rows = view.session.scalars(
        select(KeptItem)
        .where(KeptItem.table_number.in_(tables), KeptItem.comment_id.is_(None))
        .order_by(KeptItem.reference)
    )
    return [Said(k.reference, k.why, "", _settled(k), told=False) for k in rows]


def _settled(k: KeptItem) -> str:
    if k.state == KeptState.OPEN.value:
        return "Still open"
    return ": ".join(filter(None, (KEPT_LABELS[KeptState(k.state)], k.reason)))


def _answered(m: MissingPoint, comment: str | None) -> str:
    if comment:
        return f"Added as {comment}"
    return "Still open" if m.state == "open" else f"Answered: {m.answer}"


def _end_of(disposition: str | None, state: str = "") -> str:
    if disposition:
        return DISPOSITION_LABELS[Disposition(disposition)]
    return "Withdrawn" if state == "withdrawn" else "Still open"


def _sum(kind: str, rows: Iterable[Comment | Submission]) -> Sum:
    ends = [row.disposition is not None for row in rows]
    return Sum(kind, len(ends), ends.count(False), ends.count(True))


def _sent_sum(view: View, body: Delegation, rows: list[Submission]) -> Sum:
    """What was received is read in the journal, what is open or ended in the rows: one checks the other."""
    taken = view.session.scalars(
        select(JournalPayload.body)
        .join(JournalEntry, JournalEntry.number == JournalPayload.number)
        .where(JournalEntry.action.in_(["submissions-imported", "submission-sent"]))
    )
    images = [image for words in taken if words for image in json.loads(words)["rows"].values()]
    received = {i["id"]: i["reference"] for i in images if i.get("delegation_id") == body.id}
    counted, here = _sum("submissions", rows), {row.id for row in rows}
    lost = tuple(sorted(ref for id_, ref in received.items() if id_ not in here))
    return Sum("submissions", len(received), counted.open, counted.ended, lost)
