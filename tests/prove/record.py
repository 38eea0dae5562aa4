"""What a hub that keeps every promise would hold: the record of one run, written by another hand."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

LIMIT = 4
MAY_BE_REFUSED = frozenset({"superseded", "already-withdrawn", "unknown-comment"})


@dataclass
class Point:
    """One point as the hub took it in."""

    table: int
    text: str
    parent: str | None
    marks: list[str]
    place: int
    withdrawn: bool = False


@dataclass
class Record:
    """What has reached the hub so far, in the order in which it did."""

    points: dict[str, Point] = field(default_factory=dict)
    done: set[str] = field(default_factory=set)
    is_open: bool = True

    def copy(self) -> Record:
        """As it stands now."""
        return copy.deepcopy(self)

    def take(self, table: int, command: dict[str, Any]) -> None:
        """Take one command in as the hub has to, whatever became of the answer."""
        data = command["data"]
        if command["id"] in self.done:
            return
        if command["type"] == "record-comment":
            if data["item"] not in self.points:
                marks, place = self._marks(table, data), len(self.points)
                self.points[data["item"]] = Point(table, data["text"], data["parent"], marks, place)
        elif not self.takes_back(table, data["comment"]):
            return
        else:
            self.points[data["comment"]].withdrawn = True
        self.done.add(command["id"])

    def takes_back(self, table: int, item: str) -> bool:
        """Whether a table may take a point back as things stand."""
        point = self.points.get(item)
        known = point is not None and point.table == table and not point.withdrawn
        return known and not any(each.parent == item for each in self.points.values())

    def _marks(self, table: int, data: dict[str, Any]) -> list[str]:
        before = self._counting(table)
        over = data["parent"] is None and before >= LIMIT
        noted = {"after-the-round": not self.is_open, "over-limit": over}
        return [mark for mark, holds in noted.items() if holds]

    def _counting(self, table: int) -> int:
        """How many points of a table stand, each once whatever its corrections."""
        own = {item: each for item, each in self.points.items() if each.table == table}
        children: dict[str, list[str]] = defaultdict(list)
        for item, each in own.items():
            children[str(each.parent)].append(item)
        first = [item for item, each in own.items() if each.parent not in own]
        return sum(
            any(not children[i] and not own[i].withdrawn for i in list(_tree(item, children)))
            for item in first
        )

    def standing(self, table: int) -> list[str]:
        """What a table sees as its own that may be corrected, oldest first."""
        corrected = {each.parent for each in self.points.values()}
        return [
            item
            for item, each in self.points.items()
            if each.table == table and not each.withdrawn and item not in corrected
        ]

    def states(self) -> dict[str, str]:
        """How each point stands: two corrections of one wording are both shown."""
        children: dict[str, list[str]] = defaultdict(list)
        for item, each in self.points.items():
            if each.parent in self.points:
                children[str(each.parent)].append(item)
        found: dict[str, str] = {}
        for item, each in self.points.items():
            if each.parent not in self.points:
                tree = list(_tree(item, children))
                leaves = [i for i in tree if not children[i] and not self.points[i].withdrawn]
                alone = "current" if len(leaves) == 1 else "conflict"
                found |= {i: alone if i in leaves else "superseded" for i in tree}
        return found | {item: "withdrawn" for item, each in self.points.items() if each.withdrawn}


def _tree(item: str, children: dict[str, list[str]]) -> Iterable[str]:
    yield item
    for child in children[item]:
        yield from _tree(child, children)
