"""A device that asks without end is asked to wait; the others go on."""

from __future__ import annotations

from typing import Any

from tests.web.conftest import Served
from tests.web.device import new_id
from tests.web.points import point


def test_a_device_that_never_stops_is_asked_to_wait_and_the_others_go_on(served: Served) -> None:
    with served.device("Fay") as laptop, served.device("Dara") as phone:
        junk = {"commands": [{"id": new_id(), "type": "make-tea", "data": {}}] * 500}
        assert {ack["refusal"]["code"] for ack in laptop.post(junk).json()["acks"]} == {"unknown-command"}
        # What a device may ask grows again at once, so one word between two floods can come through.
        for _ in range(40):
            laptop.post(junk)
            answer = laptop.submit("record-comment", point(served, "Said in a flood"))
            if not answer["ok"]:
                break
        assert answer["refusal"]["code"] == "busy"
        assert phone.submit("make-tea", {})["refusal"]["code"] == "unknown-command"


def test_a_device_that_asks_for_everything_again_and_again_is_asked_to_wait(served: Served) -> None:
    with served.device("Dara") as phone, served.device("Fay") as laptop:
        answers: list[dict[str, Any]] = []
        while len(answers) < 2_000 and (not answers or answers[-1]["ok"]):
            answers.append(phone.call("join", {"streams": {}}))
        assert len(answers) > 60
        assert answers[-1]["refusal"]["code"] == "busy"
        assert laptop.join()["ok"]
