"""Hall: every command that a device may submit, one schema each; the same over Socket.IO and HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, fields, validate

from facilitate.domain.ballots import BallotForm, Purpose, Trust
from facilitate.domain.comments import CommentKind
from facilitate.domain.papers import LONGEST_PAPER
from facilitate.domain.refusal import Refused
from facilitate.domain.responses import Response
from facilitate.wire.ballot_rules import ballot_rules, electorate
from facilitate.wire.base import Message, check_uuid, count, ids, known_id, line, made_id, parse, prose
from facilitate.wire.calls import CALL_COMMANDS
from facilitate.wire.kiosks import KIOSK_COMMANDS
from facilitate.wire.questions import QUESTION_COMMANDS
from facilitate.wire.vote_orders import ORDER_COMMANDS


def _message(title: str, /, **given: fields.Field[Any]) -> Schema:
    return Message.from_dict(dict(given), name=title)()


def _ops() -> fields.List[Any]:
    return fields.List(
        fields.List(fields.Raw(), validate=validate.Length(equal=2)), load_default=None, allow_none=True
    )


def _strings(longest: int = 400) -> fields.List[str]:
    return fields.List(fields.String(validate=validate.Length(1, longest)), load_default=list)


def _one_of(*values: str, or_else: str | None = None) -> fields.String:
    if or_else is not None:
        return fields.String(load_default=or_else, validate=validate.OneOf(values))
    return fields.String(required=True, validate=validate.OneOf(values))


def _kind() -> fields.String:
    return _one_of(*(kind.value for kind in CommentKind))


def _seconds(least: int) -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(least, 7200))


def _votes() -> fields.Integer:
    return fields.Integer(strict=True, validate=validate.Range(0, 1_000_000))


def _claim() -> fields.Boolean:
    return fields.Boolean(required=True, truthy={True}, falsy={False})


MOST_RESUMED = 500
def _mark() -> fields.Boolean:
    return fields.Boolean(load_default=False, truthy={True}, falsy={False})


def _draft() -> fields.Nested:
    """A draft that changes hands, under the id that its point will have."""
    return fields.Nested(
        Message.from_dict(
            {
                "item": made_id(), "passage": known_id(required=False), "kind": _kind(), "text": prose(),
                "wording": prose(required=False), "agree": count(most=100), "against": count(most=100),
                "minority": _mark(), "parent": known_id(required=False), "adds_to": known_id(required=False),
            },
            name="HandedDraft",
        ),
        load_default=None,
        allow_none=True,
    )  # fmt: skip


def _points() -> fields.List[Any]:
    point: dict[str, Any] = {
        "item": made_id(), "passage": known_id(), "kind": _kind(), "agree": count(most=100),
        "against": count(most=100), "text": prose(),
    }  # fmt: skip
    nested = fields.Nested(Message.from_dict(point, name="PaperPoint"))
    return fields.List(nested, required=True, validate=validate.Length(1, 50))


_BALLOT = {"ballot": known_id()}
_REASONED = {"ballot": known_id(), "reason": line(required=False)}
_TRACK = {"track": known_id()}

COMMANDS: dict[str, Schema] = {
    "record-comment": _message(
        "RecordComment",
        item=made_id(), n=count(), passage=known_id(), round=known_id(required=False),
        kind=_kind(), agree=count(most=100), against=count(most=100), text=prose(), ops=_ops(),
        base_hash=line(required=False), parent=known_id(required=False),
        minority=_mark(), adds_to=known_id(required=False),
        typed=count(required=False), at=line(required=False), table=count(required=False),
    ),
    "withdraw-comment": _message("WithdrawComment", comment=known_id(), reason=line(required=False)),
    "respond-to-comment": _message(
        "RespondToComment", comment=known_id(),
        response=fields.String(
            required=True, allow_none=True, validate=validate.OneOf([Response.OURS_TOO, Response.WE_DIFFER])
        ),
    ),
    "hand-over-writing": _message("HandOverWriting", laptop=known_id(), takes=_claim(), draft=_draft()),
    "report-laptop": _message("ReportLaptop", typed=count(), kept=count(), device=known_id(required=False)),
    # Acknowledged to this laptop; the hub names those that it does not have, such as after an older backup.
    "resume-laptop": _message("ResumeLaptop", commands=fields.List(
        fields.String(validate=check_uuid), required=True, validate=validate.Length(0, MOST_RESUMED)
    )),
    "record-paper": _message(
        "RecordPaper", table=count(), round=known_id(required=False), at=line(required=False),
        points=_points(),
    ),
    "type-in-kept": _message(
        "TypeInKept", kept=known_id(), table=count(required=False), passage=known_id(),
        kind=_kind(), agree=count(most=100), against=count(most=100), text=prose(),
    ),
    "admit-kept": _message("AdmitKept", kept=ids(least=1)),
    "end-kept": _message("EndKept", kept=ids(least=1), reason=line()),
    "report-missing": _message(
        "ReportMissing", item=made_id(), text=prose(longest=2000), passage=known_id(required=False)
    ),
    "cast-vote": _message("CastVote", ballot=known_id(), choice=line(longest=LONGEST_PAPER)),
    "fetch-stamp": _message(
        "FetchStamp", ballot=known_id(), version=count(), blinded=fields.String(
            required=True, validate=[validate.Length(equal=512), validate.ContainsOnly("0123456789abcdef")]
        ),
    ),
    "report-casting": _message("ReportCasting", ballot=known_id(), failing=_claim()),
    "need-time": _message("NeedTime", **_BALLOT),
    "write-to-tellers": _message(
        "WriteToTellers", item=made_id(), text=prose(longest=2000), named=_mark()
    ),
    "end-confidence": _message("EndConfidence", confidence=known_id(), note=line()),
    "take-step": _message("TakeStep", track=known_id(), verb=line(), subject=known_id(required=False)),
    "undo-step": _message("UndoStep", **_TRACK),
    "extend-timer": _message("ExtendTimer", track=known_id(), seconds=_seconds(-3600)),
    "pause-timer": _message("PauseTimer", **_TRACK),
    "resume-timer": _message("ResumeTimer", **_TRACK),
    "go-to-item": _message("GoToItem", track=known_id(), item=known_id()),
    "set-scene": _message(
        "SetScene", screen=known_id(), scene=line(), track=known_id(required=False),
        passage=known_id(required=False), ballot=known_id(required=False),
    ),
    "open-event": _message("OpenEvent"),
    "close-event": _message("CloseEvent"),
    "draft-ballot": _message(
        "DraftBallot", item=made_id(), motion=known_id(required=False), question=prose(longest=2000),
        form=_one_of(*BallotForm),
        options=_strings(), trust=_one_of(*Trust, or_else="anonymised"),
        purpose=_one_of(*Purpose, or_else="binding"), rules=ballot_rules(), track=known_id(required=False),
        electorate=electorate(),
    ),
    "announce-ballot": _message("AnnounceBallot", **_REASONED),
    "recall-ballot": _message("RecallBallot", **_REASONED),
    "open-ballot": _message("OpenBallot", **_REASONED),
    "close-ballot": _message("CloseBallot", **_REASONED),
    "publish-result": _message("PublishResult", **_REASONED),
    "void-ballot": _message("VoidBallot", **_REASONED),
    "run-again": _message("RunAgain", ballot=known_id(), item=made_id()),
    "certify-result": _message("CertifyResult", **_BALLOT),
    "replace-stamp": _message(
        "ReplaceStamp", ballot=known_id(), delegate=line(longest=200), reason=line(longest=400)
    ),
    "cast-card": _message("CastCard", ballot=known_id(), choice=line(longest=LONGEST_PAPER)),
    "enter-card": _message(
        "EnterCard", ballot=known_id(), delegation=known_id(), choice=line(longest=LONGEST_PAPER)
    ),
    "hand-out-paper": _message("HandOutPaper", ballot=known_id(), delegate=known_id()),
    "enter-paper": _message(
        "EnterPaper", ballot=known_id(), number=fields.Integer(
            required=True, strict=True, validate=validate.Range(1, 99_999)
        ),
        group=count(most=100), choice=line(required=False, longest=LONGEST_PAPER),
    ),
    "write-minority-position": _message(
        "WriteMinorityPosition", ballot=known_id(), option=line(longest=LONGEST_PAPER), text=prose()
    ),
    "note-companions": _message("NoteCompanions", ballot=known_id(), count=count(most=100_000)),
    "give-casting-vote": _message("GiveCastingVote", ballot=known_id(), choice=line(longest=LONGEST_PAPER)),
    "extend-ballot": _message("ExtendBallot", ballot=known_id(), seconds=_seconds(1)),
    "declare-hands": _message(
        "DeclareHands", ballot=known_id(), declaration=line(required=False),
        counts=fields.Dict(
            keys=fields.String(), values=_votes(), load_default=None, allow_none=True
        ),
    ),
    "mark-read": _message("MarkRead", comments=ids(least=1)),
    "name-theme": _message(
        "NameTheme", item=made_id(), passage=known_id(), name=line(longest=1000), comments=ids()
    ),
    "rename-theme": _message("RenameTheme", theme=known_id(), name=line(longest=1000)),
    "move-comments": _message("MoveComments", comments=ids(least=1), theme=known_id(required=False)),
    "merge-themes": _message("MergeThemes", into=known_id(), **{"from": ids(least=1)}),
    "split-theme": _message(
        "SplitTheme", theme=known_id(), item=made_id(), name=line(longest=1000), comments=ids(least=1)
    ),
    "mark-minority": _message("MarkMinority", theme=known_id(), minority=_claim()),
    "choose-quote": _message("ChooseQuote", theme=known_id(), comment=known_id()),
    "draft-motion": _message(
        "DraftMotion", item=made_id(), passage=known_id(required=False), document=known_id(),
        effect=_one_of("replace", "insert-after", "delete", "state"),
        title=line(), text=prose(), comments=ids(), themes=ids(), submissions=ids(),
        amends=known_id(required=False), rescinds=known_id(required=False),
    ),
    "reword-motion": _message("RewordMotion", motion=known_id(), title=line(), text=prose()),
    "put-motion": _message("PutMotion", motion=known_id()),
    "withdraw-motion": _message("WithdrawMotion", motion=known_id()),
    "set-disposition": _message(
        "SetDisposition", kind=_one_of("comment", "submission", "missing"), ids=ids(least=1),
        disposition=line(), reason=line(required=False), note=prose(required=False, longest=2000),
    ),
    "answer-missing": _message("AnswerMissing", missing=known_id(), answer=prose(longest=2000)),
    "add-missing": _message(
        "AddMissing", missing=known_id(), item=made_id(), passage=known_id(required=False),
        kind=_kind(), agree=count(most=100), against=count(most=100), text=prose(),
    ),
    **CALL_COMMANDS,
    **KIOSK_COMMANDS,
    **QUESTION_COMMANDS,
    **ORDER_COMMANDS,
}  # fmt: skip

_ENVELOPE = _message(
    "Submit",
    id=fields.String(required=True, validate=check_uuid),
    type=fields.String(required=True),
    data=fields.Dict(required=True),
)
_JOIN = _message(
    "Join",
    streams=fields.Dict(
        keys=fields.String(), values=fields.Integer(allow_none=True, strict=True), load_default=dict
    ),
)


@dataclass(frozen=True)
class Asked:
    """A well-formed command.

    Shape: `body` is the data as it came, for telling a repeat from another request.
    """

    id: str
    type: str
    data: dict[str, Any]
    body: dict[str, Any]


def parse_command(raw: Any) -> Asked:
    """Read one command.

    Errors: `bad-message`, `unknown-command`.
    """
    envelope = parse(_ENVELOPE, raw)
    schema = COMMANDS.get(envelope["type"])
    if schema is None:
        raise Refused(
            "unknown-command", "This page asks for something that the centre does not know.", "type"
        )
    return Asked(envelope["id"], envelope["type"], parse(schema, envelope["data"]), envelope["data"])


def parse_join(raw: Any) -> dict[str, int | None]:
    """Read how far a device got in each stream."""
    streams: dict[str, int | None] = parse(_JOIN, raw)["streams"]
    return streams
