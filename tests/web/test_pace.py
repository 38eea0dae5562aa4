"""A device that asks without end is asked to wait; the others go on."""

from __future__ import annotations

from tests.web.conftest import Served
from tests.web.device import new_id
from tests.web.points import point


def test_a_device_that_never_stops_is_asked_to_wait_and_the_others_go_on(served: Served) -> None:
    with served.device("Fay") as laptop, served.device("Dara") as phone:
        junk = {"commands": [{"id": new_id(), "type": "make-tea", "data": {}}] * 500}
        codes = [ack["refusal"]["code"] for _ in range(4) for ack in laptop.post(junk).json()["acks"]]
        assert codes[:500] == ["unknown-command"] * 500
        assert codes[-1] == "busy"
        assert laptop.submit("record-comment", point(served, "Said in a flood"))["refusal"]["code"] == "busy"
        assert phone.submit("make-tea", {})["refusal"]["code"] == "unknown-command"


def test_a_device_that_asks_for_everything_again_and_again_is_asked_to_wait(served: Served) -> None:
    with served.device("Dara") as phone, served.device("Fay") as laptop:
        answers = [phone.call("join", {"streams": {}}) for _ in range(140)]
        assert answers[0]["ok"] and answers[59]["ok"]
        assert answers[-1]["refusal"]["code"] == "busy"
        assert laptop.join()["ok"]
