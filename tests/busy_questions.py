"""A busy event's questions: asked, shared, answered, shown, and asked again in other words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.busy import Busy


def ask_and_answer(busy: Busy) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Every verb of the resource persons, and what tables do to their questions meanwhile."""
    made = busy.made
    yield busy.says("Fay", "ask", "Who pays?", kind="question")
    yield busy.says("Femi", "ask-b", "Who will pay?", kind="question")
    yield busy.says("Sol", "ask-c", "Until when?", "HOU-1.2", kind="question")
    yield busy.says("Sol", "ask-d", "Who is it that pays?", "HOU-1.2", kind="question")
    yield busy.does("Rex", "claim-question", lambda: {"question": made["ask"]})
    yield busy.does("Ria", "release-question", lambda: {"question": made["ask"]})
    same = {"text": "Who pays for it?"}
    others = ("ask-b", "ask-c", "ask-d")
    yield busy.does("Rex", "merge-questions", lambda: same | {
        "into": made["ask"], "from": [made[other] for other in others],
    })  # fmt: skip
    yield busy.does("Rex", "split-question", lambda: {
        "question": made["ask"], "item": busy.new("until"), "comments": [made["ask-c"]],
    })  # fmt: skip
    yield busy.says("Femi", "ask-b2", "Who shall pay?", parent="ask-b", kind="question")
    yield busy.says("Sol", "ask-d2", "I mean an idea", "HOU-1.2", parent="ask-d", kind="idea")
    yield busy.does("Rex", "answer-question", lambda: {"question": made["ask"], "answer": "The councils."})
    yield busy.does("Rex", "publish-answer", lambda: {"question": made["ask"]})
    yield busy.does("Amara", "show-answer", lambda: {"question": made["ask"], "shown": True})
    yield busy.says("Fay", "ask-e", "And who pays?", kind="question")
    yield busy.does("Rex", "merge-questions", lambda: {"into": made["ask"], "from": [made["ask-e"]]})
    yield busy.does("Amara", "show-answer", lambda: {"question": made["ask"], "shown": False})
    yield busy.says("Femi", "ask-b3", "Who pays interest?", parent="ask-b2", kind="question")
    yield busy.does("Sol", "withdraw-comment", lambda: {"comment": made["ask-c"]})
