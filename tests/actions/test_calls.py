"""A table calls for help: one open call at a table, seen and closed, private where it must be."""

from __future__ import annotations

from typing import Any

import pytest

from facilitate.store.rows import HelpCall
from tests.cast import CAST, SCREEN
from tests.people import Hall

DARK = {"reason": "Something technical", "words": "The screen is dark."}
HARM = {"reason": "Safeguarding", "words": "Somebody was shouted at."}


def call(hall: Hall, who: str = "Fay", **given: Any) -> str:
    """One call; its item."""
    item = hall.new_id()
    hall.as_(who).does("call-help", {"item": item, **DARK, **given})
    return item


def seen_by(hall: Hall, audience: str, item: str) -> dict[str, Any]:
    found: dict[str, Any] = hall.sees(audience)["call"][item]
    return found


def test_a_call_goes_from_cry_to_close_and_the_laptop_reads_who_comes(talking: Hall) -> None:
    item = call(talking)
    at_table = seen_by(talking, "table:1+echo", item)
    assert (at_table["state"], at_table["seen_by"]) == ("waiting", None)
    talking.as_("Ari").does("acknowledge-help", {"call": item})
    at_table = seen_by(talking, "table:1+echo", item)
    assert (at_table["state"], at_table["seen_by"]) == ("seen", "Ari")
    talking.as_("Clement").does("close-help", {"call": item})
    at_table = seen_by(talking, "table:1+echo", item)
    assert (at_table["state"], at_table["ended_by"]) == ("closed", "Clement")
    assert [e.action for e in talking.told[-3:]] == ["help-called", "help-acknowledged", "help-closed"]


def test_a_second_call_adds_to_the_open_one_and_waits_anew(talking: Hall) -> None:
    first = call(talking)
    talking.as_("Ari").does("acknowledge-help", {"call": first})
    second = call(talking, "Laptop of table 1", reason="A dispute at the table")
    assert set(talking.sees("block:A")["call"]) == {first}
    whole = seen_by(talking, "block:A", first)
    assert (whole["state"], whole["seen_by"]) == ("waiting", None) and whole["waits_since"] > whole["called"]
    assert [cry["reason"] for cry in whole["cries"]] == ["Something technical", "A dispute at the table"]
    talking.as_("Ari").does("close-help", {"call": first})
    third = call(talking)
    assert third in talking.sees("block:A")["call"] and second not in talking.sees("block:A")["call"]


def test_the_same_call_sent_twice_is_one_call(talking: Hall) -> None:
    item = call(talking)
    again = talking.as_("Fay").does("call-help", {"item": item, **DARK})
    assert again == {"call": item, "state": "waiting"}
    talking.as_("Ari").does("close-help", {"call": item})
    late = talking.as_("Fay").does("call-help", {"item": item, **DARK})
    assert late["state"] == "closed" and len(talking.row(HelpCall, item).cries) == 1


def test_a_table_takes_its_call_back_and_nobody_else_can(talking: Hall) -> None:
    first, second = call(talking), call(talking, words="And the sound.")
    assert talking.as_("Femi").is_refused("take-back-help", {"items": [first]}) == "unknown-call"
    assert talking.as_("Fay").does("take-back-help", {"items": [second]})["state"] == "waiting"
    assert talking.as_("Fay").does("take-back-help", {"items": [first]})["state"] == "taken-back"
    assert talking.as_("Ari").is_refused("acknowledge-help", {"call": first}) == "call-ended"
    assert talking.as_("Ari").is_refused("close-help", {"call": first}) == "call-ended"


def test_taking_back_a_call_that_was_closed_meanwhile_changes_nothing(talking: Hall) -> None:
    item = call(talking)
    talking.as_("Ari").does("close-help", {"call": item})
    entries = len(talking.told)
    assert talking.as_("Fay").does("take-back-help", {"items": [item]}) == {"state": "closed"}
    assert len(talking.told) == entries


def test_the_first_who_says_so_is_on_the_way(talking: Hall) -> None:
    item = call(talking)
    talking.as_("Ari").does("acknowledge-help", {"call": item})
    assert talking.as_("Clement").is_refused("acknowledge-help", {"call": item}) == "already-seen"
    talking.as_("Ari").does("acknowledge-help", {"call": item})
    assert seen_by(talking, "table:1+echo", item)["seen_by"] == "Ari"


def test_an_area_facilitator_answers_in_their_own_block_alone(talking: Hall) -> None:
    here, there = call(talking, "Sol"), call(talking, "Fay")
    assert talking.as_("Bea").is_refused("acknowledge-help", {"call": there}) == "not-your-block"
    assert talking.as_("Bea").is_refused("close-help", {"call": there}) == "not-your-block"
    talking.as_("Bea").does("acknowledge-help", {"call": here})
    assert set(talking.sees("block:B")["call"]) == {here}
    assert set(talking.sees("block:*")["call"]) == {here, there}
    assert {t["number"] for t in talking.sees("block:B")["table"].values()} == {3}


def test_missing_points_are_answered_in_their_own_block_alone(talking: Hall) -> None:
    point = {"item": talking.new_id(), "text": "Nobody wrote it down"}
    talking.as_("Dara").does("report-missing", point)
    answer = {"missing": point["item"], "answer": "It is 1/2."}
    assert talking.as_("Bea").is_refused("answer-missing", answer) == "not-your-block"
    assert point["item"] in talking.sees("block:A")["missing"]
    assert talking.sees("block:B")["missing"] == {}
    talking.as_("Ari").does("answer-missing", answer)


def test_a_private_call_is_for_area_facilitator_clerk_and_chair_alone(talking: Hall) -> None:
    item = call(talking, **HARM)
    readers = {
        name
        for name in [*(each[0] for each in CAST), SCREEN]
        if "shouted at" in repr(talking.as_(name).sees())
    }
    assert readers == {"Amara", "Clement", "Ari"}
    at_table = seen_by(talking, "table:1+echo", item)["cries"][0]
    assert (at_table["private"], at_table["reason"], at_table["words"]) == (True, None, "")
    assert "call" not in talking.sees("table:1") and "Safeguarding" not in repr(talking.sees("table:1"))


def test_a_reason_that_the_event_does_not_know_is_kept_private(talking: Hall) -> None:
    item = call(talking, reason="Something of last year's list")
    assert seen_by(talking, "block:A", item)["cries"][0]["private"]
    plain = call(talking, "Femi", reason="Something else")
    assert not seen_by(talking, "block:A", plain)["cries"][0]["private"]


@pytest.mark.parametrize(
    ("at", "late"),
    [("2027-03-27T08:00:00.000Z", True), (None, False), ("yesterday", False), ("2027-03-27T08:00", False)],
)
def test_a_call_that_arrives_late_says_when_it_was_made(talking: Hall, at: str | None, late: bool) -> None:
    cry = seen_by(talking, "block:A", call(talking, at=at))["cries"][0]
    assert (cry["said"], cry["late"]) == (at, late)


def test_a_call_with_too_many_words_is_refused_with_a_sentence(talking: Hall) -> None:
    fay = talking.as_("Fay")
    asked = {"item": talking.new_id(), "reason": "Something else", "words": "a" * 401}
    assert fay.is_refused("call-help", asked) == "words-too-long"


def test_an_area_facilitator_of_a_block_that_is_not_there_is_not_taken_in(hall: Hall) -> None:
    row = {"name": "Zoe", "roles": ["area-facilitator:Z"], "table": None}
    with pytest.raises(Exception, match="unknown-block"):
        hall.office("import-people", {"rows": [row]})
