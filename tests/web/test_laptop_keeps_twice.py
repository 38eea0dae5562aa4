"""A table's laptop keeps everything in two places of its own disk; either may be lost."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.web.devices import DeviceHall, foot_says, say, serving

pytestmark = pytest.mark.browser

JOURNALS = """async () => {
  const root = await navigator.storage.getDirectory();
  const found = {};
  for await (const event of (await root.getDirectoryHandle("facilitate")).values())
    for await (const file of event.values()) found[file.name] = await (await file.getFile()).text();
  return found;
}"""
FORGET = """async () => {
  const names = (await indexedDB.databases()).map((each) => each.name);
  for (const name of names) await new Promise((done, failed) => {
    const asked = indexedDB.deleteDatabase(name);
    asked.onsuccess = done;
    asked.onerror = asked.onblocked = () => failed(new Error(name));
  });
  localStorage.clear();
  return names.length;
}"""


@pytest.fixture
def hall(tmp_path: Path, new_context: Any) -> Iterator[DeviceHall]:
    with serving(tmp_path / "event", new_context) as hall:
        yield hall


@contextmanager
def going_back_to_a_copy(hall: DeviceHall) -> Iterator[None]:
    """Copy the event's database now, and at the end let the hub go on from that copy."""
    file, copy = hall.hub.folder / "event.db", hall.hub.folder / "copy.db"
    with closing(sqlite3.connect(file)) as here, closing(sqlite3.connect(copy)) as there:
        here.backup(there)
    yield
    hall.hub.stop(signal.SIGKILL)
    hall.house.database.dispose()
    for name in ("event.db-wal", "event.db-shm"):
        (hall.hub.folder / name).unlink(missing_ok=True)
    copy.replace(file)
    hall.hub.start()


def journals(page: Page) -> dict[str, str]:
    """The journal's files on this laptop, by name."""
    files: dict[str, str] = page.evaluate(JOURNALS)
    return files


def test_a_laptop_whose_store_is_gone_goes_on_from_its_journal(hall: DeviceHall) -> None:
    laptop = hall.laptop(1)
    say(laptop, "One")
    say(laptop, "Two")
    foot_says(laptop, 2, 2, 0)
    expect(laptop.locator(".shortfall")).to_have_count(0)
    laptop.goto(f"{hall.hub.base}/healthz")
    assert laptop.evaluate(FORGET) == 1
    laptop.goto(f"{hall.hub.base}/table")
    foot_says(laptop, 2, 2, 0)
    say(laptop, "Three")
    foot_says(laptop, 3, 3, 0)
    assert [c["n"] for c in hall.sees("table:1")["comment"].values()] == [1, 2, 3]


def test_two_pages_of_one_laptop_write_a_file_each_and_a_later_one_reads_both(hall: DeviceHall) -> None:
    one = hall.laptop(1)
    other = one.context.new_page()
    other.goto(f"{hall.hub.base}/table")
    foot_says(other, 0, 0, 0)
    say(one, "From the first page")
    say(other, "From the second page")
    foot_says(other, 1, 1, 0)
    files = journals(one)
    assert sorted(files) == ["1.journal", "2.journal"]
    assert "From the first page" in files["1.journal"]
    assert "From the second page" in files["2.journal"]
    third = one.context.new_page()
    third.goto(f"{hall.hub.base}/table")
    foot_says(third, 2, 2, 0)


def test_a_browser_without_such_files_says_so_and_goes_on(hall: DeviceHall) -> None:
    laptop = hall.laptop(1)
    laptop.context.add_init_script("StorageManager.prototype.getDirectory = undefined")
    laptop.reload()
    expect(laptop.locator(".shortfall")).to_contain_text("kept in one place only")
    say(laptop, "Said all the same")
    foot_says(laptop, 1, 1, 0)
    expect(laptop.locator(".foot .shortfall")).to_be_visible()


def test_a_hub_that_goes_on_from_an_older_copy_gets_again_what_it_had_acknowledged(hall: DeviceHall) -> None:
    laptop = hall.laptop(1)
    say(laptop, "In the copy")
    foot_says(laptop, 1, 1, 0)
    with going_back_to_a_copy(hall):
        say(laptop, "After the copy")
        say(laptop, "And this")
        foot_says(laptop, 3, 3, 0)
    # Another laptop has nothing of its own: what it shows is at the hub.
    expect(hall.laptop(1).locator("#own-list > li")).to_have_count(3)
    foot_says(laptop, 3, 3, 0)
    assert hall.texts() == ["After the copy", "And this", "In the copy"]
