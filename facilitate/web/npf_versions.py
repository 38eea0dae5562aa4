"""After: the pages and files of every sealed version of an outcome, superseded ones among them."""

from __future__ import annotations

import json
from typing import Any

from flask import Blueprint, Response, make_response, render_template

from facilitate.domain.people import home_of
from facilitate.domain.refusal import Refused
from facilitate.formats.outcome_json import FULL, SHORT
from facilitate.formats.outcome_short import beside, decided
from facilitate.formats.outcome_words import when
from facilitate.formats.render import MEDIA_TYPES, rendered
from facilitate.queries import View, viewer_of
from facilitate.queries.event import see_event
from facilitate.queries.versions import Sealed, kept_file, read_versions, record_of
from facilitate.seal_key import seal_key
from facilitate.web.hub import Hub
from facilitate.web.sessions import current_actor

KINDS = {
    "outcome": ("pdf", "html", "docx", "odt", "csv", "xlsx", "json"),
    "short": ("pdf", "html", "docx", "odt"),
    "sealed": ("json",),
}


def version_routes(routes: Blueprint, hub: Hub) -> None:
    """/npf/HOU/versions and the files of each version."""

    @routes.get("/<prefix>/versions")
    def versions(prefix: str) -> Any:
        actor = current_actor(hub)
        with hub.reads() as session:
            view = View(session, hub.now())
            event = see_event(view, viewer_of("delegates"), None)["event"]
            found = _versions(view, hub, prefix)
        zone = event["zone"]
        rows = [(each, when(each.sealed_at, zone), when(each.reopened_at, zone)) for each in found]
        facts = {"event": event, "home": home_of(actor.roles), "versions": rows[::-1]}
        return render_template("npf/versions.html", **facts)

    @routes.get("/<prefix>/version-<int:version>/<name>.<kind>")
    def version_file(prefix: str, version: int, name: str, kind: str) -> Response:
        with hub.reads() as session:
            view = View(session, hub.now())
            event = see_event(view, viewer_of("delegates"), None)["event"]
            found = [each for each in _versions(view, hub, prefix) if each.version == version]
            if not found or kind not in KINDS.get(name, ()):
                raise Refused("not-found", "There is no such version or file.")
            named = f"{prefix.upper()}-version-{version}-{name}"
            if name == "sealed":
                return _sent(kept_file(view, found[0].hash), kind, named)
            data = record_of(view, found[0])
        return _sent(_printed(hub, event["name"], data, name, kind), kind, named)


def _versions(view: View, hub: Hub, prefix: str) -> list[Sealed]:
    found = read_versions(view, current_actor(hub), prefix)
    if not found:
        raise Refused("not-found", "Nothing of this document was sealed.")
    return found


def _printed(hub: Hub, event: str, data: dict[str, Any], name: str, kind: str) -> bytes:
    """One edition of a frozen record, made anew from it."""
    if name == "short":
        data |= {"edition": SHORT, "decisions": decided(data), "beside": beside(data)}
    else:
        data |= {"edition": FULL}
    if kind == "json":
        return json.dumps(data, ensure_ascii=False, indent=1).encode()
    if kind == "pdf":
        certificate, key = seal_key(hub.settings.folder, event, hub.now())
        data["seal"] = {"certificate": certificate, "key": key}
    return rendered(kind, data)


def _sent(body: bytes, kind: str, name: str) -> Response:
    answer = make_response(body)
    answer.headers["Content-Type"] = MEDIA_TYPES[kind]
    answer.headers["Content-Disposition"] = f"attachment; filename={name}.{kind}"
    answer.headers["Cache-Control"] = "no-store"
    return answer
