"""Hall: the shapes in which the rules of a ballot and its electorate are asked for."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from facilitate.domain.ballots import LONGEST_LABEL, RANKING_METHODS
from facilitate.domain.majority import MOST_POINTS, Deciding
from facilitate.domain.people import Section
from facilitate.wire.base import Message


def _shares() -> fields.List[Any]:
    sections = fields.List(
        fields.String(validate=validate.OneOf(list(Section))), required=True, validate=validate.Length(1)
    )
    share = fields.String(required=True, validate=validate.Length(1, 20))
    schema = Message.from_dict({"sections": sections, "share": share}, name="SectionShare")
    return fields.List(fields.Nested(schema), load_default=list, validate=validate.Length(0, 8))


def ballot_rules() -> fields.Nested:
    """How a ballot is to be counted; what is not named is as in a simple majority of heads."""
    return fields.Nested(
        Message.from_dict(
            {
                "base": fields.String(load_default=None, allow_none=True),
                "quorum": fields.Integer(load_default=0, strict=True, validate=validate.Range(0, 1_000_000)),
                "majority": fields.String(load_default="simple"),
                "tie": fields.String(load_default="status-quo"),
                "lot": fields.String(load_default="", validate=validate.Length(0, LONGEST_LABEL)),
                "method": fields.String(load_default="irv", validate=validate.OneOf(list(RANKING_METHODS))),
                "seats": fields.Integer(load_default=1, strict=True, validate=validate.Range(1, 20)),
                "points": fields.Integer(
                    load_default=10, strict=True, validate=validate.Range(1, MOST_POINTS)
                ),
                "minority": fields.String(load_default="0", validate=validate.Length(1, 20)),
                "shares": _shares(),
                "deciding": fields.String(load_default="heads", validate=validate.OneOf(list(Deciding))),
            },
            name="Rules",
        ),
        load_default=None,
        allow_none=True,
    )


def electorate() -> fields.Nested:
    """Who may vote; nothing named means every delegate present."""
    sections = fields.List(fields.String(validate=validate.OneOf(list(Section))), load_default=list)
    present = fields.Boolean(load_default=True, truthy={True}, falsy={False})
    schema = Message.from_dict({"sections": sections, "must_be_present": present}, name="Electorate")
    return fields.Nested(schema, load_default=None, allow_none=True)
