"""After: reads all that the event knows of one document, for the compile and for its signatures."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.domain import outcome_record as record
from facilitate.domain.comments import KIND_LOOKS, CommentKind
from facilitate.domain.kept import KeptState
from facilitate.domain.stations import Disposition
from facilitate.store.outcome_ballots import ballot_record, ballots_about, voted_minority
from facilitate.store.outcome_changes import decisions, edits, signatures
from facilitate.store.rows import (
    CirculatedDraft,
    Comment,
    Document,
    DraftPoint,
    KeptItem,
    MissingPoint,
    Motion,
    MotionSource,
    Passage,
    Submission,
    Theme,
    ThemeComment,
)  # fmt: skip


def load_record(session: Session, document: Document) -> record.Record:
    """All that goes into the outcome of one document.

    Shape: a submission that is tied to no passage belongs to every document; a ballot without a motion to
    those that its track discusses.
    """
    passages = list(
        session.scalars(select(Passage).where(Passage.document_id == document.id).order_by(Passage.position))
    )
    refs = {p.id: p.reference for p in passages}
    comments = list(session.scalars(select(Comment).where(Comment.passage_id.in_(list(refs)))))
    return record.Record(
        document=record.Document(document.prefix, document.title, document.commission),
        passages=tuple(
            record.Passage(p.reference, p.number, p.kind, p.heading, p.text, p.depth) for p in passages
        ),
        motions=_motions(session, document, refs),
        ballots=tuple(ballot_record(session, ballot) for ballot in ballots_about(session, document)),
        themes=_themes(session, document, refs),
        comments=_comments(session, comments, refs),
        submissions=_submissions(session, document, set(refs.values())),
        minority_positions=(*voted_minority(session, document), *_said_minority(comments, refs)),
        discussed=_discussed(comments, refs),
        decisions=decisions(session, document),
        edits=edits(session, document),
        open_points=_open_points(session, refs),
        kept=_kept(session, refs),
        signatures=signatures(session, document),
    )


def _said_minority(comments: list[Comment], refs: dict[str, str]) -> list[record.MinorityPosition]:
    return [
        record.MinorityPosition(c.text, refs[c.passage_id], f"Comment {c.reference}.")
        for c in comments
        if c.disposition == Disposition.MINORITY_POSITION.value
    ]


def _motions(session: Session, document: Document, refs: dict[str, str]) -> tuple[record.Motion, ...]:
    found = list(
        session.scalars(select(Motion).where(Motion.document_id == document.id, Motion.state != "draft"))
    )
    numbers = {m.id: m.number for m in found}
    sources = _sources(session, numbers)
    return tuple(
        record.Motion(
            number=m.number, effect=m.effect, state=m.state, passage=refs.get(m.passage_id or ""),
            title=m.title, text=m.text, amends=numbers.get(m.amends or ""), base_hash=m.base_hash,
            sources=tuple(sources.get(m.id, ())), why=m.ended_why or "",
        )
        for m in found
    )  # fmt: skip


def _sources(session: Session, motions: Iterable[str]) -> dict[str, list[record.Source]]:
    links = session.execute(
        select(MotionSource.motion_id, MotionSource.kind, MotionSource.source_id).where(
            MotionSource.motion_id.in_(list(motions))
        )
    ).all()
    wanted = {link.source_id for link in links}
    labels: dict[str, tuple[str, str]] = {}
    for ref, name in session.execute(select(Theme.id, Theme.name).where(Theme.id.in_(wanted))):
        labels[ref] = (name, f"theme “{name}”")
    for ref, name in session.execute(select(Comment.id, Comment.reference).where(Comment.id.in_(wanted))):
        labels[ref] = (name, f"comment {name}")
    for ref, name in session.execute(
        select(Submission.id, Submission.reference).where(Submission.id.in_(wanted))
    ):
        labels[ref] = (name, f"submission {name}")
    found: dict[str, list[record.Source]] = {}
    for motion, kind, source in sorted(links, key=lambda link: (link.kind, link.source_id)):
        name, label = labels.get(source, (source, kind))
        found.setdefault(motion, []).append(record.Source(kind, name, label))
    return found


def _themes(session: Session, document: Document, refs: dict[str, str]) -> tuple[record.Theme, ...]:
    members: dict[str, list[Any]] = {}
    for row in session.execute(
        select(ThemeComment.theme_id, Comment.id, Comment.table_number, Comment.agree, Comment.text)
        .join(Comment, Comment.id == ThemeComment.comment_id)
        .where(Comment.state.in_(["current", "conflict"]))
    ):
        members.setdefault(row.theme_id, []).append(row)
    found = []
    for t in session.scalars(
        select(Theme).where(Theme.document_id == document.id, Theme.merged_into.is_(None))
    ):
        own = members.get(t.id, [])
        quote = next((m.text for m in own if m.id == t.quote), "")
        found.append(
            record.Theme(
                t.name, refs.get(t.passage_id or ""), len(own), len({m.table_number for m in own}),
                sum(m.agree for m in own), t.minority, quote,
            )
        )  # fmt: skip
    return tuple(found)


def _comments(session: Session, comments: list[Comment], refs: dict[str, str]) -> tuple[record.Comment, ...]:
    themes: dict[str, list[str]] = {}
    for comment, name in session.execute(
        select(ThemeComment.comment_id, Theme.name).join(Theme, Theme.id == ThemeComment.theme_id)
    ):
        themes.setdefault(comment, []).append(name)
    return tuple(
        record.Comment(
            ref=c.reference, text=c.text, kind=KIND_LOOKS[CommentKind(c.kind)].label,
            passage=refs[c.passage_id], table=c.table_number, agree=c.agree, against=c.against,
            minority=c.minority, themes=tuple(themes.get(c.id, ())), state=c.state, disposition=c.disposition,
            reason=c.reason or "", note=c.note or "",
        )
        for c in comments
    )  # fmt: skip


def _submissions(session: Session, document: Document, refs: set[str]) -> tuple[record.Submission, ...]:
    """A point on a draft belongs to the document that it became, also where it has no passage there."""
    drafted = dict(
        session.execute(
            select(DraftPoint.submission_id, CirculatedDraft.document_id).join(
                CirculatedDraft, CirculatedDraft.id == DraftPoint.draft_id
            )
        ).all()
    )
    return tuple(
        record.Submission(
            s.reference,
            s.title,
            s.body,
            s.text,
            tuple(s.passages),
            s.disposition,
            s.reason or "",
            s.note or "",
        )
        for s in session.scalars(select(Submission).order_by(Submission.reference))
        if refs & set(s.passages) or (not s.passages and drafted.get(s.id, document.id) == document.id)
    )


def _discussed(comments: list[Comment], refs: dict[str, str]) -> tuple[tuple[str, int], ...]:
    tables: dict[str, set[int]] = {}
    for c in comments:
        tables.setdefault(refs[c.passage_id], set()).add(c.table_number)
    return tuple(sorted((ref, len(found)) for ref, found in tables.items()))


def _open_points(session: Session, refs: dict[str, str]) -> tuple[str, ...]:
    """A delegate's missing point without a passage belongs to every document."""
    found = session.execute(
        select(MissingPoint.reference, MissingPoint.passage_id).where(MissingPoint.state == "open")
    )
    return tuple(reference for reference, passage in found if passage is None or passage in refs)


def _kept(session: Session, refs: dict[str, str]) -> tuple[str, ...]:
    """A point whose passage cannot be read from what came belongs to every document."""
    rows = session.scalars(select(KeptItem).where(KeptItem.state == KeptState.OPEN.value))
    waiting = [(row.reference, _passage_in(row.raw)) for row in rows]
    known = set(session.scalars(select(Passage.id).where(Passage.id.in_({each for _, each in waiting}))))
    return tuple(ref for ref, passage in waiting if passage in refs or passage not in known)


def _passage_in(raw: str) -> str:
    came = json.loads(raw)
    data = came.get("data") if isinstance(came, dict) else None
    passage = data.get("passage") if isinstance(data, dict) else None
    return passage if isinstance(passage, str) else ""
