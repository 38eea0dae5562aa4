"""A round at three tables: what they say, correct and take back is kept, once, and marked."""

from __future__ import annotations

from typing import Any

import pytest

from facilitate.queries import View, project
from facilitate.store.rows import Comment
from tests.people import Hall


def comment(hall: Hall, id_: str) -> Any:
    """One comment as it stands in the store."""
    return hall.row(Comment, id_)


def states(hall: Hall, *ids: str) -> list[str]:
    """Where these wordings stand."""
    return [comment(hall, id_).state for id_ in ids]


def test_a_table_s_points_are_kept_and_numbered(talking: Hall) -> None:
    fay = talking.as_("Fay")
    first, second = fay.says("Build more"), fay.says("Build better", "HOU-1.2")
    third = talking.as_("Femi").says("Build elsewhere")
    assert [comment(talking, c).reference for c in (first, second, third)] == ["1/1", "1/2", "2/1"]
    assert states(talking, first, second, third) == ["current"] * 3


def test_the_laptop_of_a_table_speaks_for_it_like_its_facilitator(talking: Hall) -> None:
    own = talking.as_("Laptop of table 1").says("From the laptop")
    assert comment(talking, own).table_number == 1
    talking.as_("Fay").does("withdraw-comment", {"comment": own})
    assert states(talking, own) == ["withdrawn"]


def test_what_was_typed_at_another_table_is_kept_and_marked(talking: Hall) -> None:
    fay = talking.as_("Fay")
    here, moved = fay.says("Typed here", table=1), fay.says("Typed before the move", table=2)
    assert [comment(talking, c).table_number for c in (here, moved)] == [1, 1]
    assert [comment(talking, c).marks for c in (here, moved)] == [[], ["table-moved"]]


def test_the_same_point_sent_again_is_kept_once(talking: Hall) -> None:
    fay, item = talking.as_("Fay"), talking.new_id()
    fay.says("Said once", item=item)
    fay.says("Said once", item=item)
    assert list(talking.sees("themes")["comment"]) == [item]


def test_the_same_id_with_other_words_is_kept_beside_the_first(talking: Hall) -> None:
    fay, item = talking.as_("Fay"), talking.new_id()
    fay.says("As first typed", item=item)
    for _ in range(2):
        fay.says("As typed on an older page", item=item)
    fay.says("As first typed", item=item, agree=9)
    kept = talking.sees("themes")["comment"]
    assert len(kept) == 3
    assert [c["state"] for c in kept.values()] == ["superseded", "conflict", "conflict"]
    assert [c["marks"] for c in kept.values()] == [[], ["kept-as-revision"], ["kept-as-revision"]]


def test_a_correction_takes_the_place_of_what_it_corrects(talking: Hall) -> None:
    fay = talking.as_("Fay")
    first = fay.says("Bild more")
    second = fay.says("Build more", parent=first)
    third = fay.says("Build much more", parent=second)
    assert states(talking, first, second, third) == ["superseded", "superseded", "current"]
    assert talking.sees("themes")["comment"][third]["parent"] == second


def test_two_corrections_of_one_wording_stand_side_by_side(talking: Hall) -> None:
    fay, laptop = talking.as_("Fay"), talking.as_("Laptop of table 1")
    first = fay.says("Bild more")
    one, other = fay.says("Build more", parent=first), laptop.says("Build mere", parent=first)
    assert states(talking, first, one, other) == ["superseded", "conflict", "conflict"]
    better = fay.says("Build more!", parent=one)
    assert states(talking, one, other, better) == ["superseded", "conflict", "conflict"]
    fay.does("withdraw-comment", {"comment": other})
    assert states(talking, one, other, better) == ["superseded", "withdrawn", "current"]


def test_a_correction_that_comes_before_what_it_corrects_still_takes_its_place(talking: Hall) -> None:
    fay, first = talking.as_("Fay"), talking.new_id()
    second = fay.says("Build more", parent=first)
    assert states(talking, second) == ["current"]
    fay.says("Bild more", item=first)
    assert states(talking, first, second) == ["superseded", "current"]


def test_a_table_cannot_correct_or_withdraw_another_table_s_point(talking: Hall) -> None:
    theirs = talking.as_("Fay").says("Ours")
    mine = talking.as_("Femi").says("Yours, corrected", parent=theirs)
    assert states(talking, theirs, mine) == ["current", "current"]
    assert comment(talking, mine).parent is None
    assert talking.as_("Femi").is_refused("withdraw-comment", {"comment": theirs}) == "not-your-comment"
    stolen = talking.as_("Femi").says("Under your id", item=theirs)
    assert stolen == theirs and comment(talking, theirs).text == "Ours"
    assert {c["text"] for c in talking.sees("table:2")["comment"].values()} == {
        "Yours, corrected", "Under your id",
    }  # fmt: skip


def test_a_withdrawn_point_stays_on_record_with_its_reason(talking: Hall) -> None:
    fay = talking.as_("Fay")
    point = fay.says("Never mind")
    fay.does("withdraw-comment", {"comment": point, "reason": "Said twice"})
    kept = comment(talking, point)
    assert (kept.state, kept.disposition, kept.note) == ("withdrawn", "withdrawn", "Said twice")
    assert fay.is_refused("withdraw-comment", {"comment": point}) == "already-withdrawn"
    balance = talking.sees("desk")["balance"]["balance"]
    assert (balance["received"], balance["open"], balance["ended"]) == (1, 0, 1)


def test_what_was_corrected_is_not_taken_back(talking: Hall) -> None:
    fay = talking.as_("Fay")
    first = fay.says("Bild more")
    fay.says("Build more", parent=first)
    assert fay.is_refused("withdraw-comment", {"comment": first}) == "superseded"


def test_a_point_after_the_round_is_taken_in_and_marked(talking: Hall) -> None:
    round_ = talking.reaches("Homes that are built")
    assert talking.presses() == "end-round"
    late = talking.as_("Fay").says("One more thing", round=round_)
    talking.reaches("Thanks")
    later = talking.as_("Fay").says("And another", round=round_)
    assert [comment(talking, c).marks for c in (late, later)] == [["after-the-round"]] * 2


def test_a_point_after_the_event_is_still_taken_in(talking: Hall) -> None:
    talking.reaches("Thanks")
    talking.as_("Amara").does("close-event")
    late = talking.as_("Fay").says("Found on the laptop at home")
    assert states(talking, late) == ["current"]


def test_points_over_the_table_s_limit_are_taken_in_and_marked(talking: Hall) -> None:
    talking.office("set-event", {"settings": {"limit": 2}})
    round_, fay = talking.reaches("Homes that are built"), talking.as_("Fay")
    points = [fay.says(f"Point {n}", round=round_) for n in range(3)]
    assert [comment(talking, c).marks for c in points] == [[], [], ["over-limit"]]
    corrected = fay.says("Point 1, corrected", round=round_, parent=points[1])
    assert comment(talking, corrected).marks == []
    fay.does("withdraw-comment", {"comment": points[0]})
    fay.does("withdraw-comment", {"comment": points[2]})
    assert comment(talking, fay.says("Instead", round=round_)).marks == []
    assert comment(talking, talking.as_("Femi").says("Ours", round=round_)).marks == []


def test_a_point_that_was_corrected_and_then_taken_back_counts_no_more(talking: Hall) -> None:
    talking.office("set-event", {"settings": {"limit": 2}})
    round_, fay = talking.reaches("Homes that are built"), talking.as_("Fay")
    first = fay.says("Point 1", round=round_)
    corrected = fay.says("Point 1, better", round=round_, parent=first)
    other = fay.says("Point 1, in other words", round=round_, parent=first)
    assert states(talking, corrected, other) == ["conflict", "conflict"]
    assert comment(talking, fay.says("Point 2", round=round_)).marks == []
    for wording in (corrected, other):
        fay.does("withdraw-comment", {"comment": wording})
    assert comment(talking, fay.says("Instead", round=round_)).marks == []
    assert comment(talking, fay.says("One too many", round=round_)).marks == ["over-limit"]


def test_a_correction_in_a_later_round_counts_where_the_point_was_first_said(talking: Hall) -> None:
    talking.office("set-event", {"settings": {"limit": 1}})
    round_, fay = talking.reaches("Homes that are built"), talking.as_("Fay")
    first = fay.says("Before any round")
    fay.says("Corrected in the round", round=round_, parent=first)
    assert comment(talking, fay.says("The round's own", round=round_)).marks == []


def test_a_change_of_wording_has_to_fit_its_passage(talking: Hall) -> None:
    fay = talking.as_("Fay")
    text = "Rents rise no faster than wages."
    ops = [["keep", len(text) - 1], ["insert", " or prices"], ["keep", 1]]
    change = fay.says("Prices too", "HOU-1.2", kind="wording", ops=ops)
    english = talking.sees("table:1")["comment"][change]["english"]
    assert english is not None and "or prices" in english
    heading = fay.says("Plural", "HOU-1", kind="wording", ops=[["keep", 5], ["insert", " for all"]])
    assert talking.sees("table:1")["comment"][heading]["english"]
    asked = {"item": talking.new_id(), "n": 1, "passage": talking.passage("HOU-1.1"), "kind": "wording"}
    asked |= {"agree": 1, "against": 0, "text": "A", "ops": [["keep", 9999]]}
    assert fay.is_refused("record-comment", asked) == "bad-ops"


@pytest.mark.parametrize(("text", "code"), [(" \n ", "text-empty"), ("x" * 2001, "text-too-long")])
def test_a_point_without_words_or_with_too_many_is_refused(talking: Hall, text: str, code: str) -> None:
    asked = {"item": talking.new_id(), "n": 1, "passage": talking.passage("HOU-1.1"), "kind": "idea"}
    assert (
        talking.as_("Fay").is_refused("record-comment", asked | {"agree": 1, "against": 0, "text": text})
        == code
    )


def test_other_tables_points_are_heard_only_after_one_s_own(talking: Hall) -> None:
    ours = talking.as_("Fay").says("From table one")
    elsewhere = talking.as_("Fay").says("On another passage", "HOU-1.2")
    echo = "table:2+echo"
    assert talking.sees(echo)["comment"] == {}
    talking.told.clear()
    talking.as_("Femi").says("From table two")
    assert set(talking.sees(echo)["comment"]) == {ours}
    opened = [entry for entry in talking.told if entry.action == "echo-opened"]
    assert [entry.audiences for entry in opened] == [(echo,)]
    with talking.reads() as session:
        told = project(View(session, talking.clock.moment), echo, opened[0].touches)
    assert [key for kind, key, _ in told if kind == "comment"] == [ours] != [elsewhere]


def test_a_facilitator_who_sits_elsewhere_still_types_for_their_own_table(talking: Hall) -> None:
    fay = talking.as_("Fay")
    talking.office("seat-people", {"seats": [{"person": fay.id, "table": 3}]})
    assert comment(talking, fay.says("For table one")).table_number == 1
