"""Before: the clerk writes the running order with its tracks and gives passages to tables."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, redirect, render_template, request
from sqlalchemy import select

from facilitate.domain.programme import ItemKind, read_local
from facilitate.domain.refusal import Refused
from facilitate.queries.preparation import programme_rows
from facilitate.store.rows import Device, Passage, TableRow, Track
from facilitate.web.hub import Hub
from facilitate.web.sessions import current_actor

_GIVEN = re.compile(
    r"^(?P<ref>\S+?)"
    r"(?:\s+tables?\s+(?P<first>\d+)(?:\s*(?:-|–|to)\s*(?P<last>\d+))?|\s+(?P<choice>by choice))?$",
    re.I,
)


def read_assignments(text: str) -> list[dict[str, Any]]:
    """What a clerk writes for the passages of a round.

    Shape: parts separated by semicolons or lines: "HOU-2.3", "HOU-2.4 tables 1-4", "HOU-2.5 by choice".
    Errors: `bad-assignment`.
    """
    found = []
    for part in (p.strip() for p in re.split(r"[;\n]", text)):
        if not part:
            continue
        match = _GIVEN.match(part)
        if match is None:
            raise Refused(
                "bad-assignment",
                f"“{part[:60]}” cannot be read. "
                "Write “HOU-2.3”, “HOU-2.4 tables 1-4” or “HOU-2.5 by choice”.",
                "passages",
            )
        reach = "choice" if match["choice"] else "block" if match["first"] else "all"
        first = int(match["first"]) if match["first"] else None
        last = int(match["last"]) if match["last"] else first
        found.append({"passage": match["ref"], "reach": reach, "first": first, "last": last})
    return found


def write_assignments(rows: list[dict[str, Any]]) -> str:
    """The same as a clerk reads it."""
    parts = []
    for row in rows:
        where = {"block": f" tables {row['first']}-{row['last']}", "choice": " by choice"}.get(
            row["reach"], ""
        )
        parts.append(row["passage"] + where)
    return "; ".join(parts)


def programme_routes(routes: Blueprint, hub: Hub) -> None:
    """/office/programme and /office/screens."""

    @routes.get("/programme")
    def programme() -> Any:
        return _page(hub, None)

    @routes.post("/programme/items")
    def save_item() -> Any:
        try:
            _write(hub, _changed(hub, request.form.get("item") or None, _typed()))
        except Refused as refusal:
            return _page(hub, refusal), 400
        return redirect("/office/programme", code=303)

    @routes.post("/programme/items/<item>/removal")
    def remove_item(item: str) -> Any:
        _write(hub, _changed(hub, item, None))
        return redirect("/office/programme", code=303)

    @routes.post("/programme/tracks")
    def save_tracks() -> Any:
        names = [line.strip() for line in request.form.get("tracks", "").splitlines() if line.strip()]
        hub.do(
            current_actor(hub),
            "write-programme",
            {"tracks": [{"name": n} for n in names], "items": _rows(hub)},
        )
        return redirect("/office/programme", code=303)

    _add_screens(routes, hub)


def _add_screens(routes: Blueprint, hub: Hub) -> None:
    @routes.get("/screens")
    def screens() -> Any:
        return _screens(hub, None)

    @routes.post("/screens")
    def add_screen() -> Any:
        data = {"label": request.form.get("label", ""), "track": request.form.get("track") or None}
        try:
            hub.do(current_actor(hub), "add-screen", data)
        except Refused as refusal:
            return _screens(hub, refusal), 400
        return redirect("/office/screens", code=303)


def _rows(hub: Hub) -> list[dict[str, Any]]:
    with hub.reads() as session:
        return programme_rows(session)


def _typed() -> dict[str, Any]:
    form = request.form
    minutes = form.get("minutes", "")
    if not minutes.isdigit() or not 1 <= int(minutes) <= 1440:
        raise Refused("bad-minutes", "Give the length in whole minutes, 1 to 1,440.", "minutes")
    if not form.get("title", "").strip():
        raise Refused("title-missing", "Give the item a title.", "title")
    return {
        "track": form.get("track", ""),
        "kind": form.get("kind", ""),
        "title": form["title"].strip(),
        "planned": form.get("planned", ""),
        "minutes": int(minutes),
        "assignments": read_assignments(form.get("passages", "")),
    }


def _changed(hub: Hub, item: str | None, row: dict[str, Any] | None) -> list[dict[str, Any]]:
    kept = [each for each in _rows(hub) if each["id"] != item]
    changed = [*kept, row] if row is not None else kept
    return sorted(changed, key=lambda each: each["planned"])


def _write(hub: Hub, items: list[dict[str, Any]]) -> None:
    with hub.reads() as session:
        tracks = [{"name": name} for name in session.scalars(select(Track.name).order_by(Track.position))]
    names = {track["name"] for track in tracks}
    tracks += [{"name": each["track"]} for each in items if each["track"] and each["track"] not in names]
    hub.do(current_actor(hub), "write-programme", {"tracks": tracks or [{"name": "Hall"}], "items": items})


def _page(hub: Hub, refusal: Refused | None) -> str:
    rows = _rows(hub)
    with hub.reads() as session:
        tracks = list(session.scalars(select(Track.name).order_by(Track.position)))
        passages = list(
            session.scalars(select(Passage.reference).order_by(Passage.document_id, Passage.position))
        )
        tables = list(session.scalars(select(TableRow.number).order_by(TableRow.number)))
    for row in rows:
        row["passages"] = write_assignments(row["assignments"])
        row["when"] = _when(row["planned"])
    given = {a["passage"] for row in rows for a in row["assignments"]}
    wanted = request.args.get("item")
    return render_template(
        "office/programme.html",
        here="programme",
        items=rows,
        tracks=tracks,
        kinds=[k.value for k in ItemKind],
        missing=[p for p in passages if p not in given],
        passages=passages,
        refusal=refusal,
        tables=tables,
        editing=next((row for row in rows if row["id"] == wanted), None),
        typed=request.form,
    )


def _when(planned: str) -> str:
    """ "2027-03-27T10:00" as "Sat 27 Mar 10:00"."""
    at = read_local(planned)
    return f"{at:%a} {at.day} {at:%b %H:%M}"


def _screens(hub: Hub, refusal: Refused | None) -> str:
    with hub.reads() as session:
        tracks = [(t.id, t.name) for t in session.scalars(select(Track).order_by(Track.position))]
        names = dict(tracks)
        found = [
            {"label": d.label, "track": names.get(d.track_id or "", "whichever is first")}
            for d in session.scalars(select(Device).where(Device.kind == "screen").order_by(Device.label))
        ]
    return render_template(
        "office/screens.html", here="screens", screens=found, tracks=tracks, refusal=refusal
    )
