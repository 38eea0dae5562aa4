"""A body's document of fates in a browser: its delegates and the clerk read and print it, no others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from facilitate.office import run
from tests.support.accessibility import (
    assert_accessible,
    assert_keyboard_reaches_everything,
    assert_no_sideways_scroll,
)
from tests.support.verapdf import pdfua1_failures
from tests.web.devices import DeviceHall, foot_says, say, serving

SENT = {"title": "Cap the rents", "text": "As pay does.", "body": "NOR", "passages": ["HOU-1.2"]}


@pytest.fixture
def hall(tmp_path: Path, new_context: Any) -> Iterator[DeviceHall]:
    with serving(tmp_path / "event", new_context) as hall:
        run(hall.house, "import-submissions", {"rows": [SENT]})
        yield hall


def test_a_body_s_delegate_reads_and_prints_what_became_of_it(hall: DeviceHall, tmp_path: Path) -> None:
    laptop = hall.laptop(1)
    say(laptop, "Build more")
    foot_says(laptop, 1, 1, 0)
    phone = hall.phone("Dara")
    phone.goto(f"{hall.hub.base}/story")
    phone.get_by_role("link", name="Everything that your body sent in").press("Enter")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Northern Moor CLP")
    expect(phone.get_by_role("article")).to_have_count(2)
    sums = phone.get_by_role("region", name="Everything that came in")
    expect(sums.get_by_role("row").filter(has_text="Submissions")).to_contain_text("110")
    expect(phone.get_by_role("article").filter(has_text="S-001")).to_contain_text("Still open")
    assert_accessible(phone)
    assert_keyboard_reaches_everything(phone)
    assert_no_sideways_scroll(phone)
    paper = phone.request.get(f"{hall.hub.base}/bodies/NOR/fates.pdf")
    (tmp_path / "fates.pdf").write_bytes(paper.body())
    assert pdfua1_failures(tmp_path / "fates.pdf") == []
    stranger = hall.phone("Dora")
    for path in ("/bodies/NOR", "/bodies/NOR/fates.pdf", "/bodies/XYZ"):
        assert stranger.request.get(f"{hall.hub.base}{path}").status == 403
    clerk = hall.device("Clement")
    clerk.goto(f"{hall.hub.base}/office/delegations")
    clerk.get_by_role("link", name="What became of it: Northern Moor CLP").press("Enter")
    expect(clerk.get_by_role("article")).to_have_count(2)
