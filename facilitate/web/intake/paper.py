"""Hall: the desk types a table's sheet of paper in, and prints empty sheets for a round."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for

from facilitate.domain.comments import KIND_LOOKS
from facilitate.domain.refusal import Refused
from facilitate.formats.render import rendered
from facilitate.formats.sheets_pdf import sheets_data
from facilitate.queries.kept import passage_choices
from facilitate.queries.paper import rounds, sheets_of
from facilitate.store.rows import Event, Item
from facilitate.store.writer import other_id
from facilitate.web.hub import Hub
from facilitate.web.intake.kept import typed_point
from facilitate.web.sessions import current_actor
from facilitate.wire import COMMANDS, parse

ROWS = 6
_CLOCK = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


def paper_routes(routes: Blueprint, hub: Hub) -> None:
    """/desk/paper and /desk/paper/sheets.pdf."""

    @routes.get("/paper")
    def paper() -> Any:
        return _page(hub, None)

    @routes.post("/paper")
    def type_in() -> Any:
        try:
            data = _sheet(hub)
            made = hub.do(current_actor(hub), "record-paper", parse(COMMANDS["record-paper"], data))
        except Refused as refusal:
            return _page(hub, refusal), 400
        said = {"table": data["table"], "round": data["round"] or "", "done": " ".join(made["refs"])}
        return redirect(url_for("intake.paper", **said), code=303)

    @routes.get("/paper/sheets.pdf")
    def sheets() -> Response:
        return Response(
            rendered("sheets", _printed(hub)),
            mimetype="application/pdf",
            headers={"Content-Disposition": "inline; filename=sheets.pdf"},
        )


def _sheet(hub: Hub) -> dict[str, Any]:
    """What was typed of one sheet; a row without words is no point.

    Errors: `sheet-empty`, `bad-time`, what a row refuses.
    """
    table, sheet = request.form.get("table", type=int), request.form.get("sheet", "")
    if table is None:
        raise Refused("unknown-table", "Say which table this sheet is from. Nothing was typed in.", "table")
    points = []
    for row in range(1, ROWS + 1):
        if not request.form.get(f"text{row}", "").strip():
            continue
        try:
            # Named by the sheet, so that pressing the button twice takes it in once.
            points.append({"item": other_id(sheet, str(row)), **typed_point(hub, str(row))})
        except Refused as refusal:
            raise Refused(refusal.code, f"Point {row}: {refusal.sentence}", f"{refusal.field}{row}") from None
    if not points:
        raise Refused("sheet-empty", "Type at least one point of the sheet.", "text1")
    return {"table": table, "round": request.form.get("round") or None, "at": _at(), "points": points}


def _at() -> str | None:
    typed = request.form.get("at", "").strip()
    if not typed:
        return None
    found = _CLOCK.fullmatch(typed)
    if found is None:
        raise Refused("bad-time", "Write the time as on the sheet, such as 11:40, or leave it empty.", "at")
    return f"{int(found.group(1)):02d}:{found.group(2)}"


def _printed(hub: Hub) -> dict[str, Any]:
    with hub.reads() as session:
        item = session.get(Item, request.args.get("round", ""))
        if item is None or item.kind != "round":
            raise Refused("not-found", "There is no such round.")
        event = session.get_one(Event, "event")
        sheets = sheets_of(session, item, request.args.get("table", type=int))
        kinds = [(look.sign, look.label) for look in KIND_LOOKS.values()]
        made = int(hub.now().timestamp())
        return sheets_data(event.name, item.title, sheets, kinds, made, rehearsal=event.rehearsal)


def _page(hub: Hub, refusal: Refused | None) -> str:
    with hub.reads() as session:
        every, passages = rounds(session), passage_choices(session)
    typed = request.form if refusal else request.args
    current = next((r["id"] for r in every if r["state"] == "current"), "")
    return render_template(
        "intake/paper.html", here="paper", rounds=every, passages=passages, kinds=list(KIND_LOOKS.items()),
        rows=[str(row) for row in range(1, ROWS + 1)], typed=typed, refusal=refusal,
        chosen=typed.get("round", current), sheet=request.form.get("sheet") if refusal else hub.new_id(),
        done=request.args.get("done", "").split()[:50],
    )  # fmt: skip
