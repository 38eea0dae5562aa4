"""Every stage: whether the hub lives, whether it can serve, and its figures."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from facilitate.store.journal import head_of
from facilitate.web.hub import Hub


def health_routes(hub: Hub) -> Blueprint:
    """/healthz, /readyz, /metrics and /ca.crt; none of them names a person."""
    routes = Blueprint("health", __name__)

    @routes.get("/healthz")
    def healthz() -> Any:
        return jsonify({"alive": True})

    @routes.get("/readyz")
    def readyz() -> Any:
        try:
            with hub.reads() as session:
                number, _ = head_of(session)
        except Exception:
            return jsonify({"ready": False, "why": "The database does not answer."}), 503
        return jsonify({"ready": True, "journal": number})

    @routes.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)

    @routes.get("/ca.crt")
    def authority() -> Response:
        place = hub.settings.folder / "keys" / "ca.crt"
        if not (hub.settings.https_names and place.is_file()):
            abort(404)
        return Response(place.read_bytes(), mimetype="application/x-x509-ca-cert")

    return routes
