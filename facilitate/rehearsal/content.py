"""Rehearsal: the demo event as data, as it is or multiplied to the size of a party's conference."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "demo"
# The prefixes of further copies of the demo's documents must differ and stay short.
_COPIES = "BCDEFGHJKLMNPQRSTUVWXYZ"
SCREENS = ("Main", "Hall wall", "Gallery wall", "Room")


@dataclass(frozen=True)
class Size:
    """How large an event is made; the demo is 15 tables, 150 delegates and two tracks."""

    tables: int = 15
    delegates: int = 150
    tracks: int = 2

    @property
    def is_demo(self) -> bool:
        """Whether this is the demo as it was written, with everybody in the written place."""
        return self == Size()


@dataclass(frozen=True)
class Part:
    """One track of an event: which of the demo's tracks it repeats, and as which copy."""

    name: str
    base: str
    copy: int
    tables: tuple[int, ...]

    def reference(self, reference: str) -> str:
        """A reference of the demo as it is called in this copy."""
        prefix, _, number = reference.partition("-")
        return f"{prefix}{_COPIES[self.copy - 1] if self.copy else ''}-{number}"


@dataclass
class Content:
    """An event's whole content, ready for import and for the robots.

    Shape: said maps a reference to the comments that tables make on it; themes likewise; motions map
    (track, title of the ballot's item) to the motions voted there.
    """

    name: str
    zone: str
    size: Size
    parts: list[Part]
    documents: list[dict[str, Any]] = field(default_factory=list)
    items: list[dict[str, Any]] = field(default_factory=list)
    delegations: list[dict[str, Any]] = field(default_factory=list)
    people: list[dict[str, Any]] = field(default_factory=list)
    submissions: list[dict[str, Any]] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)
    reasons: list[str] = field(default_factory=list)
    said: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    themes: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    motions: dict[tuple[str, str], list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    practice: set[str] = field(default_factory=set)
    background: set[str] = field(default_factory=set)


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def _read(name: str) -> Any:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def read_content(size: Size | None = None) -> Content:
    """The demo's content for an event of a size; equal sizes give equal content."""
    size = size or Size()
    programme = _read("programme.json")
    content = Content(programme["name"], programme["zone"], size, _parts(programme, size))
    content.reasons = list(_read("reasons.json").values())
    content.delegations = [{**row, "votes": int(row["votes"])} for row in _rows("delegations.csv")]
    content.people = [*_delegates(size), *_staff(size, {part.name for part in content.parts})]
    for part in content.parts:
        _take_part(content, programme, part)
    _take_items(content, programme)
    _take_words(content)
    content.submissions = [_submission(row) for row in _rows("submissions.csv")]
    return content


def _parts(programme: dict[str, Any], size: Size) -> list[Part]:
    bases = programme["tracks"]
    parts, first = [], 1
    share, rest = divmod(size.tables, size.tracks)
    for place in range(size.tracks):
        base, copy = bases[place % len(bases)], place // len(bases)
        count = share + (1 if place < rest else 0)
        name = base["name"] if not copy else f"{base['name']} {copy + 1}"
        parts.append(Part(name, base["name"], copy, tuple(range(first, first + count))))
        first += count
    return parts


def _take_part(content: Content, programme: dict[str, Any], part: Part) -> None:
    base = next(track for track in programme["tracks"] if track["name"] == part.base)
    for document in programme["documents"]:
        # An event with one track alone still has both documents to read.
        if document["prefix"] == base["document"] or content.size.tracks == 1:
            title = document["title"] if not part.copy else f"{document['title']} ({part.name})"
            prefix = part.reference(f"{document['prefix']}-").rstrip("-")
            content.documents.append({**document, "title": title, "prefix": prefix})
    content.background |= {part.reference(r) for r in programme["background"]}
    content.tables += [
        {"number": n, "track": part.name, "block": part.name, "places": 10} for n in part.tables
    ]


def _take_items(content: Content, programme: dict[str, Any]) -> None:
    old = {track["name"]: track["tables"] for track in programme["tracks"]}
    for item in programme["items"]:
        for part in content.parts:
            if part.base in item["tracks"]:
                content.items.append(
                    {
                        "track": part.name, "kind": item["kind"], "title": item["title"],
                        "planned": item["planned"], "minutes": item["minutes"],
                        "assignments": list(_assignments(item, part, old[part.base])),
                    }
                )  # fmt: skip
        if item["key"].startswith("practice"):
            content.practice.add(item["title"])


def _assignments(item: dict[str, Any], part: Part, old: list[int]) -> Iterator[dict[str, Any]]:
    """The assignments of a round with its blocks stretched over this track's tables."""
    for each in item.get("assignments", []):
        made = {"passage": part.reference(each["passage"]), "reach": each["reach"]}
        if each["reach"] == "block":
            count = len(part.tables)
            first = (each["first"] - old[0]) * count // len(old)
            last = (each["last"] + 1 - old[0]) * count // len(old) - 1
            if last < first:
                continue
            made |= {"first": part.tables[0] + first, "last": part.tables[0] + last}
        yield made


def _take_words(content: Content) -> None:
    programme = {item["key"]: item for item in _read("programme.json")["items"]}
    copies = {part.copy: part for part in content.parts}
    for part in copies.values():
        for number, said in enumerate(_read("comments.json")):
            content.said[part.reference(said["passage"])].append({**said, "number": number})
        for number, theme in enumerate(_read("themes.json")):
            content.themes[part.reference(theme["passage"])].append({**theme, "number": number})
    for part in content.parts:
        for motion in _read("motions.json"):
            item = programme[motion["item"]]
            if part.base in item["tracks"]:
                made = {**motion, "passage": part.reference(motion["passage"])}
                content.motions[part.name, item["title"]].append(made)


def _person(row: dict[str, str]) -> dict[str, Any]:
    return {
        "name": row["name"], "roles": row["roles"].split(";"), "delegation": row["delegation"],
        "email": row["email"], "table": int(row["table"]) if row["table"] else None,
        "present": row["present"] == "yes",
    }  # fmt: skip


def is_delegate(row: dict[str, Any]) -> bool:
    """Whether this row of people is a delegate's, with the card of a delegation or without."""
    return any(role.partition(":")[0] == "delegate" for role in row["roles"])


def _delegates(size: Size) -> Iterator[dict[str, Any]]:
    written = [row for row in map(_person, _rows("people.csv")) if is_delegate(row)]
    names = [row["name"].partition(" ")[::2] for row in written]
    for place in range(size.delegates):
        lap, here = divmod(place, len(written))
        row = dict(written[here])
        if lap:
            # A further lap gives first names to other surnames, so that nobody stands twice.
            row["name"] = f"{names[here][0]} {names[(here + 7 * lap) % len(names)][1]} {lap + 1}"
            row["email"], row["roles"] = "", ["delegate"]
        if not size.is_demo:
            row["table"] = 1 + place % size.tables
        yield row


def _staff(size: Size, blocks: set[str]) -> Iterator[dict[str, Any]]:
    for row in map(_person, _rows("people.csv")):
        if is_delegate(row):
            continue
        helped = {role.partition(":")[2] for role in row["roles"] if role.startswith("area-facilitator:")}
        if not helped <= blocks:
            continue
        if row["table"] is not None and row["table"] > size.tables:
            row["table"] = None
        if "facilitator" in row["roles"] and row["table"] is None:
            continue
        yield row
    for table in range(16, size.tables + 1):
        yield {
            "name": f"Facilitator of table {table}",
            "roles": ["facilitator"],
            "table": table,
            "present": True,
        }


def _submission(row: dict[str, str]) -> dict[str, Any]:
    return {**row, "passages": [p for p in row["passages"].split(";") if p]}
