"""Faults that are put into laptops and hub from outside, for the machine to find."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from tests.prove.centre import Killed

# Put in by clients/proof/mutants.ts, in the laptops' own process.
AT_THE_LAPTOP = (
    "kept-before-it-is-written", "the-journal-is-not-read", "sent-is-taken", "a-new-name-for-each-try",
    "numbers-begin-again",
)  # fmt: skip


def acknowledged_before_the_commit() -> None:
    """Say that it is stored although the hub dies of storing it."""
    from facilitate.store.writer import Answer
    from facilitate.web.hub import WriteQueue

    answer_after = WriteQueue._answer

    def answer_first(self: WriteQueue, batch: Any) -> None:
        try:
            answer_after(self, batch)
        except Killed:
            for ticket in batch:
                ticket.answer = Answer(ticket.command.id, 0, {"ref": "", "marks": []})
                ticket.done.set()

    _put(WriteQueue, "_answer", answer_first)


def last_edit_stands() -> None:
    """Of two corrections of one wording let the later one win."""
    from facilitate.store import points

    points_of = points.points_of  # type: ignore[attr-defined]

    def with_a_winner(revisions: Any) -> Any:
        return [replace(point, current=point.current[-1:]) for point in points_of(revisions)]

    _put(points, "points_of", with_a_winner)


def late_by_the_laptops_clock() -> None:
    """Ask the laptop's clock, not the centre, whether a point came in time."""
    from facilitate.store import capture

    arrival = capture._arrival

    def by_its_clock(tx: Any, item: Any, data: dict[str, Any], way: Any) -> Any:
        facts = arrival(tx, item, data, way)
        said = datetime.fromisoformat(data["at"])
        return replace(facts, round_is_open=facts.round_is_open and said < tx.now + timedelta(hours=1))

    _put(capture, "_arrival", by_its_clock)


def _put(place: Any, name: str, by: Any) -> None:
    if not hasattr(place, name):
        raise LookupError(
            f"{place} has no {name} any more: the fault that replaced it has to be written anew."
        )
    setattr(place, name, by)


AT_THE_HUB: dict[str, Callable[[], None]] = {
    each.__name__.replace("_", "-"): each
    for each in (acknowledged_before_the_commit, last_edit_stands, late_by_the_laptops_clock)
}
