"""A hub that cannot store says so at the desk, and goes on by itself when it can again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import expect

from tests.support.accessibility import assert_accessible
from tests.web.devices import DeviceHall, foot_says, say, served


@pytest.fixture
def hall(tmp_path: Path, new_context: Any) -> Iterator[DeviceHall]:
    with served(tmp_path / "event", new_context) as hall:
        yield hall


def test_a_point_that_the_disk_refuses_is_kept_told_to_the_desk_and_stored_later(hall: DeviceHall) -> None:
    hall.reaches_the_round()
    desk, laptop = hall.device("Amara"), hall.laptop(1)
    foot_says(laptop, 0, 0, 0)
    with hall.hub.full_disk():
        say(laptop, "Said while the disk takes nothing")
        strip = desk.locator(".hub-trouble")
        expect(strip).to_contain_text("Tables keep what they type")
        foot_says(laptop, 1, 0, 1)
        assert_accessible(desk)
        assert hall.texts() == []
    foot_says(laptop, 1, 1, 0)
    expect(strip).to_have_count(0)
    assert hall.texts() == ["Said while the disk takes nothing"]


def test_a_good_code_is_not_called_wrong_while_nothing_can_be_stored(hall: DeviceHall) -> None:
    form = {"code": hall.hub.way("chair").code}
    asked = {"data": form, "headers": {"Origin": hall.hub.base}, "timeout": 20, "allow_redirects": False}
    with hall.hub.full_disk():
        assert requests.post(f"{hall.hub.base}/sessions", **asked).status_code == 503  # type: ignore[arg-type]
    assert requests.post(f"{hall.hub.base}/sessions", **asked).status_code == 303  # type: ignore[arg-type]
