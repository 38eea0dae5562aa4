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
from facilitate.queries.considerations import Answer, answers_in_words, versions_by_prefix
from facilitate.queries.event import event_row
from facilitate.queries.view import View
from facilitate.store.considerations import considerations_of, rests_with
from facilitate.store.drafts import carried_over, passages_of, points_on, versions_of
from facilitate.store.rows import CirculatedDraft, Consideration, DraftPoint, Submission


@dataclass(frozen=True)
class PointLine:
    """One point on a draft as members see it; `editable` while its own writer may correct it or take it back.

    Shape: `passage` is where it was made, "" for the whole; `at` is the like passage of the version shown;
    `rests_with` is the commission that answers next, and `answerable` whether the reader may record it.
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
    answers: tuple[Answer, ...]
    rests_with: str
    answerable: bool


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
    send points now, `answers` whether they may record what a commission said to any of them.
    """

    draft: CirculatedDraft
    versions: tuple[CirculatedDraft, ...]
    passages: tuple[PassageLine, ...]
    dropped: tuple[DraftPassage, ...]
    whole: tuple[PointLine, ...]
    gone: tuple[PointLine, ...]
    sentence: str
    sends: bool

    @property
    def points(self) -> tuple[PointLine, ...]:
        """All points, in the order of the page."""
        placed = tuple(point for line in self.passages for point in line.points)
        return self.whole + placed + self.gone

    @property
    def answers(self) -> bool:
        """Whether the reader may record what a commission said to any of these points."""
        return any(point.answerable for point in self.points)


@dataclass(frozen=True)
class DraftLine:
    """One draft in the list, in its last version."""

    draft: CirculatedDraft
    sentence: str
    open: bool
    points: int
    own: int
    waiting: int
    to_answer: int


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
        waiting = [row.id for _, row in sent if not row.disposition]
        answers = considerations_of(view.session, waiting)
        resting = [rests_with(versions[-1], answers.get(each, [])) for each in waiting]
        to_answer = sum(answers_for(actor, commission) for commission in resting)
        found.append(DraftLine(versions[-1], told, open_, len(sent), own, len(waiting), to_answer))
    return found


def read_draft(view: View, actor: Actor, prefix: str, version: int | None = None) -> DraftReading | None:
    """One version of a draft, the last unless another is asked for; None where there is nothing to read.

    Members of the NPF, whichever commission is theirs, the clerk and the chair read all drafts and all
    points on them with their writers' names, also once the document is frozen. Nobody else does: to the room
    a draft is nothing, and a point on it is told in its story once the document is frozen.
    """
    versions = versions_by_prefix(view, prefix) if reads_drafts(actor) else []
    shown = next((d for d in reversed(versions) if version in (None, d.version)), None)
    if shown is None:
        return None
    last = versions[-1]
    told, open_ = _times(view, last)
    lines = _lines(view, actor, versions, shown, editable=open_)
    by_passage: dict[str, list[PointLine]] = defaultdict(list)
    for line in lines:
        by_passage[line.at].append(line)
    before = versions[shown.version - 2] if shown.version > 1 else None
    passages, dropped = _passages(shown, before, by_passage)
    return DraftReading(
        shown, tuple(versions), passages, dropped,
        tuple(line for line in by_passage[""] if not line.passage),
        tuple(line for line in by_passage[""] if line.passage), told,
        open_ and shown is last and Role.SIGNATORY in actor.roles,
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
    versions = versions_by_prefix(view, draft.prefix)
    _, open_ = _times(view, versions[-1])
    answers = considerations_of(view.session, [sent.id])
    return draft, _Points(view, actor, versions, answers, open_).line(point, sent, point.passage)


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


def _lines(
    view: View, actor: Actor, versions: Sequence[CirculatedDraft], shown: CirculatedDraft, *, editable: bool
) -> list[PointLine]:
    """The points up to the version that is shown, each at its like passage there."""
    until = versions[: shown.version]
    ways = {draft.id: carried_over(draft, shown) for draft in until}
    found = points_on(view.session, until)
    answers = considerations_of(view.session, [point.submission_id for point, _ in found])
    points = _Points(view, actor, versions, answers, editable)
    return [points.line(point, sent, ways[point.draft_id].get(point.passage, "")) for point, sent in found]


@dataclass(frozen=True)
class _Points:
    """What is read once for all points of one draft."""

    view: View
    actor: Actor
    versions: Sequence[CirculatedDraft]
    answers: dict[str, list[Consideration]]
    editable: bool

    def line(self, point: DraftPoint, sent: Submission, at: str) -> PointLine:
        """One point as the reader sees it."""
        own, rows = point.person_id == self.actor.person, self.answers.get(sent.id, [])
        draft = next(each for each in self.versions if each.id == point.draft_id)
        resting = rests_with(draft, rows)
        before = Phase(event_row(self.view).phase) is Phase.BEFORE
        answerable = before and answers_for(self.actor, resting) and (bool(rows) or not sent.disposition)
        return PointLine(
            sent.reference, PointText(point.says, point.wording).kind, sent.body, own, point.says,
            point.wording, draft.version, point.passage, at, _state(sent, resting, rows),
            sent.disposition is not None, own and self.editable and not sent.disposition, sent.received_at,
            sent.revision, answers_in_words(self.view, self.versions, rows), resting, answerable,
        )  # fmt: skip


def _state(sent: Submission, resting: str, rows: Sequence[Consideration]) -> str:
    if sent.disposition:
        return DISPOSITION_LABELS[Disposition(sent.disposition)]
    return f"Referred to the {resting} commission" if rows else "Not considered yet"


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
