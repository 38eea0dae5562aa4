"""A hub that dies and comes back has lost nothing it acknowledged; a result publishes itself."""

from __future__ import annotations

import signal
import threading

import pytest

from facilitate.queries.verify import verify_event
from facilitate.store.rows import Ballot, Comment, JournalEntry
from tests.web.conftest import ENGINES, Served, Server
from tests.web.device import Device, new_id
from tests.web.points import point, texts

BOTH = pytest.mark.parametrize("engine", ENGINES)


def send_until_it_dies(laptop: Device, served: Served, acknowledged: list[str]) -> None:
    """Send one point after another and note what was acknowledged."""
    for number in range(100_000):
        data = point(served, f"Point {number}", n=number)
        try:
            ack = laptop.submit("record-comment", data)
        except Exception:
            return
        if ack["ok"]:
            acknowledged.append(data["item"])


@BOTH
def test_what_was_acknowledged_survives_a_power_cut(serve: Server, engine: str) -> None:
    served = serve(engine)
    acknowledged: list[str] = []
    with served.device("Fay") as laptop:
        epoch = laptop.join()["epoch"]
        sender = threading.Thread(target=send_until_it_dies, args=(laptop, served, acknowledged))
        sender.start()
        laptop.until(lambda: len(acknowledged) > 20)
        served.hub.stop(signal.SIGKILL)
        sender.join(timeout=60)
        served.hub.start()
        laptop.base = served.hub.base
        laptop.until(lambda: laptop.gone)
        laptop.connect()
        answer = laptop.call("join", {"streams": dict.fromkeys(laptop.numbers)})
        assert answer["epoch"] != epoch
        kept = answer["streams"]["table:1"]["snapshot"]["comment"]
        assert set(acknowledged) <= set(kept)
    with served.hall.reads() as session:
        assert session.query(Comment).count() == len({c["id"] for c in kept.values()})
        assert verify_event(session).differences == []


@BOTH
def test_the_same_command_after_a_restart_gets_its_first_answer(serve: Server, engine: str) -> None:
    served = serve(engine)
    with served.device("Fay") as laptop:
        command, data = new_id(), point(served, "Said before the cut")
        first = laptop.submit("record-comment", data, command)
        served.hub.stop(signal.SIGKILL)
        served.hub.start()
        assert laptop.post({"id": command, "type": "record-comment", "data": data}).json() == first


def opened(desk: Device, **rules: object) -> str:
    """A ballot on a question, open; its id."""
    ballot = new_id()
    asked = {"item": ballot, "question": "Shall we?", "form": "for-against", "rules": rules or None}
    assert desk.submit("draft-ballot", asked)["ok"]
    for verb in ("announce-ballot", "open-ballot"):
        assert desk.submit(verb, {"ballot": ballot})["ok"]
    return ballot


def state(device: Device, audience: str, ballot: str) -> str | None:
    """Where a ballot is, as a device has been told so far; None before its news has come."""
    seen = device.sees(audience, "ballot").get(ballot)
    return str(seen["state"]) if seen else None


@BOTH
def test_a_result_publishes_itself_when_its_time_has_come(serve: Server, engine: str) -> None:
    served = serve(engine, event={"publish_delay_seconds": 1})
    with served.device("Amara") as desk, served.device("Dara") as phone:
        desk.join()
        phone.join()
        ballot = opened(desk)
        assert desk.submit("close-ballot", {"ballot": ballot})["result"]["state"] == "provisional"
        phone.until(lambda: state(phone, "delegates", ballot) == "published")
    with served.hall.reads() as session:
        entry = session.query(JournalEntry).filter_by(action="result-published").one()
        assert entry.actor == "hub"


def storing(desk: Device) -> bool:
    """Whether the desk was told that the hub can store."""
    return bool(desk.sees("desk", "hub")["hub"]["storing"])


@BOTH
def test_a_result_that_was_due_while_nothing_could_be_stored_is_published_once_it_can(
    serve: Server, engine: str
) -> None:
    served = serve(engine, event={"publish_delay_seconds": 5})
    with served.device("Amara") as desk, served.device("Dara") as phone:
        desk.join()
        phone.join()
        ballot = opened(desk)
        assert desk.submit("close-ballot", {"ballot": ballot})["result"]["state"] == "provisional"
        with served.hub.full_disk():
            # Nobody asks for anything to be stored: what the disk refuses is the publication itself.
            desk.until(lambda: not storing(desk))
            assert served.hall.row(Ballot, ballot).state == "provisional"
            assert state(phone, "delegates", ballot) == "provisional"
        phone.until(lambda: state(phone, "delegates", ballot) == "published")
        desk.until(lambda: storing(desk))
    with served.hall.reads() as session:
        assert session.query(JournalEntry).filter_by(action="result-published").count() == 1
        assert verify_event(session).differences == []


def test_a_tie_that_waits_for_the_chair_does_not_publish_itself(serve: Server) -> None:
    served = serve("eventlet", event={"publish_delay_seconds": 0})
    with served.device("Amara") as desk, served.device("Dara") as one, served.device("Dora") as other:
        desk.join()
        ballot = opened(desk, tie="chair")
        assert one.submit("cast-vote", {"ballot": ballot, "choice": "for"})["ok"]
        assert other.submit("cast-vote", {"ballot": ballot, "choice": "against"})["ok"]
        assert desk.submit("close-ballot", {"ballot": ballot})["result"]["state"] == "provisional"
        # A second result that is due is published meanwhile; the first still waits.
        second = opened(desk)
        desk.submit("close-ballot", {"ballot": second})
        desk.until(lambda: state(desk, "desk", second) == "published")
        beats = len([b for b in desk.changes if not b["changes"]])
        desk.until(lambda: len([b for b in desk.changes if not b["changes"]]) > beats + 1)
        assert served.hall.row(Ballot, ballot).state == "provisional"
        assert desk.sees("desk", "ballot")[ballot]["publish_at"] is None
        assert desk.submit("give-casting-vote", {"ballot": ballot, "choice": "for"})["ok"]
        desk.until(lambda: state(desk, "desk", ballot) == "published")


@BOTH
@pytest.mark.postgres
def test_the_event_runs_on_postgresql_by_setting_alone(serve: Server, engine: str, postgres_url: str) -> None:
    served = serve(engine, postgres_url)
    with served.device("Fay") as laptop, served.device("Thea") as desk, served.device("Dara") as phone:
        for device in (laptop, desk, phone):
            device.join()
        backlog = [
            {"id": new_id(), "type": "record-comment", "data": point(served, f"Point {n}", n=n)}
            for n in range(30)
        ]
        assert all(ack["ok"] for ack in laptop.post({"commands": backlog}).json()["acks"])
        everything = {f"Point {n}" for n in range(30)}
        desk.until(lambda: texts(desk, "themes") == everything)
        laptop.until(lambda: texts(laptop, "table:1") == everything)
        served.hub.stop(signal.SIGKILL)
        served.hub.start()
        desk.base = served.hub.base
        desk.until(lambda: desk.gone)
        desk.connect()
        desk.numbers = {}
        desk.join()
        assert texts(desk, "themes") == everything
    with served.hall.reads() as session:
        assert verify_event(session).differences == []
