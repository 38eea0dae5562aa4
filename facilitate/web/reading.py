"""Every stage: whole documents to read, for everybody who is signed in; no script, printable."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template

from facilitate.domain.people import home_of
from facilitate.domain.refusal import Refused
from facilitate.queries import View, viewer_of
from facilitate.queries.documents import whole_document
from facilitate.queries.event import see_event
from facilitate.web.hub import Hub
from facilitate.web.sessions import current_actor


def reading_routes(hub: Hub) -> Blueprint:
    """/documents/PREFIX."""
    routes = Blueprint("reading", __name__)

    @routes.get("/documents/<prefix>")
    def document(prefix: str) -> Any:
        actor = current_actor(hub)
        with hub.reads() as session:
            view = View(session, hub.now())
            event = see_event(view, viewer_of("delegates"), None)["event"]
            found = whole_document(view, prefix.upper())
        if found is None:
            raise Refused("not-found", f"There is no document {prefix[:12].upper()} at this event.")
        return render_template("reading.html", event=event, home=home_of(actor.roles), **found)

    return routes
