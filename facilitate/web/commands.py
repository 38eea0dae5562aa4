"""Hall: the same commands as over the socket, by HTTP; one, or the whole backlog of a laptop."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request

from facilitate.domain.refusal import Refused
from facilitate.web.hub import Hub
from facilitate.web.sessions import COOKIE
from facilitate.web.visits import VISIT, shown_session

MOST = 500


def command_routes(hub: Hub) -> Blueprint:
    """POST /commands."""
    routes = Blueprint("commands", __name__)

    @routes.post("/commands")
    def submit() -> Any:
        raw = request.get_json(silent=True)
        if isinstance(raw, dict) and isinstance(raw.get("commands"), list):
            if len(raw["commands"]) > MOST:
                raise Refused("too-many", f"Send at most {MOST} at a time. Nothing was taken in.")
            return jsonify({"acks": _answers(hub, raw["commands"])})
        return jsonify(_answers(hub, [raw])[0])

    return routes


def _answers(hub: Hub, raws: list[Any]) -> list[dict[str, Any]]:
    session = shown_session(hub, request.cookies.get(COOKIE, ""), request.headers.get(VISIT))
    return hub.answers(hub.who(session), raws, session)
