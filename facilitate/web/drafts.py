"""Before: members of the NPF read every commission's drafts, and send, correct and take back points."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from flask import Blueprint, redirect, request

from facilitate.domain.drafts import LONGEST, reads_drafts
from facilitate.domain.refusal import Refused
from facilitate.queries import View
from facilitate.queries.drafts import draft_lines, own_point, times_of
from facilitate.web.considerations import consideration_routes
from facilitate.web.draft_pages import draft_reader, reading, shown
from facilitate.web.hub import Hub, token_hash
from facilitate.web.sessions import COOKIE


def draft_routes(hub: Hub) -> Blueprint:
    """All pages under /npf/drafts."""
    routes = Blueprint("drafts", __name__, url_prefix="/npf/drafts")

    @routes.app_context_processor
    def places() -> dict[str, Callable[[], bool]]:
        return {"reads_drafts": lambda: _reads(hub)}

    @routes.get("")
    def every() -> Any:
        actor = draft_reader(hub)
        with hub.reads() as session:
            view = View(session, hub.now())
            return shown("npf/drafts.html", view, actor, drafts=draft_lines(view, actor))

    @routes.get("/<prefix>")
    def draft(prefix: str) -> Any:
        return _page(hub, prefix, None)

    @routes.get("/<prefix>/<int:version>")
    def version(prefix: str, version: int) -> Any:
        return _page(hub, prefix, version)

    @routes.post("/<prefix>/points")
    def send(prefix: str) -> Any:
        return _send(hub, prefix)

    _point_routes(routes, hub)
    consideration_routes(routes, hub)
    return routes


def _point_routes(routes: Blueprint, hub: Hub) -> None:
    """/npf/drafts/points/…: the receipt of one's own point, where it is corrected and taken back."""

    @routes.get("/points/<reference>")
    def point(reference: str) -> Any:
        return _point(hub, reference, None)

    @routes.post("/points/<reference>")
    def correct(reference: str) -> Any:
        data = {"submission": reference, "seen": request.form.get("seen", 0, type=int), **_words()}
        return _change(hub, reference, "revise-draft-point", data)

    @routes.post("/points/<reference>/withdrawal")
    def withdraw(reference: str) -> Any:
        return _change(hub, reference, "withdraw-submission", {"submission": reference})


def _reads(hub: Hub) -> bool:
    # Also asked for pages that turn a stranger away.
    actor = hub.who(token_hash(request.cookies.get(COOKIE, "")))
    return actor is not None and reads_drafts(actor)


def _words() -> dict[str, str]:
    return {key: request.form.get(key, "") for key in LONGEST}


def _page(hub: Hub, prefix: str, version: int | None, refusal: Refused | None = None) -> str:
    actor = draft_reader(hub)
    with hub.reads() as session:
        view = View(session, hub.now())
        found = reading(view, actor, prefix, version)
        return shown(
            "npf/draft.html", view, actor, reading=found, refusal=refusal, typed=request.form,
            new_id=hub.new_id,
        )  # fmt: skip


def _send(hub: Hub, prefix: str) -> Any:
    actor, typed = draft_reader(hub), request.form
    version = typed.get("version", 0, type=int)
    data = {
        "item": typed.get("item", ""), "prefix": prefix.upper(), "version": version,
        "passage": typed.get("passage", ""), **_words(),
    }  # fmt: skip
    try:
        hub.pace.sending(actor.id)
        done = hub.do(actor, "send-draft-point", data)
    except Refused as refusal:
        if refusal.code in ("unknown-draft", "not-your-role"):
            raise
        return _page(hub, prefix, version, refusal), 400
    return redirect(f"/npf/drafts/points/{quote(done['submission'])}", code=303)


def _change(hub: Hub, reference: str, verb: str, data: dict[str, Any]) -> Any:
    actor = draft_reader(hub)
    try:
        hub.do(actor, verb, data)
    except Refused as refusal:
        if refusal.code == "unknown-submission":
            raise Refused("not-found", refusal.sentence) from None
        return _point(hub, reference, refusal), 400
    return redirect(f"/npf/drafts/points/{quote(reference)}", code=303)


def _point(hub: Hub, reference: str, refusal: Refused | None) -> str:
    actor = draft_reader(hub)
    with hub.reads() as session:
        view = View(session, hub.now())
        found = own_point(view, actor, reference.upper())
        if found is None:
            raise Refused("not-found", f"You sent no point {reference[:20]}.")
        draft, point = found
        return shown(
            "npf/draft_point.html", view, actor, draft=draft, point=point, refusal=refusal,
            typed=request.form, sentence=times_of(view, draft), where=request.host,
        )  # fmt: skip
