"""Hall: questions of the tables and the resource persons who answer them: claim, share, answer, publish."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from enum import StrEnum

from facilitate.domain.people import Actor, commissions_of
from facilitate.domain.refusal import Refused
from facilitate.domain.wording import nfc

LONGEST_ANSWER = 2_000


class QuestionState(StrEnum):
    """Where a question is: nobody has it, somebody answers it, its tables have the answer, or it ended."""

    OPEN = "open"
    CLAIMED = "claimed"
    ANSWERED = "answered"
    ENDED = "ended"


def question_state(*, published: bool, claimed: bool, ends: Collection[bool]) -> QuestionState:
    """Where a question is.

    Shape: `ends` says for each comment that asks it whether that comment has its disposition.
    """
    if published:
        return QuestionState.ANSWERED
    if ends and all(ends):
        return QuestionState.ENDED
    return QuestionState.CLAIMED if claimed else QuestionState.OPEN


def check_commission(actor: Actor, commission: str) -> None:
    """Refuse a resource person the questions of another commission than their own.

    Errors: not-your-commission
    """
    if not {"*", commission} & set(commissions_of(actor)):
        raise Refused("not-your-commission", "This question is for the resource persons of "
                      f"{commission}. Nothing was changed.")


def check_free(claimed_by: str | None, by: str, name: str) -> None:
    """Refuse to answer what somebody else is answering.

    Errors: claimed-already
    """
    if claimed_by not in (None, by):
        raise Refused("claimed-already", f"{name} is answering this question. Nothing was changed; agree "
                      "with them, or release it first.")


def check_answer(text: str) -> str:
    """An answer as every table reads it: composed, without white space around it.

    Errors: answer-missing, answer-too-long
    """
    kept = nfc(text).strip()
    if not kept:
        raise Refused("answer-missing", "The tables are waiting for an answer in words. Nothing was "
                      "published; write one sentence.", "answer")
    if len(kept) > LONGEST_ANSWER:
        raise Refused("answer-too-long", f"An answer has at most {LONGEST_ANSWER:,} characters. It is kept "
                      "on this page; shorten it.", "answer")
    return kept


def check_merge(into: str, others: Iterable[str], commissions: Collection[str]) -> None:
    """Refuse to share a question with itself, or across commissions.

    Errors: nothing-to-merge, questions-of-different-commissions
    """
    if not set(others) - {into}:
        raise Refused("nothing-to-merge", "Choose at least two questions that ask the same.", "from")
    if len(set(commissions)) > 1:
        raise Refused("questions-of-different-commissions", "These questions go to different commissions. "
                      "Nothing was changed; each answers its own.", "from")


def check_split(members: Collection[str], taken: Collection[str]) -> None:
    """Refuse to take out of a shared question what is not in it, or all of it.

    Errors: not-in-question, nothing-to-split
    """
    if not set(taken) <= set(members):
        raise Refused("not-in-question", "One of these does not ask this question. Nothing was changed.",
                      "comments")
    if not taken or set(taken) == set(members):
        raise Refused("nothing-to-split", "Leave at least one table with the question, and take at least one "
                      "out.", "comments")
