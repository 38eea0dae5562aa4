"""Hall: the report at the door and of each day, in print: one double-sided sheet, or large print."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from facilitate.formats.badges_pdf import qr_squares
from facilitate.formats.outcome_words import when
from facilitate.formats.typeset import typeset


@dataclass(frozen=True)
class Report:
    """What a report says about itself.

    Shape: `mark` says who may have it; `copy` whose copy it is, "" where it may be passed on; `sheet` fits it
    on two sides of one sheet, and says what had to be left out; `stories` is the address at which people read
    what became of their points, "" for a report without it.
    """

    title: str
    mark: str
    copy: str = ""
    large: bool = False
    sheet: bool = False
    stories: str = ""


def report_data(
    event: dict[str, Any], report: Report, sections: list[dict[str, Any]], journal: tuple[int, str],
    made: datetime,
) -> dict[str, Any]:  # fmt: skip
    """Everything that a printed report needs, as JSON values; its hash is the one of its sections.

    Shape: sections are {title, lines: [[head, words], …], none}, some with the link to a story.
    """
    body = json.dumps(sections, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
    return {
        "event": {"name": event["name"], "rehearsal": event["rehearsal"]},
        "title": report.title, "mark": report.mark, "copy": report.copy,
        "large": report.large, "sheet": report.sheet, "sections": sections,
        "journal": {"number": journal[0], "head": journal[1]},
        "hash": hashlib.sha256(body).hexdigest(),
        "words": when(made, event["zone"]), "made": int(made.timestamp()),
        "stories": _stories(report.stories),
    }  # fmt: skip


def _stories(address: str) -> dict[str, Any] | None:
    return {"words": address.partition("://")[2], "qr": qr_squares(address)} if address else None


def report_pdf(data: dict[str, Any]) -> bytes:
    """The report as a tagged PDF, from `report_data`."""
    coded = [{**s, "qr": qr_squares(s["link"])} if s.get("link") else s for s in data["sections"]]
    return typeset("reports/report.typ", {**data, "sections": coded}, data["made"])
