"""The part of a busy event in which a stamped ballot is held, from its keys to its board."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from tests.actions.papers import bring, enter, hand_out
from tests.actions.stamped import Stamped
from tests.busy_cards import cast_cards
from tests.people import Hall


def stamp_and_cast(hall: Hall) -> Iterator[tuple[str, Callable[[], Any]]]:
    """A card vote, then a stamped ballot: taken back once, voted on, closed, its board received."""
    yield from cast_cards(hall)
    ballot = Stamped(hall)
    amara = hall.as_("Amara")
    yield "draft-ballot", ballot.draft
    yield "announce-ballot", ballot.announce
    yield "fetch-stamp", lambda: ballot.fetch("Dara")
    yield "recall-ballot", lambda: amara.does("recall-ballot", {"ballot": ballot.id, "reason": "A typo"})
    yield "announce-ballot", ballot.announce
    for name in ("Dara", "Dev", "Dora"):
        yield "fetch-stamp", lambda name=name: ballot.fetch(name)  # type: ignore[misc]
    second = {"rows": [{"name": "Tamsin", "roles": ["teller"]}]}
    yield "import-people", lambda: hall.office("import-people", second)
    yield "hand-out-paper", lambda: hand_out(ballot, "Dmitri")
    yield "open-ballot", ballot.open
    told = {"item": hall.new_id(), "text": "My neighbour wants to see my phone", "named": True}
    yield "write-to-tellers", lambda: hall.as_("Dara").does("write-to-tellers", told)
    seen = {"confidence": told["item"], "note": "A teller stands beside the table"}
    yield "end-confidence", lambda: hall.as_("Tess").does("end-confidence", seen)
    for teller, choice in (("Tess", "for"), ("Tamsin", "abstain"), ("Tess", "abstain")):
        yield "enter-paper", partial(enter, ballot, teller, 1, choice)
    yield "note-companions", lambda: hall.as_("Tess").does(
        "note-companions", {"ballot": ballot.id, "count": 1}
    )
    yield "close-ballot", lambda: cast_and_close(ballot)
    yield "receive-board", ballot.receive
    yield from both_tellers(hall, ballot, "certify-result")
    yield "publish-result", lambda: amara.does("publish-result", {"ballot": ballot.id})
    yield from replace_and_void(hall, Stamped(hall))


def replace_and_void(hall: Hall, ballot: Stamped) -> Iterator[tuple[str, Callable[[], Any]]]:
    """Another one, in which a stamp is replaced; it is declared void and drafted again."""
    yield "draft-ballot", ballot.draft
    yield "announce-ballot", ballot.announce
    yield "fetch-stamp", lambda: ballot.fetch("Dara")
    lost = {"delegate": "Dara", "reason": "The phone fell into the Thames"}
    yield from both_tellers(hall, ballot, "replace-stamp", **lost)
    yield "fetch-stamp", lambda: ballot.fetch("Dara")
    yield "fetch-stamp", lambda: ballot.fetch("Dara")
    yield from both_tellers(hall, ballot, "void-ballot", reason="The wrong text was read out")
    again = {"ballot": ballot.id, "item": hall.new_id(), "stamping": True}
    yield "run-again", lambda: ballot.act(hall.as_("Amara").actor, "run-again", again)


def cast_and_close(ballot: Stamped) -> None:
    """What goes into the box, and its end."""
    ballot.cast(Dara="for", Dev="against")
    bring(ballot)
    ballot.close()


def both_tellers(
    hall: Hall, ballot: Stamped, verb: str, **data: str
) -> Iterator[tuple[str, Callable[[], Any]]]:
    """What one teller begins and the other one does too."""
    for name in ("Tess", "Tamsin"):
        yield verb, partial(lambda who: hall.as_(who).does(verb, {"ballot": ballot.id} | data), name)
