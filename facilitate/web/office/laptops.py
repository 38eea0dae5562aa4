"""Hall and after: what the tables' laptops hold, and the clerk's order to erase it once it is all in."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, render_template, request

from facilitate.domain.refusal import Refused
from facilitate.queries import View, viewer_of
from facilitate.queries.kept import waiting_items
from facilitate.queries.room import see_tables
from facilitate.web.hub import Hub
from facilitate.web.sessions import current_actor


def laptop_routes(routes: Blueprint, hub: Hub) -> None:
    """/office/laptops."""

    @routes.get("/laptops")
    def laptops() -> Any:
        return _page(hub, None)

    @routes.post("/laptops/erasure")
    def erase() -> Any:
        holding = [table["number"] for table in _tables(hub) if table["kept"]]
        data = {"holding": holding, "reason": request.form.get("reason", "").strip()[:400]}
        try:
            hub.do(current_actor(hub), "erase-devices", data)
        except Refused as refusal:
            return _page(hub, refusal), 400
        return redirect("/office/laptops", code=303)


def _tables(hub: Hub) -> list[dict[str, Any]]:
    with hub.reads() as session:
        view = View(session, hub.now(), hub.presence)
        return list(see_tables(view, viewer_of("desk"), None).values())


def _page(hub: Hub, refusal: Refused | None) -> str:
    tables = _tables(hub)
    with hub.reads() as session:
        waiting = waiting_items(session)
    return render_template(
        "office/laptops.html", here="laptops", tables=tables, refusal=refusal, waiting=waiting,
        holding=[t["number"] for t in tables if t["kept"]], reason=request.form.get("reason", ""),
    )  # fmt: skip
