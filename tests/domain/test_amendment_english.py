"""Amendments said aloud."""

from __future__ import annotations

import pytest

from facilitate.domain.amendment_english import amendment_english
from facilitate.domain.wording_diff import diff_ops

BUILD = "We will build 100,000 homes within five years."
DOOR = "The cat sat on the mat by the door."


@pytest.mark.parametrize(("old", "new", "said"), [
    (BUILD, "We will build 100,000 homes as far as funds allow.",
     "In HOU-2.3 delete “within five years”, insert “as far as funds allow”."),
    (BUILD, "We will build 150,000 homes in ten years.",
     "In HOU-2.3 delete “100,000”, insert “150,000”; delete “within five”, insert “in ten”."),
    (BUILD, "We will build 100,000 homes.", "In HOU-2.3 delete “within five years”."),
    (BUILD, "We will build 100,000 council homes within five years.",
     "In HOU-2.3 after “will build 100,000” insert “council”."),
    (BUILD, "At last, " + BUILD, "In HOU-2.3 at the beginning insert “At last,”."),
    (BUILD, BUILD + " Councils will own them.", "In HOU-2.3 at the end insert “Councils will own them.”."),
    (BUILD, "", "Delete HOU-2.3."),
    (BUILD, "Enough.", "In HOU-2.3 delete “We will build 100,000 homes within five years”, insert “Enough”."),
    (BUILD, "Enough!", "In HOU-2.3 delete all, insert “Enough!”."),
    (BUILD, BUILD, "HOU-2.3 stays as it is."),
    (DOOR, "The cat sat on a mat by the door.", "In HOU-2.3 after “cat sat on” delete “the”, insert “a”."),
    ("the the the", "the the", "In HOU-2.3 after “the the” delete “the”."),
    ("", "A first sentence.", "In HOU-2.3 at the beginning insert “A first sentence.”."),
    ("one two", "one  two", "In HOU-2.3 after “one” insert a space."),
    ("one two", "one\ntwo", "In HOU-2.3 after “one” delete a space, insert a line break."),
])
def test_change_is_said_as_an_amendment(old: str, new: str, said: str) -> None:
    assert amendment_english("HOU-2.3", old, diff_ops(old, new)) == said


def test_insertion_names_enough_words_to_be_found() -> None:
    old = "Tenants in flats pay too much rent. Families in flats pay too much rent."
    new = "Tenants in flats pay too much rent. Families in flats pay far too much rent."
    said = amendment_english("HOU-2.3", old, diff_ops(old, new))
    assert said == "In HOU-2.3 after “Families in flats pay” insert “far”."


def test_long_deletion_is_said_by_its_ends() -> None:
    long = " ".join(f"word{n}" for n in range(40))
    old = f"Start here. {long}. Go on."
    said = amendment_english("HOU-2.3", old, diff_ops(old, "Start here. Go on."))
    assert said == "In HOU-2.3 delete from “word0 word1 word2 word3” to “word36 word37 word38 word39.”."
