"""Before and hall: the desk pairs the hub with a ballot box that tellers hold on a machine of their own."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request

from facilitate.domain.refusal import Refused
from facilitate.domain.rights import check_right
from facilitate.queries.event import phase_of
from facilitate.store.box_orders import pairing_of, running_ballots
from facilitate.store.rows import BoxPairing
from facilitate.web.box_held import hub_origins
from facilitate.web.box_link import hub_identity, pair_with
from facilitate.web.hub import Hub
from facilitate.web.sessions import current_actor


def ballot_box_routes(routes: Blueprint, hub: Hub) -> None:
    """/desk/ballot-box."""

    @routes.get("/ballot-box")
    def ballot_box() -> Any:
        return _page(hub, None)

    @routes.post("/ballot-box")
    def pair() -> Any:
        try:
            _pair(hub)
        except Refused as refusal:
            return _page(hub, refusal), 400
        return redirect("/desk/ballot-box?done=paired", code=303)


def _pair(hub: Hub) -> None:
    """Prove the box by its code, then write it down.

    Errors: `not-your-role`, `bad-address`, `code-missing`, what pair_with refuses.
    """
    actor = current_actor(hub)
    with hub.reads() as session:
        check_right(actor, "pair-box", phase_of(session))
    address, code = request.form.get("address", "").strip().rstrip("/"), request.form.get("code", "")
    code = "".join(code.split()).upper()
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path:
        raise Refused("bad-address", "Type the address as the box shows it, such as "
                      "https://box.example.org:8444. Nothing was changed.", "address")
    if not code:
        raise Refused("code-missing", "Type the code that the box shows. Nothing was changed.", "code")
    origins = hub_origins(hub.settings)
    key = pair_with(address, code, hub_identity(hub.settings), origins, hub.engine.off_loop)
    hub.do(actor, "pair-box", {"address": address, "key": key, "held": False})


def _page(hub: Hub, refusal: Refused | None) -> str:
    actor = current_actor(hub)
    with hub.reads() as session:
        pairing: BoxPairing | None = pairing_of(session)
        running = [each.id for each in running_ballots(session)]
        try:
            check_right(actor, "pair-box", phase_of(session))
            may = True
        except Refused:
            may = False
    return render_template(
        "intake/ballot_box.html", here="ballot-box", refusal=refusal, pairing=pairing, running=running,
        may=may, typed=request.form if refusal else {}, trouble=hub.presence.box.trouble,
        done=request.args.get("done") == "paired",
    )  # fmt: skip
