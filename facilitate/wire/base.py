"""Every stage: what all messages share; unknown keys are refused and a wrong shape gets a sentence."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from facilitate.domain.refusal import Refused

LONG = 20_000
LINE = 400


class Message(Schema):
    """One message; unknown keys are refused."""

    class Meta:
        """How marshmallow treats this message."""

        unknown = RAISE


def check_uuid(value: str) -> None:
    """Refuse what is not a UUID in its canonical form."""
    try:
        if str(uuid.UUID(value)) != value:
            raise ValidationError("This is not an id in its usual form.")
    except ValueError as error:
        raise ValidationError("This is not an id.") from error


def made_id(*, required: bool = True) -> fields.String:
    """An id that the device made for a new thing: UUIDv7."""
    return fields.String(required=required, validate=check_uuid)


def known_id(*, required: bool = True) -> fields.String:
    """The id of a thing that is there already."""
    if required:
        return fields.String(required=True, validate=validate.Length(1, 64))
    return fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 64))


def line(*, required: bool = True, longest: int = LINE) -> fields.String:
    """A short text on one line."""
    if required:
        return fields.String(required=True, validate=validate.Length(0, longest))
    return fields.String(load_default=None, allow_none=True, validate=validate.Length(0, longest))


def prose(*, required: bool = True, longest: int = LONG) -> fields.String:
    """A text of several lines."""
    if required:
        return fields.String(required=True, validate=validate.Length(0, longest))
    return fields.String(load_default=None, allow_none=True, validate=validate.Length(0, longest))


def count(*, required: bool = True, most: int = 1_000_000) -> fields.Integer:
    """A whole number from nought."""
    if required:
        return fields.Integer(required=True, strict=True, validate=validate.Range(0, most))
    return fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(0, most))


def ids(*, least: int = 0) -> fields.List[Any]:
    """Ids of things that are there already."""
    return fields.List(
        fields.String(validate=validate.Length(1, 64)), required=True, validate=validate.Length(least, 2000)
    )


def parse(schema: Schema, raw: Any) -> dict[str, Any]:
    """Read a message by its schema.

    Errors: `bad-message` with the first field that does not fit.
    """
    if not isinstance(raw, Mapping):
        raise Refused("bad-message", "The message is not an object. Nothing was changed.")
    try:
        loaded: dict[str, Any] = schema.load(raw)
        return loaded
    except ValidationError as error:
        field, why = _first(error.normalized_messages())  # type: ignore[no-untyped-call]
        raise Refused("bad-message", f"{field}: {why} Nothing was changed.", field) from error


def _first(messages: Any, path: str = "") -> tuple[str, str]:
    if isinstance(messages, dict):
        key, inner = next(iter(messages.items()))
        return _first(inner, f"{path}.{key}" if path else str(key))
    return path or "message", str(messages[0])
