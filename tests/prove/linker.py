"""What a thief of all files can tie together: who came when in one place, what came when in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

# A row of the register or of the roll: a person's id, then hexadecimal figures (a message, a hash).
_PERSON = re.compile(
    rb"([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})(?=[0-9a-f]{64})"
)
# A one-time key as it lies in the box: 65 bytes, of which the first is 4.
_KEY = re.compile(rb"(?s)(?=(\x04.{64}))")
# A paper of an anonymised ballot: its random number and what was chosen.
_PAPER = re.compile(rb"(?<=[0-9a-f]{12})([0-9a-f]{32}(?:for|against|abstain))")
_FRAME, _HEAD = 24, 32


def pages(log: bytes) -> Iterator[bytes]:
    """The pages in a write-ahead log, in the order in which they were written."""
    if len(log) < _HEAD:
        return
    size = int.from_bytes(log[8:12])
    for start in range(_HEAD, len(log) - _FRAME - size + 1, _FRAME + size):
        yield log[start + _FRAME : start + _FRAME + size]


def order_in(content: bytes, what: re.Pattern[bytes], known: set[bytes]) -> list[bytes]:
    """Known things in the order in which they first stand in a file."""
    found = (match.group(1) for match in what.finditer(content))
    return list(dict.fromkeys(each for each in found if each in known))


def order_of_arrival(log: bytes, what: re.Pattern[bytes], known: set[bytes]) -> list[bytes]:
    """Known things in the order in which a write-ahead log first has them."""
    found: dict[bytes, None] = {}
    for page in pages(log):
        found.update(dict.fromkeys(order_in(page, what, known)))
    return list(found)


def orders(file: Path, what: re.Pattern[bytes], known: set[bytes]) -> dict[str, list[bytes]]:
    """Every order that a database's files show."""
    log = file.with_name(file.name + "-wal")
    written = log.read_bytes() if log.exists() else b""
    both = {
        "file": order_in(file.read_bytes(), what, known),
        "log": order_of_arrival(written, what, known),
    }
    return {name: order for name, order in both.items() if order}


def people_in(file: Path, known: set[bytes]) -> dict[str, list[bytes]]:
    """The orders in which people stand in the hub's files."""
    return orders(file, _PERSON, known)


def keys_in(file: Path, known: set[bytes]) -> dict[str, list[bytes]]:
    """The orders in which papers stand in the box's files."""
    return orders(file, _KEY, known)


def papers_in(file: Path) -> dict[str, list[bytes]]:
    """The orders in which an anonymised ballot's papers stand in the hub's files."""
    content = file.read_bytes() + file.with_name(file.name + "-wal").read_bytes()
    return orders(file, _PAPER, {match.group(1) for match in _PAPER.finditer(content)})


def by_rank(people: list[bytes], things: list[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Tie the first to the first and so on; where one list is shorter, by its share of the way."""
    for place, person in enumerate(people):
        yield person, things[place * len(things) // len(people)]
