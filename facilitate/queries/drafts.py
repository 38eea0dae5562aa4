"""Before: drafts as every member of the NPF reads them, whichever commission wrote them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from facilitate.domain.draft_versions import Piece, changed_words
from facilitate.domain.drafts import (
    DraftPassage,
    PointText,
    answers_for,
    is_open,
    reads_drafts,
    window_sentence,
)
from facilitate.domain.people import Actor, Role
from facilitate.domain.programme import Phase
from facilitate.domain.stations import DISPOSITION_LABELS, Disposition
from facilitate.queries.event import event_row
from facilitate.queries.view import View
from facilitate.store.drafts import carried_over, passages_of, points_on, versions_of
from facilitate.store.rows import CirculatedDraft, DraftPoint, Submission


@dataclass(frozen=True)
class PointLine:
    """One point on a draft as members see it; `editable` while its own writer may correct it or take it back.

    Shape: `passage` is where it was made, "" for the whole; `at` is the like passage of the version shown.
    """

    ref: str
    kind: str
    by: str
    own: bool
    says: str
    wording: str
    version: int
    passage: str
    at: str
    state: str
    ended: bool
    editable: bool
    received_at: datetime
    revision: int


@dataclass(frozen=True)
class PassageLine:
    """One passage of a version with what changed in it since the version before, and the points on it.

    Shape: `was` is its reference there, "" where it is new; `pieces` are empty where nothing changed.
    """

    passage: DraftPassage
    was: str
    pieces: tuple[Piece, ...]
    points: tuple[PointLine, ...]


@dataclass(frozen=True)
class DraftReading:
    """One version of a draft with all points on it and on the versions before it.

    Shape: `gone` are points whose passage is not in this version any more; `sends` is whether the reader may
    send points now, `answers` whether they may record what the commission says to them.
    """

    draft: CirculatedDraft
    versions: tuple[CirculatedDraft, ...]
    passages: tuple[PassageLine, ...]
    dropped: tuple[DraftPassage, ...]
    whole: tuple[PointLine, ...]
    gone: tuple[PointLine, ...]
    sentence: str
    sends: bool
    answers: bool

    @property
    def points(self) -> tuple[PointLine, ...]:
        """All points, in the order of the page."""
        placed = tuple(point for line in self.passages for point in line.points)
        return self.whole + placed + self.gone


@dataclass(frozen=True)
class DraftLine:
    """One draft in the list, in its last version."""

    draft: CirculatedDraft
    sentence: str
    open: bool
    points: int
    own: int


def draft_lines(view: View, actor: Actor) -> list[DraftLine]:
    """Every commission's drafts, for members of the NPF, the clerk and the chair; for nobody else."""
    if not reads_drafts(actor):
        return []
    prefixes = select(CirculatedDraft.prefix).distinct().order_by(CirculatedDraft.prefix)
    found = []
    for prefix in view.session.scalars(prefixes).all():
        versions = versions_of(view.session, prefix)
        sent = points_on(view.session, versions)
        own = sum(point.person_id == actor.person for point, _ in sent)
        told, open_ = _times(view, versions[-1])
        found.append(DraftLine(versions[-1], told, open_, len(sent), own))
    return found


def read_draft(view: View, actor: Actor, prefix: str, version: int | None = None) -> DraftReading | None:
    """One version of a draft, the last unless another is asked for; None where there is nothing to read.

    Members of the NPF, whichever commission is theirs, the clerk and the chair read all drafts and all
    points on them with their writers' names, also once the document is frozen. Nobody else does: to the room
    a draft is nothing, and a point on it is told in its story once the document is frozen.
    """
    versions = versions_of(view.session, prefix) if reads_drafts(actor) else []
    shown = next((d for d in reversed(versions) if version in (None, d.version)), None)
    if shown is None:
        return None
    last = versions[-1]
    told, open_ = _times(view, last)
    lines = _points(view, actor, versions[: shown.version], shown, editable=open_)
    by_passage: dict[str, list[PointLine]] = defaultdict(list)
    for line in lines:
        by_passage[line.at].append(line)
    before = versions[shown.version - 2] if shown.version > 1 else None
    passages, dropped = _passages(shown, before, by_passage)
    return DraftReading(
        shown, tuple(versions), passages, dropped,
        tuple(line for line in by_passage[""] if not line.passage),
        tuple(line for line in by_passage[""] if line.passage), told,
        open_ and shown is last and Role.SIGNATORY in actor.roles, answers_for(actor, last.commission),
    )  # fmt: skip


def own_point(view: View, actor: Actor, reference: str) -> tuple[CirculatedDraft, PointLine] | None:
    """One of the actor's own points, with the version that it was made on."""
    row = view.session.execute(
        select(DraftPoint, Submission, CirculatedDraft)
        .join(Submission, Submission.id == DraftPoint.submission_id)
        .join(CirculatedDraft, CirculatedDraft.id == DraftPoint.draft_id)
        .where(Submission.reference == reference, DraftPoint.person_id == (actor.person or ""))
    ).one_or_none()
    if row is None:
        return None
    point, sent, draft = row
    _, open_ = _times(view, versions_of(view.session, draft.prefix)[-1])
    return draft, _line(actor, point, sent, draft.version, point.passage, editable=open_)


def times_of(view: View, draft: CirculatedDraft) -> str:
    """When points on a draft are taken, in words."""
    return _times(view, draft)[0]


def _times(view: View, last: CirculatedDraft) -> tuple[str, bool]:
    """When points are taken, in words, and whether that is now."""
    event = event_row(view)
    phase = Phase(event.phase)
    if last.document_id:
        return f"The document is frozen as {last.prefix}; its draft takes no more points.", False
    told = window_sentence(last.opens, last.until, event.zone, phase, view.now)
    return told, phase is Phase.BEFORE and is_open(last.opens, last.until, event.zone, view.now)


def _points(
    view: View, actor: Actor, versions: Sequence[CirculatedDraft], shown: CirculatedDraft, *, editable: bool
) -> list[PointLine]:
    """The points on some versions, each at the like passage of the version that is shown."""
    ways = {draft.id: (draft.version, carried_over(draft, shown)) for draft in versions}
    return [
        _line(
            actor, point, sent, ways[point.draft_id][0], ways[point.draft_id][1].get(point.passage, ""),
            editable=editable,
        )
        for point, sent in points_on(view.session, versions)
    ]  # fmt: skip


def _line(
    actor: Actor, point: DraftPoint, sent: Submission, version: int, at: str, *, editable: bool
) -> PointLine:
    own = point.person_id == actor.person
    state = DISPOSITION_LABELS[Disposition(sent.disposition)] if sent.disposition else "Not considered yet"
    return PointLine(
        sent.reference, PointText(point.says, point.wording).kind, sent.body, own, point.says, point.wording,
        version, point.passage, at, state, sent.disposition is not None,
        own and editable and not sent.disposition, sent.received_at, sent.revision,
    )  # fmt: skip


def _passages(
    shown: CirculatedDraft, before: CirculatedDraft | None, points: dict[str, list[PointLine]]
) -> tuple[tuple[PassageLine, ...], tuple[DraftPassage, ...]]:
    """The passages of a version beside the version before it, and those that are in it no more."""
    old = {p.ref: p for p in passages_of(before)} if before else {}
    became = carried_over(before, shown) if before else {}
    came = {new: was for was, new in reversed(became.items())}
    lines = [
        PassageLine(p, came.get(p.ref, ""), _changed(old, came.get(p.ref), p), tuple(points[p.ref]))
        for p in passages_of(shown)
    ]
    return tuple(lines), tuple(_dropped(old.values(), became))


def _changed(old: dict[str, DraftPassage], was: str | None, now: DraftPassage) -> tuple[Piece, ...]:
    if was is None or old[was].words == now.words:
        return ()
    return changed_words(old[was].words, now.words)


def _dropped(old: Iterable[DraftPassage], became: dict[str, str]) -> Iterable[DraftPassage]:
    return (passage for passage in old if passage.ref not in became)
