"""The demo's content is itself at its own size, and whole at any other."""

from __future__ import annotations

import pytest

from facilitate.rehearsal.content import Size, is_delegate, read_content
from facilitate.rehearsal.tables import change_of
from tests.rehearsal.demo import read


def test_the_demo_at_its_own_size_is_the_demo() -> None:
    content = read_content()
    assert [part.tables for part in content.parts] == [tuple(range(1, 9)), tuple(range(9, 16))]
    assert sum(is_delegate(person) for person in content.people) == 150
    written = [item for item in read("programme.json")["items"] if item["kind"] == "round"]
    rounds = [item for item in content.items if item["kind"] == "round"]
    assert [item["assignments"] for item in rounds] == [item["assignments"] for item in written]


@pytest.mark.parametrize("size", [Size(1, 2, 1), Size(3, 12, 1), Size(2, 6, 2), Size(150, 1500, 5)])
def test_any_size_is_whole(size: Size) -> None:
    content = read_content(size)
    assert len({person["name"] for person in content.people}) == len(content.people)
    delegates = [person for person in content.people if is_delegate(person)]
    assert len(delegates) == size.delegates
    assert {table["number"] for table in content.tables} == set(range(1, size.tables + 1))
    assert {person["table"] for person in delegates} <= set(range(1, size.tables + 1))
    assert len({document["prefix"] for document in content.documents}) == len(content.documents)
    assert {item["track"] for item in content.items} == {part.name for part in content.parts}


def test_blocks_share_the_tables_of_a_larger_track_among_them() -> None:
    content = read_content(Size(150, 1500, 5))
    third = content.parts[2]
    first_round = next(i for i in content.items if i["kind"] == "round" and i["track"] == third.name)
    blocks = [(a["first"], a["last"]) for a in first_round["assignments"] if a["reach"] == "block"]
    assert blocks == [(third.tables[0], third.tables[14]), (third.tables[15], third.tables[29])]
    assert all(a["passage"].startswith("HOUB-") for a in first_round["assignments"])


def test_motions_are_voted_in_the_track_of_their_passage() -> None:
    content = read_content(Size(4, 20, 3))
    titles = {(item["track"], item["title"]) for item in content.items if item["kind"] == "ballot"}
    assert set(content.motions) <= titles
    numbers = [theme["number"] for theme in content.themes["HOU-2.1"]]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize(
    ("old", "new"), [("We act.", "We will act."), ("ab", "b"), ("a🏠c", "a🌳c"), ("aa", "aaa")]
)
def test_a_change_adds_up_to_the_new_text(old: str, new: str) -> None:
    steps = change_of(old, new)
    place, made = 0, ""
    for kind, value in steps:
        if kind == "keep":
            made, place = made + old[place : place + value], place + value
        elif kind == "delete":
            assert old[place : place + len(value)] == value
            place += len(value)
        else:
            made += value
    assert (made, place) == (new, len(old))
