"""The registrar at a real hub: a stamp for each delegate by the doors of devices, and words where not."""

from __future__ import annotations

from typing import Any

import pytest

from facilitate.domain.stamped_papers import group_from_dict
from facilitate.store.rows import Event, Stamp
from facilitate.store.session import write_sessions
from tests.support.stamping import Device as Voter
from tests.web.conftest import ENGINES, Served, Server
from tests.web.device import Device, new_id

DRAFT = {"motion": None, "question": "Shall this be?", "form": "for-against", "trust": "stamped"}


def rehearsing(served: Served) -> None:
    """Mark the event as a rehearsal: on this machine alone it needs no certificate."""
    with write_sessions(served.database).begin() as session:
        session.get_one(Event, "event").rehearsal = True


def announced(served: Served, chair: Device) -> dict[str, Any]:
    """A stamped ballot, announced; as devices see it."""
    ballot = new_id()
    assert chair.submit("draft-ballot", DRAFT | {"item": ballot})["ok"]
    answer = chair.submit("announce-ballot", {"ballot": ballot})
    assert answer["ok"], answer
    value: dict[str, Any] = served.hall.sees("delegates")["ballot"][ballot]
    return value


@pytest.mark.parametrize("engine", ENGINES)
def test_a_delegate_s_device_fetches_a_stamp_that_proves_itself(serve: Server, engine: str) -> None:
    served = serve(engine)
    rehearsing(served)
    with served.device("Amara") as chair, served.device("Dara") as phone, served.device("Dev") as other:
        ballot = announced(served, chair)
        groups = [group_from_dict(group) for group in ballot["stamping"]["groups"]]
        voter = Voter(groups, bid=ballot["stamping"]["bid"])
        asked = {"ballot": ballot["id"], "version": 1, "blinded": voter.blinded.message.hex()}
        first = phone.submit("fetch-stamp", asked)
        assert first["ok"], first
        voter.take(bytes.fromhex(first["result"]["signature"]))
        assert phone.submit("fetch-stamp", asked)["result"] == first["result"]
        second = Voter(groups, bid=ballot["stamping"]["bid"]).blinded.message.hex()
        assert phone.submit("fetch-stamp", asked | {"blinded": second})["refusal"]["code"] == "stamp-taken"
        assert other.submit("fetch-stamp", asked | {"blinded": second})["ok"]
        assert other.submit("report-casting", {"ballot": ballot["id"], "failing": True})["ok"]
        smuggled = phone.submit("fetch-stamp", asked | {"signature": "ab" * 256})
        assert smuggled["refusal"]["code"] == "bad-message"
        keys = list((served.hub.folder / "keys" / "stamps").glob("*.json"))
        assert len(keys) == 1 and keys[0].stat().st_mode & 0o777 == 0o600
        assert chair.submit("recall-ballot", {"ballot": ballot["id"]})["ok"]
        phone.until(lambda: not list((served.hub.folder / "keys" / "stamps").glob("*.json")))
    with served.hall.reads() as session:
        assert session.query(Stamp).count() == 2


def test_a_stamped_ballot_is_refused_over_plain_http_in_words(serve: Server) -> None:
    served = serve("eventlet")
    with served.device("Amara") as chair:
        refused = chair.submit("draft-ballot", DRAFT | {"item": new_id()})["refusal"]
        assert refused["code"] == "stamped-needs-https" and "certificate" in refused["sentence"]
        assert chair.submit("draft-ballot", DRAFT | {"item": new_id(), "trust": "anonymised"})["ok"]
