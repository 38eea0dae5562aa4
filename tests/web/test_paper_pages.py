"""A sheet of paper of a table without power: printed empty, typed in later, counted for its table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from facilitate.store.rows import Comment
from tests.support.accessibility import (
    assert_accessible,
    assert_keyboard_reaches_everything,
    assert_no_sideways_scroll,
)
from tests.support.pdf import text_of
from tests.web.devices import DeviceHall, serving


@pytest.fixture
def hall(tmp_path: Path, new_context: Any) -> Iterator[DeviceHall]:
    with serving(tmp_path / "event", new_context) as hall:
        yield hall


def test_a_sheet_typed_in_by_the_clerk_counts_for_its_table_once(hall: DeviceHall) -> None:
    laptop, clerk = hall.laptop(3), hall.device("Clement")
    clerk.goto(f"{hall.hub.base}/desk/paper")
    assert_accessible(clerk)
    assert_keyboard_reaches_everything(clerk)
    assert_no_sideways_scroll(clerk)
    clerk.get_by_label("Table", exact=True).first.fill("3")
    clerk.get_by_label("Time on the sheet").fill("11:40")
    first, second = (clerk.get_by_role("group", name=f"Point {n}", exact=True) for n in (1, 2))
    first.get_by_label("What the table said").fill("Written by candle light")
    first.get_by_label("Passage").fill("HOU-1.2")
    second.get_by_label("What the table said").fill("And a second point")
    second.get_by_label("Passage").fill("HOU-1.1")
    second.get_by_label("Kind").select_option("support")
    second.get_by_label("With it", exact=True).fill("6")
    sheet = clerk.locator("[name=sheet]").input_value()
    take = clerk.get_by_role("button", name="Take the sheet in")
    take.click()
    expect(clerk.get_by_role("alert")).to_have_text("Point 1: Choose what kind of point it is.")
    expect(second.get_by_label("With it", exact=True)).to_have_value("6")
    first.get_by_label("Kind").select_option("concern")
    take.click()
    expect(clerk.get_by_role("status")).to_have_text("Typed in for table 3: 3/1, 3/2.")
    assert_accessible(clerk)
    again: dict[str, str | float | bool] = {"sheet": sheet, "table": "3", "at": "11:40"}
    again |= {"agree1": "0", "against1": "0"}
    again |= {"text1": "Written by candle light", "passage1": "HOU-1.2", "kind1": "concern"}
    address = f"{hall.hub.base}/desk/paper"
    assert clerk.request.post(address, form=again, headers={"Origin": hall.hub.base}).ok
    with hall.house.reads() as session:
        kept = session.scalars(select(Comment).order_by(Comment.serial)).all()
    assert [(c.reference, c.text, c.marks, c.said_at) for c in kept] == [
        ("3/1", "Written by candle light", ["from-paper"], "11:40"),
        ("3/2", "And a second point", ["from-paper"], "11:40"),
    ]
    assert all(c.item_id is not None for c in kept)
    expect(laptop.locator("#own-list")).to_contain_text("from paper")


def test_the_pack_for_a_day_without_power_is_for_those_who_see_the_roll(hall: DeviceHall) -> None:
    address = f"{hall.hub.base}/desk/reports"
    for name, may in (("Tess", True), ("Thea", False), ("Dara", False)):
        request = hall.device(name).request
        answer = request.get(f"{address}/pack.pdf")
        assert answer.ok == may, name
        assert answer.body().startswith(b"%PDF") == may
        page = request.get(address)
        assert ("pack.pdf" in page.text()) == may


def test_empty_sheets_of_a_round_show_each_table_its_passages(hall: DeviceHall, tmp_path: Path) -> None:
    team = hall.device("Thea")
    round_ = next(i["id"] for i in hall.sees("desk")["item"].values() if i["kind"] == "round")
    for asked, tables in ((f"round={round_}", (1, 2, 3)), (f"round={round_}&table=2", (2,))):
        answer = team.request.get(f"{hall.hub.base}/desk/paper/sheets.pdf?{asked}")
        assert answer.ok
        (tmp_path / "sheets.pdf").write_bytes(answer.body())
        words = text_of(tmp_path / "sheets.pdf")
        assert [n for n in range(5) if f"Table {n}" in words] == list(tables)
        assert "HOU-1.2" in words and "Rents rise no faster than wages." in words
    assert team.request.get(f"{hall.hub.base}/desk/paper/sheets.pdf?round=none").status == 404
