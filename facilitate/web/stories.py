"""After: the story of one point, one's own points, a body's document of fates, and the balance sheet."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, render_template, request

from facilitate.domain.people import Actor, home_of
from facilitate.domain.refusal import Refused
from facilitate.domain.stations import INPUTS
from facilitate.formats.fates import fate_sections
from facilitate.formats.outcome_words import copy_line, when
from facilitate.formats.render import rendered
from facilitate.formats.report_pdf import Report, report_data
from facilitate.queries import View, viewer_of
from facilitate.queries.balance import balance_rows, input_label
from facilitate.queries.balance_things import NUMBERS, things_behind
from facilitate.queries.event import event_row, see_event
from facilitate.queries.fates import Fates, fates_of, own_points
from facilitate.queries.invitations import LISTED_FOR, own_word, people_to_invite
from facilitate.queries.kept import waiting_items
from facilitate.queries.story import Story, story_of
from facilitate.store.journal import head_of
from facilitate.web.hub import Hub
from facilitate.web.intake import READERS
from facilitate.web.office.cards import base_for
from facilitate.web.sessions import current_actor

_ON_A_PAGE = 400


def story_routes(hub: Hub) -> Blueprint:
    """/story, /story/REF, /bodies/CODE in both its editions, /invitations, and /balance with its lists."""
    routes = Blueprint("stories", __name__)
    routes.add_url_rule("/story", "own", lambda: _own(hub))
    routes.add_url_rule("/story/<ref>", "story", lambda ref: _story(hub, ref))
    routes.add_url_rule(
        "/story/<ref>/invitation", "invitation", lambda ref: _invitation(hub, ref), methods=["POST"]
    )
    routes.add_url_rule("/invitations", "invitations", lambda: _invitations(hub))
    routes.add_url_rule("/bodies/<code>", "body", lambda code: _body(hub, code))
    routes.add_url_rule("/bodies/<code>/fates.pdf", "body-pdf", lambda code: _printed(hub, code))
    routes.add_url_rule("/balance", "balance", lambda: _balance(hub))
    routes.add_url_rule(
        "/balance/<kind>/<number>", "balance-things", lambda kind, number: _things(hub, kind, number)
    )
    return routes


def _reader(hub: Hub) -> Actor:
    actor = current_actor(hub)
    if actor.person is None:
        raise Refused("not-your-role", "These pages are for people; this is a device’s sign-in.")
    return actor


def _shown(template: str, view: View, actor: Actor, **facts: Any) -> str:
    event = see_event(view, viewer_of("delegates"), None)["event"]
    return render_template(template, event=event, home=home_of(actor.roles), **facts)


def _own(hub: Hub) -> str:
    actor = _reader(hub)
    with hub.reads() as session:
        view = View(session, hub.now())
        return _shown("npf/own.html", view, actor, table=actor.table, own=own_points(view, actor))


def _story(hub: Hub, ref: str) -> str:
    actor = _reader(hub)
    with hub.reads() as session:
        view = View(session, hub.now())
        found = _told(view, actor, ref)
        agreed = own_word(view, actor, found.ref)
        return _shown("npf/story.html", view, actor, story=found, steps=_steps(view, found), agreed=agreed)


def _told(view: View, actor: Actor, ref: str) -> Story:
    found = story_of(view, actor, ref.upper()) or story_of(view, actor, ref.replace("-", "/"))
    if found is None:
        raise Refused("not-found", f"Nothing was sent in under {ref[:20]}.")
    return found


def _invitation(hub: Hub, ref: str) -> Any:
    actor = _reader(hub)
    with hub.reads() as session:
        point = _told(View(session, hub.now()), actor, ref).ref
    agreed = request.form.get("agreed") == "yes"
    hub.do(actor, "agree-to-invitation", {"point": point, "agreed": agreed})
    return redirect(f"/story/{ref}", code=303)


def _invitations(hub: Hub) -> str:
    actor = _reader(hub)
    if not actor.roles & LISTED_FOR:
        raise Refused("not-your-role", "This list is for the clerk and the chair.")
    with hub.reads() as session:
        view = View(session, hub.now())
        return _shown("npf/invitations.html", view, actor, invited=people_to_invite(view))


def _steps(view: View, story: Story) -> list[tuple[str, Any]]:
    return [(when(step.at, event_row(view).zone), step) for step in story.steps]


def _fates(view: View, actor: Actor, code: str) -> tuple[Fates, dict[str, list[tuple[str, Any]]]]:
    """What became of what a body sent in, and each story's steps by its reference."""
    found = fates_of(view, actor, code)
    if found is None:
        raise Refused("not-your-role", "This is for the body’s own delegates, the clerk and the chair.")
    return found, {story.ref: _steps(view, story) for story in (*found.submissions, *found.comments)}


def _body(hub: Hub, code: str) -> str:
    actor = _reader(hub)
    with hub.reads() as session:
        view = View(session, hub.now())
        found, told = _fates(view, actor, code)
        return _shown("npf/fates.html", view, actor, fates=found, told=told)


def _printed(hub: Hub, code: str) -> Response:
    """The body's document on paper; not for publication, so the recipient's name stands on each page."""
    actor = _reader(hub)
    with hub.reads() as session:
        view = View(session, hub.now())
        found, told = _fates(view, actor, code)
        event = see_event(view, viewer_of("delegates"), None)["event"]
        title = f"What became of everything that {found.name} sent in"
        report = Report(title, f"For {found.name}. Not for publication.", copy_line(actor.name))
        sections = fate_sections(found, told, base_for(hub, "delegate"))
        data = report_data(event, report, sections, head_of(session), view.now)
    headers = {"Content-Disposition": "inline; filename=fates.pdf", "Cache-Control": "no-store"}
    return Response(rendered("report", data), mimetype="application/pdf", headers=headers)


def _balance(hub: Hub) -> str:
    actor = _reader(hub)
    with hub.reads() as session:
        view = View(session, hub.now())
        settles = bool(actor.roles & READERS)
        rows, waiting = balance_rows(view), waiting_items(session)
        return _shown("npf/balance.html", view, actor, rows=rows, waiting=waiting, settles=settles)


def _things(hub: Hub, kind: str, number: str) -> str:
    """What stands behind one number, a page of it at a time; for the desks, as it names every thing."""
    actor = _reader(hub)
    if not actor.roles & READERS:
        raise Refused("not-your-role", "These lists are for the desks. The balance sheet itself is for all.")
    if kind not in INPUTS or number not in NUMBERS:
        raise Refused("not-found", "The balance sheet has no such number.")
    sort = request.args.get("of", "")
    start = max(1, request.args.get("from", 1, int))
    with hub.reads() as session:
        view = View(session, hub.now())
        things = things_behind(view, kind, number, sort)
        page = things[start - 1 : start - 1 + _ON_A_PAGE]
        return _shown(
            "npf/balance_things.html", view, actor, kind=kind, number=number, sort=sort, things=page,
            label=input_label(kind, sort), start=start, count=len(things), more=start + _ON_A_PAGE,
        )  # fmt: skip
