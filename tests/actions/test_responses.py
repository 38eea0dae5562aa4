"""Tables answer each other: one answer each, which follows the point; and a draft changes hands."""

from __future__ import annotations

from typing import Any

import pytest

from facilitate.queries import View
from facilitate.queries.story import story_of
from tests.people import Hall


def answers(hall: Hall, comment: str, audience: str = "themes") -> list[tuple[int | None, str, bool]]:
    """What an audience knows of the answers to a comment."""
    found = hall.sees(audience)["comment"][comment]["responses"]
    return [(each["table"], each["response"], each["earlier"]) for each in found]


def respond(hall: Hall, who: str, comment: str, response: str | None) -> None:
    """Let somebody's table answer a comment."""
    hall.as_(who).does("respond-to-comment", {"comment": comment, "response": response})


def told(hall: Hall, who: str, ref: str) -> list[str]:
    """The sentences of a comment's story, as somebody may read it."""
    actor = hall.as_(who).actor
    with hall.reads() as session:
        story = story_of(View(session, hall.clock.moment), actor, ref)
    assert story is not None
    return [step.sentence for step in story.steps]


@pytest.fixture
def point(talking: Hall) -> str:
    """A point of table 1 that table 2 has heard."""
    talking.as_("Femi").says("We speak too")
    return talking.as_("Fay").says("Build more")


def test_one_answer_of_a_table_stands_and_can_be_changed_and_taken_back(talking: Hall, point: str) -> None:
    respond(talking, "Femi", point, "ours-too")
    assert answers(talking, point) == [(2, "ours-too", False)]
    respond(talking, "Femi", point, "we-differ")
    assert answers(talking, point) == [(2, "we-differ", False)]
    assert talking.sees("table:2+echo")["comment"][point]["response"] == "we-differ"
    respond(talking, "Femi", point, None)
    respond(talking, "Femi", point, None)
    assert answers(talking, point) == []
    acts = [entry.action for entry in talking.told if entry.action.startswith("response-")]
    assert acts == ["response-given", "response-given", "response-taken-back"]


def test_table_cannot_answer_itself_nor_what_is_not_there(talking: Hall, point: str) -> None:
    fay, femi = talking.as_("Fay"), talking.as_("Femi")
    asked: dict[str, Any] = {"comment": point, "response": "ours-too"}
    assert fay.is_refused("respond-to-comment", asked) == "own-comment"
    assert femi.is_refused("respond-to-comment", asked | {"comment": "none"}) == "unknown-comment"
    fay.does("withdraw-comment", {"comment": point})
    assert femi.is_refused("respond-to-comment", asked) == "already-withdrawn"


def test_answer_stands_to_what_a_corrected_point_became(talking: Hall, point: str) -> None:
    respond(talking, "Femi", point, "ours-too")
    better = talking.as_("Fay").says("Build much more", parent=point)
    assert answers(talking, point) == []
    assert answers(talking, better) == [(2, "ours-too", True)]
    respond(talking, "Sol", point, "we-differ")
    assert answers(talking, better) == [(2, "ours-too", True), (3, "we-differ", True)]
    respond(talking, "Femi", better, "ours-too")
    assert answers(talking, better) == [(2, "ours-too", False), (3, "we-differ", True)]


def test_point_that_adds_is_linked_and_counts_as_the_table_s_answer(talking: Hall, point: str) -> None:
    respond(talking, "Femi", point, "we-differ")
    added = talking.as_("Femi").says("And cheaper", adds_to=point)
    assert talking.sees("themes")["comment"][added]["adds_to"] == point
    assert answers(talking, point, "table:1") == [(2, "adds", False)]
    own = talking.as_("Fay").says("More of ours", adds_to=point)
    lost = talking.as_("Fay").says("More of nothing", adds_to="none")
    for id_ in (own, lost):
        assert talking.sees("themes")["comment"][id_]["adds_to"] is None
    assert "Table 2 answered: added to it." in told(talking, "Thea", "1/1")
    assert "It adds to 1/1." in told(talking, "Thea", "2/2")


def test_answers_name_no_table_where_the_event_names_none(talking: Hall, point: str) -> None:
    respond(talking, "Femi", point, "ours-too")
    talking.office("set-event", {"settings": {"names_tables": False}})
    assert answers(talking, point, "table:1") == [(None, "ours-too", False)]
    assert answers(talking, point) == [(2, "ours-too", False)]
    assert "Another table answered: ours too." in told(talking, "Dara", "1/1")


def test_other_tables_hear_no_answers_but_their_own(talking: Hall, point: str) -> None:
    talking.as_("Sol").says("We speak as well")
    respond(talking, "Femi", point, "ours-too")
    assert answers(talking, point, "table:3+echo") == []
    assert talking.sees("table:3+echo")["comment"][point]["response"] is None


def test_minority_view_is_a_part_of_what_was_said(talking: Hall) -> None:
    fay, item = talking.as_("Fay"), talking.new_id()
    fay.says("Two of us see it otherwise", item=item, minority=True)
    fay.says("Two of us see it otherwise", item=item, minority=True)
    assert talking.sees("themes")["comment"][item]["minority"] is True
    fay.says("Two of us see it otherwise", item=item)
    kept = talking.sees("themes")["comment"].values()
    assert [(each["minority"], each["state"]) for each in kept] == [(True, "superseded"), (False, "current")]


def test_draft_changes_hands_under_the_id_of_its_point(talking: Hall) -> None:
    item = talking.new_id()
    draft = {"item": item, "kind": "idea", "text": "Half a sen", "agree": 3, "against": 0}
    handed = {"laptop": "one", "takes": False, "draft": draft}
    talking.as_("Laptop of table 1").does("hand-over-writing", handed)
    seen = talking.sees("table:1")["writing"]["1"]
    assert (seen["giver"], seen["laptop"], seen["draft"]["text"]) == ("one", None, "Half a sen")
    talking.as_("Fay").does("hand-over-writing", {"laptop": "other", "takes": True})
    seen = talking.sees("table:1")["writing"]["1"]
    assert (seen["giver"], seen["laptop"], seen["name"]) == (None, "other", "Fay")
    assert seen["draft"]["item"] == item
    for audience in ("table:2", "themes", "desk"):
        assert "Half a sen" not in repr(talking.sees(audience))
    fay = talking.as_("Fay")
    fay.says("Half a sentence", item=item)
    talking.as_("Laptop of table 1").says("Half a sentence", item=item)
    assert len(talking.sees("themes")["comment"]) == 1
