"""The order of votes in the busy event: laid, passages pulled out, each vote put in its turn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from facilitate.store.rows import Ballot, Document

if TYPE_CHECKING:
    from tests.busy import Busy

VOTERS = ("Dara", "Dev")


def go_along_the_order(busy: Busy) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Rival texts, one motion that waits for them, an earlier decision to rescind, and a vote en bloc."""
    hall, made = busy.hall, busy.made
    ill = {"rows": [{"delegate": "Absalom", "name": "Astrid", "reason": "Absalom is ill"}]}
    yield "replace-delegates", lambda: hall.office("replace-delegates", ill)
    with hall.reads() as session:
        document = session.scalars(select(Document.id)).one()

    def draft(name: str, passage: str, **other: Any) -> dict[str, Any]:
        return {
            "item": busy.new(name), "document": document, "passage": hall.passage(passage), "title": name,
            "effect": "replace", "text": f"Homes are {name}.", "comments": [], "themes": [],
            "submissions": [], **other,
        }  # fmt: skip

    for name in ("warm", "dry"):
        yield busy.does("Thea", "draft-motion", lambda name=name: draft(name, "HOU-1.1"))  # type: ignore[misc]
        yield busy.does("Thea", "put-motion", lambda name=name: {"motion": made[name]})  # type: ignore[misc]
    yield busy.does("Thea", "draft-motion", lambda: draft("safe", "HOU-1.3", effect="insert-after"))
    yield busy.does("Thea", "put-motion", lambda: {"motion": made["safe"]})
    yield busy.does("Clement", "make-contingent", lambda: _waits(made))
    yield busy.does("Amara", "draft-motion", lambda: draft("un", "HOU-1.2", rescinds=made["freeze"], text=""))
    yield busy.does("Amara", "put-motion", lambda: {"motion": made["un"]})
    laid = {"document": document, "entries": [], "en_bloc": True, "apart": []}
    yield busy.does("Clement", "lay-order", laid)
    yield busy.does("Dara", "pull-out", {"passage": hall.passage("HOU-1.3")})
    yield busy.does("Fay", "pull-out", {"passage": hall.passage("HOU-1.3")})
    yield busy.does("Fay", "put-back", {"passage": hall.passage("HOU-1.3")})
    yield busy.does("Clement", "lay-order", lambda: laid | {"entries": [
        entry["key"] for entry in hall.sees("desk")["order"][document]["entries"] if entry["state"] == "ahead"
    ]})  # fmt: skip
    while any(entry["state"] == "ahead" for entry in hall.sees("desk")["order"][document]["entries"]):
        yield busy.does("Amara", "put-next-vote", lambda: {"document": document, "item": busy.new("next")})
        yield from busy.presses(2)
        form = hall.row(Ballot, made["next"]).form
        choice = {"rank": "2>1"}.get(form, "for")
        for who in VOTERS:
            yield busy.does(who, "cast-vote", lambda c=choice: {"ballot": made["next"], "choice": c})  # type: ignore[misc]
        yield from busy.presses(2)


def _waits(made: dict[str, str]) -> dict[str, Any]:
    return {"motion": made["safe"], "on": made["warm"], "when_carried": False}
