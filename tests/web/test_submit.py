"""Commands by socket and by HTTP: one door behind two handles, and every message is answered."""

from __future__ import annotations

from typing import Any

import pytest

from facilitate.store.rows import Comment
from tests.web.conftest import Served
from tests.web.device import Device, new_id
from tests.web.points import point, texts


def test_the_same_command_gets_the_same_answer_by_either_door(served: Served) -> None:
    with served.device("Fay") as laptop:
        command, data = new_id(), point(served, "Said once")
        first = laptop.submit("record-comment", data, command)
        assert first["ok"] and first["id"] == command and first["result"]["ref"]
        again = laptop.post({"id": command, "type": "record-comment", "data": data}).json()
        assert again == first
        assert laptop.submit("record-comment", data, command) == first
        other = new_id()
        refused = {"type": "withdraw-comment", "data": {"comment": "nothing-has-this-id"}}
        by_socket = laptop.call("submit", {"id": other, **refused})
        by_http = laptop.post({"id": other, **refused}).json()
        assert by_socket == by_http
        assert by_socket["refusal"]["code"] == "unknown-comment"


def test_a_backlog_is_taken_in_at_once_and_answered_one_by_one(served: Served) -> None:
    with served.device("Femi") as laptop, served.device("Thea") as desk:
        desk.join()
        backlog: list[dict[str, Any]] = [
            {"id": new_id(), "type": "record-comment", "data": point(served, f"Kept offline {n}", n=n)}
            for n in range(60)
        ]
        backlog[7]["data"]["kind"] = "shout"
        acks = laptop.post({"commands": backlog}).json()["acks"]
        assert [ack["id"] for ack in acks] == [each["id"] for each in backlog]
        assert all(ack["ok"] for ack in acks)
        assert [n for n, ack in enumerate(acks) if "kept" in ack["result"]] == [7]
        again = laptop.post({"commands": backlog}).json()["acks"]
        assert again == acks
        desk.until(lambda: sum(text.startswith("Kept offline") for text in texts(desk, "themes")) == 59)
    assert laptop.post({"commands": [{}] * 501}).json()["refusal"]["code"] == "too-many"


MALFORMED: list[Any] = [
    None, 7, "text", [], {}, {"id": 5}, {"id": "x", "type": "record-comment", "data": {}},
    {"id": "01900000-0000-7000-8000-000000000000", "type": "record-comment", "data": []},
    {"id": "01900000-0000-7000-8000-000000000000", "type": "record-comment", "data": {"text": 5}},
    {"id": "01900000-0000-7000-8000-000000000000", "type": "mark-read", "data": {"comments": [], "more": 1}},
]  # fmt: skip


@pytest.mark.parametrize("raw", MALFORMED, ids=range(len(MALFORMED)))
def test_a_malformed_message_is_answered_as_such(served: Served, raw: Any) -> None:
    with served.device("Fay") as laptop:
        ack = laptop.call("submit", raw)
        assert ack["ok"] is False and ack["refusal"]["code"] == "bad-message"
        assert ack["refusal"]["sentence"].endswith("Nothing was changed.")
        if raw is not None:
            assert laptop.post(raw).json() == ack
        assert laptop.call("join", {"streams": "all"})["refusal"]["code"] == "bad-message"
        assert laptop.join()["ok"]


def test_a_verb_that_nobody_knows_and_one_of_the_office_are_refused(served: Served) -> None:
    with served.device("Clement") as office:
        for verb in ("make-tea", "import-people", "start-clock", "sign-in"):
            assert office.submit(verb, {})["refusal"]["code"] == "unknown-command"


def test_a_role_that_may_not_is_refused_by_either_door(served: Served) -> None:
    with served.device("Dara") as phone:
        command = {"id": new_id(), "type": "mark-read", "data": {"comments": ["x"]}}
        assert phone.call("submit", command)["refusal"]["code"] == "not-your-role"
        assert phone.post(command).json()["refusal"]["code"] == "not-your-role"


def test_a_laptop_s_own_numbers_reach_the_desk_by_either_door(served: Served) -> None:
    with served.device("Sol") as laptop, served.device("Amara") as desk:
        desk.join()
        laptop.join()
        for typed, send in ((3, laptop.submit), (4, _by_post(laptop))):
            assert send("report-laptop", {"typed": typed, "kept": 1})["ok"]
            desk.until(lambda typed=typed: desk.sees("desk", "table")["3"]["typed"] == typed)  # type: ignore[misc]


def test_a_laptop_learns_which_of_its_commands_the_hub_does_not_have(served: Served) -> None:
    here, not_here = new_id(), new_id()
    with served.device("Fay") as laptop, served.device("Dara") as phone:
        laptop.submit("record-comment", point(served, "At the centre"), here)
        asked = {"commands": [not_here, here]}
        assert laptop.submit("resume-laptop", asked)["result"] == {"lacks": [not_here]}
        assert laptop.submit("resume-laptop", {"commands": ["x"]})["refusal"]["code"] == "bad-message"
        assert phone.submit("resume-laptop", asked)["refusal"]["code"] == "not-your-role"


def _by_post(device: Device) -> Any:
    return lambda verb, data: device.post({"id": new_id(), "type": verb, "data": data}).json()


def test_the_same_id_with_other_words_is_kept_as_a_revision_and_acknowledged(served: Served) -> None:
    with served.device("Fay") as laptop:
        command, data = new_id(), point(served, "As first typed")
        first = laptop.submit("record-comment", data, command)
        other = data | {"text": "As typed on another page"}
        second = laptop.submit("record-comment", other, command)
        assert second["ok"] and second["result"]["marks"] == ["kept-as-revision"]
        assert second["result"]["ref"] != first["result"]["ref"]
        assert laptop.submit("record-comment", other, command) == second
        assert laptop.submit("record-comment", other)["result"] == second["result"]
        assert laptop.submit("record-comment", data, command) == first
    with served.hall.reads() as session:
        assert session.query(Comment).filter(Comment.parent == data["item"]).count() == 1


def test_a_vote_is_known_on_all_of_its_voter_s_devices_and_on_nobody_else_s(served: Served) -> None:
    ballot = new_id()
    with served.device("Amara") as desk:
        asked = {"item": ballot, "question": "Shall we?", "form": "for-against"}
        assert desk.submit("draft-ballot", asked)["ok"]
        for verb in ("announce-ballot", "open-ballot"):
            assert desk.submit(verb, {"ballot": ballot})["ok"]
    with served.device("Dara") as phone, served.device("Dara") as tablet, served.device("Dev") as other:
        for device in (phone, tablet, other):
            device.join()
        assert phone.submit("cast-vote", {"ballot": ballot, "choice": "for"})["ok"]
        own = f"person:{served.hall.as_('Dara').id}"
        tablet.until(lambda: tablet.sees(own, "vote")[ballot]["voted"])
        assert not [b for b in other.changes for c in b["changes"] if c[0] == "vote"]


def test_the_same_id_for_another_verb_is_refused(served: Served) -> None:
    with served.device("Thea") as desk:
        command = new_id()
        desk.submit("mark-read", {"comments": ["a"]}, command)
        assert desk.submit("mark-read", {"comments": ["b"]}, command)["refusal"]["code"] == "id-reused"


def test_a_sign_in_ends_for_both_doors(served: Served) -> None:
    with served.device("Attila") as phone:
        phone.join()
        cookie = phone.cookie
        phone.web.post(f"{phone.base}/out", headers={"Origin": phone.base}, timeout=60)
        command = {"id": new_id(), "type": "need-time", "data": {"ballot": "x"}}
        answer = phone.post(command, Cookie=cookie).json()
        assert answer == {
            "ok": False, "id": command["id"],
            "refusal": {
                "code": "signed-out", "field": None,
                "sentence": "You are not signed in here any more. What you typed is kept.",
            },
        }  # fmt: skip
