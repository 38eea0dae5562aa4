"""Before: a body's officer sends submissions in by link, on plain pages that need no script."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request

from facilitate.domain.people import Actor, Role
from facilitate.domain.refusal import Refused
from facilitate.domain.submissions import LONGEST, checked_wording
from facilitate.formats.outcome_words import when
from facilitate.queries import View, viewer_of
from facilitate.queries.event import see_event
from facilitate.queries.submissions import Own, Sent, own_submissions, wordings_of
from facilitate.web.hub import Hub
from facilitate.web.office.cards import base_for
from facilitate.web.sessions import current_actor


def submission_routes(hub: Hub) -> Blueprint:
    """All pages under /submissions."""
    routes = Blueprint("submissions", __name__, url_prefix="/submissions")

    @routes.get("")
    def own() -> Any:
        return _page(hub, "list")

    @routes.get("/new")
    def new() -> Any:
        return _page(hub, "write", item=hub.new_id(), typed={})

    @routes.post("/review")
    def review() -> Any:
        return _review(hub, None)

    @routes.post("")
    def send() -> Any:
        return _send(hub, None)

    _add_one(routes, hub)
    return routes


def _add_one(routes: Blueprint, hub: Hub) -> None:
    """The pages of one submission: its receipt, its correction, and taking it back."""

    @routes.get("/<reference>")
    def receipt(reference: str) -> Any:
        return _page(hub, "receipt", reference)

    @routes.get("/<reference>/correction")
    def correct(reference: str) -> Any:
        return _page(hub, "write", reference)

    @routes.post("/<reference>/review")
    def review_correction(reference: str) -> Any:
        return _review(hub, reference)

    @routes.post("/<reference>/withdrawal")
    def withdraw(reference: str) -> Any:
        try:
            hub.do(_officer(hub), "withdraw-submission", {"submission": reference.upper()})
        except Refused as refusal:
            return _page(hub, "receipt", reference, refusal), 400
        return redirect(f"/submissions/{reference}", code=303)

    @routes.post("/<reference>")
    def send_correction(reference: str) -> Any:
        return _send(hub, reference)


def _officer(hub: Hub) -> Actor:
    actor = current_actor(hub)
    if Role.BODY_OFFICER not in actor.roles:
        raise Refused("not-your-role", "These pages are for the officers of bodies. Nothing was changed.")
    return actor


def _review(hub: Hub, reference: str | None) -> Any:
    """What was written, to be read once more before it is sent; back in the form where it does not do."""
    typed = request.form
    if "change" in typed:
        return _page(hub, "write", reference, item=typed.get("item", ""), typed=typed)
    try:
        wording = checked_wording(typed)
    except Refused as refusal:
        return _page(hub, "write", reference, refusal, item=typed.get("item", ""), typed=typed), 400
    kept = {**typed.to_dict(), **wording.as_dict()}
    return _page(hub, "review", reference, item=typed.get("item", ""), typed=kept)


def _send(hub: Hub, reference: str | None) -> Any:
    actor, typed = _officer(hub), request.form
    data: dict[str, Any] = {key: typed.get(key, "") for key in LONGEST}
    try:
        hub.pace.sending(actor.id)
        if reference is None:
            done = hub.do(actor, "send-submission", {**data, "item": typed.get("item", "")})
        else:
            seen = typed.get("seen", 0, type=int)
            done = hub.do(actor, "revise-submission", {**data, "submission": reference, "seen": seen})
    except Refused as refusal:
        if refusal.code == "unknown-submission":
            raise Refused("not-found", refusal.sentence) from None
        return _page(hub, "write", reference, refusal, item=typed.get("item", ""), typed=typed), 400
    return redirect(f"/submissions/{done['submission']}", code=303)


def _page(
    hub: Hub, page: str, reference: str | None = None, refusal: Refused | None = None, **facts: Any
) -> str:
    actor = _officer(hub)
    with hub.reads() as session:
        view = View(session, hub.now())
        event = see_event(view, viewer_of("delegates"), None)["event"]
        own = own_submissions(view, actor.delegation)
        if own is None:
            raise Refused("no-body", "Your link belongs to no body of this event. Ask the office.")
        one = _one(own, reference)
        earlier = wordings_of(session, one.reference)[:-1] if one else []
        facts.setdefault("typed", one.wording.as_dict() if one else {})
        return render_template(
            f"submissions/{page}.html", event=event, own=own, one=one, refusal=refusal, longest=LONGEST,
            when=lambda at: when(at, event["zone"]), earlier=earlier,
            where=urlsplit(base_for(hub, "body-officer")).netloc, seen=_seen(one, refusal),
            at=f"/submissions/{reference}" if reference else "/submissions", **facts,
        )  # fmt: skip


def _one(own: Own, reference: str | None) -> Sent | None:
    """One of the body's own; another body's is as if it were not there."""
    if reference is None:
        return None
    found = next((sent for sent in own.sent if sent.reference == reference.upper()), None)
    if found is None:
        raise Refused("not-found", f"Your body sent in no submission {reference[:20]}.")
    return found


def _seen(one: Sent | None, refusal: Refused | None) -> int:
    """Which wording a correction is made to: the one that the page showed, or the one shown beside it now."""
    if one is None:
        return 0
    if refusal is not None and refusal.code == "corrected-meanwhile":
        return one.revision
    return request.form.get("seen", type=int) or one.revision
