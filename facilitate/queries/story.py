"""After: the story of one comment or submission, from arrival to the final text, in plain words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from facilitate.domain.comments import CommentKind, CommentMark
from facilitate.domain.counting import result_from_dict
from facilitate.domain.majority import rules_from_dict
from facilitate.domain.people import Actor, Role
from facilitate.domain.responses import RESPONSE_LABELS, Response
from facilitate.domain.result_words import verdict_sentence
from facilitate.domain.sections import listed
from facilitate.domain.stations import DISPOSITION_LABELS, Disposition
from facilitate.domain.story_words import MARKED, MEANS, sent_sentence
from facilitate.queries.event import event_row
from facilitate.queries.story_drafts import may_be_told, on_draft
from facilitate.queries.story_next import coming_up
from facilitate.queries.story_steps import Step, afterwards, asked, corrected, made_from, missed, tied
from facilitate.queries.view import View
from facilitate.store.rows import (
    Ballot,
    Comment,
    Event,
    KeptItem,
    Motion,
    MotionSource,
    Passage,
    ResponseRow,
    Submission,
    Theme,
    ThemeComment,
)  # fmt: skip
from facilitate.store.vote_orders import ballots_on

_ENDS = {
    "carried": "was carried", "lost": "was lost", "tied": "ended in a tie", "fell": "fell",
    "withdrawn": "was withdrawn", "remitted": "was remitted", "referred-back": "was referred back",
    "not-reached": "was not reached", "put": "was put to the room", "void": "had its ballot declared void",
    "rescinded": "was carried and rescinded later",
}  # fmt: skip


@dataclass(frozen=True)
class Story:
    """What became of one comment or submission.

    Shape: steps in the order of time; `end` is empty while it is open; `coming` says where it comes up next,
    `contact` whom to ask.
    """

    ref: str
    title: str
    text: str
    about: str
    steps: tuple[Step, ...]
    end: str
    why: str
    coming: tuple[str, ...]
    contact: str


_STAFF = frozenset(
    {Role.CLERK, Role.CHAIR, Role.THEME_TEAM, Role.TELLER, Role.AREA_FACILITATOR, Role.SIGNATORY}
)


def story_of(view: View, actor: Actor, ref: str) -> Story | None:
    """The story of one comment (12/7) or submission (S-003). Submissions are the event's papers: everybody
    who is signed in as a person reads their stories; a point on a draft stays within the NPF until the
    document is frozen or the event begins. A comment's story names its table, so where the event does not
    name tables it is told to that table, to staff and to signatories alone.
    """
    if actor.person is None:
        return None
    comment = view.session.scalar(select(Comment).where(Comment.reference == ref))
    if comment is not None:
        named = event_row(view).settings["names_tables"]
        own = actor.table == comment.table_number
        if not (named or own or actor.roles & _STAFF):
            return None
        return _of_comment(view, comment, named=bool(named or actor.roles & _STAFF))
    submission = view.session.scalar(select(Submission).where(Submission.reference == ref))
    if submission is None or not may_be_told(view, actor, submission):
        return None
    return _of_submission(view, submission)


def _of_comment(view: View, c: Comment, *, named: bool) -> Story:
    passage = view.session.get_one(Passage, c.passage_id)
    sent = sent_sentence(c.table_number, CommentKind(c.kind), c.agree, c.against, minority=c.minority)
    steps = [*_kept_first(view, c), Step(c.received_at, sent)]
    steps += [Step(c.received_at, MARKED[CommentMark(mark)]) for mark in c.marks]
    steps += missed(view, c)
    steps += _revisions(view, c)
    steps += _heard(view, c, named=named)
    if c.withdrawn_at:
        steps.append(Step(c.withdrawn_at, "The table withdrew it."))
    answers = asked(view, c)
    membership = select(ThemeComment.theme_id).where(ThemeComment.comment_id == c.id)
    themes = list(view.session.scalars(select(Theme).where(Theme.id.in_(membership))))
    motions = _motions(view, [c.id, *(theme.id for theme in themes)])
    taken_up = [*(_themed(view, theme) for theme in themes), *_decided(view, motions, themes)]
    # A point can join a theme, or stand behind a motion, that was there before it.
    taken_up = [replace(step, at=max(step.at, c.received_at)) if step.at else step for step in taken_up]
    steps += [*_read(c, [*answers, *taken_up]), *answers, *taken_up]
    return _told(view, c, f"Comment {c.reference}", c.text, [passage], motions, steps)


def _kept_first(view: View, c: Comment) -> list[Step]:
    """That the point came before it could become a comment, where it did."""
    rows = view.session.scalars(select(KeptItem).where(KeptItem.comment_id == c.id))
    came = "It came, could not be taken as it was, and was kept as"
    return [Step(row.received_at, f"{came} {row.reference}: {row.why}") for row in rows]


def _read(row: Comment | Submission, taken_up: list[Step]) -> list[Step]:
    """That somebody read it, where nothing else says so: whoever answers or groups a point has read it."""
    if row.read_at is None or any(step.at and step.at <= row.read_at for step in taken_up):
        return []
    return [Step(row.read_at, "The theme team read it.")]


def _revisions(view: View, c: Comment) -> list[Step]:
    steps: list[Step] = []
    first = view.session.get(Comment, c.parent) if c.parent else None
    if first is not None:
        steps.append(Step(c.received_at, f"It corrects {first.reference}."))
    later = view.session.scalars(select(Comment).where(Comment.parent == c.id))
    steps += [
        Step(one.received_at, f"The table corrected it: see {one.reference}.", one.text) for one in later
    ]
    return steps


def _heard(view: View, c: Comment, *, named: bool) -> list[Step]:
    """To which comment it adds, and what other tables said of it."""
    steps: list[Step] = []
    first = view.session.get(Comment, c.adds_to) if c.adds_to else None
    if first is not None:
        whose = first.reference if named else "another table’s point"
        steps.append(Step(c.received_at, f"It adds to {whose}."))
    answers = select(ResponseRow).where(ResponseRow.comment_id == c.id).order_by(ResponseRow.at)
    for answer in view.session.scalars(answers):
        who = f"Table {answer.table_number}" if named else "Another table"
        said = RESPONSE_LABELS[Response(answer.response)]
        steps.append(Step(answer.at, f"{who} answered: {said}."))
    return steps


def _themed(view: View, theme: Theme) -> Step:
    members = select(func.count()).select_from(ThemeComment).where(ThemeComment.theme_id == theme.id)
    others = (view.session.scalar(members) or 1) - 1
    company = f"with {others} other{'s' if others > 1 else ''}" if others else "alone so far"
    merged = view.session.scalars(select(Theme.name).where(Theme.merged_into == theme.id))
    taken = sorted({f"“{name}”" for name in merged if name != theme.name})
    also = f" {listed(taken)} {'were' if len(taken) > 1 else 'was'} merged into it." if taken else ""
    return Step(theme.made_at, f"The theme team put it into the theme “{theme.name}”, {company}.{also}")


def _of_submission(view: View, s: Submission) -> Story:
    passages = list(view.session.scalars(select(Passage).where(Passage.reference.in_(s.passages))))
    about = f", about {', '.join(s.passages)}" if s.passages else ""
    steps = on_draft(view, s) or [Step(s.received_at, f"{s.body} sent it in before the event{about}.")]
    steps += [*corrected(view, s), *tied(view, s)]
    motions = _motions(view, [s.id])
    decided = _decided(view, motions)
    steps += [*_read(s, decided), *decided]
    return _told(view, s, f"{s.reference}: {s.title}", s.text, passages, motions, steps)


def _motions(view: View, sources: Iterable[str]) -> list[Motion]:
    direct = select(MotionSource.motion_id).where(MotionSource.source_id.in_(list(sources)))
    return list(
        view.session.scalars(
            select(Motion).where(Motion.id.in_(direct), Motion.state != "draft").order_by(Motion.number)
        )
    )


def _decided(view: View, motions: Iterable[Motion], themes: Sequence[Theme] = ()) -> list[Step]:
    steps: list[Step] = []
    for motion in motions:
        steps.append(made_from(view, motion, themes))
        ballots = ballots_on(view.session, motion.id)
        counted = [b for b in ballots if b.state in ("published", "void")]
        steps += [Step(b.closed_at, f"Ballot {b.number}: {_result(b)}") for b in counted]
        if motion.state in _ENDS and motion.state != "put":
            ended = f"Motion {motion.number} {_ENDS[motion.state]}."
            steps.append(Step(motion.decided_at, " ".join(filter(None, (ended, motion.ended_why)))))
    return steps


def _result(ballot: Ballot) -> str:
    if ballot.state == "void":
        return "declared void."
    if ballot.result is None:
        return "no result."
    return verdict_sentence(result_from_dict(ballot.result), rules_from_dict(ballot.rules))


def _told(
    view: View, row: Comment | Submission, title: str, text: str, passages: list[Passage],
    motions: list[Motion], steps: list[Step],
) -> Story:  # fmt: skip
    end = DISPOSITION_LABELS[Disposition(row.disposition)] if row.disposition else ""
    why = " ".join(words for words in (row.reason, row.note) if words)
    if end:
        means = MEANS[Disposition(row.disposition or "")]
        told = {step.words for step in steps}
        steps.append(Step(row.ended_at, f"Its end: {end}. {means}".strip(), "" if why in told else why))
    timed = sorted(steps, key=lambda step: (step.at is None, step.at))
    for passage in passages:
        timed += afterwards(view, passage)
    contact = view.session.get_one(Event, "event").settings["commission_contact"]
    about = ", ".join(passage.reference for passage in passages)
    coming = coming_up(view, passages, motions)
    return Story(row.reference, title, text, about, tuple(timed), end, why, coming, contact)
