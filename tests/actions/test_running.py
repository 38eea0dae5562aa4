"""The chair takes the room through the running order with one button and one undo."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from facilitate.store.rows import Event, Item
from tests.actions.test_motions import ballot_on, put
from tests.cast import ITEMS, SCREEN
from tests.people import Hall


def item(hall: Hall, title: str) -> Any:
    """One item as everybody sees it."""
    return next(i for i in hall.sees("delegates")["item"].values() if i["title"] == title)


def button(hall: Hall) -> tuple[str, str]:
    """What the main button does and says."""
    step = hall.sees("desk")["track"][hall.track]["step"]
    return step["verb"], step["label"]


def undo(hall: Hall) -> str:
    """Press the undo; what was done, or why not."""
    answer = hall.as_("Amara").asks("undo-step", {"track": hall.track})
    return answer.refusal.sentence if answer.refusal else str(answer.result["done"])


def test_the_button_leads_through_the_whole_event(hall: Hall) -> None:
    done = []
    while button(hall)[0] != "nothing":
        done.append(hall.presses())
    assert done == [
        "open-event", "go-to-item", "go-to-item", "start-clock", "end-round", "go-to-item", "show-themes",
        "go-to-item", "go-to-item", "close-event",
    ]  # fmt: skip
    assert hall.row(Event, "event").phase == "after"
    assert [i["state"] for i in hall.sees("delegates")["item"].values()] == ["done"] * 4 + ["current"]
    assert button(hall) == ("nothing", "The event is closed")


def test_the_button_runs_the_ballots_of_an_item(talking: Hall) -> None:
    ballot_on(talking, put(talking, "Rents are frozen."))
    talking.reaches("Votes")
    done = [talking.presses() for _ in range(4)]
    assert done == ["announce-ballot", "open-ballot", "close-ballot", "publish-result"]
    assert button(talking)[1] == "Next: Thanks"


def test_a_step_that_the_room_has_left_behind_is_refused(hall: Hall) -> None:
    asked = {"track": hall.track, "verb": "open-event", "subject": None}
    hall.as_("Amara").does("take-step", asked)
    answer = hall.as_("Amara").asks("take-step", asked)
    assert answer.refusal and answer.refusal.code == "step-moved"
    assert "Start: Welcome" in answer.refusal.sentence


def test_each_step_can_be_taken_back_until_something_was_said_for_good(hall: Hall) -> None:
    hall.presses()
    assert undo(hall) == "take-back-opening" and hall.row(Event, "event").phase == "before"
    hall.presses()
    hall.presses()
    assert undo(hall) == "take-back-item" and item(hall, "Welcome")["state"] == "planned"
    hall.reaches("Homes that are built")
    assert undo(hall) == "take-back-item"
    assert item(hall, "Welcome")["state"] == "current"
    hall.reaches("Homes that are built")
    hall.presses()
    assert undo(hall) == "take-back-clock" and item(hall, "Homes that are built")["deadline"] is None
    hall.presses()
    hall.presses()
    assert undo(hall) == "reopen-round" and item(hall, "Homes that are built")["progress"] == "running"


def test_a_closed_ballot_is_never_undone(talking: Hall) -> None:
    ballot_on(talking, None)
    talking.reaches("Votes")
    assert talking.presses() == "announce-ballot"
    assert undo(talking) == "recall-ballot"
    talking.presses()
    talking.presses()
    assert "votes may be in" in undo(talking)
    talking.presses()
    assert "never undone" in undo(talking)


def test_a_running_ballot_holds_its_item(talking: Hall) -> None:
    ballot_on(talking, None)
    talking.reaches("Votes")
    talking.presses()
    thanks = item(talking, "Thanks")["id"]
    asked = {"track": talking.track, "item": thanks}
    assert talking.as_("Amara").is_refused("go-to-item", asked) == "ballot-running"


def test_the_clock_runs_is_extended_paused_and_resumed(talking: Hall) -> None:
    amara, track = talking.as_("Amara"), {"track": talking.track}
    round_ = item(talking, "Homes that are built")["id"]
    planned = talking.row(Item, round_).deadline
    assert planned - talking.row(Item, round_).started_at >= timedelta(minutes=30)
    amara.does("extend-timer", track | {"seconds": 300})
    assert talking.row(Item, round_).deadline - planned == timedelta(minutes=5)
    amara.does("pause-timer", track)
    left = talking.row(Item, round_).paused_seconds
    assert talking.row(Item, round_).deadline is None and 34 * 60 < left <= 35 * 60
    assert amara.is_refused("pause-timer", track) == "timer-state"
    talking.clock.forward(hours=1)
    amara.does("resume-timer", track)
    now = talking.clock.moment
    assert talking.row(Item, round_).deadline - now == timedelta(seconds=left)
    assert amara.is_refused("extend-timer", track | {"seconds": 0}) == "bad-time"


def test_the_chair_may_go_to_any_item_and_back(talking: Hall) -> None:
    amara = talking.as_("Amara")
    for title in ("Votes", "Welcome", "Homes that are built"):
        amara.does("go-to-item", {"track": talking.track, "item": item(talking, title)["id"]})
        assert item(talking, title)["state"] == "current"
    states = [i["state"] for i in talking.sees("delegates")["item"].values()]
    assert states.count("current") == 1
    assert amara.is_refused("go-to-item", {"track": talking.track, "item": "gone"}) == "unknown-item"
    assert amara.is_refused("go-to-item", {"track": "gone", "item": "gone"}) == "unknown-track"


def test_a_screen_follows_its_track_unless_the_chair_chooses(talking: Hall) -> None:
    screen = talking.as_(SCREEN).id

    def shows() -> str:
        return str(talking.sees(f"screen:{screen}")["screen"]["me"]["shows"])

    assert shows() == "room"
    talking.presses()
    assert shows() == "wall"
    amara = talking.as_("Amara")
    amara.does("set-scene", {"screen": screen, "scene": "running-order"})
    talking.reaches("Votes")
    assert shows() == "running-order"
    amara.does("set-scene", {"screen": screen, "scene": "follow"})
    assert shows() == "passage"
    assert amara.is_refused("set-scene", {"screen": screen, "scene": "fireworks"}) == "unknown-scene"
    assert amara.is_refused("set-scene", {"screen": "gone", "scene": "wall"}) == "unknown-screen"
    asked = {"screen": screen, "scene": "passage", "passage": "gone"}
    assert amara.is_refused("set-scene", asked) == "unknown-passage"


def test_the_clerk_writes_the_rest_of_the_running_order_anew_and_what_happened_stays(talking: Hall) -> None:
    before = {i["title"]: i["id"] for i in talking.sees("delegates")["item"].values()}
    kept = [
        {"id": before[title], "track": "Hall", "kind": kind, "title": title, "planned": f"2027-03-27T{at}",
         "minutes": minutes}
        for kind, title, at, minutes, _ in ITEMS[:2]
    ]  # fmt: skip
    new = {
        "track": "Hall",
        "kind": "closing",
        "title": "Early end",
        "planned": "2027-03-27T10:00",
        "minutes": 5,
    }
    talking.office("write-programme", {"tracks": [{"name": "Hall"}], "items": [*kept, new]})
    titles = [i["title"] for i in talking.sees("delegates")["item"].values()]
    assert titles == ["Welcome", "Homes that are built", "Early end"]
    assert item(talking, "Homes that are built")["state"] == "current"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"track": "Elsewhere"}, "unknown-track"),
        ({"kind": "party"}, "unknown-kind"),
        ({"planned": "soon"}, "bad-time"),
        ({"planned": "2027-03-28T01:30"}, "time-does-not-exist"),
        ({"assignments": [{"passage": "HOU-9"}]}, "unknown-passage"),
    ],
)
def test_a_running_order_that_cannot_be_is_refused_whole(
    hall: Hall, change: dict[str, Any], code: str
) -> None:
    row = {"track": "Hall", "kind": "round", "title": "R", "planned": "2027-03-27T10:00", "minutes": 5}
    asked = {"tracks": [{"name": "Hall"}], "items": [row, row | change]}
    assert hall.as_("Clement").is_refused("write-programme", asked) == code
    assert len(hall.sees("delegates")["item"]) == len(ITEMS)
