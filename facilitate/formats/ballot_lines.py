"""Ballots: what a file of ballots holds, whichever way it was written, and how a fault in one is said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from facilitate.domain.methods.adding import Places
from facilitate.domain.refusal import Refused


@dataclass(frozen=True)
class BallotLine:
    """Papers that say the same: where they stand in the file, how many they are, and what they say.

    Shape: `places` the options from first to last, level ones together; `numbers` (option, strength or
    points); options go by their names. One of the two may be empty.
    """

    line: int
    weight: int
    places: Places = ()
    numbers: tuple[tuple[str, Fraction], ...] = ()


@dataclass(frozen=True)
class BallotFile:
    """A file of ballots as read; `seats` is none where the file does not say."""

    options: tuple[str, ...]
    lines: tuple[BallotLine, ...]
    seats: int | None = None
    title: str = ""

    @property
    def papers(self) -> int:
        """How many papers there are, those included that choose nothing."""
        return sum(each.weight for each in self.lines)


def fault(line: int, sentence: str) -> Refused:
    """A refusal that says in which line of the file what is wrong."""
    where = f"Line {line}: {sentence}"
    return Refused("bad-ballot-file", f"{where} Nothing was counted; correct the file.", "file")


def read_weight(text: str, line: int) -> int:
    """How many papers say the same.

    Errors: bad-ballot-file
    """
    plain = text.strip()
    if not (plain.isascii() and plain.isdecimal()):
        raise fault(line, f"“{plain}” is no number of papers; it has to be a whole number.")
    return int(plain)


def read_number(text: str, line: int) -> Fraction:
    """A strength or points, exactly as written: 4, 3.5.

    Errors: bad-ballot-file
    """
    whole, _, decimals = text.strip().partition(".")
    if not (whole + decimals).isascii() or not (whole + decimals).isdecimal():
        raise fault(line, f"“{text.strip()}” is no strength or number of points.")
    return Fraction(text.strip())


def check_once(keys: Iterable[str], line: int) -> None:
    """Refuse a paper that names an option twice.

    Errors: bad-ballot-file
    """
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise fault(line, f"“{key}” is named twice.")
        seen.add(key)


def level_by_number(numbers: Sequence[tuple[str, Fraction]]) -> Places:
    """The ranking that strengths or points amount to: the most first, equal ones level."""
    worth: dict[Fraction, list[str]] = {}
    for key, number in numbers:
        worth.setdefault(number, []).append(key)
    return tuple(tuple(worth[number]) for number in sorted(worth, reverse=True))
