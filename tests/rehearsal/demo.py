"""The demo event as the tests read it: every file opened once, passages found by their typed numbers."""

import csv
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import facilitate.rehearsal

DEMO = Path(facilitate.rehearsal.__file__).parent / "demo"
BLOCK = re.compile(r"(?:## (?P<heading>\d+)|(?P<paragraph>\d+\.\d+)|(?P<letter>\([a-z]\))) (?P<text>\S.*)")


@cache
def rows(name: str) -> list[dict[str, str]]:
    """Read a CSV file of the demo; all values are text."""
    with (DEMO / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


@cache
def read(name: str) -> Any:
    """Read a JSON file of the demo."""
    return json.loads((DEMO / name).read_text(encoding="utf-8"))


@cache
def passages(name: str, prefix: str) -> dict[str, str]:
    """Find the passages of a document: reference to text, in the order of the document."""
    found, last = {}, ""
    for block in (DEMO / name).read_text(encoding="utf-8").strip().split("\n\n")[1:]:
        match = BLOCK.fullmatch(block)
        assert match, f"a block without a number: {block[:60]}"
        if match["letter"]:
            reference = f"{prefix}-{last}{match['letter']}"
        else:
            last = match["paragraph"] or match["heading"]
            reference = f"{prefix}-{last}"
        assert reference not in found, f"{reference} stands twice"
        found[reference] = match["text"]
    return found


def all_passages() -> dict[str, str]:
    """Join the passages of both documents."""
    return {**passages("housing.md", "HOU"), **passages("skills.md", "SKI")}


def people(role: str) -> list[dict[str, str]]:
    """Find the people who hold a role, whatever its scope."""
    return [row for row in rows("people.csv") if role in roles(row)]


def roles(row: dict[str, str]) -> dict[str, str]:
    """Split the roles of a person: role to scope, "" where there is none."""
    parted = (grant.partition(":") for grant in row["roles"].split(";"))
    return {role: scope for role, _, scope in parted}


def tables(assignment: dict[str, Any], item: dict[str, Any]) -> list[int]:
    """Name the tables that an assignment reaches."""
    if assignment["reach"] == "block":
        return list(range(assignment["first"], assignment["last"] + 1))
    tracks = {track["name"]: track for track in read("programme.json")["tracks"]}
    return [table for key in item["tracks"] for table in tracks[key]["tables"]]


def items(kind: str) -> list[dict[str, Any]]:
    """Find the items of one kind in the running order."""
    return [item for item in read("programme.json")["items"] if item["kind"] == kind]


def assignments() -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Pair every round with each of its assignments."""
    return [(item, each) for item in items("round") for each in item["assignments"]]
