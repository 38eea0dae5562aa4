"""Hall: the shells of the live pages; what they show comes through the live protocol."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Blueprint, redirect, render_template

from facilitate.domain.people import Actor, Role, blocks_of, home_of
from facilitate.web.hub import Hub
from facilitate.web.sessions import current_actor

_CHAIR = frozenset({Role.CHAIR, Role.TELLER, Role.CLERK})
_EVERYBODY = frozenset(Role) - {Role.SCREEN, Role.KIOSK, Role.BODY_OFFICER}
# Page, its client's entry, its title and the roles that may open it.
PAGES: dict[str, tuple[str, str, str, frozenset[Role]]] = {
    "/table": ("facilitator", "facilitator/main.ts", "Table", frozenset({Role.FACILITATOR, Role.SCRIBE})),
    "/phone": ("delegate", "delegate/main.ts", "Your vote", _EVERYBODY),
    "/screen": ("screen", "screen/main.ts", "Screen", frozenset({Role.SCREEN})),
    "/desk": ("desk", "desk/main.ts", "Chair’s desk", _CHAIR),
    "/desk/themes": (
        "themes", "desk/themes.ts", "Theme desk", frozenset({Role.THEME_TEAM}),
    ),
    "/questions": (
        "questions", "questions/main.ts", "Questions of the tables", frozenset({Role.RESOURCE_PERSON}),
    ),
    "/block": (
        "block", "area/main.ts", "Help and missing points",
        frozenset({Role.AREA_FACILITATOR, Role.CHAIR, Role.CLERK}),
    ),
}  # fmt: skip


def live_routes(hub: Hub) -> Blueprint:
    """One shell for each kind of device."""
    routes = Blueprint("live", __name__)

    def page(path: str, block: str | None = None) -> Any:
        name, script, title, roles = PAGES[path]
        actor = current_actor(hub)
        if not actor.roles & roles:
            return redirect(home_of(actor.roles))
        if path == "/block" and (elsewhere := _own_block(actor, block)):
            return redirect(elsewhere)
        return render_template("live.html", page=name, script=script, title=title)

    for path in PAGES:
        routes.add_url_rule(path, endpoint=PAGES[path][0], view_func=page, defaults={"path": path})
    routes.add_url_rule("/block/<block>", view_func=page, endpoint="one-block", defaults={"path": "/block"})
    return routes


def _own_block(actor: Actor, block: str | None) -> str | None:
    """Where somebody belongs who asks for a block that is not theirs, or for no block in particular."""
    own = blocks_of(actor)
    if "*" in own or block in own:
        return None
    return f"/block/{quote(own[0])}" if own else home_of(actor.roles - {Role.AREA_FACILITATOR})
