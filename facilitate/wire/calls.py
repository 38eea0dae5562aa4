"""Hall: the shapes of help calls, in and out."""

from __future__ import annotations

from marshmallow import Schema

from facilitate.domain.calls import CallState
from facilitate.wire.base import Message, ids, known_id, line, made_id, prose
from facilitate.wire.parts import list_of, moment, number, one_of, shape, text, value, yes_no

CALL_COMMANDS: dict[str, Schema] = {
    "call-help": Message.from_dict(
        {
            "item": made_id(),
            "reason": line(longest=120),
            "words": prose(required=False),
            "at": line(required=False),
        },
        name="CallHelp",
    )(),
    "take-back-help": Message.from_dict({"items": ids(least=1)}, name="TakeBackHelp")(),
    "acknowledge-help": Message.from_dict({"call": known_id()}, name="AcknowledgeHelp")(),
    "close-help": Message.from_dict({"call": known_id()}, name="CloseHelp")(),
}
CALL_VALUES: dict[str, Schema] = {
    "call": value(
        "Call",
        table=number(),
        state=one_of(CallState),
        cries=list_of(
            shape(
                "Cry",
                {
                    "item": text(),
                    "reason": text(none=True),
                    "words": text(),
                    "private": yes_no(),
                    "said": text(none=True),
                    "arrived": moment(),
                    "late": yes_no(),
                    "back": yes_no(),
                },
            )
        ),
        called=moment(),
        waits_since=moment(),
        seen=moment(),
        seen_by=text(none=True),
        ended=moment(),
        ended_by=text(none=True),
    ),
}
