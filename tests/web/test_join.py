"""The live protocol: a device joins, is told what changes, and repairs what it missed."""

from __future__ import annotations

from itertools import pairwise

from tests.web.conftest import Served
from tests.web.device import Device
from tests.web.points import point, texts


def test_a_device_joins_with_a_snapshot_of_its_own_audiences(served: Served) -> None:
    with served.device("Fay") as laptop, served.device("Dora") as phone:
        answer = laptop.join()
        own = {"delegates", "table:1", "table:1+echo", f"person:{served.hall.as_('Fay').id}"}
        assert set(answer["streams"]) == own
        assert all("snapshot" in part for part in answer["streams"].values())
        assert set(phone.join()["streams"]) == {
            "delegates", "table:2", f"person:{served.hall.as_('Dora').id}",
        }  # fmt: skip


def test_changes_come_in_order_and_once(served: Served) -> None:
    with served.device("Fay") as laptop, served.device("Thea") as desk:
        laptop.join()
        desk.join()
        for number in range(20):
            assert laptop.submit("record-comment", point(served, f"Point {number}"))["ok"]
        everything = {f"Point {number}" for number in range(20)}
        desk.until(lambda: everything <= texts(desk, "themes"))
        laptop.until(lambda: everything <= texts(laptop, "table:1"))
        batches = [batch for batch in desk.changes if batch["audience"] == "themes"]
        assert all(one["upto"] == following["after"] for one, following in pairwise(batches))


def test_a_device_that_was_fed_a_hole_repairs_itself(served: Served) -> None:
    with served.device("Fay") as laptop, served.device("Thea") as desk:
        laptop.join()
        desk.join()
        known = dict(desk.numbers)
        assert laptop.submit("record-comment", point(served, "Said while nobody listened"))["ok"]
        desk.until(lambda: "Said while nobody listened" in texts(desk, "themes"))
        # The device forgets the last batch, as if it had never come.
        desk.numbers, desk.seen = known, {}
        answer = desk.join()
        assert answer["streams"]["themes"]["after"] == known["themes"]
        assert texts(desk, "themes") == {"Said while nobody listened"}


def test_a_number_that_the_hub_never_gave_gets_a_snapshot(served: Served) -> None:
    with served.device("Thea") as desk:
        desk.join()
        for wrong in (10_000_000, -1, 0):
            desk.numbers["themes"] = wrong
            assert desk.join()["streams"]["themes"]["upto"] == desk.numbers["delegates"]
            assert desk.sees("themes", "passage")
        assert "snapshot" in desk.call("join", {"streams": {"themes": 10_000_000}})["streams"]["themes"]


def test_an_audience_that_is_not_mine_is_never_joined(served: Served) -> None:
    with served.device("Dora") as phone:
        answer = phone.call("join", {"streams": {"themes": None, "desk": 0, "table:1": 0, "screen:x": None}})
        assert not set(answer["streams"]) & {"themes", "desk", "table:1", "screen:x"}


def test_an_idle_hub_says_that_there_is_nothing(served: Served) -> None:
    with served.device("Dora") as phone:
        phone.join()
        empty = phone.until(lambda: [b for b in phone.changes if not b["changes"]], "the hub fell silent")
        assert empty[0]["upto"] == phone.numbers[empty[0]["audience"]]
        assert empty[0]["now"] > 0


def test_a_delegate_who_is_seated_elsewhere_is_told_to_join_again(served: Served) -> None:
    with served.device("Dmitri") as phone:
        phone.join()
        seat = {"person": served.hall.as_("Dmitri").id, "table": 3}
        served.hall.office("seat-people", {"seats": [seat]})
        phone.until(lambda: phone.rejoins, "nobody said that the seat has changed")
        with served.device("Femi") as laptop:
            laptop.join()
            assert laptop.submit("record-comment", point(served, "No longer for Dmitri"))["ok"]
            laptop.until(lambda: "No longer for Dmitri" in texts(laptop, "table:2"))
        assert "No longer for Dmitri" not in texts(phone, "table:2")
        assert "table:3" in phone.join()["streams"]
        assert "table:2" not in phone.numbers


def test_whoever_signs_out_hears_nothing_more(served: Served) -> None:
    with served.device("Thea") as desk, served.device("Thea") as other, served.device("Fay") as laptop:
        for device in (desk, other, laptop):
            device.join()
        desk.web.post(f"{desk.base}/out", headers={"Origin": desk.base}, timeout=60)
        desk.until(lambda: desk.gone, "the socket stayed open")
        assert laptop.submit("record-comment", point(served, "Not for those who left"))["ok"]
        other.until(lambda: "Not for those who left" in texts(other, "themes"))
        assert "Not for those who left" not in texts(desk, "themes")
        assert not other.rejoins


def test_a_table_is_offline_once_its_last_laptop_has_gone(served: Served) -> None:
    with served.device("Amara") as desk:
        desk.join()
        with served.device("Sol") as laptop:
            laptop.join()
            desk.until(lambda: _state(desk) == "silent")
            laptop.join()
        desk.until(lambda: _state(desk) == "offline")


def _state(desk: Device) -> str:
    return str(desk.sees("desk", "table")["3"]["state"])
