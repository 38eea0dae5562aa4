"""Hall: what comes another way than from a signed-in laptop: kept points, dead laptops, sheets of paper."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from facilitate.domain.people import NOBODY, Role, home_of
from facilitate.domain.refusal import Refused
from facilitate.queries import View, viewer_of
from facilitate.queries.event import see_event
from facilitate.queries.kept import waiting_kept
from facilitate.web.hub import Hub, token_hash
from facilitate.web.intake.ballot_box import ballot_box_routes
from facilitate.web.intake.ballot_papers import ballot_paper_routes
from facilitate.web.intake.cards import card_routes
from facilitate.web.intake.kept import kept_routes
from facilitate.web.intake.paper import paper_routes
from facilitate.web.intake.read_in import read_in_routes
from facilitate.web.intake.reports import report_routes
from facilitate.web.sessions import COOKIE, current_actor

READERS = frozenset({Role.CLERK, Role.THEME_TEAM, Role.CHAIR, Role.TELLER})
PLACES = (("kept", "Kept as they came"), ("read-in", "Read in a laptop"), ("paper", "Paper sheets"),
          ("ballot-papers", "Ballot papers"), ("ballot-box", "Ballot box"), ("cards", "Cards"),
          ("reports", "Reports"))
ACTING = frozenset({Role.CLERK, Role.THEME_TEAM})


def intake_routes(hub: Hub) -> Blueprint:
    """All pages under /desk that take something in by hand."""
    routes = Blueprint("intake", __name__, url_prefix="/desk")

    @routes.before_request
    def desks_only() -> None:
        if not current_actor(hub).roles & READERS:
            raise Refused("not-your-role", "These pages are for the desks. Nothing was changed.")

    @routes.context_processor
    def facts() -> dict[str, Any]:
        # Also asked for the page that turns a stranger away.
        actor = hub.who(token_hash(request.cookies.get(COOKIE, ""))) or NOBODY
        with hub.reads() as session:
            event = see_event(View(session, hub.now()), viewer_of("desk"), None)["event"]
            waiting = waiting_kept(session)
        return {
            "event": event,
            "home": home_of(actor.roles),
            "acting": bool(actor.roles & ACTING),
            "is_clerk": Role.CLERK in actor.roles,
            "places": PLACES,
            "waiting": waiting["unreadable"] + waiting["signed-out"],
        }

    ballots = (ballot_paper_routes, ballot_box_routes, card_routes)
    for add in (kept_routes, read_in_routes, paper_routes, *ballots, report_routes):
        add(routes, hub)
    return routes
