"""Every stage: which addresses there are; each blueprint lives in the file of its stage."""

from __future__ import annotations

from typing import Any

import structlog
from flask import Flask, Response, jsonify, render_template, request
from werkzeug.exceptions import HTTPException

from facilitate.domain.refusal import Refused
from facilitate.store.handovers import gone_from
from facilitate.web.assets import Assets
from facilitate.web.ballot_pages import ballot_routes
from facilitate.web.boards import board_routes
from facilitate.web.commands import command_routes
from facilitate.web.drafts import draft_routes
from facilitate.web.health import health_routes
from facilitate.web.hub import Hub
from facilitate.web.intake import intake_routes
from facilitate.web.kiosk import kiosk_routes
from facilitate.web.live import live_routes
from facilitate.web.npf import npf_routes
from facilitate.web.office import office_routes
from facilitate.web.reading import reading_routes
from facilitate.web.security import guard
from facilitate.web.sessions import page_wanted, session_routes
from facilitate.web.stories import story_routes
from facilitate.web.submissions import submission_routes

log = structlog.get_logger()
_STATUS = {
    "signed-out": 401, "unknown-code": 401, "not-your-role": 403, "foreign-origin": 403, "not-stored": 503,
    "failed": 500, "not-found": 404, "handed-over": 409, "too-many-tries": 429,
}  # fmt: skip


def add_routes(app: Flask, hub: Hub, assets: Assets) -> None:
    """Give the application all its addresses, headers and error pages."""
    guard(app, hub.settings.allowed_origins, lambda: hub.presence.box.address or hub.settings.box_base)
    app.jinja_env.globals["elsewhere"] = lambda: _elsewhere(hub)
    app.jinja_env.globals["style"] = assets.style
    app.jinja_env.globals["entry"] = assets.entry
    for routes in (
        assets.blueprint(), session_routes(hub), live_routes(hub), command_routes(hub), health_routes(hub),
        office_routes(hub), intake_routes(hub), reading_routes(hub), npf_routes(hub),
        story_routes(hub), ballot_routes(hub), board_routes(hub), kiosk_routes(hub), submission_routes(hub),
        draft_routes(hub),
    ):  # fmt: skip
        app.register_blueprint(routes)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _bug)


def _elsewhere(hub: Hub) -> str | None:
    """What stands on every page of a copy that a handover left behind."""
    with hub.reads() as session:
        gone = gone_from(session)
    return gone.words if gone else None


def _wants_json() -> bool:
    return request.path.startswith("/commands") or request.accept_mimetypes.best == "application/json"


def _page(status: int, refusal: Refused) -> tuple[Response | str, int]:
    if _wants_json():
        return jsonify({"ok": False, "refusal": refusal.as_dict()}), status
    return render_template(
        "refused.html", refusal=refusal, status=status, then=page_wanted(request.path)
    ), status


def _refused(refusal: Refused) -> Any:
    return _page(_STATUS.get(refusal.code, 400), refusal)


def _http(error: HTTPException) -> Any:
    sentences = {
        404: "There is nothing at this address. Go back to your start page.",
        405: "This address does not take that kind of request.",
        413: "This file is larger than the centre takes (25 MB). Nothing was kept.",
        429: "That was too many tries. Wait a minute, then try again.",
    }
    code = error.code or 500
    sentence = sentences.get(code, "This request could not be carried out. Nothing was changed.")
    return _page(code, Refused(f"http-{code}", sentence))


def _bug(error: Exception) -> Any:
    log.error("request-failed", path=request.path, exc_info=error)
    return _page(500, Refused("failed", "Something went wrong at the centre. Nothing was changed."))
