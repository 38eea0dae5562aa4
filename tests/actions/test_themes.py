"""The theme team groups what the tables said, and nothing that was said drops out."""

from __future__ import annotations

from typing import Any

import pytest

from facilitate.store.rows import Theme
from tests.people import Hall


@pytest.fixture
def said(talking: Hall) -> dict[str, str]:
    """Four points of three tables, by a letter each."""
    return {
        "a": talking.as_("Fay").says("Build more"),
        "b": talking.as_("Femi").says("Build a lot more"),
        "c": talking.as_("Sol").says("Build nothing"),
        "d": talking.as_("Fay").says("Cap rents", "HOU-1.2"),
    }


def named(hall: Hall, name: str, *comments: str, passage: str = "HOU-1.1") -> str:
    """A theme of some comments; its id."""
    item = hall.new_id()
    data = {"item": item, "passage": hall.passage(passage), "name": name, "comments": list(comments)}
    hall.as_("Thea").does("name-theme", data)
    return item


def theme(hall: Hall, id_: str, audience: str = "themes") -> Any:
    """One theme as an audience sees it."""
    return hall.sees(audience)["theme"].get(id_)


def members(hall: Hall, id_: str) -> set[str]:
    """The comments of a theme."""
    return set(theme(hall, id_)["members"])


def test_a_theme_counts_its_comments_and_their_tables(talking: Hall, said: dict[str, str]) -> None:
    more = named(talking, " Build  more ", said["a"], said["b"])
    seen = theme(talking, more, "delegates")
    assert (seen["name"], seen["comments"], seen["tables"], seen["agree"]) == ("Build more", 2, 2, 6)
    assert "members" not in seen
    assert talking.sees("table:1")["comment"][said["a"]]["theme_names"] == ["Build more"]
    assert talking.sees("themes")["comment"][said["c"]]["station"] == "received"


def test_a_comment_is_in_one_theme_at_most(talking: Hall, said: dict[str, str]) -> None:
    more = named(talking, "More", said["a"], said["b"])
    other = named(talking, "Else", said["b"])
    assert members(talking, more) == {said["a"]}
    talking.as_("Thea").does("move-comments", {"comments": [said["a"]], "theme": other})
    assert members(talking, more) == set() and members(talking, other) == {said["a"], said["b"]}
    talking.as_("Thea").does("move-comments", {"comments": [said["b"]], "theme": None})
    assert members(talking, other) == {said["a"]}
    assert talking.sees("themes")["comment"][said["b"]]["station"] == "read"


def test_a_theme_stays_with_its_passage(talking: Hall, said: dict[str, str]) -> None:
    thea = talking.as_("Thea")
    more = named(talking, "More", said["a"])
    assert thea.is_refused("move-comments", {"comments": [said["d"]], "theme": more}) == "comment-elsewhere"
    named(talking, "More", passage="HOU-1.2")
    again = {"item": talking.new_id(), "passage": talking.passage("HOU-1.1"), "name": "more", "comments": []}
    assert thea.is_refused("name-theme", again) == "theme-name-taken"


def test_merged_themes_lose_no_comment(talking: Hall, said: dict[str, str]) -> None:
    thea = talking.as_("Thea")
    one, two = named(talking, "One", said["a"]), named(talking, "Two", said["b"], said["c"])
    thea.does("merge-themes", {"from": [two], "into": one})
    assert members(talking, one) == {said["a"], said["b"], said["c"]}
    assert theme(talking, two) is None
    assert talking.row(Theme, two).merged_into == one
    assert thea.is_refused("rename-theme", {"theme": two, "name": "Three"}) == "theme-merged"


def test_a_theme_is_split_in_two(talking: Hall, said: dict[str, str]) -> None:
    thea = talking.as_("Thea")
    one, new = named(talking, "One", said["a"], said["b"], said["c"]), talking.new_id()
    thea.does("split-theme", {"theme": one, "item": new, "name": "Against", "comments": [said["c"]]})
    assert (members(talking, one), members(talking, new)) == ({said["a"], said["b"]}, {said["c"]})
    asked = {"theme": one, "item": talking.new_id(), "name": "X", "comments": [said["c"]]}
    assert thea.is_refused("split-theme", asked) == "not-in-theme"


def test_a_quotation_speaks_for_its_theme_and_leaves_with_its_comment(
    talking: Hall, said: dict[str, str]
) -> None:
    thea = talking.as_("Thea")
    one = named(talking, "One", said["a"], said["b"])
    assert thea.is_refused("choose-quote", {"theme": one, "comment": said["c"]}) == "not-in-theme"
    thea.does("choose-quote", {"theme": one, "comment": said["a"]})
    assert theme(talking, one, "delegates")["quote"] == {"text": "Build more", "table": 1}
    thea.does("move-comments", {"comments": [said["a"]], "theme": None})
    assert theme(talking, one)["quote"] is None


def test_a_corrected_comment_keeps_its_place_and_its_quotation(talking: Hall, said: dict[str, str]) -> None:
    one = named(talking, "One", said["a"], said["b"])
    talking.as_("Thea").does("choose-quote", {"theme": one, "comment": said["a"]})
    better = talking.as_("Fay").says("Build many more", parent=said["a"])
    assert members(talking, one) == {better, said["b"]}
    assert theme(talking, one)["quote"]["text"] == "Build many more"
    rival = talking.as_("Laptop of table 1").says("Build few", parent=said["a"])
    assert members(talking, one) == {better, rival, said["b"]}


def test_a_correction_that_changes_the_passage_leaves_the_theme(talking: Hall, said: dict[str, str]) -> None:
    one = named(talking, "One", said["a"], said["b"])
    talking.as_("Fay").says("It was about rents", "HOU-1.2", parent=said["a"])
    assert members(talking, one) == {said["b"]}


def test_a_withdrawn_comment_leaves_its_theme(talking: Hall, said: dict[str, str]) -> None:
    one = named(talking, "One", said["a"], said["b"])
    talking.as_("Thea").does("choose-quote", {"theme": one, "comment": said["a"]})
    talking.as_("Fay").does("withdraw-comment", {"comment": said["a"]})
    assert (members(talking, one), theme(talking, one)["quote"]) == ({said["b"]}, None)
    thea = talking.as_("Thea")
    assert thea.is_refused("move-comments", {"comments": [said["a"]], "theme": one}) == "comment-withdrawn"


def test_reading_is_noted_once(talking: Hall, said: dict[str, str]) -> None:
    thea = talking.as_("Thea")
    assert thea.does("mark-read", {"comments": [said["a"], said["b"]]}) == {"read": 2}
    assert thea.does("mark-read", {"comments": [said["a"], "gone"]}) == {"read": 0}
    assert talking.sees("table:1")["comment"][said["a"]]["station"] == "read"


def test_a_point_that_few_made_can_be_kept_as_such(talking: Hall, said: dict[str, str]) -> None:
    one = named(talking, "Nothing", said["c"])
    talking.as_("Thea").does("mark-minority", {"theme": one, "minority": True})
    assert theme(talking, one, "delegates")["minority"] is True


def test_a_comment_that_was_corrected_meanwhile_is_grouped_by_its_new_wording(
    talking: Hall, said: dict[str, str]
) -> None:
    better = talking.as_("Fay").says("Build many more", parent=said["a"])
    assert members(talking, named(talking, "One", said["a"], said["b"])) == {better, said["b"]}
