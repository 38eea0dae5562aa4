"""The report at the door: two sides of one sheet however much was decided, large print, and the standard."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from facilitate.formats.render import rendered
from facilitate.formats.report_pdf import Report, report_data
from tests.support.pdf import pages_of
from tests.support.verapdf import pdfua1_failures

EVENT = {"name": "Spring Policy Event", "rehearsal": False, "zone": "Europe/London"}
NOON = datetime(2027, 3, 27, 12, tzinfo=UTC)
SAID = "Shall councils build without asking for leave? Carried: 812 for, 361 against, 176 abstained."
COPY = "Copy for Amina Yusuf. Not for publication."


def printed(folder: Path, ballots: int, *, large: bool = False) -> list[str]:
    """The pages of a report with so many ballots, which keep the standard."""
    lines = [[f"Ballot {n} · HOU-1.{n}", f"{SAID}\n“{SAID}”"] for n in range(1, ballots + 1)]
    sections: list[dict[str, Any]] = [
        {"title": "Decided", "lines": lines, "none": ""},
        {"title": "Sent back", "lines": [], "none": "Nothing."},
    ]
    report = Report("What the room decided", "For delegates.", COPY, large, sheet=True)
    data: dict[str, Any] = report_data(EVENT, report, sections, (4711, "9f" * 32), NOON)
    (folder / "door.pdf").write_bytes(rendered("report", data))
    assert pdfua1_failures(folder / "door.pdf") == []
    pages = pages_of(folder / "door.pdf")
    assert all(COPY in page and "journal up to number 4711" in page for page in pages)
    assert all(data["hash"][:12] in page for page in pages)
    assert f"Ballot {ballots} " in "".join(pages)
    return pages


@pytest.mark.parametrize("ballots", [1, 50])
def test_a_day_at_the_door_fits_on_two_sides_of_one_sheet(ballots: int, tmp_path: Path) -> None:
    assert len(printed(tmp_path, ballots)) == (1 if ballots == 1 else 2)


def test_large_print_takes_the_pages_that_it_needs(tmp_path: Path) -> None:
    assert len(printed(tmp_path, 10, large=True)) > 2
