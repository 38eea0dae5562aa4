"""Hall: the order of votes as it travels, and the commands that lay it and go along it."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from facilitate.domain.vote_entries import EntryKind
from facilitate.wire.base import Message, known_id, made_id
from facilitate.wire.parts import list_of, number, one_of, shape, text, value, yes_no

_ENTRY: dict[str, Any] = {
    "key": text(), "kind": one_of(EntryKind), "label": text(), "motions": list_of(fields.String()),
    "reason": text(), "falls": list_of(fields.String()), "state": text(), "why": text(none=True),
    "ballot": number(none=True),
}  # fmt: skip
_PASSAGE: dict[str, Any] = {
    "id": text(), "ref": text(), "words": text(), "by": list_of(fields.String()), "alone": yes_no(),
}  # fmt: skip
ORDER_VALUES: dict[str, Schema] = {
    "order": value(
        "Order",
        document=text(),
        prefix=text(),
        title=text(),
        position=number(),
        laid=yes_no(),
        en_bloc=yes_no(),
        pulling=yes_no(),
        needed=number(),
        apart=list_of(fields.String()),
        divided=text(),
        passages=list_of(shape("OrderPassage", _PASSAGE)),
        entries=list_of(shape("OrderEntry", _ENTRY)),
    ),
}


def _message(title: str, /, **given: fields.Field[Any]) -> Schema:
    return Message.from_dict(dict(given), name=title)()


def _keys() -> fields.List[str]:
    key = fields.String(validate=validate.Length(1, 80))
    return fields.List(key, load_default=list, validate=validate.Length(0, 1000))


def _said() -> fields.Boolean:
    return fields.Boolean(required=True, truthy={True}, falsy={False})


ORDER_COMMANDS: dict[str, Schema] = {
    "lay-order": _message("LayOrder", document=known_id(), entries=_keys(), en_bloc=_said(), apart=_keys()),
    "pull-out": _message("PullOut", passage=known_id()),
    "put-back": _message("PutBack", passage=known_id()),
    "make-contingent": _message(
        "MakeContingent", motion=known_id(), on=known_id(required=False), when_carried=_said()
    ),
    "put-next-vote": _message(
        "PutNextVote", document=known_id(), item=made_id(),
        entry=fields.String(load_default=None, allow_none=True, validate=validate.Length(1, 80)),
    ),
}  # fmt: skip
