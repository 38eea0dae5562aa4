"""Before: stations of a point on a draft: where it was made, and what became of its passage."""

from __future__ import annotations

from facilitate.domain.drafts import reads_drafts
from facilitate.domain.people import Actor, Role
from facilitate.domain.programme import Phase
from facilitate.queries.event import event_row
from facilitate.queries.story_steps import Step
from facilitate.queries.view import View
from facilitate.store.rows import CirculatedDraft, DraftPoint, Submission


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
    read = next((p["heading"] or p["text"] for p in draft.passages if p["ref"] == point.passage), "")
    return [Step(s.received_at, f"{words} It read:" if read else words, read)]


def _draft_of(view: View, s: Submission) -> CirculatedDraft | None:
    point = view.session.get(DraftPoint, s.id)
    return view.session.get_one(CirculatedDraft, point.draft_id) if point else None
