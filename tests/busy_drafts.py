"""A busy event's drafts: circulated twice, with points of a member of another commission."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from tests.cast import draft

if TYPE_CHECKING:
    from tests.busy import Busy


def circulate(busy: Busy) -> Iterator[tuple[str, Callable[[], Any]]]:
    """A draft goes round, is answered, and goes round again."""
    hall = busy.hall
    point = {"prefix": "EDU", "version": 1, "passage": "EDU-1.1", "says": "All of them?", "wording": ""}
    yield "circulate-draft", lambda: hall.office("circulate-draft", draft())
    for name in ("asked", "dropped"):
        sent = point | {"item": busy.new(name)}
        yield busy.does("Sigrid", "send-draft-point", sent)
    worded = {"says": "All of them.", "wording": "Every school opens at eight."}
    yield busy.does("Sigrid", "revise-draft-point", {"submission": "D-001", "seen": 1, **worded})
    yield busy.does("Sigrid", "withdraw-submission", {"submission": "D-002"})
    changed = draft("Every school opens at eight.")
    yield "circulate-draft", lambda: hall.office("circulate-draft", changed)
    answer = {
        "submission": "D-001", "seen": 0, "considered_on": "2027-03-20", "meeting": "", "fate": "in-part",
        "answer": "As far as it can.", "reason": "Only part of it was carried.", "version": "2",
        "passage": "EDU-1.1", "referred_to": "",
    }  # fmt: skip
    yield busy.does("Clement", "record-consideration", answer)
