"""Hall: a page for each ballot, with every act of staff on it, and its board, for everybody to check."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import Blueprint, render_template

from facilitate.domain.people import home_of
from facilitate.domain.refusal import Refused
from facilitate.formats.outcome_words import when
from facilitate.queries import View, viewer_of
from facilitate.queries.ballot_page import ballot_page
from facilitate.queries.event import event_row, see_event
from facilitate.web.hub import Hub
from facilitate.web.sessions import current_actor


def ballot_routes(hub: Hub) -> Blueprint:
    """/ballots/NUMBER."""
    routes = Blueprint("ballots", __name__)

    @routes.get("/ballots/<int:number>")
    def ballot(number: int) -> Any:
        actor = current_actor(hub)
        with hub.reads() as session:
            view = View(session, hub.now(), hub.presence)
            event = see_event(view, viewer_of("delegates"), None)["event"]
            found = ballot_page(view, actor, number)
            zone = event_row(view).zone
        if found is None:
            raise Refused("not-found", f"There is no ballot {number} at this event.")
        times = [when(datetime.fromisoformat(act.at), zone) for act in found["acts"]]
        return render_template("ballot.html", event=event, home=home_of(actor.roles), times=times, **found)

    return routes
