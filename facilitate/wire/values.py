"""Hall: the shape of everything that goes out, one schema for each kind of thing that a device may see."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields, validate

from facilitate.domain.ballots import Trust
from facilitate.domain.chair import ItemPhase
from facilitate.domain.comments import CommentKind, MissingState
from facilitate.domain.motions import MotionEffect, MotionState
from facilitate.domain.people import Role
from facilitate.domain.programme import ItemKind, ItemState, Phase
from facilitate.domain.scenes import Scene
from facilitate.domain.stations import Disposition, Station
from facilitate.wire.ballots import BALLOT_VALUES
from facilitate.wire.calls import CALL_VALUES
from facilitate.wire.comments import COMMENT, HEARD, WRITING
from facilitate.wire.kiosks import KIOSK_VALUES
from facilitate.wire.parts import (
    counts,
    list_of,
    maybe,
    moment,
    number,
    one_of,
    part,
    shape,
    text,
    value,
    yes_no,
)
from facilitate.wire.questions import QUESTION_VALUES
from facilitate.wire.vote_orders import ORDER_VALUES

_STEP: dict[str, Any] = {"verb": text(), "label": text(), "hint": text(), "subject": text(none=True)}
_UNDO: dict[str, Any] = {"label": text(), "why_not": text(none=True)}
_ASSIGNED: dict[str, Any] = {"passage": text(), "tables": fields.Raw(required=True)}
_SOURCE: dict[str, Any] = {"kind": one_of(("comment", "theme", "submission")), "id": text(), "label": text()}

VALUES: dict[str, Schema] = {
    "event": value(
        "Event",
        name=text(),
        zone=text(),
        preset=one_of(("meeting", "forum", "conference")),
        accent=text(),
        rehearsal=yes_no(),
        phase=one_of(Phase),
        features=part("Features", seating=yes_no(), themes=yes_no(), tracks=yes_no(), screens=yes_no()),
        limit=number(none=True),
        quiet_seconds=number(),
        kept_alarm_seconds=number(),
        table_size=number(),
        names_tables=yes_no(),
        reads_back=yes_no(),
        reasons=list_of(fields.String()),
        elsewhere=text(none=True),
        erase_devices=yes_no(),
        help_reasons=list_of(shape("HelpReason", {"label": text(), "private": yes_no()})),
        help_alarm_seconds=number(),
        trusts=list_of(one_of(Trust)),
        default_trust=one_of(Trust),
        kinds=list_of(shape("KindLook", {"key": one_of(CommentKind), "label": text(), "sign": text()})),
        present=number(),
        entitled=number(),
        tables=number(),
    ),
    "me": value(
        "Me",
        person=text(),
        name=text(),
        roles=list_of(fields.String(validate=validate.OneOf([r.value for r in Role]))),
        table=number(none=True),
        delegation=text(none=True),
    ),
    "track": value(
        "Track",
        name=text(),
        position=number(),
        current=text(none=True),
        late_minutes=number(),
        step=maybe("Step", **_STEP),
        undo=maybe("Undo", **_UNDO),
        ends=fields.DateTime(allow_none=True, format="iso"),
    ),
    "item": value(
        "Item",
        track=text(),
        day=text(),
        position=number(),
        kind=one_of(ItemKind),
        title=text(),
        planned=text(),
        minutes=number(),
        state=one_of(ItemState),
        progress=one_of(ItemPhase),
        started=moment(),
        ended=moment(),
        deadline=moment(),
        remaining=number(none=True),
        assignments=list_of(shape("Assigned", _ASSIGNED)),
    ),
    "document": value(
        "Document",
        title=text(),
        prefix=text(),
        commission=text(),
        position=number(),
        state=text(),
    ),
    "passage": value(
        "Passage",
        document=text(),
        ref=text(),
        number=text(),
        kind=text(),
        heading=text(),
        text=text(),
        depth=number(),
        position=number(),
        version=number(),
        hash=text(),
        carried=text(none=True),
    ),
    "table": value(
        "Table",
        number=number(),
        track=text(none=True),
        block=text(),
        places=number(),
        state=one_of(("talking", "silent", "offline")),
        comments=number(),
        at=moment(),
        typed=number(none=True),
        kept=number(none=True),
        kept_since=moment(),
        centre=number(),
    ),
    "comment": COMMENT,
    "heard": HEARD,
    "writing": WRITING,
    "theme": value(
        "Theme",
        passage=text(none=True),
        document=text(),
        name=text(),
        minority=yes_no(),
        comments=number(),
        tables=number(),
        agree=number(),
        position=number(),
        quote=maybe("Quote", text=text(), table=number(none=True)),
        members=fields.List(fields.String()),
    ),
    "motion": value(
        "Motion",
        number=number(),
        passage=text(none=True),
        ref=text(),
        document=text(),
        effect=one_of(MotionEffect),
        title=text(),
        text=text(),
        before=text(),
        segments=list_of(fields.List(fields.String())),
        english=text(none=True),
        state=one_of(MotionState),
        amends=text(none=True),
        contingent_on=text(none=True),
        when_carried=yes_no(),
        rescinds=text(none=True),
        why=text(none=True),
        sources=list_of(shape("Source", _SOURCE)),
    ),
    **BALLOT_VALUES,
    **ORDER_VALUES,
    "missing": value(
        "Missing",
        ref=text(),
        table=number(none=True),
        passage=text(none=True),
        text=text(),
        state=one_of(MissingState),
        answer=text(none=True),
        comment=text(none=True),
        at=moment(),
    ),
    "submission": value(
        "Submission",
        ref=text(),
        title=text(),
        text=text(),
        body=text(),
        passages=list_of(fields.String()),
        station=one_of(Station),
        disposition=one_of(Disposition, none=True),
        reason=text(none=True),
        note=text(none=True),
    ),
    "screen": value(
        "Screen",
        label=text(),
        shows=one_of(Scene),
        scene=part(
            "ChosenScene",
            name=one_of(["follow", *Scene]),
            track=text(none=True),
            passage=text(none=True),
            ballot=text(none=True),
        ),
    ),
    "room": value(
        "Room",
        comments=number(),
        by_kind=counts(),
        by_passage=list_of(shape("ByPassage", {"ref": text(), "n": number(), "kinds": counts()})),
        talking=number(),
        silent=number(),
        offline=number(),
        tables=number(),
        themes=number(),
        unread=number(),
        oldest_unread=moment(),
    ),
    "balance": value(
        "Balance",
        kinds=list_of(
            shape(
                "BalanceLine",
                {
                    "kind": text(),
                    "label": text(),
                    "received": number(),
                    "open": number(),
                    "ended": number(),
                    "difference": number(),
                    "wrong": yes_no(),
                    "named": list_of(text()),
                },
            )
        ),
        received=number(),
        open=number(),
        ended=number(),
    ),
    "hub": value("Hub", storing=yes_no(), since=moment(), sentence=text(none=True)),
    **CALL_VALUES,
    **KIOSK_VALUES,
    **QUESTION_VALUES,
}
