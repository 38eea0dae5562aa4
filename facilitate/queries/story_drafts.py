"""Before: stations of a point on a draft: where it was made, and what became of its passage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from facilitate.domain.drafts import reads_drafts
from facilitate.domain.people import Actor, Role
from facilitate.domain.programme import Phase
from facilitate.queries.considerations import answers_in_words, versions_by_prefix
from facilitate.queries.event import event_row
from facilitate.queries.story_steps import Step
from facilitate.queries.view import View
from facilitate.store.considerations import considerations_of
from facilitate.store.drafts import carried_over
from facilitate.store.rows import CirculatedDraft, Document, DraftPoint, Submission


def may_be_told(view: View, actor: Actor, s: Submission) -> bool:
    """Whether somebody may read the story of a submission now: of a point on a draft, before the document is
    frozen or the event begins, members of the NPF, clerk, chair and theme team alone may.
    """
    draft = _draft_of(view, s)
    if draft is None or draft.document_id or Phase(event_row(view).phase) is not Phase.BEFORE:
        return True
    return reads_drafts(actor) or Role.THEME_TEAM in actor.roles


def on_draft(view: View, s: Submission) -> list[Step]:
    """On which draft, version and passage a point was made; nothing where it was made on none."""
    point, draft = view.session.get(DraftPoint, s.id), _draft_of(view, s)
    if point is None or draft is None:
        return []
    on = f"passage {point.passage}" if point.passage else "the whole of it"
    paper = f"draft version {draft.version} of the {draft.commission} commission"
    words = f"{s.body} sent it to {paper}, on {on}."
    read = _words_of(draft.passages, point.passage)
    first = Step(s.received_at, f"{words} It read:" if read else words, read)
    versions = versions_by_prefix(view, draft.prefix)
    later = [*_later(versions, draft, point), *_answered(view, s, versions)]
    return [first, *later, *_frozen(view, s, point, versions[-1])]


def _words_of(passages: Iterable[dict[str, Any]], ref: str) -> str:
    return next((str(p["heading"] or p["text"]) for p in passages if p["ref"] == ref), "")


def _later(
    versions: Sequence[CirculatedDraft], made_on: CirculatedDraft, point: DraftPoint
) -> Iterable[Step]:
    """How the passage went on, in each later version in which it reads otherwise or stands elsewhere."""
    ref, words = point.passage, _words_of(made_on.passages, point.passage)
    for draft in versions[made_on.version :]:
        now = carried_over(made_on, draft).get(point.passage, "")
        came = f"Version {draft.version} of the draft was circulated"
        if point.passage and not now:
            yield Step(draft.circulated_at, f"{came}; the passage is not in it.")
        elif (now, _words_of(draft.passages, now)) != (ref, words):
            ref, words = now, _words_of(draft.passages, now)
            yield Step(draft.circulated_at, f"{came}, in which the passage is {now} and reads:", words)
        else:
            same = ", in which the passage reads as before" if now else ""
            yield Step(draft.circulated_at, f"{came}{same}.")


def _answered(view: View, s: Submission, versions: Sequence[CirculatedDraft]) -> Iterable[Step]:
    """What commissions answered, and how the passage reads in which the point was taken up."""
    rows = considerations_of(view.session, [s.id]).get(s.id, [])
    for said in answers_in_words(view, versions, rows):
        yield Step(said.recorded_at, said.sentence, said.answer)
        if said.now:
            yield Step(said.recorded_at, f"In {said.where}, it reads:", said.now)


def _frozen(view: View, s: Submission, point: DraftPoint, last: CirculatedDraft) -> Iterable[Step]:
    """Which passage of the frozen document it became, and why it was frozen where the point had no answer."""
    if last.document_id is None:
        return
    document = view.session.get_one(Document, last.document_id)
    became = f" Its passage became {point.landed}." if point.landed else " It has no passage like this one."
    whole = not point.passage and not point.landed
    yield Step(document.frozen_at, f"The document was frozen as {last.prefix}.{'' if whole else became}")
    if last.unanswered and not (s.disposition and s.ended_at and s.ended_at < document.frozen_at):
        yield Step(document.frozen_at, "It had no answer then:", last.unanswered)


def _draft_of(view: View, s: Submission) -> CirculatedDraft | None:
    point = view.session.get(DraftPoint, s.id)
    return view.session.get_one(CirculatedDraft, point.draft_id) if point else None
