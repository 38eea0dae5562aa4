"""Hall: the shapes of questions and answers, in and out."""

from __future__ import annotations

from marshmallow import Schema, fields

from facilitate.domain.questions import QuestionState
from facilitate.wire.base import Message, ids, known_id, made_id, prose
from facilitate.wire.parts import list_of, moment, number, one_of, shape, text, value, yes_no


def _message(title: str, /, **given: fields.Field) -> Schema:  # type: ignore[type-arg]
    return Message.from_dict(dict(given), name=title)()


_QUESTION = {"question": known_id()}
QUESTION_COMMANDS: dict[str, Schema] = {
    "claim-question": _message("ClaimQuestion", **_QUESTION),
    "release-question": _message("ReleaseQuestion", **_QUESTION),
    "merge-questions": _message(
        "MergeQuestions", into=known_id(), text=prose(required=False, longest=2000), **{"from": ids(least=1)}
    ),
    "split-question": _message("SplitQuestion", item=made_id(), comments=ids(least=1), **_QUESTION),
    "answer-question": _message("AnswerQuestion", answer=prose(), **_QUESTION),
    "publish-answer": _message("PublishAnswer", **_QUESTION),
    "show-answer": _message(
        "ShowAnswer", shown=fields.Boolean(required=True, truthy={True}, falsy={False}), **_QUESTION
    ),
}
_MEMBER = {
    "comment": text(),
    "ref": text(),
    "table": number(),
    "passage": text(),
    "text": text(),
    "at": moment(),
    "ended": yes_no(),
}
QUESTION_VALUES: dict[str, Schema] = {
    "question": value(
        "Question",
        document=text(none=True),
        passages=list_of(fields.String()),
        text=text(),
        members=list_of(shape("Asking", _MEMBER)),
        tables=number(),
        state=one_of(QuestionState),
        claimed_by=text(none=True),
        claimed=moment(),
        answer=text(none=True),
        published=text(none=True),
        published_at=moment(),
        shown=moment(),
        asked=moment(),
        last=moment(),
    ),
}
