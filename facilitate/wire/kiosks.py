"""Hall: the shapes of what a kiosk says of itself, and of what the desk is told of it."""

from __future__ import annotations

from marshmallow import Schema, fields

from facilitate.wire.base import Message
from facilitate.wire.parts import moment, text, value, yes_no

KIOSK_COMMANDS: dict[str, Schema] = {
    "report-kiosk": Message.from_dict(
        {"voice": fields.Boolean(required=True, truthy={True}, falsy={False})}, name="ReportKiosk"
    )(),
}
KIOSK_VALUES: dict[str, Schema] = {
    "kiosk": value(
        "Kiosk",
        label=text(),
        online=yes_no(),
        in_use=yes_no(),
        voice=yes_no(none=True),
        seen=moment(),
        shut_until=moment(),
    ),
}
