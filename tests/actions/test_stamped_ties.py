"""A tie in a stamped ballot that waits for the chair: it publishes itself once the casting vote is given."""

from __future__ import annotations

from typing import Any

import pytest

from facilitate.domain.people import HUB
from facilitate.store.rows import Ballot
from tests.actions.stamped import Stamped, opened
from tests.people import Hall


def level(hall: Hall, tie: str) -> Stamped:
    """A ballot of one for and one against, its board received."""
    ballot = opened(hall, "Dara", "Dev", rules={"tie": tie})
    ballot.cast(Dara="for", Dev="against")
    ballot.close()
    assert ballot.receive().refusal is None
    return ballot


def seen(hall: Hall, ballot: Stamped) -> Any:
    """The ballot as everybody sees it."""
    return hall.sees("delegates")["ballot"][ballot.id]


def code(ballot: Stamped) -> str:
    """How the hub is refused when it would publish the result now."""
    refusal = ballot.act(HUB, "publish-result", {"ballot": ballot.id}).refusal
    return refusal.code if refusal else ""


def test_a_tie_waits_for_the_chair_and_is_published_by_the_hub_once_it_is_broken(talking: Hall) -> None:
    ballot, amara = level(talking, "chair"), talking.as_("Amara")
    assert seen(talking, ballot)["publish_at"] is None
    assert code(ballot) == "casting-vote-needed"
    talking.clock.forward(hours=1)
    assert code(ballot) == "casting-vote-needed"
    assert amara.does("give-casting-vote", {"ballot": ballot.id, "choice": "for"}) == {"verdict": "carried"}
    # The time in which it can be challenged begins with the casting vote, however long that took.
    due = talking.row(Ballot, ballot.id).publish_at
    assert due is not None and 25 <= (due - talking.clock.moment).total_seconds() <= 30
    assert seen(talking, ballot)["publish_at"] is not None
    assert code(ballot) == ""
    result = seen(talking, ballot)["result"]
    assert (result["verdict"], result["reason"]) == ("carried", "casting-vote")


@pytest.mark.parametrize(("tie", "verdict"), [("status-quo", "lost"), ("tied", "tied")])
def test_other_ties_wait_for_nobody(talking: Hall, tie: str, verdict: str) -> None:
    ballot = level(talking, tie)
    assert seen(talking, ballot)["publish_at"] is not None
    assert code(ballot) == ""
    assert seen(talking, ballot)["result"]["verdict"] == verdict
