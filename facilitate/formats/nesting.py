"""Before the event: which passage stands inside which, by outline level, list and sequence."""

from __future__ import annotations

from dataclasses import dataclass, field

from facilitate.formats.labels import Reading, inner_place, readings

_LARGEST_GAP = 5


@dataclass
class _Node:
    """A passage that others may stand inside of; `last` holds the place reached in each series within."""

    rank: float | None = None
    family: str = ""
    level: int = 0
    bullet: bool = False
    left: int | None = None
    number: str = ""
    series: set[str] = field(default_factory=set)
    last: dict[tuple[str, str], int] = field(default_factory=dict)


class Nesting:
    """Follows a document from top to bottom and says how deep each passage stands."""

    def __init__(self) -> None:
        self.root = _Node(rank=-1.0)
        self.open: list[_Node] = [self.root]
        self.seen: dict[tuple[str, str], int] = {}

    def heading(self, rank: float, number: str = "", family: str = "", level: int = 0) -> int:
        """The depth of a heading of that rank, which closes all that is not outside of it.

        Shape: family and level name the automatic list that the heading is also an entry of.
        """
        while len(self.open) > 1 and not _is_outer(self.open[-1], rank):
            self.open.pop()
        return self._push(_Node(rank=rank, family=family, level=level), number)

    def listed(self, family: str, level: int, left: int | None, number: str) -> int:
        """The depth of an entry of an automatic list; without a number it is a bullet."""
        floor = self.headings()
        same = [at for at in range(1, len(self.open)) if self.open[at].family == family]
        outer = [at for at in same if self.open[at].level < level]
        beside = [at for at in same if self.open[at].level >= level and at > floor]
        if beside:
            self._cut(max(beside[0], floor + 1))
        elif outer:
            self._cut(max(outer[-1], floor) + 1)
        else:
            while len(self.open) - 1 > floor and _stands_beside(self.open[-1], left, number):
                self.open.pop()
        return self._push(_Node(family=family, level=level, bullet=not number, left=left), number)

    def typed(self, number: str) -> int:
        """The depth of a passage whose number was typed, found by where its sequence goes on."""
        self._cut(max(self._home(number), self.headings()) + 1)
        return self._push(_Node(), number)

    def expects(self, number: str) -> bool:
        """Whether the number begins a sequence or goes on with one, give or take a few left out."""
        for reading in readings(number):
            gap = reading.place - self.seen.get((reading.series, reading.outer), reading.place)
            inside = reading.outer and any(node.number == reading.outer for node in self.open)
            goes_on = any(
                node.last.get((reading.series, reading.outer)) == reading.place - 1 for node in self.open
            )
            if reading.place == 1 or 0 < gap <= _LARGEST_GAP or (inside and gap >= 0) or goes_on:
                return True
        return False

    def plain(self) -> int:
        """The depth of a passage without a number, inside the last heading; it ends a list of bullets."""
        while self.open[-1].bullet:
            self.open.pop()
        return self.headings()

    def headings(self) -> int:
        """How many headings are open around the next passage."""
        return max(at for at, node in enumerate(self.open) if node.rank is not None)

    def inside(self) -> int:
        """The depth of something that belongs to the last passage, such as a footnote or a typed bullet."""
        return len(self.open) - 1

    def close(self, count: int) -> None:
        """Closes all but the outermost `count` of what is open, as at the end of a list."""
        self._cut(max(count, 1))

    def _cut(self, at: int) -> None:
        del self.open[at:]

    def _push(self, node: _Node, number: str) -> int:
        node.number = number.strip(" .:()")
        for reading in readings(number):
            node.series.add(reading.series)
            self.open[-1].last[reading.series, reading.outer] = reading.place
            self.seen[reading.series, reading.outer] = reading.place
        inner = inner_place(number)
        if inner is not None:
            node.last["(1)", ""] = inner
        self.open.append(node)
        return len(self.open) - 2

    def _home(self, number: str) -> int:
        """Where among the open passages is the one that the typed number belongs inside of."""
        found = readings(number)
        top = len(self.open) - 1
        for reading in found:
            if reading.outer:
                return self._within(reading)
            for at in range(top, -1, -1):
                if reading.place > 1 and self.open[at].last.get((reading.series, "")) == reading.place - 1:
                    return at
        first = next((reading for reading in found if reading.place == 1), None)
        if first is not None:
            return top - 1 if first.series in self.open[top].series else top
        return self._beside(found[0]) if found else top

    def _within(self, reading: Reading) -> int:
        """The passage whose number is the start of this one, else the one that holds its neighbours."""
        for at in range(len(self.open) - 1, 0, -1):
            if self.open[at].number == reading.outer:
                return at
        return self._beside(reading)

    def _beside(self, reading: Reading) -> int:
        """For a number that continues nothing: beside its like, else inside the last passage or heading."""
        for at in range(len(self.open) - 1, -1, -1):
            if any(series == reading.series for series, _ in self.open[at].last):
                return at
        return len(self.open) - 1 if ")" in reading.series else self.headings()


def _stands_beside(node: _Node, left: int | None, number: str) -> bool:
    """Whether an entry of another list is no deeper than the node: by indent, else as both count alike."""
    if node.left is not None and left is not None:
        return node.left >= left
    return node.bullet if not number else any(r.series in node.series for r in readings(number))


def _is_outer(node: _Node, rank: float) -> bool:
    return node.rank is not None and node.rank < rank
