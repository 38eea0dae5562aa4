"""Hall: the pieces of which the shapes of outgoing values are made."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from facilitate.wire.base import Message


def value(title: str, /, **given: fields.Field[Any]) -> Schema:
    """One kind of thing, with its id."""
    return Message.from_dict({"id": fields.String(required=True), **given}, name=title)()


def part(title: str, /, **given: fields.Field[Any]) -> fields.Nested:
    """A part that is always there."""
    return fields.Nested(Message.from_dict(dict(given), name=title), required=True)


def maybe(title: str, /, **given: fields.Field[Any]) -> fields.Nested:
    """A part that may be null."""
    return fields.Nested(Message.from_dict(dict(given), name=title), required=True, allow_none=True)


def text(*, none: bool = False) -> fields.String:
    """A text."""
    return fields.String(required=True, allow_none=none)


def number(*, none: bool = False) -> fields.Integer:
    """A whole number."""
    return fields.Integer(required=True, strict=True, allow_none=none)


def yes_no(*, none: bool = False) -> fields.Boolean:
    """True or false."""
    return fields.Boolean(required=True, allow_none=none, truthy={True}, falsy={False})


def one_of(words: Any, *, none: bool = False) -> fields.String:
    """One of a closed list of words."""
    return fields.String(required=True, allow_none=none, validate=validate.OneOf([str(w) for w in words]))


def moment() -> fields.DateTime:
    """A moment, ISO 8601 in UTC, or null."""
    return fields.DateTime(required=True, allow_none=True, format="iso")


def list_of(inner: fields.Field[Any]) -> fields.List[Any]:
    """A list."""
    return fields.List(inner, required=True)


def counts() -> fields.Dict:
    """How many of each."""
    return fields.Dict(keys=fields.String(), values=fields.Integer(strict=True), required=True)


def ops() -> fields.List[Any]:
    """A change of wording as operations, or null."""
    return fields.List(fields.List(fields.Raw()), required=True, allow_none=True)


def shape(title: str, given: dict[str, Any]) -> fields.Nested:
    """An element of a list, under a name of its own in the generated documents."""
    return fields.Nested(Message.from_dict(given, name=title))
