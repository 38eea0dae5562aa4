"""Ballots: reads .blt files, as programs for the single transferable vote exchange them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from facilitate.domain.methods.adding import Places
from facilitate.formats.ballot_lines import BallotFile, BallotLine, check_once, fault, read_weight

Numbered = tuple[int, str]


def read_blt(text: str) -> BallotFile:
    """The ballots of a .blt file: `options seats`, perhaps `-n` for who withdrew, papers, 0, names, title.

    A paper is `weight n n … 0`; `n=m` stands for level options, `-` for a place left free.

    Errors: bad-ballot-file
    """
    lines = _lines(text)
    head = next(lines, (1, ""))
    if len(head[1].split()) != 2:
        raise fault(head[0], "A .blt file starts with two whole numbers: how many options, how many seats.")
    many, seats = (read_weight(part, head[0]) for part in head[1].split())
    withdrawn: set[int] = set()
    raw: list[tuple[int, int, list[list[int]]]] = []
    last = head[0]
    for last, line in lines:
        parts = line.split()
        if parts[0].startswith("-"):
            withdrawn |= {_number(part[1:], many, last) for part in parts}
        elif parts == ["0"]:
            break
        else:
            raw.append((last, read_weight(parts[0], last), _ranks(parts[1:], many, last)))
    else:
        raise fault(last, "The papers do not end; a line with 0 alone has to stand after the last one.")
    names = _names(list(lines), many, last)
    return _file(_Read(many, seats, withdrawn, raw, names))


@dataclass(frozen=True)
class _Read:
    many: int
    seats: int
    withdrawn: set[int]
    raw: Sequence[tuple[int, int, list[list[int]]]]
    names: Sequence[str]


def _lines(text: str) -> Iterator[Numbered]:
    for number, line in enumerate(text.splitlines(), 1):
        bare = line if line.lstrip().startswith('"') else line.partition("#")[0]
        if bare.strip():
            yield number, bare.strip()


def _number(text: str, many: int, line: int) -> int:
    number = read_weight(text, line)
    if not 1 <= number <= many:
        raise fault(line, f"There is no option {number}; there are {many}.")
    return number


def _ranks(parts: Sequence[str], many: int, line: int) -> list[list[int]]:
    if not parts or parts[-1] != "0":
        raise fault(line, "The paper does not end; it has to end with 0.")
    places = [[_number(each, many, line) for each in part.split("=")] for part in parts[:-1] if part != "-"]
    check_once([f"option {each}" for place in places for each in place], line)
    return places


def _names(lines: Sequence[Numbered], many: int, last: int) -> list[str]:
    """The names of the options and the title, without their quotation marks."""
    if len(lines) < many:
        raise fault(lines[-1][0] if lines else last, f"There are {many} options and {len(lines)} names.")
    names = [line.strip('"').strip() for _, line in lines]
    for place, (number, _) in enumerate(lines[:many]):
        if not names[place] or names[place] in names[:place]:
            raise fault(number, "Every option needs a name of its own.")
    return names


def _file(read: _Read) -> BallotFile:
    standing = [number for number in range(1, read.many + 1) if number not in read.withdrawn]
    lines = []
    for number, weight, ranks in read.raw:
        kept = [tuple(read.names[each - 1] for each in place if each in standing) for place in ranks]
        places: Places = tuple(place for place in kept if place)
        lines.append(BallotLine(number, weight, places))
    title = read.names[read.many] if len(read.names) > read.many else ""
    options = tuple(read.names[number - 1] for number in standing)
    return BallotFile(options, tuple(lines), read.seats, title)
