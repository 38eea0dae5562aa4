"""After: the outcome pages: read it, put it together, sign it passage by passage, take it away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

from flask import Blueprint, Response, make_response, redirect, render_template, request

from facilitate.domain.deadlines import deadline_words
from facilitate.domain.people import Actor, Role, home_of
from facilitate.domain.refusal import Refused
from facilitate.domain.signoff import RuleKind
from facilitate.domain.signoff_checks import can_be_fulfilled
from facilitate.formats.outcome_json import FULL, SHORT, Facts, outcome_data, outcome_json, schema_bytes
from facilitate.formats.outcome_status import (
    missing_sentence,
    rule_sentence,
    status_sentence,
    version_sentence,
)
from facilitate.formats.render import MEDIA_TYPES, rendered
from facilitate.queries import View, viewer_of
from facilitate.queries.balance import balance_rows
from facilitate.queries.drafts import draft_lines
from facilitate.queries.event import see_event
from facilitate.queries.missing import missing_signers
from facilitate.queries.outcome import Reading, read_outcome, read_outcomes
from facilitate.queries.signing import came_back, returned_in, returned_to_body
from facilitate.queries.since import since_of
from facilitate.queries.versions import reopened
from facilitate.seal_key import seal_key
from facilitate.store.addressees import addressees
from facilitate.web.hub import Hub
from facilitate.web.intake import READERS
from facilitate.web.npf_forms import FORMS
from facilitate.web.npf_signing import signing_data
from facilitate.web.npf_since import since_data
from facilitate.web.npf_versions import version_routes
from facilitate.web.sessions import current_actor

KINDS = {
    FULL: ("html", "pdf", "docx", "odt", "csv", "xlsx", "json", "akn", "popolo"),
    SHORT: ("html", "pdf", "docx", "odt"),
}
SUFFIXES = {"akn": "akn.xml", "popolo": "popolo.json"}
VERDICTS = {"carried": "carried", "lost": "lost", "referred-back": "referred back"}
NAMES = {FULL: "outcome", SHORT: "short"}


def npf_routes(hub: Hub) -> Blueprint:
    """All pages under /npf."""
    routes = Blueprint("npf", __name__, url_prefix="/npf")

    @routes.get("")
    def outcomes() -> Any:
        actor = current_actor(hub)
        with hub.reads() as session:
            view = View(session, hub.now())
            event = see_event(view, viewer_of("delegates"), None)["event"]
            readings = read_outcomes(view, actor)
            found = [_row(view, reading, actor, event["zone"]) for reading in readings]
            bodys = returned_to_body(view, actor, readings)
            before = reopened(view, actor, {reading.document.prefix for reading in readings})
            missing = missing_signers(view, readings, event["zone"], hub.now()) if is_clerk(actor) else []
            found.sort(key=lambda row: row["urgency"])
            drafts = [line for line in draft_lines(view, actor) if not line.draft.document_id]
        return render_template(
            "npf/list.html", event=event, home=home_of(actor.roles), outcomes=found, returned=bodys,
            before=before, missing=missing, drafts=drafts if event["phase"] == "before" else [],
        )  # fmt: skip

    @routes.get("/<prefix>")
    def outcome(prefix: str) -> Any:
        return _page(hub, prefix, None)

    @routes.get("/outcome.schema.json")
    def schema() -> Any:
        return Response(schema_bytes(), content_type="application/schema+json")

    version_routes(routes, hub)
    for edition, name in NAMES.items():
        routes.add_url_rule(f"/<prefix>/{name}.<kind>", f"{name}-file", _export(hub, edition))

    for path, read_form in FORMS.items():
        routes.add_url_rule(
            f"/<prefix>/{path}", endpoint=path, view_func=_door(hub, read_form), methods=["POST"]
        )
    return routes


def _export(hub: Hub, edition: str) -> Callable[[str, str], Response]:
    """One edition's way out, in every format that it comes in."""

    def export(prefix: str, kind: str) -> Response:
        if kind not in KINDS[edition]:
            raise Refused("not-found", f"This edition comes as {', '.join(KINDS[edition])}.")
        return _edition(hub, prefix, edition, kind)

    return export


def _door(hub: Hub, read_form: Callable[[str], tuple[str, dict[str, Any]]]) -> Callable[[str], Any]:
    """A form's way in: carry out what it asks, or say why not and keep what was typed."""

    def door(prefix: str) -> Any:
        actor = current_actor(hub)
        with hub.reads() as session:
            reading = _reading(View(session, hub.now()), actor, prefix)
            document = reading.document.id
        try:
            verb, data = read_form(document)
            hub.do(actor, verb, data)
        except Refused as refusal:
            return _page(hub, prefix, refusal), 400
        passage = request.form.get("passage", "") if len(request.form.getlist("passage")) == 1 else ""
        return redirect(f"/npf/{prefix}#{quote(passage) or 'main'}", code=303)

    return door


def _reading(view: View, actor: Actor, prefix: str) -> Reading:
    reading = read_outcome(view, actor, prefix.upper())
    if reading is None:
        raise Refused("not-found", "There is no outcome at this address that you may read now.")
    return reading


def _page(hub: Hub, prefix: str, refusal: Refused | None) -> str:
    actor = current_actor(hub)
    with hub.reads() as session:
        view = View(session, hub.now())
        event = see_event(view, viewer_of("delegates"), None)["event"]
        reading = _reading(view, actor, prefix)
        data = outcome_data(reading.outcome, _facts(hub, reading, event))
        left = reading.to_sign(actor.person)
        asked = request.args.get("compare")
        return render_template(
            "npf/document.html", event=event, home=home_of(actor.roles), outcome=data, reading=reading,
            refusal=refusal, typed=request.form, left=left,
            **since_data(view, reading, actor, asked, event["zone"]),
            signing=signing_data(reading, actor, returned_in(view, reading)),
            addressees=addressees(session, reading.document) if left else [],
            rules=list(RuleKind), holds=can_be_fulfilled(reading.sheet.rule, reading.sheet.signatories),
            rule=rule_sentence(reading.sheet.rule, reading.names),
            missing=missing_sentence(reading.signing, reading.names) if reading.sheet.offered else "",
            signs=actor.person in reading.names and event["phase"] == "after" and not reading.sealed,
            clerk=Role.CLERK in actor.roles and event["phase"] == "after" and not reading.sealed,
            due=_due(view, reading, event["zone"]), settles=bool(actor.roles & READERS), verdicts=VERDICTS,
            records=Role.CLERK in actor.roles and event["phase"] == "after" and reading.sealed,
        )  # fmt: skip


def _status(reading: Reading, zone: str) -> str:
    row = reading.row
    status = status_sentence(
        reading.signing, reading.names, zone, compiled=row is not None,
        offered_at=row.offered_at if row else None, sealed_at=row.sealed_at if row else None,
    )  # fmt: skip
    whole, _ = version_sentence(reading.version, reading.earlier, f"{status} {reading.final}".strip(), zone)
    return whole


def _facts(
    hub: Hub, reading: Reading, event: dict[str, Any], edition: str = FULL, copy_for: str = "",
    balance: Sequence[dict[str, Any]] = (),
) -> Facts:
    number, head = reading.journal
    return Facts(
        event["name"], event["zone"], number, hub.now(), head, _status(reading, event["zone"]),
        reading.sheet.sealed, event["rehearsal"], reading.missing, edition,
        "" if reading.sealed else copy_for, balance, reading.version,
        version_sentence(reading.version, reading.earlier, "", event["zone"])[1],
    )  # fmt: skip


def is_clerk(actor: Actor) -> bool:
    """Whether somebody compiles, offers and reminds."""
    return Role.CLERK in actor.roles


def _due(view: View, reading: Reading, zone: str) -> str:
    """Until when to sign, in words; "" without a deadline or where nothing is to be signed."""
    until = reading.row.sign_by if reading.row and not reading.sealed else None
    return deadline_words(until, zone, view.now) if until else ""


def _row(view: View, reading: Reading, actor: Actor, zone: str) -> dict[str, Any]:
    signs = actor.person in reading.names
    returned = [] if reading.sealed else returned_in(view, reading)
    since = since_of(view, reading, actor)
    until, to_sign = reading.row.sign_by if reading.row else None, len(reading.to_sign(actor.person))
    return {
        # What waits for somebody comes first, the nearest deadline before the others.
        "urgency": (not to_sign, until.timestamp() if until and to_sign else float("inf")),
        "due": _due(view, reading, zone),
        "changed": len(since.changed) if since else 0,
        "back": came_back(reading, actor.person),
        "returned": [each for each in returned if each.is_for(actor, signs=signs)],
        "prefix": reading.document.prefix, "title": reading.document.title, "status": _status(reading, zone),
        "commission": reading.document.commission, "to_sign": to_sign,
        "open": len(reading.missing) + len(reading.blocked),
    }  # fmt: skip


def _edition(hub: Hub, prefix: str, edition: str, kind: str) -> Response:
    """One file to take away; before the sign-off it is a copy with its recipient's name on each page."""
    actor = current_actor(hub)
    with hub.reads() as session:
        view = View(session, hub.now())
        event = see_event(view, viewer_of("delegates"), None)["event"]
        reading = _reading(view, actor, prefix)
        facts = _facts(hub, reading, event, edition, actor.name, balance_rows(view))
        name = f"{reading.document.prefix}-{NAMES[edition]}.{SUFFIXES.get(kind, kind)}"
        if kind == "json":
            body = outcome_json(reading.outcome, facts)
        else:
            data = outcome_data(reading.outcome, facts)
    if kind != "json":
        if kind == "pdf" and facts.sealed:
            certificate, key = seal_key(hub.settings.folder, event["name"], hub.now())
            data["seal"] = {"certificate": certificate, "key": key}
        body = rendered(kind, data)
    answer = make_response(body)
    answer.headers["Content-Type"] = MEDIA_TYPES[kind]
    answer.headers["Content-Disposition"] = f"attachment; filename={name}"
    answer.headers["Cache-Control"] = "no-store"
    return answer
