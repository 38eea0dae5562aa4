"""Hall: the desk reads in what a laptop handed over: a file, codes before the camera, or their text."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, make_response, redirect, render_template, request, url_for

from facilitate.domain.refusal import Refused
from facilitate.formats.handover_in import HandedOver, read_codes, read_file
from facilitate.queries.event import see_event
from facilitate.queries.view import View, viewer_of
from facilitate.web.hub import CAPTURED, Hub
from facilitate.web.sessions import current_actor
from facilitate.wire import parse_command

COUNTS = ("new", "here", "kept", "withdrawn", "left")


def read_in_routes(routes: Blueprint, hub: Hub) -> None:
    """/desk/read-in."""

    @routes.get("/read-in")
    def read_in() -> Any:
        return _page(None)

    @routes.post("/read-in")
    def take_in() -> Any:
        try:
            made = _taken_in(hub)
        except Refused as refusal:
            return _page(refusal), 400
        return redirect(url_for("intake.read_in", **made), code=303)


def _taken_in(hub: Hub) -> dict[str, Any]:
    file = request.files.get("file")
    content = file.read() if file is not None and file.filename else b""
    given = read_file(content) if content else read_codes(request.form.get("codes", ""))
    with hub.reads() as session:
        event = see_event(View(session, hub.now()), viewer_of("delegates"), None)["event"]
    if given.event not in (event["uid"], event["name"]):
        raise Refused("another-event", "This laptop worked for another event. Nothing was read in.", "file")
    return hub.do(current_actor(hub), "read-in", _asked(given))


def _asked(given: HandedOver) -> dict[str, Any]:
    entries = [_entry(each) for each in given.entries]
    return {"device": given.device, "entries": [entry for entry in entries if entry is not None]}


def _entry(each: dict[str, Any]) -> dict[str, Any] | None:
    """One entry of the laptop as the desk's verb takes it; None for what is no point and withdraws none."""
    command, table = each.get("command"), each.get("table")
    if not isinstance(command, dict) or not isinstance(command.get("data"), dict):
        return None
    data = command["data"]
    entry: dict[str, Any] = {
        "table": table if isinstance(table, int) and 0 < table < 10_000 else None, "raw": json.dumps(command),
        "data": None, "why": "", "item": data.get("item"), "withdraws": None,
    }  # fmt: skip
    if command.get("type") == "withdraw-comment" and isinstance(data.get("comment"), str):
        return entry | {"withdraws": data["comment"]}
    if command.get("type") not in CAPTURED:
        return None
    try:
        return entry | {"data": parse_command(command).data}
    except Refused as refusal:
        return entry | {"why": refusal.sentence.removesuffix(" Nothing was changed.")}


def _page(refusal: Refused | None) -> Any:
    read = {key: request.args.get(key, type=int) for key in COUNTS}
    page = render_template(
        "intake/read_in.html", here="read-in", refusal=refusal, codes=request.form.get("codes", ""),
        read=read if read["new"] is not None else None,
    )  # fmt: skip
    answer = make_response(page)
    # This page alone may ask for the camera.
    answer.headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()"
    return answer
