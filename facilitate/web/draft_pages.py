"""Before: what all pages about drafts share: who reads them, the event's facts, and the draft itself."""

from __future__ import annotations

from typing import Any

from flask import render_template

from facilitate.domain.drafts import LONGEST, reads_drafts
from facilitate.domain.people import Actor, home_of
from facilitate.domain.refusal import Refused
from facilitate.formats.outcome_words import when
from facilitate.queries import View, viewer_of
from facilitate.queries.drafts import DraftReading, read_draft
from facilitate.queries.event import see_event
from facilitate.web.hub import Hub
from facilitate.web.sessions import current_actor


def draft_reader(hub: Hub) -> Actor:
    """Whoever sent this request, if drafts are for them.

    Errors: `signed-out`, `not-your-role`.
    """
    actor = current_actor(hub)
    if not reads_drafts(actor):
        raise Refused("not-your-role", "Drafts are for members of the NPF, the clerk and the chair.")
    return actor


def shown(template: str, view: View, actor: Actor, **facts: Any) -> str:
    """One page about drafts, with the event's facts."""
    event = see_event(view, viewer_of("delegates"), None)["event"]
    return render_template(
        template, event=event, home=home_of(actor.roles), when=lambda at: when(at, event["zone"]),
        longest=LONGEST, **facts,
    )  # fmt: skip


def reading(view: View, actor: Actor, prefix: str, version: int | None = None) -> DraftReading:
    """A draft that there is.

    Errors: `not-found`.
    """
    found = read_draft(view, actor, prefix.upper(), version)
    if found is None:
        raise Refused("not-found", f"No draft circulates under {prefix[:12]}.")
    return found
