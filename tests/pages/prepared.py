"""Before: what a clerk has prepared for the tests' conference: the demo's own content, on today's date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from facilitate import House, open_house
from facilitate.config import Settings
from facilitate.demo_draft import Said, considered_draft
from facilitate.domain.corrections import Step
from facilitate.domain.people import OPERATOR
from facilitate.formats.read import read_document
from facilitate.office import new_event, run, take_document, take_table
from facilitate.store.writer import Command
from facilitate.web.office.drafts import Draft, Drafts, fingerprint
from tests.rehearsal.demo import DEMO, read

ZONE = "Europe/London"
DRAFTED = "skills.md"
COMMISSION = "Housing, Local Government and Transport"
# A chair who takes no break: nothing waits for a minimum time, nothing is published by itself.
SETTINGS = {"min_open_seconds": 0, "publish_delay_seconds": 3600, "ballot_seconds": 3600}


def items(start: datetime) -> Iterator[dict[str, Any]]:
    """The demo's running order, one item for each of its tracks, moved so that it starts now."""
    planned = read("programme.json")["items"]
    moved = start - datetime.fromisoformat(planned[0]["planned"])
    for item in planned:
        at = datetime.fromisoformat(item["planned"]) + moved
        for track in item["tracks"]:
            given = [each for each in item.get("assignments", []) if each["passage"].startswith("HOU")]
            same = {key: item[key] for key in ("kind", "title", "minutes")}
            yield {"track": track, **same, "planned": f"{at:%Y-%m-%dT%H:%M}", "assignments": given}


def prepare(folder: Path, *, rehearsal: bool = False) -> None:
    """A conference of 15 tables in two tracks, with people, submissions, two screens and a kiosk."""
    house = open_house(Settings(folder, f"sqlite+pysqlite:///{folder / 'event.db'}"))
    new_event(house, read("programme.json")["name"], "conference", ZONE, rehearsal=rehearsal)
    run(house, "set-event", {"settings": SETTINGS})
    file = DEMO / "housing.md"
    words = read_document(file.name, file.read_bytes())
    take_document(house, file, words, "HOU", "Homes to count on", COMMISSION)
    tracks = read("programme.json")["tracks"]
    now = datetime.now(ZoneInfo(ZONE)).replace(tzinfo=None, second=0, microsecond=0)
    start = now - timedelta(minutes=30 + now.minute % 5)
    names = [{"name": track["name"]} for track in tracks]
    run(house, "write-programme", {"tracks": names, "items": list(items(start))})
    tables = [
        {"number": n, "track": track["name"], "block": track["name"]}
        for track in tracks
        for n in track["tables"]
    ]
    run(house, "make-tables", {"tables": tables})
    for kind in ("delegations", "people", "submissions"):
        taken = take_table(house, kind, without_skills(kind, folder), dry_run=False)
        assert taken.taken, taken.messages
    for label in ("Stage left", "Gallery wall"):
        run(house, "add-screen", {"label": label})
    run(house, "add-kiosk", {"label": "Kiosk by the lift"})
    circulate(house, keep_draft(folder))
    house.close()


def circulate(house: House, draft: Draft) -> None:
    """The second document circulates for the second time: one point was taken up, another one waits."""
    paper = {"prefix": draft.prefix, "title": draft.title, "commission": "Education and Skills"}
    said = (
        Said(
            "Maureen Stubbings", "SKI-1.1", "Adults learn for more than work.", "Gladly.",
            was="Most of the people who will be at work in fifteen years’ time have left school.",
        ),
        Said("Vikram Jayasuriya", "SKI-2.1", "Who counts them?", wording="Count who comes back to learn."),
    )  # fmt: skip
    read = replace(draft.read, passages=draft.corrected().passages())
    verbs = considered_draft(paper, read, said)
    commands = [Command(house.new_id(), verb, OPERATOR, work, None) for verb, work in verbs]
    for answer in house.writer.write(commands):
        assert answer.refusal is None, answer.refusal


def keep_draft(folder: Path) -> Draft:
    """A second document that the clerk has read and corrected, and not frozen."""
    file = DEMO / DRAFTED
    body = file.read_bytes()
    words = read_document(file.name, body)
    steps = (Step("join", 3), Step("leave-out", 1))
    draft = Draft(fingerprint(body), file.name, "SKI", "", COMMISSION, words, steps)
    draft = replace(draft, title=words.title)
    Drafts(folder).keep(body, draft)
    return draft


def without_skills(kind: str, folder: Path) -> Path:
    """The demo's file, for submissions without those about the document that is not here."""
    file = DEMO / f"{kind}.csv"
    if kind != "submissions":
        return file
    kept = folder / file.name
    kept.write_text(file.read_text(encoding="utf-8").replace("SKI-", "HOU-"), encoding="utf-8")
    return kept


def prepare_meeting(folder: Path, name: str = "Ward meeting") -> House:
    """A meeting as `facilitate new --preset meeting` makes it."""
    house = open_house(Settings(folder, f"sqlite+pysqlite:///{folder / 'event.db'}"))
    new_event(house, name, "meeting", ZONE)
    return house


@cache
def said_about(passage: str) -> tuple[dict[str, Any], ...]:
    """What the demo's tables say about one passage."""
    return tuple(comment for comment in read("comments.json") if comment["passage"] == passage)
