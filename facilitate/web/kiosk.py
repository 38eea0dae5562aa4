"""Hall: makes a browser a kiosk, where one delegate after another votes by the code of their badge."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from sqlalchemy import select

from facilitate.domain.people import Actor, Role, home_of
from facilitate.domain.refusal import Refused
from facilitate.domain.rights import check_right
from facilitate.queries import View, viewer_of
from facilitate.queries.event import phase_of, see_event
from facilitate.queries.kiosks import see_kiosks
from facilitate.queries.people import sign_ins
from facilitate.store.rows import Device
from facilitate.web.hub import Hub
from facilitate.web.sessions import begin_session, current_actor, end_session
from facilitate.web.visits import visit_hash
from facilitate.wire import Asked

# Nobody mistypes more often; whoever guesses among 2^50 codes at this pace needs millions of years.
WRONG_CODES = parse("6 per 3 minutes")
SHUT_FOR = timedelta(minutes=3)
_STAFF = frozenset({Role.CLERK, Role.TELLER})


class Kiosks:
    """The kiosks of one hub: who may use them, and what they say of themselves."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._wrong = MovingWindowRateLimiter(MemoryStorage())
        hub.passing["report-kiosk"] = self.reported

    def begin(self, kiosk: Actor, code: str) -> str:
        """Begin a visit; its token.

        Errors: `too-many-tries`, whatever begin-visit refuses.
        """
        device = kiosk.device or ""
        if not self._wrong.test(WRONG_CODES, device):
            raise Refused("too-many-tries", "Too many codes were wrong. This kiosk takes the next one in "
                          "three minutes; the teller beside it can help.")
        token = secrets.token_urlsafe(32)
        try:
            self.hub.do(kiosk, "begin-visit", {"code": code, "token_hash": visit_hash(token)})
        except Refused as refusal:
            if refusal.code == "unknown-code":
                self._wrong.hit(WRONG_CODES, device)
                self._tell_if_shut(device)
            raise
        self._wrong.clear(WRONG_CODES, device)
        return token

    def _tell_if_shut(self, device: str) -> None:
        if not self._wrong.test(WRONG_CODES, device):
            self.hub.presence.kiosks[device].shut_until = self.hub.now() + SHUT_FOR
            self.hub.whisper("desk", [f"kiosk:{device}"])

    def reported(self, actor: Actor, asked: Asked) -> dict[str, Any]:
        """Keep whether a kiosk can speak, for the desk; passing, not part of the record."""
        with self.hub.reads() as session:
            check_right(actor, asked.type, phase_of(session))
        kiosk = self.hub.presence.kiosks[actor.device or ""]
        kiosk.voice, kiosk.seen = asked.data["voice"], self.hub.now()
        self.hub.whisper("desk", [f"kiosk:{actor.device}"])
        return {"ok": True, "id": asked.id, "number": 0, "result": {}}


def kiosk_routes(hub: Hub) -> Blueprint:
    """/kiosk, /kiosk/stations and /kiosk/visits."""
    routes = Blueprint("kiosk", __name__)
    kiosks = Kiosks(hub)

    @routes.get("/kiosk")
    def page() -> Any:
        actor = current_actor(hub)
        if Role.KIOSK in actor.roles:
            box = hub.presence.box.address or hub.settings.box_base or ""
            return render_template("kiosk.html", page="kiosk", script="kiosk/main.ts", title="Kiosk", box=box)
        return _set_up(hub, None) if actor.roles & _STAFF else redirect(home_of(actor.roles))

    @routes.post("/kiosk/stations")
    def make() -> Any:
        actor = current_actor(hub)
        with hub.reads() as session:
            check_right(actor, "add-kiosk", phase_of(session))
        try:
            return _become(hub, actor)
        except Refused as refusal:
            return _set_up(hub, refusal), 400

    @routes.post("/kiosk/visits")
    def begin() -> Any:
        try:
            asked = request.get_json(silent=True)
            code = asked.get("code") if isinstance(asked, dict) else None
            return jsonify({"ok": True, "visit": kiosks.begin(current_actor(hub), str(code or "")[:40])})
        except Refused as refusal:
            return jsonify({"ok": False, "refusal": refusal.as_dict()})

    @routes.delete("/kiosk/visits")
    def end() -> Any:
        hub.do(current_actor(hub), "end-visit", {})
        return jsonify({"ok": True})

    return routes


def _set_up(hub: Hub, refusal: Refused | None) -> str:
    with hub.reads() as session:
        view = View(session, hub.now(), hub.presence)
        event = see_event(view, viewer_of("desk"), None)["event"]
        known = list(see_kiosks(view, viewer_of("desk"), None).values())
    home = home_of(current_actor(hub).roles)
    return render_template("kiosk_setup.html", event=event, kiosks=known, refusal=refusal, home=home)


def _become(hub: Hub, actor: Actor) -> Response:
    """Sign this browser in as a kiosk, and its teller or clerk out of it.

    Errors: `unknown-kiosk`, whatever add-kiosk refuses.
    """
    kiosk = request.form.get("kiosk", "")
    if not kiosk:
        kiosk = hub.do(actor, "add-kiosk", {"label": request.form.get("label", "")[:60]})["kiosk"]
    with hub.reads() as session:
        found = session.scalar(select(Device.id).where(Device.id == kiosk, Device.kind == "kiosk"))
        ways = sign_ins(session, hub.settings.key("sign-in")) if found else []
    code = next((way.code for way in ways if way.holder == kiosk), None)
    if code is None:
        raise Refused("unknown-kiosk", "There is no such kiosk. Nothing was changed.")
    end_session(hub)
    return begin_session(hub, code, make_response(redirect("/kiosk", code=303)))
