"""A laptop's backlog comes in as one: in its order, each answered for itself, and with one commit."""

from __future__ import annotations

import re

import pytest

from tests.web.conftest import ENGINES, Served, Server
from tests.web.device import Device, new_id
from tests.web.points import point


def commits(device: Device) -> int:
    """How many group commits the hub has made."""
    figures = device.web.get(f"{device.base}/metrics", timeout=60).text
    found = re.search(r"^facilitate_group_commits_total (\S+)", figures, re.MULTILINE)
    return int(float(found.group(1))) if found else 0


def backlog(served: Served) -> list[dict[str, object]]:
    """Thirty points; in their midst one that cannot be stored, and the correction of the first."""
    points = [point(served, f"Point {n}", n=n) for n in range(30)]
    points[10]["passage"] = new_id()
    points[20]["parent"] = points[0]["item"]
    return [{"id": new_id(), "type": "record-comment", "data": data} for data in points]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_backlog_needs_one_commit_and_keeps_its_order(serve: Server, engine: str) -> None:
    served = serve(engine)
    with served.device("Fay") as laptop:
        commands, before = backlog(served), commits(laptop)
        acks = laptop.post({"commands": commands}).json()["acks"]
        # What could not be read is kept by a commit of its own.
        assert commits(laptop) - before <= 3
        assert [ack["id"] for ack in acks] == [command["id"] for command in commands]
        stored = [ack["number"] for ack in acks[:10] + acks[11:]]
        assert stored == sorted(set(stored))
        assert laptop.post({"commands": commands}).json()["acks"][:10] == acks[:10]
