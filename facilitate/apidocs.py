"""Every stage: the interface as documents, generated from the schemas: OpenAPI 3.1 and AsyncAPI 3.0."""

from __future__ import annotations

from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from marshmallow import Schema

from facilitate import __version__
from facilitate.domain.rights import RIGHTS
from facilitate.queries import SEES
from facilitate.wire.commands import COMMANDS
from facilitate.wire.values import VALUES

TITLE = "Facilitate hub"
_REFUSAL = {
    "type": "object",
    "required": ["code", "sentence", "field"],
    "properties": {
        "code": {"type": "string", "description": "Stable, kebab-case."},
        "sentence": {
            "type": "string",
            "description": "For the person: what happened, what was kept, what to do.",
        },
        "field": {"type": ["string", "null"]},
    },
}
_ACK = {
    "type": "object",
    "required": ["ok", "id"],
    "properties": {
        "ok": {"type": "boolean"},
        "id": {"type": ["string", "null"]},
        "number": {"type": "integer", "description": "The journal number, when ok."},
        "result": {"type": "object"},
        "refusal": {"$ref": "#/components/schemas/Refusal"},
    },
}
_CHANGE = {
    "type": "array",
    "prefixItems": [{"type": "string"}, {"type": "string"}, {"type": ["object", "null"]}],
    "minItems": 3,
    "maxItems": 3,
    "description": "Kind, id and the whole value; null where the thing is gone for this audience.",
}
_CHANGES = {
    "type": "object",
    "required": ["audience", "after", "upto", "now", "changes"],
    "properties": {
        "audience": {"type": "string"},
        "after": {"type": "integer"},
        "upto": {"type": "integer"},
        "now": {"type": "integer", "description": "The hub's clock, in milliseconds since 1970."},
        "changes": {"type": "array", "items": {"$ref": "#/components/schemas/Change"}},
    },
}
_JOIN = {
    "type": "object",
    "properties": {
        "streams": {
            "type": "object",
            "description": "How far the device got in each audience; null or absent asks for a snapshot.",
            "additionalProperties": {"type": ["integer", "null"]},
        }
    },
}
_JOINED = {
    "type": "object",
    "required": ["ok", "now", "epoch", "streams"],
    "properties": {
        "ok": {"type": "boolean"},
        "now": {"type": "integer"},
        "epoch": {"type": "string"},
        "streams": {"type": "object", "additionalProperties": {"type": "object"}},
    },
}


def _spec() -> APISpec:
    spec = APISpec(
        title=TITLE, version=__version__, openapi_version="3.1.0", plugins=[MarshmallowPlugin()],
        info={"license": {"name": "AGPL-3.0-or-later"}},
    )  # fmt: skip
    for name, shape in (
        ("Refusal", _REFUSAL), ("Acknowledgement", _ACK), ("Change", _CHANGE), ("Changes", _CHANGES),
        ("Join", _JOIN), ("Joined", _JOINED),
    ):  # fmt: skip
        spec.components.schema(name, shape)
    for kind, schema in VALUES.items():
        spec.components.schema(f"{_title(schema)}Value", schema=schema)
        spec.components.schemas[f"{_title(schema)}Value"]["description"] = _seen_by(kind)
    for verb, schema in COMMANDS.items():
        spec.components.schema(f"{_title(schema)}Data", schema=schema)
        spec.components.schema(f"{_title(schema)}Command", _command(verb, f"{_title(schema)}Data"))
    return spec


def _title(schema: Schema) -> str:
    return type(schema).__name__.removesuffix("Schema")


def _seen_by(kind: str) -> str:
    audiences = [audience for audience, kinds in SEES.items() if kind in kinds]
    return f"Reaches the audiences: {', '.join(audiences)}."


def _command(verb: str, data: str) -> dict[str, Any]:
    right = RIGHTS[verb]
    who = ", ".join(sorted(role.value for role in right.roles))
    when = ", ".join(sorted(phase.value for phase in right.phases))
    return {
        "type": "object",
        "required": ["id", "type", "data"],
        "additionalProperties": False,
        "description": f"For: {who}. Phases: {when}.",
        "properties": {
            "id": {"type": "string", "format": "uuid", "description": "Made by the device: UUIDv7."},
            "type": {"const": verb},
            "data": {"$ref": f"#/components/schemas/{data}"},
        },
    }


def _one_of() -> dict[str, Any]:
    names = [f"{_title(schema)}Command" for schema in COMMANDS.values()]
    return {"oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in names]}


def openapi() -> dict[str, Any]:
    """What the hub answers by HTTP, as an OpenAPI 3.1 document."""
    spec = _spec()
    ack = {"$ref": "#/components/schemas/Acknowledgement"}
    backlog = {
        "type": "object",
        "required": ["commands"],
        "properties": {"commands": {"type": "array", "maxItems": 500, "items": _one_of()}},
    }
    answers = {
        "type": "object",
        "required": ["acks"],
        "properties": {"acks": {"type": "array", "items": ack}},
    }
    spec.components.security_scheme("session", {"type": "apiKey", "in": "cookie", "name": "facilitate"})
    spec.path(
        "/commands",
        operations={
            "post": {
                "summary": "Submit one command, or the whole backlog of a laptop.",
                "security": [{"session": []}],
                "requestBody": _body({"oneOf": [*_one_of()["oneOf"], backlog]}),
                "responses": {
                    "200": _answer("Every well-formed command is acknowledged.", {"oneOf": [ack, answers]})
                },
            }
        },
    )
    for path, sentence, schema in (
        ("/healthz", "The process lives.", {"type": "object", "required": ["alive"]}),
        ("/readyz", "The database answers.", {"type": "object", "required": ["ready"]}),
    ):
        spec.path(
            path, operations={"get": {"summary": sentence, "responses": {"200": _answer(sentence, schema)}}}
        )
    found: dict[str, Any] = spec.to_dict()
    return found


def _body(schema: dict[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": {"application/json": {"schema": schema}}}


def _answer(sentence: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": sentence, "content": {"application/json": {"schema": schema}}}


def asyncapi() -> dict[str, Any]:
    """The live protocol over Socket.IO, as an AsyncAPI 3.0 document."""
    schemas = _spec().to_dict()["components"]["schemas"]
    messages: dict[str, Any] = {
        "join": _message("Say how far this device got.", "Join"),
        "joined": _message("A snapshot with what changed since, or the changes alone.", "Joined"),
        "submit": {"summary": "One command.", "payload": _one_of()},
        "acknowledged": _message("The answer to one command.", "Acknowledgement"),
        "changes": _message("What changed for one audience.", "Changes"),
        "rejoin": {"summary": "Your audiences changed: join again.", "payload": {"type": "object"}},
    }
    operations = {
        "join": _operation("receive", "join", reply="joined"),
        "submit": _operation("receive", "submit", reply="acknowledged"),
        "changes": _operation("send", "changes"),
        "rejoin": _operation("send", "rejoin"),
    }
    return {
        "asyncapi": "3.0.0",
        "info": {"title": TITLE, "version": __version__, "license": {"name": "AGPL-3.0-or-later"}},
        "defaultContentType": "application/json",
        "channels": {
            "live": {
                "address": "/socket.io",
                "description": "Socket.IO over WebSocket, signed in by the session's cookie.",
                "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in messages},
            }
        },
        "operations": operations,
        "components": {"messages": messages, "schemas": schemas},
    }


def _message(sentence: str, schema: str) -> dict[str, Any]:
    return {"summary": sentence, "payload": {"$ref": f"#/components/schemas/{schema}"}}


def _operation(action: str, message: str, *, reply: str | None = None) -> dict[str, Any]:
    channel = {"$ref": "#/channels/live"}
    found: dict[str, Any] = {
        "action": action, "channel": channel, "messages": [{"$ref": f"#/channels/live/messages/{message}"}],
    }  # fmt: skip
    if reply:
        found["reply"] = {"channel": channel, "messages": [{"$ref": f"#/channels/live/messages/{reply}"}]}
    return found
