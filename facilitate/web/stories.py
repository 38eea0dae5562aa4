"""After: the story of one comment or submission, one's own points, and the balance sheet of all of them."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from facilitate.domain.people import Actor, home_of
from facilitate.domain.refusal import Refused
from facilitate.formats.outcome_words import when
from facilitate.queries import View, viewer_of
from facilitate.queries.event import see_event
from facilitate.queries.room import balance_rows
from facilitate.queries.story import own_points, story_of
from facilitate.web.hub import Hub
from facilitate.web.sessions import current_actor


def story_routes(hub: Hub) -> Blueprint:
    """/story, /story/REF and /balance."""
    routes = Blueprint("stories", __name__)

    def reader() -> Actor:
        actor = current_actor(hub)
        if actor.person is None:
            raise Refused("not-your-role", "These pages are for people; this is a device’s sign-in.")
        return actor

    def event_of(view: View) -> dict[str, Any]:
        event: dict[str, Any] = see_event(view, viewer_of("delegates"), None)["event"]
        return event

    @routes.get("/story")
    def own() -> Any:
        actor = reader()
        with hub.reads() as session:
            view = View(session, hub.now())
            comments, submissions = own_points(view, actor)
            event = event_of(view)
        home = home_of(actor.roles)
        return render_template(
            "npf/own.html",
            event=event,
            home=home,
            comments=comments,
            submissions=submissions,
            table=actor.table,
        )

    @routes.get("/story/<ref>")
    def story(ref: str) -> Any:
        actor = reader()
        with hub.reads() as session:
            view = View(session, hub.now())
            event = event_of(view)
            found = story_of(view, ref.upper()) or story_of(view, ref.replace("-", "/"))
        if found is None:
            raise Refused("not-found", f"Nothing was sent in under {ref[:20]}.")
        steps = [(when(step.at, event["zone"]), step) for step in found.steps]
        return render_template(
            "npf/story.html", event=event, home=home_of(actor.roles), story=found, steps=steps
        )

    @routes.get("/balance")
    def balance() -> Any:
        actor = reader()
        with hub.reads() as session:
            view = View(session, hub.now())
            rows, event = balance_rows(view), event_of(view)
        return render_template("npf/balance.html", event=event, home=home_of(actor.roles), rows=rows)

    return routes
