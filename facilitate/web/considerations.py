"""Before: what was said about one draft, with the commission's answers: to record, to print, to take away."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, redirect, request

from facilitate.domain.considerations import ENDS, FATE_LABELS, LONGEST, Fate
from facilitate.domain.refusal import Refused
from facilitate.formats.draft_points import point_sections, points_csv
from facilitate.formats.outcome_words import copy_line
from facilitate.formats.render import rendered
from facilitate.formats.report_pdf import Report, report_data
from facilitate.queries import View, viewer_of
from facilitate.queries.considerations import commissions_there
from facilitate.queries.event import event_row, see_event
from facilitate.store.journal import head_of
from facilitate.web.draft_pages import draft_reader, reading, shown
from facilitate.web.hub import Hub

_TYPED = ("fate", "considered_on", "reason", "version", *LONGEST)


def consideration_routes(routes: Blueprint, hub: Hub) -> None:
    """/npf/drafts/PREFIX/points in its three forms, and the door by which an answer is recorded."""

    @routes.get("/<prefix>/points")
    def points(prefix: str) -> Any:
        return _page(hub, prefix, None)

    @routes.get("/<prefix>/points.csv")
    def table(prefix: str) -> Any:
        actor = draft_reader(hub)
        with hub.reads() as session:
            view = View(session, hub.now())
            found = reading(view, actor, prefix)
            body = points_csv(found.points, event_row(view).zone)
        name = f"attachment; filename={found.draft.prefix}-points.csv"
        return _file(body, "text/csv; charset=utf-8", name)

    @routes.get("/<prefix>/points.pdf")
    def printed(prefix: str) -> Any:
        return _printed(hub, prefix)

    @routes.post("/<prefix>/points/<reference>/considerations")
    def record(prefix: str, reference: str) -> Any:
        actor, typed = draft_reader(hub), request.form
        data: dict[str, Any] = {key: typed.get(key, "") for key in _TYPED}
        data |= {"submission": reference, "seen": typed.get("seen", 0, type=int)}
        try:
            done = hub.do(actor, "record-consideration", data)
        except Refused as refusal:
            if refusal.code in ("unknown-submission", "not-your-role"):
                raise
            return _page(hub, prefix, refusal, reference), 400
        there = f"/npf/drafts/{quote(done['prefix'])}/points"
        return redirect(f"{there}#{quote(done['submission'])}", code=303)


def _page(hub: Hub, prefix: str, refusal: Refused | None, at: str = "") -> str:
    actor = draft_reader(hub)
    with hub.reads() as session:
        view = View(session, hub.now())
        return shown(
            "npf/draft_points.html", view, actor, reading=reading(view, actor, prefix), refusal=refusal,
            typed=request.form, at=at, fates=FATE_LABELS, ended=[fate.value for fate in ENDS],
            reasons=event_row(view).settings["reasons"], commissions=commissions_there(session), Fate=Fate,
            most=LONGEST,
        )  # fmt: skip


def _printed(hub: Hub, prefix: str) -> Response:
    """What was said about the draft on paper; it is the NPF's own, so each page names its reader."""
    actor = draft_reader(hub)
    with hub.reads() as session:
        view = View(session, hub.now())
        found = reading(view, actor, prefix)
        event = see_event(view, viewer_of("delegates"), None)["event"]
        d = found.draft
        title = f"What was said about {d.title}, draft version {d.version}"
        mark = f"For the {d.commission} commission. Not for publication."
        report = Report(title, mark, copy_line(actor.name))
        data = report_data(event, report, point_sections(found, event["zone"]), head_of(session), view.now)
    return _file(rendered("report", data), "application/pdf", f"inline; filename={d.prefix}-points.pdf")


def _file(body: bytes, kind: str, disposition: str) -> Response:
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store"}
    return Response(body, content_type=kind, headers=headers)
