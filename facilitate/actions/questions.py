"""Hall: resource persons claim, share and answer the tables' questions; the chair shows an answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from facilitate.domain import questions as rules
from facilitate.domain.refusal import Refused
from facilitate.domain.stations import Disposition
from facilitate.store.asked import LIVE, QUESTION, end_point
from facilitate.store.rows import Comment, Document, Passage, Person, Question, QuestionComment, Row
from facilitate.store.writer import Transaction


def _the_question(tx: Transaction, question_id: str) -> Question:
    """A question by its own id, or by that of a comment that nobody has taken up yet.

    Errors: `unknown-question`, `question-merged`, `not-your-commission`.
    """
    question = tx.session.get(Question, question_id) or _taken_up(tx, question_id)
    if question is None:
        raise Refused("unknown-question", "This question was corrected or taken back meanwhile. Nothing was "
                      "changed; look at the list again.", "question")  # fmt: skip
    if question.merged_into:
        raise Refused("question-merged", "This question was shared with another one meanwhile. Nothing was "
                      "changed; look at the list again.", "question")  # fmt: skip
    return question


def _taken_up(tx: Transaction, comment_id: str) -> Question | None:
    """The question that a comment asks, made of it where it is the first to ask it."""
    link = tx.session.get(QuestionComment, comment_id)
    if link is not None:
        return tx.session.get_one(Question, link.question_id)
    comment = tx.session.get(Comment, comment_id)
    if comment is None or comment.kind != QUESTION or comment.state not in LIVE:
        return None
    document = tx.session.get_one(Passage, comment.passage_id).document_id
    question = Question(id=comment.id, document_id=document, made_at=tx.now)
    tx.session.add(question)
    tx.session.flush()
    tx.session.add(QuestionComment(comment_id=comment.id, question_id=question.id))
    tx.session.flush()
    return question


def _own_question(tx: Transaction, data: dict[str, Any]) -> Question:
    question = _the_question(tx, data["question"])
    rules.check_commission(tx.actor, _commission(tx, question))
    return question


def _commission(tx: Transaction, question: Question) -> str:
    return tx.session.get_one(Document, question.document_id).commission


def _free(tx: Transaction, question: Question) -> None:
    holder = tx.session.get(Person, (question.claimed_by or "").removeprefix("person:"))
    rules.check_free(question.claimed_by, tx.actor.id, holder.name if holder else "Somebody else")


def _links(tx: Transaction, questions: Iterable[str]) -> list[QuestionComment]:
    query = select(QuestionComment).where(QuestionComment.question_id.in_(list(questions)))
    return list(tx.session.scalars(query.order_by(QuestionComment.comment_id)))


def _tell(
    tx: Transaction, action: str, question: Question, *, rows: Sequence[Row] = (),
    touches: Sequence[str] = (), audiences: Sequence[str] = (), reason: str | None = None,
) -> None:  # fmt: skip
    # Resource persons, desk and screens hear of everything that is theirs; each table that asks, who answers.
    links = _links(tx, [question.id])
    asking = [link.comment_id for link in links]
    tables = tx.session.scalars(select(Comment.table_number).where(Comment.id.in_(asking)).distinct())
    tx.record(
        action, f"question:{question.id}", rows=[question, *links, *rows],
        touches=[*touches, *(f"comment:{each}" for each in asking)],
        audiences=[*audiences, "themes", *(f"table:{number}" for number in sorted(tables))], reason=reason,
    )  # fmt: skip


def claim_question(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Say that one is answering a question.

    Errors: `unknown-question`, `question-merged`, `not-your-commission`, `claimed-already`.
    """
    question = _own_question(tx, data)
    _free(tx, question)
    question.claimed_by, question.claimed_at = tx.actor.id, tx.now
    _tell(tx, "question-claimed", question)
    return {"question": question.id}


def release_question(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Leave a question to whoever takes it; anybody of the commission can free what was forgotten.

    Errors: `unknown-question`, `question-merged`, `not-your-commission`.
    """
    question = _own_question(tx, data)
    question.claimed_by = question.claimed_at = None
    _tell(tx, "question-released", question)
    return {"question": question.id}


def merge_questions(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Share one question among all who ask the same; one that is answered already answers the others too.

    Errors: `unknown-question`, `question-merged`, `not-your-commission`, `claimed-already`,
    `nothing-to-merge`, `questions-of-different-commissions`.
    """
    into = _own_question(tx, {"question": data["into"]})
    others = [_own_question(tx, {"question": each}) for each in dict.fromkeys(data["from"])]
    rules.check_merge(into.id, [q.id for q in others], [_commission(tx, q) for q in (into, *others)])
    others = [each for each in others if each.id != into.id]
    for each in (into, *others):
        _free(tx, each)
    # Whoever asks the same in other words, the words of this one stand.
    into.text = (data["text"] or "").strip() or into.text or _words(tx, into)
    links = _links(tx, [each.id for each in others])
    for link in links:
        link.question_id = into.id
    for each in others:
        each.merged_into, each.shown_at = into.id, None
    tx.session.flush()
    ended = _publish_to(tx, into) if into.published else []
    _tell(
        tx, "questions-merged", into, rows=[*others, *ended],
        touches=[*(f"question:{q.id}" for q in others), *_about(ended)], audiences=_hearers(ended),
    )  # fmt: skip
    return {"question": into.id, "comments": len(_links(tx, [into.id]))}


def _words(tx: Transaction, question: Question) -> str | None:
    """The words of the comment that asked a question first."""
    ids = [link.comment_id for link in _links(tx, [question.id])]
    first = select(Comment.text).where(Comment.id.in_(ids)).order_by(Comment.received_at, Comment.id)
    return tx.session.scalar(first.limit(1))


def split_question(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Take some of those who ask a shared question out of it: they ask another.

    Errors: `unknown-question`, `question-merged`, `not-your-commission`, `item-taken`, `not-in-question`,
    `nothing-to-split`.
    """
    question = _own_question(tx, data)
    if tx.session.get(Question, data["item"]):
        raise Refused("item-taken", "This was done before.", "item")
    links = {link.comment_id: link for link in _links(tx, [question.id])}
    rules.check_split(set(links), data["comments"])
    made = Question(id=data["item"], document_id=question.document_id, made_at=tx.now)
    tx.session.add(made)
    tx.session.flush()
    for comment in set(data["comments"]):
        links[comment].question_id = made.id
    tx.session.flush()
    _tell(tx, "question-split", made, rows=[question], touches=[f"question:{question.id}"])
    return {"question": made.id}


def answer_question(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Write an answer down for one's colleagues to read; the tables read it once it is published.

    Errors: `unknown-question`, `question-merged`, `not-your-commission`, `claimed-already`,
    `answer-missing`, `answer-too-long`.
    """
    question = _own_question(tx, data)
    _free(tx, question)
    question.answer = rules.check_answer(data["answer"])
    question.claimed_by, question.claimed_at = tx.actor.id, question.claimed_at or tx.now
    _tell(tx, "question-answered", question)
    return {"question": question.id}


def publish_answer(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Give the written answer to every table that asked: it is the reason with which their comments end.

    Errors: `unknown-question`, `question-merged`, `not-your-commission`, `claimed-already`,
    `answer-missing`.
    """
    question = _own_question(tx, data)
    _free(tx, question)
    question.published, question.published_at = rules.check_answer(question.answer or ""), tx.now
    ended = _publish_to(tx, question)
    _tell(
        tx, "answer-published", question, rows=ended, touches=_about(ended), audiences=_hearers(ended),
        reason=question.published,
    )  # fmt: skip
    return {"tables": len({each.table_number for each in ended})}


def _publish_to(tx: Transaction, question: Question) -> list[Comment]:
    """The comments that ask a question, each with its answer as its end; what was taken back stays so."""
    ids = [link.comment_id for link in _links(tx, [question.id])]
    asking = list(tx.session.scalars(select(Comment).where(Comment.id.in_(ids), Comment.state.in_(LIVE))))
    for comment in asking:
        end_point(tx, comment, Disposition.ANSWERED, question.published, "")
    return asking


def _about(comments: Iterable[Comment]) -> list[str]:
    return [f"comment:{each.id}" for each in comments]


def _hearers(comments: Iterable[Comment]) -> list[str]:
    tables = sorted({f"table:{each.table_number}" for each in comments})
    return ["themes", "delegates", *tables] if tables else []


def show_answer(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Put a published answer on the wall of the screens, or take it off.

    Errors: `unknown-question`, `question-merged`, `answer-missing`.
    """
    question = _the_question(tx, data["question"])
    if data["shown"] and question.published_at is None:
        raise Refused("answer-missing", "This question has no published answer yet. Nothing was shown.")
    question.shown_at = tx.now if data["shown"] else None
    _tell(tx, "answer-shown" if data["shown"] else "answer-taken-off", question)
    return {"shown": data["shown"]}
