"""Ballots: a file of ballots, read by its ending and counted by the same methods as the room's own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from fractions import Fraction

from facilitate.domain.ballots import RANKING_METHODS, Method
from facilitate.domain.choosing import rank_options
from facilitate.domain.methods.adding import Places, add_up, most
from facilitate.domain.methods.rounds import Outcome
from facilitate.domain.methods.ties import TieBreak
from facilitate.domain.refusal import Refused
from facilitate.formats.abif_in import read_abif
from facilitate.formats.ballot_lines import BallotFile, BallotLine, fault
from facilitate.formats.ballots_csv_in import read_ballots_csv
from facilitate.formats.blt_in import read_blt

READERS: dict[str, Callable[[str], BallotFile]] = {
    ".blt": read_blt, ".abif": read_abif, ".csv": read_ballots_csv,
}  # fmt: skip


def read_ballots(name: str, body: bytes) -> BallotFile:
    """A file of ballots.

    Errors: unknown-ballot-file, bad-ballot-file
    """
    ending = name[name.rfind("."):].lower()
    if ending not in READERS:
        raise Refused("unknown-ballot-file", f"Files of ballots end in {', '.join(READERS)}; this one does "
                      "not. Nothing was counted.", "file")  # fmt: skip
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body[: error.start].count(b"\n") + 1
        raise fault(line, "This is not UTF-8; save the file as UTF-8.") from error
    read = READERS[ending](text)
    if not read.options:
        raise fault(1, "The file names no options.")
    return read


def count_ballots(file: BallotFile, method: Method, seats: int, ties: TieBreak) -> Outcome:
    """The outcome of a file of ballots by a method.

    Errors: bad-ballot-file
    """
    if method in RANKING_METHODS:
        rankings: Counter[Places] = Counter()
        for line in file.lines:
            if method in (Method.IRV, Method.STV):
                _check_strict(line, method)
            if line.places:
                rankings[line.places] += line.weight
        exact = {places: Fraction(weight) for places, weight in rankings.items()}
        return rank_options(method, exact, file.options, seats, ties)
    said: Iterable[tuple[Iterable[tuple[str, Fraction]], Fraction]] = [
        (_numbers(line, method), Fraction(line.weight)) for line in file.lines
    ]
    return most(add_up(file.options, said), seats, ties)


def _check_strict(line: BallotLine, method: Method) -> None:
    level = next((place for place in line.places if len(place) > 1), None)
    if level:
        names = " and ".join(f"“{name}”" for name in level)
        raise fault(line.line, f"{names} are level; {method} needs one option in each place.")


def _numbers(line: BallotLine, method: Method) -> list[tuple[str, Fraction]]:
    """What a paper gives to which options: its numbers, or 1 for the first or for each that is named."""
    if method in (Method.SCORES, Method.POINTS):
        if line.places and not line.numbers:
            raise fault(line.line, f"The paper has no numbers; {method} adds up strengths or points.")
        return list(line.numbers)
    if method is Method.APPROVAL:
        return [(name, Fraction(1)) for place in line.places for name in place]
    first = line.places[:1]
    if first and len(first[0]) > 1:
        raise fault(line.line, "Several options are level in the first place; plurality counts one.")
    return [(name, Fraction(1)) for place in first for name in place]
