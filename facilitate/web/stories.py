"""After: the story of one comment or submission, one's own points, and the balance sheet of all of them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from facilitate.domain.people import Actor, home_of
from facilitate.domain.refusal import Refused
from facilitate.formats.outcome_words import when
from facilitate.queries import View, viewer_of
from facilitate.queries.event import event_row, see_event
from facilitate.queries.kept import waiting_items
from facilitate.queries.room import balance_rows
from facilitate.queries.story import own_points, story_of
from facilitate.web.hub import Hub
from facilitate.web.intake import READERS
from facilitate.web.sessions import current_actor


def story_routes(hub: Hub) -> Blueprint:
    """/story, /story/REF and /balance."""
    routes = Blueprint("stories", __name__)
    routes.add_url_rule("/story", "own", lambda: _own(hub))
    routes.add_url_rule("/story/<ref>", "story", lambda ref: _story(hub, ref))
    routes.add_url_rule("/balance", "balance", lambda: _balance(hub))
    return routes


def _reader(hub: Hub) -> Actor:
    actor = current_actor(hub)
    if actor.person is None:
        raise Refused("not-your-role", "These pages are for people; this is a device’s sign-in.")
    return actor


def _shown(template: str, view: View, actor: Actor, **facts: Any) -> str:
    event = see_event(view, viewer_of("delegates"), None)["event"]
    return render_template(template, event=event, home=home_of(actor.roles), **facts)


def _own(hub: Hub) -> str:
    actor = _reader(hub)
    with hub.reads() as session:
        view = View(session, hub.now())
        comments, submissions = own_points(view, actor)
        found = {"comments": comments, "submissions": submissions}
        return _shown("npf/own.html", view, actor, table=actor.table, **found)


def _story(hub: Hub, ref: str) -> str:
    actor = _reader(hub)
    with hub.reads() as session:
        view = View(session, hub.now())
        found = story_of(view, actor, ref.upper()) or story_of(view, actor, ref.replace("-", "/"))
        if found is None:
            raise Refused("not-found", f"Nothing was sent in under {ref[:20]}.")
        steps = [(when(step.at, event_row(view).zone), step) for step in found.steps]
        return _shown("npf/story.html", view, actor, story=found, steps=steps)


def _balance(hub: Hub) -> str:
    actor = _reader(hub)
    with hub.reads() as session:
        view = View(session, hub.now())
        settles = bool(actor.roles & READERS)
        rows, waiting = balance_rows(view), waiting_items(session)
        return _shown("npf/balance.html", view, actor, rows=rows, waiting=waiting, settles=settles)
