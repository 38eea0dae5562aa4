"""The sheet at the door and the report of a day: what stands in them, and what never does."""

from __future__ import annotations

from typing import Any

from facilitate.queries import View
from facilitate.queries.reports import day_sections, days_of, door_sections
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


def test_the_report_of_a_day_names_what_it_did_not_reach_and_what_comes_next(talking: Hall) -> None:
    moved(talking, "HOU-1.1", "Never voted on.")
    with talking.reads() as session:
        view = View(session, talking.clock.moment)
        first = days_of(view)[0]
        found = in_words(day_sections(view, first))
        assert found["Decided"] == ""
        assert "Motion 1 · HOU-1.1: Rents" in found["Not reached"]
        assert list(found)[-1] in ("Tomorrow’s order", "The days to come")
