"""The robots' chair keeps to the running order, however often a step has to be tried."""

from __future__ import annotations

from typing import Any

from facilitate.rehearsal.chair import ChairRobot
from facilitate.rehearsal.connection import Address
from facilitate.rehearsal.content import read_content
from facilitate.rehearsal.device import Device
from facilitate.rehearsal.known import Stream
from facilitate.rehearsal.stage import Stage


def chair_with(*items: tuple[str, str, int, str]) -> tuple[ChairRobot, dict[str, dict[str, Any]]]:
    device = Device(Address("http", "127.0.0.1", 9), "code", "The chair")
    stream = device.known.streams["desk"] = Stream(1)
    for position, (key, track, minutes, state) in enumerate(items, 1):
        value = {"id": key, "track": track, "minutes": minutes, "state": state, "position": position}
        stream.apply([["item", key, value]], None)
    return ChairRobot(device, Stage(read_content(), speed=60, began=1000.0)), stream.kinds["item"]


def test_an_item_ends_when_the_running_order_says_so_however_often_it_is_asked() -> None:
    chair, items = chair_with(
        ("a", "Hall", 10, "current"), ("b", "Gallery", 99, "planned"), ("c", "Hall", 20, "planned")
    )
    assert [chair.planned_end(items["a"]) for _ in range(3)] == [1010.0] * 3
    assert [chair.planned_end(items["c"]) for _ in range(3)] == [1030.0] * 3


def test_what_was_over_before_is_not_waited_for() -> None:
    chair, items = chair_with(("a", "Hall", 10, "done"), ("c", "Hall", 20, "current"))
    assert chair.planned_end(items["c"]) == 1020.0
    items["c"]["state"] = "done"
    assert chair.planned_end(items["c"]) == 1020.0
