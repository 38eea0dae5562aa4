"""Every stage: signing in with a link or a typed code, and out again."""

from __future__ import annotations

import re
import secrets
from typing import Any

from flask import Blueprint, Response, make_response, redirect, render_template, request
from flask_limiter import Limiter

from facilitate.actions.sessions import sign_in, sign_out
from facilitate.domain.codes import tidy_code
from facilitate.domain.people import NOBODY, Actor, home_of
from facilitate.domain.refusal import Refused
from facilitate.queries.event import see_event
from facilitate.queries.view import View, viewer_of
from facilitate.store.writer import Command
from facilitate.web.hub import Hub, token_hash

COOKIE = "facilitate"
TWO_WEEKS = 14 * 24 * 3600
# Never another site: such a path begins with one of our own words and has no host in it.
_LINKED = re.compile(r"/(story|bodies|npf|documents|ballots)(/[A-Za-z0-9._-]+)*")
MANY_TRIES = "30 per minute"


def current_actor(hub: Hub) -> Actor:
    """Whoever sent this request.

    Errors: `signed-out`.
    """
    actor = hub.who(token_hash(request.cookies.get(COOKIE, "")))
    if actor is None:
        raise Refused("signed-out", "Please sign in first, with the link or the code on your badge.")
    return actor


def session_routes(hub: Hub) -> Blueprint:
    """The start page, signing in and out."""
    routes = Blueprint("sessions", __name__)
    limiter = _limiter(routes)

    @routes.get("/")
    def start() -> Any:
        actor = hub.who(token_hash(request.cookies.get(COOKIE, "")))
        if actor is not None:
            return redirect(home_of(actor.roles))
        return _sign_in_page(hub)

    @routes.get("/in/<code>")
    def by_link(code: str) -> Any:
        # The page signs in by a POST of its own button, so that a preview of the link does not.
        return _sign_in_page(hub, code)

    @routes.post("/sessions")
    @limiter.limit(MANY_TRIES)
    def begin() -> Any:
        typed = request.form.get("code", "")
        try:
            wanted = page_wanted(request.form.get("then"))
            return begin_session(hub, typed, make_response(redirect(wanted, code=303)) if wanted else None)
        except Refused as refusal:
            page = _sign_in_page(hub, typed, refusal)
            # A code that could not be looked at just now is not a wrong one.
            return page, {"not-stored": 503, "handed-over": 409}.get(refusal.code, 401)

    @routes.post("/out")
    def end() -> Any:
        end_session(hub)
        answer = make_response(redirect("/"))
        answer.delete_cookie(COOKIE)
        return answer

    return routes


def page_wanted(path: str | None) -> str | None:
    """A page to which a printed code or a link in a letter leads, and so the sign-in on its way there."""
    return path if path and _LINKED.fullmatch(path) else None


def _sign_in_page(hub: Hub, typed: str = "", refusal: Refused | None = None) -> str:
    then = page_wanted(request.values.get("then"))
    return render_template("sign_in.html", event=_event(hub), refusal=refusal, typed=typed, then=then)


def _limiter(routes: Blueprint) -> Limiter:
    # Guesses are counted by the code's first half: a hall of phones shares one address.
    limiter = Limiter(_guessed, storage_uri="memory://", strategy="moving-window")

    @routes.record_once
    def start_limiter(state: Any) -> None:
        limiter.init_app(state.app)

    return limiter


def _guessed() -> str:
    return tidy_code(request.form.get("code", ""))[:3] or "none"


def end_session(hub: Hub) -> None:
    """Sign out whoever sent this request."""
    hashed = token_hash(request.cookies.get(COOKIE, ""))
    actor = hub.who(hashed)
    if actor:
        _run(hub, actor, "sign-out", sign_out, {"token_hash": hashed})


def begin_session(hub: Hub, typed: str, answer: Response | None = None) -> Response:
    """Sign a browser in with a code, and send it to its page, or answer as given.

    Errors: `unknown-code`.
    """
    token = secrets.token_urlsafe(32)
    hashed = token_hash(token)
    _run(hub, NOBODY, "sign-in", sign_in, {"code": typed, "token_hash": hashed})
    actor = hub.who(hashed)
    answer = answer or make_response(redirect(home_of(actor.roles if actor else ()), code=303))
    answer.set_cookie(
        COOKIE, token, max_age=TWO_WEEKS, httponly=True, samesite="Strict", secure=request.is_secure
    )
    return answer


def _run(hub: Hub, actor: Actor, verb: str, work: Any, data: dict[str, Any]) -> None:
    answer = hub.queue.submit(Command(hub.new_id(), verb, actor, lambda tx: work(tx, data), None))
    if answer.refusal:
        raise answer.refusal


def _event(hub: Hub) -> dict[str, Any]:
    with hub.reads() as session:
        return see_event(View(session, hub.now()), viewer_of("delegates"), None)["event"]
