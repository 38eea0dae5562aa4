"""The demo event is made once, marked where robots hold it, and shows the way in for every kind of user."""

from __future__ import annotations

from pathlib import Path

import pytest

from facilitate.config import read_settings
from facilitate.demo import all_sign_ins, demo_lines, open_demo, scratch_event
from facilitate.domain.refusal import Refused
from facilitate.queries.verify import verify_event
from facilitate.rehearsal.content import SCREENS, Size, read_content
from facilitate.store.rows import (
    Assignment,
    Ballot,
    Document,
    Event,
    Item,
    Person,
    Seat,
    Submission,
    TableRow,
)  # fmt: skip
from tests.rehearsal.demo import read
from tests.support.hub import command_line


def test_the_demo_is_whole(tmp_path: Path) -> None:
    house, _ = open_demo(read_settings(tmp_path / "demo"), rehearsal=False)
    with house.reads() as session:
        counted = {row: session.query(row).count() for row in (Document, TableRow, Submission, Seat)}
        assert counted == {Document: 2, TableRow: 15, Submission: 14, Seat: 150}
        assert session.query(Person).count() == 189
        assert {item.day for item in session.query(Item)} == set(read("programme.json")["days"])
        assert session.query(Assignment).count() > 40
        event = session.get_one(Event, "event")
        assert (event.phase, event.rehearsal, event.preset) == ("before", False, "conference")
        assert session.query(Ballot).one().purpose == "practice"
        ends = {s.reference: (s.disposition, s.passages) for s in session.query(Submission)}
        assert ends["D-001"] == ("adopted", ["HOU-2.3"])
        assert ends["D-002"] == ("not-adopted", ["HOU-2.6"])
        assert verify_event(session).differences == []
    assert [each.label for each in all_sign_ins(house) if each.role == "screen"] == sorted(SCREENS)
    house.close()


def test_there_is_one_link_for_each_kind_of_user(tmp_path: Path) -> None:
    house, _ = open_demo(read_settings(tmp_path / "demo", port=8099), rehearsal=False)
    lines = [line.split() for line in demo_lines(house, robots=False) if "/in/" in line]
    kinds = [line[0] for line in lines]
    # Each block has its area facilitator, each commission its resource person.
    assert (kinds.count("area-facilitator"), kinds.count("resource-person")) == (2, 2)
    assert len(set(kinds)) == len(kinds) - 2
    assert {"chair", "clerk", "theme-team", "facilitator", "screen", "delegate", "signatory"} <= set(kinds)
    assert kinds.count("kiosk") == 1
    assert all(line[-1].startswith("http://localhost:8099/in/") for line in lines)
    house.close()


def test_links_are_printed_again(tmp_path: Path) -> None:
    folder = str(tmp_path / "demo")
    first, again = (command_line("--event", folder, "demo", "--links") for _ in range(2))
    assert first == again
    assert "facilitate demo --links prints these again" in again


def test_a_folder_with_another_event_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "ours"
    command_line("new", str(folder), "--preset", "meeting")
    with pytest.raises(Refused) as refused:
        open_demo(read_settings(folder), rehearsal=False)
    assert refused.value.code == "not-a-demo"


def test_a_rehearsal_is_marked_and_gone_afterwards() -> None:
    with scratch_event(read_settings(), read_content(Size(2, 4, 1))) as house:
        folder = house.settings.folder
        with house.reads() as session:
            assert session.get_one(Event, "event").rehearsal
    assert not folder.exists()
