"""The part of a busy event in which a stamped ballot is held, from its keys to its board."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.actions.stamped import Stamped
from tests.people import Hall


def stamp_and_cast(hall: Hall) -> Iterator[tuple[str, Callable[[], Any]]]:
    """A stamped ballot: taken back once, voted on, closed, its board received."""
    ballot = Stamped(hall)
    amara = hall.as_("Amara")
    yield "draft-ballot", ballot.draft
    yield "announce-ballot", ballot.announce
    yield "fetch-stamp", lambda: ballot.fetch("Dara")
    yield "recall-ballot", lambda: amara.does("recall-ballot", {"ballot": ballot.id, "reason": "A typo"})
    yield "announce-ballot", ballot.announce
    for name in ("Dara", "Dev", "Dora"):
        yield "fetch-stamp", lambda name=name: ballot.fetch(name)  # type: ignore[misc]
    yield "open-ballot", ballot.open
    yield "close-ballot", lambda: cast_and_close(ballot)
    yield "receive-board", ballot.receive
    yield "publish-result", lambda: amara.does("publish-result", {"ballot": ballot.id})


def cast_and_close(ballot: Stamped) -> None:
    """What goes into the box, and its end."""
    ballot.cast(Dara="for", Dev="against")
    ballot.close()
