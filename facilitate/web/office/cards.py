"""Before: the clerk shows and prints sign-in cards, with addresses that the phones in the room can reach."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, Response, redirect, render_template, request
from markupsafe import Markup

from facilitate.config import EVERYWHERE, origin, own_addresses
from facilitate.domain.refusal import Refused
from facilitate.formats.badges_pdf import Card, badges_data
from facilitate.formats.qr_svg import qr_svg
from facilitate.formats.render import rendered
from facilitate.queries.people import SignIn, sign_ins
from facilitate.store.rows import Event
from facilitate.web.hub import Hub
from facilitate.web.sessions import current_actor

_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


def card_routes(routes: Blueprint, hub: Hub) -> None:
    """/office/codes, /office/codes/ID and /office/cards.pdf."""
    _add_one_card(routes, hub)

    @routes.get("/codes")
    def codes() -> Any:
        found = _chosen(hub)
        return render_template(
            "office/codes.html", here="codes", found=found, role=request.args.get("role", ""),
            base={each.role: base_for(hub, each.role) for each in found},
            stays_here=_stays_here(base_for(hub, "delegate")),
        )  # fmt: skip

    @routes.post("/people/<credential>/new-code")
    def new_code(credential: str) -> Any:
        hub.do(current_actor(hub), "revoke-sign-in", {"credential": credential})
        return redirect("/office/codes", code=303)

    @routes.get("/cards.pdf")
    def cards() -> Response:
        with hub.reads() as session:
            event = session.get_one(Event, "event")
            name, rehearsal = event.name, event.rehearsal
        made = [_card(each, base_for(hub, each.role)) for each in _chosen(hub)]
        data = badges_data(name, made, int(hub.now().timestamp()), rehearsal=rehearsal)
        return Response(
            rendered("badges", data),
            mimetype="application/pdf",
            headers={"Content-Disposition": "inline; filename=cards.pdf"},
        )


def _add_one_card(routes: Blueprint, hub: Hub) -> None:
    @routes.get("/codes/<credential>")
    def one_card(credential: str) -> Any:
        found = _chosen(hub)
        place = next((n for n, each in enumerate(found) if each.credential == credential), None)
        if place is None:
            raise Refused("not-found", "There is no such sign-in card.")
        each, base = found[place], base_for(hub, found[place].role)
        same = [other for other in found if other.role == each.role]
        at = same.index(each)
        return render_template(
            "office/card.html", here="codes", card=each, at=at + 1, of=len(same),
            stays_here=_stays_here(base), where=urlsplit(base).netloc,
            after=same[at + 1].credential if at + 1 < len(same) else None,
            qr=Markup(qr_svg(f"{base}/in/{each.code}")),  # noqa: S704 - our own SVG
        )  # fmt: skip


def base_for(hub: Hub, role: str) -> str:
    """The hub's address on a card: https by name for whoever trusts it, else the address in use, or the
    room's where a phone could not use that.
    """
    secure = hub.settings.https_base_for(role)
    if secure:
        return secure
    base = request.host_url.rstrip("/")
    if request.is_secure and hub.settings.https_own:
        base = origin("http", urlsplit(base).hostname or "localhost", hub.settings.port)
    if not _stays_here(base) or hub.settings.host != EVERYWHERE:
        return base
    room = next((a for a in own_addresses() if a[:1].isdigit() and not a.startswith("127.")), None)
    return f"http://{room}:{hub.settings.port}" if room else base


def _stays_here(base: str) -> bool:
    return urlsplit(base).hostname in _THIS_MACHINE


def _chosen(hub: Hub) -> list[SignIn]:
    role = request.args.get("role", "")
    with hub.reads() as session:
        found = sign_ins(session, hub.settings.key("sign-in"))
    return [each for each in found if role in ("", each.role)]


def _card(each: SignIn, base: str) -> Card:
    details = tuple(d for d in (each.delegation, f"Table {each.table}" if each.table else "") if d)
    return Card(
        name=each.label, role=each.role, code=each.spaced, link=f"{base}/in/{each.code}", details=details
    )
