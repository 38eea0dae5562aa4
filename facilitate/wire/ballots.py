"""Hall: the shapes of ballots and of what a delegate is told of their own vote."""

from __future__ import annotations

from typing import Any

from marshmallow import Schema, fields

from facilitate.domain.ballots import BallotForm, BallotState, Purpose, Trust
from facilitate.domain.counting import Reason, Verdict
from facilitate.domain.majority import Deciding
from facilitate.wire.parts import counts, list_of, maybe, moment, number, one_of, shape, text, value, yes_no

_OPTION: dict[str, Any] = {"key": text(), "label": text(), "effect": text(none=True)}
_BAR: dict[str, Any] = {"key": text(), "shown": text(), "share": number()}
# How a method chose: one bar for each option, and every round as a table and in sentences.
_CHART: dict[str, Any] = {"counted": text(), "bars": list_of(shape("Bar", _BAR))}
_ROUNDS: dict[str, Any] = {
    "head": list_of(fields.String()),
    "rows": list_of(list_of(fields.String())),
    "said": list_of(fields.String()),
}
_SHARE_BAR: dict[str, Any] = {
    "key": text(), "label": text(), "shown": text(), "exact": text(), "part": number(),
}  # fmt: skip
_GROUP_BAR: dict[str, Any] = {
    "name": text(), "share": text(), "size": number(), "parts": counts(), "votes": counts(),
}  # fmt: skip
# What lost above the share set for it, with its words.
_POSITION: dict[str, Any] = {
    "key": text(), "label": text(), "votes": number(), "text": text(), "by_movers": yes_no(),
    "sentence": text(),
}  # fmt: skip
# The same papers by heads and by sections: which decides, the shares, each group, and all of it as a table.
_TALLY: dict[str, Any] = {
    "deciding": one_of(Deciding),
    "split": yes_no(),
    "headline": text(),
    "decide": text(),
    "heads": text(),
    "sections": text(),
    "shares": list_of(shape("ShareBar", _SHARE_BAR)),
    "groups": list_of(shape("GroupBar", _GROUP_BAR)),
    "head": list_of(fields.String()),
    "rows": list_of(list_of(fields.String())),
}
_RESULT: dict[str, Any] = {
    "counts": counts(),
    "abstained": number(),
    "not_voted": number(),
    "base": number(),
    "needed": number(none=True),
    "verdict": one_of(Verdict),
    "reason": one_of(Reason),
    "winner": text(none=True),
    "tied": list_of(fields.String()),
    "sentence": text(),
    "why": text(),
    "quorum": number(),
    "quorum_reached": yes_no(),
    "papers": number(),
    "present": number(none=True),
    "counted": yes_no(),
    "winners": list_of(fields.String()),
    "chart": maybe("Chart", **_CHART),
    "rounds": maybe("Rounds", **_ROUNDS),
    "sections": maybe("SectionTally", **_TALLY),
    "minority": list_of(shape("MinorityPosition", _POSITION)),
}
# Who is counted where, before the ballot opens.
_COUNTED_IN: dict[str, Any] = {"name": text(), "share": text(), "size": number()}
_SECTIONS: dict[str, Any] = {
    "deciding": one_of(Deciding),
    "smallest": number(),
    "groups": list_of(shape("CountedGroup", _COUNTED_IN)),
    "said": list_of(fields.String()),
}
_GROUP: dict[str, Any] = {
    "name": text(), "sections": list_of(fields.String()), "n": text(), "e": number(),
}  # fmt: skip
_STAMPING: dict[str, Any] = {
    "bid": text(),
    "keys_hash": text(none=True),
    "groups": list_of(shape("StampGroup", _GROUP)),
    "box": text(none=True),
    "box_key": text(none=True),
    "jitter": number(),
    "page": text(none=True),
}
_BOARD: dict[str, Any] = {
    "root": text(),
    "keys_hash": text(none=True),
    "cast": number(),
    "issued": number(),
    "replaced": number(),
    "url": text(),
}
BALLOT_VALUES: dict[str, Schema] = {
    "ballot": value(
        "Ballot",
        number=number(),
        motion=text(none=True),
        passage=text(none=True),
        track=text(none=True),
        question=text(),
        form=one_of(BallotForm),
        options=list_of(shape("Option", _OPTION)),
        state=one_of(BallotState),
        trust=one_of(Trust),
        purpose=one_of(Purpose),
        rule=text(),
        sections=maybe("Sections", **_SECTIONS),
        cards=maybe("Cards", delegations=number(), members=number(), said=text()),
        quorum=number(),
        min_group=number(),
        opened=moment(),
        closed=moment(),
        deadline=moment(),
        publish_at=moment(),
        version=number(),
        entitled=number(),
        present=number(),
        voted=number(),
        need_time=number(),
        companions=number(none=True),
        declared=fields.Dict(required=True, allow_none=True),
        result=maybe("Result", **_RESULT),
        points=number(none=True),
        method=text(none=True),
        seats=number(),
        level=list_of(fields.String()),
        again_of=text(none=True),
        certified=number(),
        doubtful=yes_no(),
        begun=list_of(fields.String()),
        stamping=maybe("Stamping", **_STAMPING),
        board=maybe("Board", **_BOARD),
        issued=number(none=True),
        without_stamp=number(none=True),
        not_voted=number(none=True),
        failing=number(),
        papers_out=number(),
        box_trouble=text(none=True),
    ),
    "confidence": value(
        "Confidence",
        text=text(),
        name=text(none=True),
        delegation=text(none=True),
        ballot=number(none=True),
        sent=moment(),
        ended=moment(),
        note=text(none=True),
    ),
    "vote": value(
        "Vote",
        entitled=yes_no(),
        why=text(none=True),
        voted=yes_no(),
        stamped=yes_no(),
        group=number(none=True),
        channel=text(none=True),
        counted=text(none=True),
    ),
}
