"""Before: what was said about a draft and what was answered, as comma-separated values and in print."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Any

from facilitate.formats.outcome_csv import safe
from facilitate.formats.outcome_words import counted, when

_HEAD = (
    "Reference", "Kind", "From", "Received", "Draft version", "Passage", "What was said", "Proposed wording",
    "State", "Considered", "Answer", "Reason",
)  # fmt: skip


def points_csv(points: Iterable[Any], zone: str) -> bytes:
    """Points on a draft with the last answer to each, safe to open in a spreadsheet.

    Shape: UTF-8 with a mark at its start, by which spreadsheets know it; one row for each point.
    """
    stream = StringIO()
    rows = csv.writer(stream, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    rows.writerow(_HEAD)
    for p in points:
        last = p.answers[-1] if p.answers else None
        said = (last.sentence, last.answer, last.reason) if last else ("", "", "")
        rows.writerow(
            safe(value)
            for value in (
                p.ref, p.kind, p.by, when(p.received_at, zone), p.version, p.passage or "the whole", p.says,
                p.wording, p.state, *said,
            )
        )  # fmt: skip
    return b"\xef\xbb\xbf" + stream.getvalue().encode("utf-8", "replace")


def point_sections(reading: Any, zone: str) -> list[dict[str, Any]]:
    """What was said about a draft, passage by passage, as the sections of a printed report."""
    points = reading.points
    ended = sum(p.ended for p in points)
    sums = [["Points", f"{counted(len(points), 'point')}: {len(points) - ended} still open, {ended} ended."]]
    found = [{"title": "Everything that was sent", "lines": sums, "none": ""}]
    found += _section("The draft as a whole", "", reading.whole, zone)
    for line in reading.passages:
        found += _section(line.passage.ref, line.passage.words, line.points, zone)
    return found + _section("On passages that are not in this version", "", reading.gone, zone)


def _section(title: str, words: str, points: Iterable[Any], zone: str) -> list[dict[str, Any]]:
    lines = [line for p in points for line in _lines(p, zone)]
    if not lines:
        return []
    return [{"title": title, "lines": [["It reads", words], *lines] if words else lines, "none": ""}]


def _lines(p: Any, zone: str) -> list[list[str]]:
    where = f", on {p.passage or 'the whole'} of version {p.version}" if p.passage != p.at else ""
    wording = f"\nProposed wording: “{p.wording}”" if p.wording else ""
    lines = [[p.ref, f"{p.kind} of {p.by}, {when(p.received_at, zone)}{where}: “{p.says}”{wording}"]]
    lines += [["Answer", " ".join(filter(None, (a.sentence, a.reason, f"“{a.answer}”")))] for a in p.answers]
    return [*lines, ["It stands", f"{p.state}."]]
