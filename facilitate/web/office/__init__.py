"""Before: the clerk's pages; plain forms that work without script."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request

from facilitate.domain.people import Actor, Role
from facilitate.domain.refusal import Refused
from facilitate.queries import View, viewer_of
from facilitate.queries.event import see_event
from facilitate.queries.preparation import checklist
from facilitate.web.hub import Hub, token_hash
from facilitate.web.office.cards import card_routes
from facilitate.web.office.circulation import circulation_routes
from facilitate.web.office.documents import document_routes
from facilitate.web.office.laptops import laptop_routes
from facilitate.web.office.people import people_routes
from facilitate.web.office.programme import programme_routes
from facilitate.web.office.settings import settings_routes
from facilitate.web.sessions import COOKIE, current_actor


def clerk(hub: Hub) -> Actor:
    """The clerk who sent this request.

    Errors: `signed-out`, `not-your-role`.
    """
    actor = current_actor(hub)
    if Role.CLERK not in actor.roles:
        raise Refused("not-your-role", "These pages are for the clerk. Nothing was changed.")
    return actor


def _has_desk(hub: Hub) -> bool:
    # Also asked for the page that turns a stranger away.
    actor = hub.who(token_hash(request.cookies.get(COOKIE, "")))
    return actor is not None and bool(actor.roles & {Role.CHAIR, Role.TELLER})


def office_routes(hub: Hub) -> Blueprint:
    """All pages under /office."""
    routes = Blueprint("office", __name__, url_prefix="/office")

    @routes.before_request
    def clerks_only() -> None:
        clerk(hub)

    @routes.context_processor
    def event_facts() -> dict[str, Any]:
        with hub.reads() as session:
            view = View(session, hub.now())
            event = see_event(view, viewer_of("desk"), None)["event"]
        # A meeting uses nothing but its people and their votes: what it does not use is not in its office.
        return {
            "event": event,
            "plain": not any(event["features"].values()),
            "has_desk": _has_desk(hub),
        }

    @routes.get("")
    def overview() -> Any:
        with hub.reads() as session:
            return render_template("office/overview.html", here="overview", steps=checklist(session))

    pages = (
        document_routes, circulation_routes, people_routes, card_routes, programme_routes, laptop_routes,
        settings_routes,
    )  # fmt: skip
    for add in pages:
        add(routes, hub)
    return routes
