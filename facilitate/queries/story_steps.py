"""After: stations of a story that lie outside the point itself: answers, motions, the outcome, signatures."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import select

from facilitate.queries.outcome import Reading
from facilitate.queries.story_next import reading_at
from facilitate.queries.versions import sealed_versions
from facilitate.queries.view import View
from facilitate.store.rows import (
    Comment,
    Document,
    JournalEntry,
    JournalPayload,
    MissingPoint,
    Motion,
    MotionSource,
    Passage,
    Person,
    Question,
    QuestionComment,
    Submission,
    SubmissionRevision,
    Theme,
)

_WOULD = {
    "replace": "It would make {0} read:",
    "insert-after": "It would add a passage after {0}:",
    "delete": "It would take {0} out.",
    "state": "It is about {0} and leaves its text as it is:",
}


@dataclass(frozen=True)
class Step:
    """One station: when, what happened, and the words concerned."""

    at: datetime | None
    sentence: str
    words: str = ""


def missed(view: View, c: Comment) -> list[Step]:
    """That a delegate had to ask for the point, where it was so; nobody is named."""
    rows = view.session.scalars(select(MissingPoint).where(MissingPoint.comment_id == c.id))
    return [
        Step(row.received_at, "A delegate of the table said that it was missing, and it was added.")
        for row in rows
    ]


def asked(view: View, c: Comment) -> list[Step]:
    """Who took up what the comment asks, and when it was answered."""
    linked = select(QuestionComment.question_id).where(QuestionComment.comment_id == c.id)
    question = view.session.scalar(select(Question).where(Question.id.in_(linked)))
    if question is None:
        return []
    steps: list[Step] = []
    person = view.session.get(Person, (question.claimed_by or "").removeprefix("person:"))
    if person is not None:
        steps.append(Step(question.claimed_at, f"{person.name} took the question up."))
    if question.published_at:
        steps.append(Step(question.published_at, "It was answered:", question.published or ""))
    return steps


def corrected(view: View, s: Submission) -> list[Step]:
    """When its body corrected a submission, each time with the wording that was replaced."""
    worded = list(
        view.session.scalars(
            select(SubmissionRevision)
            .where(SubmissionRevision.submission_id == s.id)
            .order_by(SubmissionRevision.number)
        )
    )
    return [
        Step(now.sent_at, f"{s.body} corrected it. Until then it read, under “{before.title}”:", before.text)
        for before, now in pairwise(worded)
    ]


def tied(view: View, s: Submission) -> list[Step]:
    """When the clerk said which passages a submission is about."""
    acts = view.session.execute(
        select(JournalEntry.at, JournalPayload.body)
        .outerjoin(JournalPayload, JournalPayload.number == JournalEntry.number)
        .where(JournalEntry.action == "submission-tied", JournalEntry.subject == f"submission:{s.id}")
        .order_by(JournalEntry.number)
    )
    steps: list[Step] = []
    for at, body in acts:
        image = json.loads(body)["rows"].get(f"submissions:{s.id}", {}) if body else {}
        about = ", ".join(image.get("passages", ()))
        sentence = f"The clerk tied it to {about}." if about else "The clerk untied it from every passage."
        steps.append(Step(datetime.fromisoformat(at), sentence))
    return steps


def made_from(view: View, motion: Motion, themes: Sequence[Theme]) -> Step:
    """The motion that was made from a point, by way of which theme, with its words."""
    passage = view.session.get(Passage, motion.passage_id) if motion.passage_id else None
    about = passage.reference if passage else "the document as a whole"
    sources = set(
        view.session.scalars(select(MotionSource.source_id).where(MotionSource.motion_id == motion.id))
    )
    ways = [f"“{theme.name}”" for theme in themes if theme.id in sources]
    way = f" It came by the theme {' and '.join(ways)}." if ways else ""
    amended = view.session.get(Motion, motion.amends) if motion.amends else None
    would = f"It would make motion {amended.number} read:" if amended else _WOULD[motion.effect].format(about)
    made = f"Motion {motion.number} was made from it.{way} {would}"
    return Step(motion.put_at or motion.made_at, made, motion.text)


def afterwards(view: View, passage: Passage) -> list[Step]:
    """What the passage reads in the outcome, once there is one: edits since the vote, and who signed."""
    document = view.session.get_one(Document, passage.document_id)
    reading = reading_at(view, document)
    if reading.row is None:
        return []
    found = next(p for p in reading.outcome.passages if p.ref == passage.reference)
    steps = [
        Step(later.at, f"{passage.reference} was changed since the vote: {later.reason}")
        for later in found.later
    ]
    steps += _reopened(view, document)
    if found.final is None:
        steps.append(Step(None, f"{passage.reference} is deleted in the outcome."))
    else:
        steps.append(Step(None, f"In the outcome {passage.reference} reads:", found.final))
    return steps + _signed(reading, passage)


def _reopened(view: View, document: Document) -> list[Step]:
    """Each sealing that another version followed, and on whose decision."""
    steps = []
    for each in sealed_versions(view, document):
        if each.superseded_by:
            sealed = f"Version {each.version} was signed and sealed. {each.final}"
            steps.append(Step(each.sealed_at, sealed.strip()))
            why = f"It was reopened as version {each.superseded_by} on the decision of {each.decided_by}:"
            steps.append(Step(each.reopened_at, why, each.reason))
    return steps


def _signed(reading: Reading, passage: Passage) -> list[Step]:
    """Who signed the passage: by name once it is sealed, with notes of dissent; in numbers before."""
    signing = next(p for p in reading.signing.passages if p.ref == passage.reference)
    if reading.row is not None and reading.sealed:
        names = ", ".join(reading.names.get(person, "somebody who has left") for person in signing.signed)
        by = f" {names} signed {passage.reference}." if names else ""
        sealed = Step(reading.row.sealed_at, f"The NPF signed it, and the text is sealed.{by}")
        final = [Step(None, reading.final)] if reading.final else []
        return [sealed, *(_dissent(reading, act.person, act.note) for act in signing.dissents), *final]
    if signing.signed:
        count = len(signing.signed)
        return [Step(None, f"{count} of {len(reading.names)} signatories have signed this passage.")]
    return []


def _dissent(reading: Reading, person: str, note: str) -> Step:
    who = reading.names.get(person, "Somebody who has left")
    return Step(None, f"{who} signed with a note of dissent:", note)
