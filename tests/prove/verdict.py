"""The end of a run: everything is let through, and what the laptops said is held against the store."""

from __future__ import annotations

from collections import Counter
from typing import Any

from tests.prove.story import Story

_ROUNDS = 40
_PAUSE = 35_000


def settle(story: Story) -> None:
    """Every laptop comes back, every connection holds, and everything gets through."""
    for name, laptop in story.laptops.items():
        laptop.full = None
        story.order("full", name, full=None)
        story.order("arm", name, writes=0, torn="")
        if not laptop.up:
            story.boot(name, laptop.offset)
        if not laptop.connected:
            story.connect(name)
    for _ in range(_ROUNDS):
        while story.pending:
            story.deliver(story.pending[0])
        story.wait(_PAUSE)
        if not story.pending and not any(counts["keptHere"] for counts in _counts(story).values()):
            return
    raise AssertionError(f"This never got through: {_counts(story)}")


def _counts(story: Story) -> dict[str, Any]:
    return {name: story.order("counts", name) for name in story.laptops}


def judge(story: Story) -> None:
    """Hold the store, the laptops and the record of the run against one another."""
    rows = {row.id: row for row in story.centre.comments()}
    texts = Counter(row.text for row in rows.values())
    said = {
        story.commands[each]["data"]["item"]
        for each in story.said
        if story.commands[each]["type"] == "record-comment"
    }
    story.scene.counts["said to be kept"] += len(said)
    assert not said - rows.keys(), f"Said to be kept, and lost: {said - rows.keys()}"
    assert not story.acknowledged - rows.keys(), f"Acknowledged, and lost: {story.acknowledged - rows.keys()}"
    assert max(texts.values(), default=1) == 1, f"Doubled: {texts.most_common(3)}"
    typed = {item for laptop in story.laptops.values() for item in laptop.typed}
    assert rows.keys() <= typed, f"Nobody typed this: {rows.keys() - typed}"
    _order(story, list(rows.values()))
    points = story.record.points
    assert {id_: row.marks for id_, row in rows.items()} == {id_: each.marks for id_, each in points.items()}
    assert {id_: row.state for id_, row in rows.items()} == story.record.states()
    _numbers(story, set(rows))
    assert story.centre.differences() == []


def _order(story: Story, rows: list[Any]) -> None:
    """The order is that of arrival at the hub, by the hub's clock."""
    points = story.record.points
    for table in {row.table_number for row in rows}:
        own = [row for row in rows if row.table_number == table]
        assert [row.serial for row in own] == list(range(1, len(own) + 1))
        wanted = sorted((row.id for row in own), key=lambda id_: points[id_].place)
        assert [row.id for row in own] == wanted, "The order is not that of arrival."
        times = [row.received_at for row in own]
        assert times == sorted(times), "The times are not the hub's."


def _numbers(story: Story, stored: set[str]) -> None:
    """Each laptop's own numbers have no hole and no double, and it says that all is at the centre."""
    for name, counts in _counts(story).items():
        mine = [each for each in counts["points"] if each["n"] is not None]
        numbers = sorted(each["n"] for each in mine)
        assert numbers == list(range(1, len(mine) + 1)), f"Laptop {name} numbered {numbers}."
        places = [each["position"] for each in counts["points"]]
        assert len(set(places)) == len(places), f"Laptop {name} has places {places}."
        assert {each["item"] for each in mine} <= stored
        assert (counts["typed"], counts["atCentre"], counts["keptHere"]) == (len(mine), len(mine), 0), counts
