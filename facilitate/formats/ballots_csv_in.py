"""Ballots: reads .csv files of ballots: rankings in columns, one choice, or numbers per option."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

from facilitate.domain.methods.adding import Places
from facilitate.formats.ballot_lines import (
    BallotFile,
    BallotLine,
    check_once,
    fault,
    level_by_number,
    read_number,
    read_weight,
)

_RANK = re.compile(r"rank ?(\d+)", re.IGNORECASE)
Row = tuple[int, list[str]]


def read_ballots_csv(text: str) -> BallotFile:
    """The ballots of a .csv file with a head row; `count` says how many papers a row stands for.

    `rank1, rank2, …` hold names, best first, level ones joined by `=`; `choice` holds one name; any other
    column is an option, and its cells are strengths or points, or 1 for approved.

    Errors: bad-ballot-file
    """
    (first, head), *body = _rows(text)
    check_once([name.casefold() for name in head], first)
    count = next((place for place, name in enumerate(head) if name.casefold() == "count"), None)
    rows = [_under(head, row, number) for number, row in body]
    weights = [1 if count is None else read_weight(row[count], number) for number, row in rows]
    columns = [place for place in range(len(head)) if place != count]
    ranked = [(_RANK.fullmatch(head[place]), place) for place in columns]
    ranks = sorted((int(found.group(1)), place) for found, place in ranked if found)
    chosen = [place for place in columns if head[place].casefold() == "choice"]
    if ranks or chosen:
        return _rankings(rows, weights, [place for _, place in ranks] or chosen)
    if not columns or not all(head[place] for place in columns):
        raise fault(first, "The head row names no options, ranks or choice.")
    return _numbers(rows, weights, [(head[place], place) for place in columns])


def _rows(text: str) -> list[Row]:
    """The rows that hold something, each with the line where it ends."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            rows += [(reader.line_num, cells)] if any(cells) else []
    except csv.Error as error:
        raise fault(reader.line_num, f"This is no CSV ({error}).") from error
    if not rows:
        raise fault(1, "The file is empty; a head row has to say what the columns are.")
    return rows


def _under(head: Sequence[str], row: Sequence[str], number: int) -> Row:
    if any(row[len(head):]):
        raise fault(number, f"There are {len(row)} cells under {len(head)} columns.")
    return number, [*row, *[""] * (len(head) - len(row))]


def _rankings(body: Sequence[Row], weights: Sequence[int], columns: Sequence[int]) -> BallotFile:
    options: dict[str, None] = {}
    lines = []
    for (number, row), weight in zip(body, weights, strict=True):
        cells = [row[place] for place in columns if row[place]]
        places: Places = tuple(tuple(name.strip() for name in cell.split("=")) for cell in cells)
        named = [name for place in places for name in place]
        check_once(named, number)
        if not all(named):
            raise fault(number, "A name is missing beside “=”.")
        options |= dict.fromkeys(named)
        lines.append(BallotLine(number, weight, places))
    return BallotFile(tuple(options), tuple(lines))


def _numbers(body: Sequence[Row], weights: Sequence[int], columns: Sequence[tuple[str, int]]) -> BallotFile:
    lines = []
    for (number, row), weight in zip(body, weights, strict=True):
        said = tuple((name, read_number(row[place], number)) for name, place in columns if row[place])
        lines.append(BallotLine(number, weight, level_by_number([each for each in said if each[1]]), said))
    return BallotFile(tuple(name for name, _ in columns), tuple(lines))
