"""Hall: what is printed: the sheet at the door, what each day came to, the pack for a day without power."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, render_template

from facilitate.domain.people import Actor, Role
from facilitate.domain.refusal import Refused
from facilitate.formats.outcome_words import copy_line
from facilitate.formats.pack_pdf import pack_data
from facilitate.formats.render import rendered
from facilitate.formats.report_pdf import Report, report_data
from facilitate.queries import View, viewer_of
from facilitate.queries.event import see_event
from facilitate.queries.pack import pack_of
from facilitate.queries.reports import Section, day_sections, day_words, days_of, door_sections
from facilitate.store.journal import head_of
from facilitate.web.hub import Hub
from facilitate.web.office.cards import base_for
from facilitate.web.sessions import current_actor

INSIDE, OUTSIDE = "For delegates. Not for publication.", "May be published."
# Whom the sheet is for, and whether it is in large print.
DOORS = {
    "delegates": (False, False), "delegates-large-print": (False, True),
    "publishable": (True, False), "publishable-large-print": (True, True),
}  # fmt: skip

# Whose desk sees the roll and the ballots that nobody was told of yet.
PACKERS = frozenset({Role.CHAIR, Role.CLERK, Role.TELLER})


def report_routes(routes: Blueprint, hub: Hub) -> None:
    """/desk/reports and what is printed from there."""

    @routes.get("/reports")
    def reports() -> Any:
        packs = bool(current_actor(hub).roles & PACKERS)
        with hub.reads() as session:
            days = [(day, day_words(day)) for day in days_of(View(session, hub.now()))]
        return render_template("intake/reports.html", here="reports", days=days, packs=packs)

    @routes.get("/reports/door-<edition>.pdf")
    def door(edition: str) -> Response:
        if edition not in DOORS:
            raise Refused("not-found", "There is no such edition.")
        publishable, large = DOORS[edition]
        actor = current_actor(hub)
        with hub.reads() as session:
            view = View(session, hub.now())
            found = door_sections(view, publishable=publishable)
            mark = OUTSIDE if publishable else INSIDE
            copy = "" if publishable else copy_line(actor.name)
            stories = f"{base_for(hub, 'delegate')}/story"
            report = Report("What the room decided", mark, copy, large, sheet=True, stories=stories)
            data = _data(view, report, found)
        return _pdf(data, f"door-{edition}")

    @routes.get("/reports/day-<day>.pdf")
    def of_day(day: str) -> Response:
        return _of_day(hub, current_actor(hub), day)

    @routes.get("/reports/pack.pdf")
    def pack() -> Response:
        return _pack(hub, current_actor(hub))


def _pack(hub: Hub, actor: Actor) -> Response:
    if not actor.roles & PACKERS:
        raise Refused("not-your-role", "The pack is for the chair, the clerk and the tellers.")
    with hub.reads() as session:
        view = View(session, hub.now())
        event = see_event(view, viewer_of("desk"), None)["event"]
        data = pack_data(event, actor.name, pack_of(view), head_of(session), view.now)
    return _pdf(data, "pack", "pack")


def _of_day(hub: Hub, actor: Actor, day: str) -> Response:
    with hub.reads() as session:
        view = View(session, hub.now())
        if day not in days_of(view):
            raise Refused("not-found", "The running order has no such day.")
        report = Report(f"Report of {day_words(day)}", INSIDE, copy_line(actor.name))
        data = _data(view, report, day_sections(view, day))
    return _pdf(data, f"day-{day}")


def _data(view: View, report: Report, sections: list[Section]) -> dict[str, Any]:
    event = see_event(view, viewer_of("desk"), None)["event"]
    return report_data(event, report, sections, head_of(view.session), view.now)


def _pdf(data: dict[str, Any], name: str, kind: str = "report") -> Response:
    headers = {"Content-Disposition": f"inline; filename={name}.pdf", "Cache-Control": "no-store"}
    return Response(rendered(kind, data), mimetype="application/pdf", headers=headers)
