"""What two tellers do on a stamped ballot, what the chair cannot, and how a ballot is run again."""

from __future__ import annotations

from typing import Any

import pytest

from facilitate.domain.people import HUB
from facilitate.store.rows import Ballot, JournalEntry
from tests.actions.stamped import Stamped, opened
from tests.actions.test_motions import motion, put
from tests.people import Hall

LOST = {"delegate": "dara ", "reason": "The phone fell into the Thames"}


@pytest.fixture
def tellers(talking: Hall) -> Hall:
    """The event in its first round, with a second teller."""
    talking.office("import-people", {"rows": [{"name": "Tamsin", "roles": ["teller"]}]})
    return talking


def provisional(hall: Hall, **other: Any) -> Stamped:
    """A stamped ballot whose board the hub has: two for, one against."""
    ballot = opened(hall, "Dara", "Dev", "Dora", **other)
    ballot.cast(Dara="for", Dev="for", Dora="against")
    ballot.close()
    assert ballot.receive().refusal is None
    return ballot


def value(hall: Hall, ballot: Stamped, audience: str = "delegates") -> Any:
    """The ballot as an audience sees it."""
    return hall.sees(audience)["ballot"][ballot.id]


def test_two_different_tellers_certify_a_result_and_it_is_published_soon(tellers: Hall) -> None:
    ballot = provisional(tellers)
    asked = {"ballot": ballot.id}
    latest = tellers.row(Ballot, ballot.id).publish_at
    assert tellers.as_("Amara").is_refused("publish-result", asked) == "not-certified"
    assert tellers.as_("Amara").is_refused("certify-result", asked) == "not-your-role"
    assert tellers.as_("Tess").does("certify-result", asked) == {"done": False}
    assert tellers.as_("Tess").is_refused("certify-result", asked) == "same-teller"
    assert (value(tellers, ballot)["certified"], value(tellers, ballot, "desk")["begun"]) == (1, ["certify"])
    assert tellers.as_("Tamsin").does("certify-result", asked) == {"done": True}
    assert tellers.row(Ballot, ballot.id).publish_at < latest
    assert value(tellers, ballot)["result"] is None
    tellers.as_("Amara").does("publish-result", asked)
    assert value(tellers, ballot)["result"]["sentence"].endswith("Certified by two tellers.")


def test_nobody_holds_a_result_back_that_nobody_certifies(tellers: Hall) -> None:
    made = put(tellers, "Rents are frozen.")
    ballot = provisional(tellers, motion=made)
    waits = tellers.row(Ballot, ballot.id)
    assert (waits.publish_at - waits.closed_at).total_seconds() > 500
    assert tellers.sees("desk")["track"][tellers.track]["step"]["verb"] != "publish-ballot"
    assert ballot.act(HUB, "publish-result", {"ballot": ballot.id}).refusal is None
    seen = value(tellers, ballot)
    assert seen["state"] == "published" and "Not certified" in seen["result"]["sentence"]
    assert motion(tellers, made)["state"] == "carried"


def test_a_stamped_ballot_is_void_by_two_tellers_with_a_reason_and_run_again(tellers: Hall) -> None:
    made = put(tellers, "Rents are frozen.")
    ballot = opened(tellers, "Dara", motion=made)
    asked = {"ballot": ballot.id, "reason": "The wrong text was read out"}
    assert tellers.as_("Amara").is_refused("void-ballot", asked) == "two-tellers-needed"
    assert tellers.as_("Tess").is_refused("void-ballot", asked | {"reason": " "}) == "reason-missing"
    assert tellers.as_("Tess").does("void-ballot", asked)["done"] is False
    assert tellers.as_("Tess").is_refused("void-ballot", asked) == "same-teller"
    assert value(tellers, ballot)["state"] == "open"
    assert tellers.as_("Tamsin").does("void-ballot", asked)["done"] is True
    again: dict[str, Any] = {"ballot": ballot.id, "item": tellers.new_id(), "stamping": True}
    assert ballot.act(tellers.as_("Amara").actor, "run-again", again).refusal is None
    new = tellers.sees("desk")["ballot"][again["item"]]
    assert (new["again_of"], new["state"], new["motion"]) == (ballot.id, "draft", made)
    twice = ballot.act(tellers.as_("Amara").actor, "run-again", again | {"item": tellers.new_id()})
    assert twice.refusal is not None and twice.refusal.code == "motion-has-ballot"
    assert value(tellers, ballot)["state"] == "void"
    with tellers.reads() as session:
        acts = [e.action for e in session.query(JournalEntry).filter_by(subject=f"ballot:{ballot.id}")]
    assert acts[-2:] == ["voiding-begun", "ballot-voided"]


def test_once_the_board_is_out_only_the_room_sets_a_ballot_aside(tellers: Hall) -> None:
    ballot = provisional(tellers)
    asked = {"ballot": ballot.id, "reason": "We do not like it"}
    for name in ("Tess", "Tamsin", "Amara"):
        assert tellers.as_(name).is_refused("void-ballot", asked) == "room-decides"
    again = {"ballot": ballot.id, "item": tellers.new_id(), "stamping": True}
    refusal = ballot.act(tellers.as_("Amara").actor, "run-again", again).refusal
    assert refusal is not None and refusal.code == "not-to-run-again"


def test_two_tellers_replace_the_stamp_of_a_lost_phone(tellers: Hall) -> None:
    ballot = opened(tellers, "Dara", "Dev", "Dora", "Dmitri")
    asked = {"ballot": ballot.id} | LOST
    unknown = asked | {"delegate": "Nobody"}
    assert tellers.as_("Tess").is_refused("replace-stamp", unknown) == "delegate-not-found"
    assert tellers.as_("Tess").does("replace-stamp", asked)["done"] is False
    refusal = ballot.fetch("Dara").refusal
    assert refusal is not None and refusal.code == "stamp-taken"
    assert tellers.as_("Tamsin").does("replace-stamp", asked)["done"] is True
    person = f"person:{tellers.as_('Dara').id}"
    assert tellers.sees(person)["vote"][ballot.id]["stamped"] is False
    assert tellers.as_("Tess").is_refused("replace-stamp", asked) == "no-stamp-to-replace"
    old = ballot.devices["Dara"]
    assert ballot.fetch("Dara").refusal is None
    assert tellers.sees(person)["vote"][ballot.id]["stamped"] is True
    ballot.cast(Dara="for", Dev="against", Dora="against", Dmitri="for")
    ballot.box.append(old.paper("for"))
    ballot.close()
    assert tellers.row(Ballot, ballot.id).issued == [5]
    assert ballot.receive().refusal is None
    ballot.act(HUB, "publish-result", {"ballot": ballot.id})
    seen = value(tellers, ballot)
    assert (seen["board"]["replaced"], seen["result"]["papers"], seen["doubtful"]) == (1, 5, True)
    assert "1 stamp was replaced. Replaced stamps could have changed" in seen["result"]["sentence"]


def test_a_doubtful_result_decides_nothing_and_is_run_again(tellers: Hall) -> None:
    made = put(tellers, "Rents are frozen.")
    ballot = opened(tellers, "Dara", "Dev", "Dora", motion=made)
    for name in ("Tess", "Tamsin"):
        tellers.as_(name).does("replace-stamp", {"ballot": ballot.id} | LOST)
    ballot.fetch("Dara")
    ballot.cast(Dara="for", Dev="for", Dora="against")
    ballot.close()
    ballot.receive()
    ballot.act(HUB, "publish-result", {"ballot": ballot.id})
    assert motion(tellers, made)["state"] == "put"
    again = {"ballot": ballot.id, "item": tellers.new_id(), "stamping": True}
    assert ballot.act(tellers.as_("Amara").actor, "run-again", again).refusal is None
    assert value(tellers, ballot)["state"] == "published"
