"""Ballots: what hub and box say to one another: orders, questions and answers, and how they are signed."""

from __future__ import annotations

import hashlib
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from facilitate.box.identity import Identity, is_signed
from facilitate.domain.majority import rules_from_dict
from facilitate.domain.refusal import Refused
from facilitate.domain.stamped_papers import canonical

_ORDER, _ANSWER = b"facilitate-order/1\0", b"facilitate-answer/1\0"
FORMAT = "facilitate-board/1"
MOST_GROUPS = 255
_HEX = "0123456789abcdef"


class _Message(Schema):
    class Meta:
        """How marshmallow treats this message."""

        unknown = RAISE


def _hex(figures: int) -> fields.String:
    return fields.String(
        required=True,
        validate=[validate.Length(equal=figures), validate.ContainsOnly(_HEX)],
    )


def _line(longest: int) -> fields.String:
    return fields.String(required=True, validate=validate.Length(1, longest))


def _number(least: int) -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(least, 2**53))


class _Group(_Message):
    name = _line(400)
    sections = fields.List(_line(100), required=True)
    n = _hex(512)
    e = fields.Integer(required=True, strict=True, validate=validate.Equal(65537))


class _Option(_Message):
    key = _line(100)
    label = _line(400)


class _Header(_Message):
    format = fields.String(required=True, validate=validate.Equal(FORMAT))
    ballot = _line(100)
    number = _number(1)
    question = fields.String(required=True, validate=validate.Length(1, 20_000))
    form = _line(40)
    options = fields.List(fields.Nested(_Option), required=True, validate=validate.Length(1, 100))
    rules = fields.Dict(keys=fields.String(), required=True)
    groups = fields.List(fields.Nested(_Group), required=True, validate=validate.Length(1, MOST_GROUPS))


class _Told(_Message):
    act = fields.String(required=True)
    sequence = _number(1)
    bid = _line(100)


class _Announce(_Told):
    header = fields.Nested(_Header, required=True)


class _Close(_Told):
    issued = fields.List(_number(0), required=True, validate=validate.Length(1, MOST_GROUPS))
    replaced = _number(0)


class _Tell(_Message):
    act = fields.String(required=True)
    nonce = _hex(32)
    # From where papers may come.
    origins = fields.List(_line(400), required=True, validate=validate.Length(1, 100))


_ACTS: dict[str, type[Schema]] = {
    "announce": _Announce, "open": _Told, "close": _Close, "forget": _Told, "tell": _Tell,
}  # fmt: skip


class _Signed(_Message):
    order = fields.Dict(required=True)
    signature = _hex(128)


def read_order(raw: Any, hub: str) -> dict[str, Any]:
    """An order or a question that the hub signed.

    Errors: `order-malformed`, `order-not-signed`.
    """
    signed = _load(_Signed(), raw)
    order: dict[str, Any] = signed["order"]
    if not is_signed(hub, _ORDER + canonical(order), bytes.fromhex(signed["signature"])):
        raise Refused("order-not-signed", "This order is not signed by the hub that this box is paired with.")
    schema = _ACTS.get(str(order.get("act")))
    if schema is None:
        raise Refused("order-malformed", "There is no such order.", "act")
    _load(schema(), order)
    if order["act"] == "announce":
        _check_header(order)
    return order


def _check_header(order: dict[str, Any]) -> None:
    if order["header"]["ballot"] != order["bid"]:
        raise Refused("order-malformed", "The header is another ballot’s.", "header")
    try:
        rules_from_dict(order["header"]["rules"])
    except Refused as refusal:
        raise Refused("order-malformed", refusal.sentence, "rules") from refusal


def _load(schema: Schema, raw: Any) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise Refused("order-malformed", "The message is not an object.")
    try:
        loaded: dict[str, Any] = schema.load(raw)
        return loaded
    except ValidationError as error:
        field = str(next(iter(error.normalized_messages())))  # type: ignore[no-untyped-call]
        raise Refused("order-malformed", f"{field} does not fit.", field) from error


def signed_order(hub: Identity, order: dict[str, Any]) -> dict[str, Any]:
    """An order as it is sent."""
    return {"order": order, "signature": hub.sign(_ORDER + canonical(order)).hex()}


def signed_answer(box: Identity, order: dict[str, Any], answer: dict[str, Any]) -> dict[str, Any]:
    """An answer as it is sent; it is good for this order alone."""
    return {"answer": answer, "signature": box.sign(_answered(order, answer)).hex()}


def read_answer(raw: Any, box: str, order: dict[str, Any]) -> dict[str, Any]:
    """What the box answered to an order.

    Errors: `box-not-itself`, and whatever the box refuses.
    """
    answer = raw.get("answer") if isinstance(raw, dict) else None
    try:
        signature = bytes.fromhex(raw["signature"])
    except (KeyError, TypeError, ValueError):
        signature = b""
    if not isinstance(answer, dict) or not is_signed(box, _answered(order, answer), signature):
        raise Refused(
            "box-not-itself", "What answers at the ballot box’s address is another box than was paired."
        )
    if not answer.get("ok"):
        told = answer.get("refusal") or {}
        raise Refused(str(told.get("code")), str(told.get("sentence")), told.get("field"))
    return answer


def _answered(order: dict[str, Any], answer: dict[str, Any]) -> bytes:
    return _ANSWER + hashlib.sha256(canonical(order)).digest() + canonical(answer)
