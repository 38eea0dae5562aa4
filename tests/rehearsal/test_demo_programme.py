"""The demo's running order: two tracks over two days, every passage worth discussing given to a table."""

import re
from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from tests.rehearsal.demo import DEMO, all_passages, assignments, items, read, tables


def test_programme_names_its_documents_tracks_and_tables() -> None:
    programme = read("programme.json")
    assert all((DEMO / document["file"]).is_file() for document in programme["documents"])
    seats = [table for track in programme["tracks"] for table in track["tables"]]
    assert seats == list(range(1, 16))
    keys = [item["key"] for item in programme["items"]]
    assert len(set(keys)) == len(keys)
    for item in programme["items"]:
        assert set(item["tracks"]) <= {track["name"] for track in programme["tracks"]}
        assert item["kind"] in {"opening", "round", "themes", "ballot", "break", "plenary", "closing"}
        assert item["planned"][:10] in programme["days"]
        assert ("assignments" in item) == (item["kind"] == "round")


@pytest.mark.parametrize("track", ["Hall", "Gallery"])
def test_items_of_a_track_follow_each_other_without_gap_or_overlap(track: str) -> None:
    items_here = [item for item in read("programme.json")["items"] if track in item["tracks"]]
    spans = [
        (start, start + timedelta(minutes=item["minutes"]), item["key"])
        for item in items_here
        for start in [datetime.fromisoformat(item["planned"])]
    ]
    assert spans == sorted(spans)
    for before, after in pairwise(spans):
        assert before[1] == after[0] or before[0].date() < after[0].date(), (before, after)


def test_each_round_lasts_25_minutes_and_is_followed_by_themes_and_a_ballot() -> None:
    assert {item["minutes"] for item in items("round")} == {25}
    for track in ("Hall", "Gallery"):
        kinds = [item["kind"] for item in read("programme.json")["items"] if track in item["tracks"]]
        worked = [kind for kind in kinds if kind not in {"opening", "plenary", "break"}]
        cycle = ["round", "themes", "ballot"]
        assert worked == ["ballot", *cycle * 3, "ballot", *cycle * 2, "closing"]


def test_clocks_change_between_the_two_days() -> None:
    programme = read("programme.json")
    zone = ZoneInfo(programme["zone"])
    noons = [datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=zone) for day in programme["days"]]
    assert [noon.utcoffset() for noon in noons] == [timedelta(0), timedelta(hours=1)]


def test_every_passage_worth_discussing_is_assigned() -> None:
    assigned = {each["passage"] for _, each in assignments()}
    background = set(read("programme.json")["background"])
    paragraphs = {reference for reference in all_passages() if not re.fullmatch(r"[A-Z]+-\d+", reference)}
    assert assigned | background == paragraphs
    assert not assigned & background


def test_assignments_reach_tables_of_their_own_track() -> None:
    tracks = {track["name"]: track for track in read("programme.json")["tracks"]}
    for item, each in assignments():
        track = tracks[item["tracks"][0]]
        assert len(item["tracks"]) == 1
        assert each["passage"].startswith(track["document"] + "-")
        assert set(tables(each, item)) <= set(track["tables"])
    assert {each["reach"] for _, each in assignments()} == {"all", "block", "choice"}
