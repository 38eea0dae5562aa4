"""Ballots: reads .abif files, a line for papers that say the same: `42:Leeds>Derry=Cardiff`."""

from __future__ import annotations

import json
import re

from facilitate.formats.ballot_lines import (
    BallotFile,
    BallotLine,
    check_once,
    fault,
    level_by_number,
    read_number,
)

_TOKEN = re.compile(r"""\s*(?:\[([^\[\]]+)\]|"([^"]+)"|([^\[\]"<>=,/:#]+))\s*(?:/\s*([\d.]+)\s*)?([>=,]|$)""")
_NAMED = re.compile(r"=\s*(?:\[([^\[\]]+)\]|\"([^\"]+)\"|([^\[\]\":]+?))\s*:\s*(?:\[(.*)\]|(.*))\s*")
_COUNTED = re.compile(r"\s*([0-9]+)\s*:")
_COMMENT = re.compile(r"(?:^|\s)#.*")


def read_abif(text: str) -> BallotFile:
    """The ballots of an .abif file; papers rank by `>` and `=`, rate by `/5`, or list with commas.

    `=Memph:[Memphis, TN]` gives an option its name, `{"title": "…"}` the ballot its title.

    Errors: bad-ballot-file
    """
    names: dict[str, str] = {}
    lines: list[BallotLine] = []
    about: dict[str, object] = {}
    for number, raw in enumerate(text.splitlines(), 1):
        line = _COMMENT.sub("", raw).strip()
        if line.startswith("{"):
            about |= _about(line, number)
        elif line.startswith("="):
            _name(line, number, names)
        elif line:
            lines.append(_paper(line, number))
    return _named_file(names, lines, about)


def _about(line: str, number: int) -> dict[str, object]:
    try:
        said = json.loads(line)
    except ValueError as error:
        raise fault(number, "What stands in {} is not JSON.") from error
    if not isinstance(said, dict):
        raise fault(number, "What stands in {} has to be a JSON object.")
    return said


def _name(line: str, number: int, names: dict[str, str]) -> None:
    found = _NAMED.fullmatch(line)
    if found is None:
        raise fault(number, "An option is named as =Token:[Its name].")
    token = next(part for part in found.groups()[:3] if part).strip()
    label = (found.group(4) or found.group(5) or token).strip()
    if token in names or label in names.values():
        raise fault(number, f"“{label}” is named twice.")
    names[token] = label


def _paper(line: str, number: int) -> BallotLine:
    counted = _COUNTED.match(line)
    weight, body = (int(counted.group(1)), line[counted.end():]) if counted else (1, line)
    places: list[list[str]] = []
    numbers = []
    at, joined, listed = 0, ">", False
    while at < len(body.strip()):
        found = _TOKEN.match(body, at)
        if found is None:
            unread = body[at:].strip()
            raise fault(number, f"“{unread}” cannot be read; options are joined by >, = or commas.")
        name = next(part for part in found.groups()[:3] if part).strip()
        places.append([name]) if joined == ">" or not places else places[-1].append(name)
        if found.group(4):
            numbers.append((name, read_number(found.group(4), number)))
        joined, at = found.group(5), found.end()
        listed = listed or joined == ","
    if joined and places:
        raise fault(number, f"An option is missing after the last “{joined}”.")
    named = [name for place in places for name in place]
    check_once(named, number)
    if numbers and len(numbers) != len(named):
        raise fault(number, "Either every option on a paper has a number or none has.")
    ranked = level_by_number(numbers) if numbers and listed else tuple(tuple(place) for place in places)
    return BallotLine(number, weight, ranked, tuple(numbers))


def _named_file(names: dict[str, str], lines: list[BallotLine], about: dict[str, object]) -> BallotFile:
    labels = dict(names)
    for line in lines:
        for key in (key for place in line.places for key in place):
            if key not in labels and key not in labels.values():
                labels[key] = key
    said = [
        BallotLine(
            line.line, line.weight,
            tuple(tuple(labels.get(key, key) for key in place) for place in line.places),
            tuple((labels.get(key, key), number) for key, number in line.numbers),
        )
        for line in lines
    ]  # fmt: skip
    for line in said:
        check_once([key for place in line.places for key in place], line.line)
    seats = about.get("seats")
    told = seats if isinstance(seats, int) and seats > 0 else None
    return BallotFile(tuple(labels.values()), tuple(said), told, str(about.get("title", "")))
