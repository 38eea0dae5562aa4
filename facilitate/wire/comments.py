"""Hall: a table's comment with what other tables answered, and who writes for a table, as they travel."""

from __future__ import annotations

from typing import Any

from marshmallow import fields, validate

from facilitate.domain.comments import CommentKind, CommentMark
from facilitate.domain.responses import Response
from facilitate.domain.stations import Disposition, Station
from facilitate.wire.parts import list_of, maybe, moment, number, one_of, ops, shape, text, value, yes_no

_RESPONSE: dict[str, Any] = {
    "table": number(none=True), "response": one_of(Response), "earlier": yes_no(),
}  # fmt: skip
COMMENT = value(
    "Comment",
    ref=text(none=True),
    table=number(none=True),
    passage=text(),
    item=text(none=True),
    kind=one_of(CommentKind),
    agree=number(),
    against=number(),
    minority=yes_no(),
    text=text(),
    ops=ops(),
    english=text(none=True),
    parent=text(none=True),
    # To which other comment it adds, this table's own answer to it, and what all tables answered.
    adds_to=text(none=True),
    response=one_of(Response, none=True),
    responses=list_of(shape("TablesResponse", _RESPONSE)),
    state=one_of(("current", "superseded", "withdrawn", "conflict")),
    marks=list_of(fields.String(validate=validate.OneOf([m.value for m in CommentMark]))),
    n=number(none=True),
    device=text(none=True),
    station=one_of(Station),
    disposition=one_of(Disposition, none=True),
    reason=text(none=True),
    # Who of the resource persons answers what it asks, until the answer is there.
    answered_by=text(none=True),
    at=moment(),
    themes=list_of(fields.String()),
    theme_names=list_of(fields.String()),
)
_SINCE: dict[str, Any] = {"at": fields.DateTime(required=True, format="iso"), "id": text()}
# Of each passage, from which comment on others are heard (null: all of them), and how many came before it.
_HEARD_ON: dict[str, Any] = {"since": maybe("HeardSince", **_SINCE), "earlier": number()}
HEARD = value("Heard", passages=fields.Dict(keys=text(), values=shape("HeardOn", _HEARD_ON), required=True))
WRITING = value(
    "Writing", laptop=text(none=True), giver=text(none=True), name=text(),
    draft=fields.Dict(required=True, allow_none=True), at=moment(),
)  # fmt: skip
