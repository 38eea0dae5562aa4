"""The report at the door: two sides of one sheet however much was decided, large print, and the standard."""

from __future__ import annotations

import re
import time
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


STORIES = "https://spring.example.org/story"


def printed(folder: Path, ballots: int, *, large: bool = False, wording: str = SAID) -> list[str]:
    """The pages of a report with so many ballots, which keep the standard."""
    lines = [[f"Ballot {n} · HOU-1.{n}", f"{SAID}\n“{wording}”"] for n in range(1, ballots + 1)]
    sections: list[dict[str, Any]] = [
        {"title": "Decided", "lines": lines, "none": ""},
        {"title": "Sent back", "lines": [["Motion 2 · HOU-1.9", "Grants"]], "none": "Nothing."},
    ]
    report = Report("What the room decided", "For delegates.", COPY, large, sheet=True, stories=STORIES)
    data: dict[str, Any] = report_data(EVENT, report, sections, (4711, "9f" * 32), NOON)
    (folder / "door.pdf").write_bytes(rendered("report", data))
    pages = pages_of(folder / "door.pdf")
    assert all(COPY in page and "journal up to number 4711" in page for page in pages)
    assert all(data["hash"][:12] in page for page in pages)
    assert "spring.example.org/story" in pages[0]
    assert "Motion 2 · HOU-1.9" in "".join(pages)
    assert f"Ballot {ballots} " in "".join(pages)
    return pages


@pytest.mark.parametrize("ballots", [1, 60])
def test_a_day_at_the_door_fits_on_two_sides_of_one_sheet(ballots: int, tmp_path: Path) -> None:
    pages = printed(tmp_path, ballots)
    assert len(pages) == (1 if ballots == 1 else 2)
    assert "Ballot 1 " in pages[0]
    assert "stand in the reports of each day" not in "".join(pages)
    assert pdfua1_failures(tmp_path / "door.pdf") == []


def test_what_two_sides_do_not_hold_is_said_and_the_latest_is_kept(tmp_path: Path) -> None:
    began = time.process_time()
    pages = printed(tmp_path, 300)
    # A minute from the last ballot to the paper is the promise; the printer needs some of it.
    assert time.process_time() - began < 20
    assert len(pages) == 2
    left_out = re.search(r"(\d+) earlier lines stand in the reports of each day", pages[0])
    assert left_out is not None
    first = re.search(r"Ballot (\d+) ·", pages[0])
    assert first is not None and int(first[1]) == int(left_out[1]) + 1
    assert 60 < 300 - int(left_out[1]) < 300


def test_large_print_takes_the_pages_that_it_needs(tmp_path: Path) -> None:
    assert len(printed(tmp_path, 10, large=True)) > 2
    assert pdfua1_failures(tmp_path / "door.pdf") == []
