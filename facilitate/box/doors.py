"""Ballots: the box's addresses: a paper in without a name, orders of the hub, boards out."""

from __future__ import annotations

import base64
import binascii
import json
from typing import Any

import structlog
from flask import Flask, Response, abort, request
from werkzeug.exceptions import HTTPException

from facilitate.box.ballot_box import BallotBox
from facilitate.box.identity import Identity
from facilitate.box.messages import read_order, signed_answer
from facilitate.domain.refusal import Refused
from facilitate.domain.stamped_papers import PAPER_BYTES

log = structlog.get_logger()
# A paper as it is sent: base64url without padding.
CAST_CHARACTERS = -(-PAPER_BYTES * 4 // 3)
# Every answer to a paper has this length, so that nobody on the network can tell one from another.
ANSWER_BYTES = 640
LARGEST = 512 * 1024
STEP = 10
# What would name a person, or the page they came from.
_NOTHING = "Nothing was put in the box."
_NAMING = ("Cookie", "Authorization", "Referer")


def create_box_app(box: BallotBox, identity: Identity) -> Flask:
    """The box's application."""
    app = Flask("facilitate.box", static_folder=None, template_folder=None)
    app.config.update(MAX_CONTENT_LENGTH=LARGEST)
    _add_cast(app, box)
    _add_orders(app, box, identity)
    _add_reading(app, box)
    _add_headers(app, box)
    return app


def _add_cast(app: Flask, box: BallotBox) -> None:
    @app.post("/cast")
    def cast() -> Response:
        try:
            if request.headers.get("Origin") not in box.origins:
                raise Refused("foreign-origin", f"This paper came from another site. {_NOTHING}")
            if any(name in request.headers for name in _NAMING):
                raise Refused("not-anonymous", f"This request could name its sender. {_NOTHING}")
            leaf, receipt = box.cast(read_cast())
            answer: dict[str, Any] = {"ok": True, "leaf": leaf.hex(), "receipt": receipt.hex()}
        except Refused as refusal:
            answer = {"ok": False, "refusal": refusal.as_dict()}
        return Response(json.dumps(answer).encode().ljust(ANSWER_BYTES), mimetype="application/json")


def read_cast() -> bytes:
    """The paper in a request's body.

    Errors: `paper-malformed`.
    """
    malformed = Refused(
        "paper-malformed", "This ballot paper cannot be read. Nothing was put in the box; reload the page "
        "and choose again."
    )  # fmt: skip
    if request.content_length != CAST_CHARACTERS:
        raise malformed
    body = request.get_data(cache=False)
    try:
        raw = base64.b64decode(body + b"=" * (-len(body) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise malformed from error
    # Spare bits of the last character are nought: a paper has one way to be sent.
    if base64.urlsafe_b64encode(raw).rstrip(b"=") != body:
        raise malformed
    return raw


def _add_orders(app: Flask, box: BallotBox, identity: Identity) -> None:
    @app.post("/orders")
    def obey() -> Response:
        hub = box.hub
        try:
            if hub is None:
                raise Refused("not-paired", "This ballot box is not paired with a hub.")
            order = read_order(request.get_json(silent=True), hub)
        except Refused as refusal:
            return _json({"ok": False, "refusal": refusal.as_dict()}, 403)
        try:
            answer = box.obey(order)
        except Refused as refusal:
            answer = {"ok": False, "refusal": refusal.as_dict()}
        return _json(signed_answer(identity, order, answer))


def _add_reading(app: Flask, box: BallotBox) -> None:
    @app.get("/health")
    def health() -> Response:
        return _json(box.describe())

    @app.get("/turnout/<hashed>")
    def turnout(hashed: str) -> Response:
        # In steps: who watches a single paper arrive sees when somebody voted.
        return _json({"cast": box.turnout(_hash_in(hashed)) // STEP * STEP})

    @app.get("/boards/<hashed>.json")
    def board(hashed: str) -> Response:
        found = box.board(_hash_in(hashed)) or abort(404)
        return Response(found.text, mimetype="application/json")

    @app.get("/boards/<hashed>.leaves")
    def leaves(hashed: str) -> Response:
        found = box.board(_hash_in(hashed)) or abort(404)
        return Response(found.leaves, mimetype="application/octet-stream")


def _hash_in(text: str) -> bytes:
    try:
        hashed = bytes.fromhex(text)
    except ValueError:
        abort(404)
    return hashed if len(hashed) == 32 else abort(404)


def _add_headers(app: Flask, box: BallotBox) -> None:
    @app.after_request
    def headers(answer: Response) -> Response:
        origin = request.headers.get("Origin")
        if origin in box.origins:
            answer.headers["Access-Control-Allow-Origin"] = str(origin)
        answer.headers["Vary"] = "Origin"
        answer.headers["Cache-Control"] = "no-store"
        answer.headers["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'"
        answer.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        answer.headers["X-Content-Type-Options"] = "nosniff"
        answer.headers["Referrer-Policy"] = "no-referrer"
        return answer

    @app.errorhandler(Exception)
    def trouble(error: Exception) -> Response:
        if isinstance(error, HTTPException):
            sentence = "There is nothing at this address." if error.code == 404 else "This cannot be taken."
            refusal = Refused(f"http-{error.code}", sentence)
            return _json({"ok": False, "refusal": refusal.as_dict()}, error.code)
        # Its kind alone: what was in the request is nobody's business.
        log.error("request-failed", error=type(error).__name__)
        return _json({"ok": False, "refusal": Refused("failed", "Something went wrong.").as_dict()}, 500)


def _json(body: dict[str, Any], status: int | None = 200) -> Response:
    return Response(json.dumps(body), status=status or 500, mimetype="application/json")
