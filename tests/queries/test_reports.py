"""The sheet at the door and the report of a day: what stands in them, and what never does."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select, update

from facilitate.queries import View
from facilitate.queries.reports import day_sections, days_of, door_sections
from facilitate.store.rows import Ballot, Event, Item, Motion
from facilitate.store.session import write_sessions
from tests.actions.test_motions import ballot_on, drafted, voted
from tests.people import Hall


def moved(hall: Hall, passage: str, text: str) -> str:
    """A motion that is put to the room; its id."""
    item = drafted(hall, text, passage)
    hall.as_("Thea").does("put-motion", {"motion": item})
    return item


def in_words(sections: list[dict[str, Any]]) -> dict[str, str]:
    return {s["title"]: "\n".join(": ".join(line) for line in s["lines"]) for s in sections}


def test_a_result_that_is_not_published_is_on_no_sheet_that_may_be(talking: Hall) -> None:
    carried = ballot_on(talking, moved(talking, "HOU-1.2", "Prices are fair."))
    assert voted(talking, carried, "for", "for", "for", "against") == "carried"
    waits = ballot_on(talking, None, question="And this?")
    talking.as_("Amara").does("announce-ballot", {"ballot": waits})
    talking.as_("Amara").does("open-ballot", {"ballot": waits})
    talking.as_("Amara").does("close-ballot", {"ballot": waits})
    moved(talking, "HOU-1.1", "Never voted on.")
    with talking.reads() as session:
        view = View(session, talking.clock.moment)
        outside = in_words(door_sections(view, publishable=True))
        inside = in_words(door_sections(view, publishable=False))
    assert "Ballot 1 · HOU-1.2: Shall this be? Carried" in outside["Decided"]
    assert "And this?" not in outside["Decided"]
    assert "Prices are fair." not in str(outside)
    assert "Ballot 2: And this?" in inside["Decided"]
    assert "Provisional." in inside["Decided"]
    assert "“Prices are fair.”" in inside["Decided"]
    assert inside["Still to be decided"] == "Motion 2 · HOU-1.1: Rents"
    assert "HOU-1.1" not in str(outside)


def of_day(hall: Hall, day: str) -> dict[str, str]:
    with hall.reads() as session:
        return in_words(day_sections(View(session, hall.clock.moment), day))


def two_days(hall: Hall) -> None:
    """A second day with two items; the event's clocks are two hours before those of Greenwich."""
    with write_sessions(hall.database)() as session, session.begin():
        session.execute(update(Event).values(zone="Europe/Helsinki"))
        for number, (time, title) in enumerate((("09:30", "Homes again"), ("10:30", "Last votes"))):
            session.add(Item(
                id=f"second-{number}", track_id=hall.track, position=90 + number, day="2027-03-28",
                kind="round", title=title, planned=f"2027-03-28T{time}", minutes=45,
            ))  # fmt: skip


def closes_at(hall: Hall, number: int, at: datetime) -> None:
    with write_sessions(hall.database)() as session, session.begin():
        session.execute(update(Ballot).where(Ballot.number == number).values(closed_at=at))
        motion = select(Ballot.motion_id).where(Ballot.number == number).scalar_subquery()
        session.execute(update(Motion).where(Motion.id == motion).values(decided_at=at))


def test_each_line_of_a_day_s_report_is_of_that_day_on_the_event_s_own_clocks(talking: Hall) -> None:
    two_days(talking)
    for number, (passage, text) in enumerate((("HOU-1.1", "Build."), ("HOU-1.2", "Cap rents.")), 1):
        ballot = ballot_on(talking, moved(talking, passage, text))
        voted(talking, ballot, "for", "for", "for", "against")
        # Half past eleven in the evening, and half past midnight, where the event is.
        closes_at(talking, number, datetime(2027, 3, 27, 20 + number, 30, tzinfo=UTC))
    moved(talking, "HOU-1.3", "Never voted on.")
    first, second = of_day(talking, "2027-03-27"), of_day(talking, "2027-03-28")
    assert ("Ballot 1" in first["Decided"], "Ballot 2" in first["Decided"]) == (True, False)
    assert ("Ballot 1" in second["Decided"], "Ballot 2" in second["Decided"]) == (False, True)
    waiting = [line.partition(":")[0] for line in first["Not reached"].split("\n") if "Motion" in line]
    assert waiting == ["Motion 2 · HOU-1.2", "Motion 3 · HOU-1.3"]
    # The welcome was held and is done; the round goes on, and what follows it was not begun.
    items = first["Not reached"].split("\n")[: -len(waiting)]
    assert [line.partition("· ")[2] for line in items] == [
        "Hall: Homes that are built, 30 min", "Hall: What the tables said, 15 min", "Hall: Votes, 30 min",
        "Hall: Thanks, 15 min",
    ]  # fmt: skip
    assert first["Tomorrow’s order"] == "09:30 · Hall: Homes again, 45 min\n10:30 · Hall: Last votes, 45 min"
    assert second["Not reached"].split("\n")[-1] == "Motion 3 · HOU-1.3: Rents"
    assert (second["Sent back"], second["The days to come"]) == ("", "")


def test_the_report_of_a_day_names_what_it_did_not_reach_and_what_comes_next(talking: Hall) -> None:
    moved(talking, "HOU-1.1", "Never voted on.")
    with talking.reads() as session:
        view = View(session, talking.clock.moment)
        first = days_of(view)[0]
        found = in_words(day_sections(view, first))
        assert found["Decided"] == ""
        assert "Motion 1 · HOU-1.1: Rents" in found["Not reached"]
        assert list(found)[-1] in ("Tomorrow’s order", "The days to come")
