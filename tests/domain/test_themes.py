"""Themes: grouping loses no comment and keeps to one passage."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitate.domain.refusal import Refused
from facilitate.domain.themes import (
    CommentFacts,
    Theme,
    ThemeCount,
    add_comments,
    check_belongs,
    check_name,
    choose_quote,
    count_theme,
    merge_themes,
    move_comments,
    order_for_screen,
    split_theme,
    take_out,
)

RENT = Theme("t1", "Rents", "HOU", "HOU-2.3", frozenset({"a", "b", "c"}), quote="a")
REPAIRS = Theme("t2", "Repairs", "HOU", "HOU-2.3", frozenset({"c", "d"}), quote="d")
ELSEWHERE = Theme("t3", "Rents", "HOU", "HOU-4", frozenset({"x"}))


def code_of(call: object, *given_: object) -> str:
    with pytest.raises(Refused) as refusal:
        call(*given_)  # type: ignore[operator]
    return refusal.value.code


def test_name_is_kept_on_one_line_and_composed() -> None:
    assert check_name("  Rents \n are  cafe\u0301-high ") == "Rents are café-high"


@pytest.mark.parametrize(("name", "code"), [
    ("", "theme-name"), (" \n", "theme-name"), ("x" * 141, "theme-name"), ("rents", "theme-name-taken"),
])
def test_name_is_refused(name: str, code: str) -> None:
    assert code_of(check_name, name, ["Rents"]) == code


def test_theme_takes_comments_of_its_own_passage_only() -> None:
    check_belongs(RENT, "HOU", "HOU-2.3")
    assert code_of(check_belongs, RENT, "HOU", "HOU-4") == "comment-elsewhere"
    assert code_of(check_belongs, RENT, "EDU", None) == "comment-elsewhere"


def test_theme_on_the_whole_document_takes_comments_of_all_its_passages() -> None:
    whole = Theme("t9", "Tone", "HOU")
    check_belongs(whole, "HOU", "HOU-4")
    check_belongs(whole, "HOU", None)
    assert code_of(check_belongs, whole, "EDU", "EDU-1") == "comment-elsewhere"


def test_merging_keeps_every_comment_once_under_the_first_name() -> None:
    merged = merge_themes(RENT, [REPAIRS])
    assert merged == Theme("t1", "Rents", "HOU", "HOU-2.3", frozenset("abcd"), quote="a")


def test_merging_keeps_the_quote_of_another_where_the_first_has_none() -> None:
    assert merge_themes(choose_quote(RENT, None), [REPAIRS]).quote == "d"


def test_themes_of_different_passages_cannot_be_merged() -> None:
    with pytest.raises(Refused) as refusal:
        merge_themes(RENT, [ELSEWHERE])
    assert refusal.value.code == "themes-of-different-passages"
    assert refusal.value.sentence.startswith("These themes belong to HOU-2.3 and HOU-4.")


def test_merging_needs_another_theme() -> None:
    assert code_of(merge_themes, RENT, []) == "nothing-to-merge"
    assert code_of(merge_themes, RENT, [RENT]) == "same-theme"


def test_splitting_makes_a_second_theme_on_the_same_passage() -> None:
    rest, new = split_theme(RENT, {"a", "b"}, "t4", " Rent  rises ")
    assert rest == Theme("t1", "Rents", "HOU", "HOU-2.3", frozenset("c"))
    assert new == Theme("t4", "Rent rises", "HOU", "HOU-2.3", frozenset("ab"), quote="a")


@pytest.mark.parametrize(("chosen", "name", "code"), [
    (set(), "New", "nothing-to-split"), ({"a", "b", "c"}, "New", "nothing-to-split"),
    ({"a", "x"}, "New", "not-in-theme"), ({"a"}, "rents", "theme-name-taken"), ({"a"}, "", "theme-name"),
])
def test_split_is_refused(chosen: set[str], name: str, code: str) -> None:
    assert code_of(split_theme, RENT, chosen, "t4", name) == code


def test_moved_comment_leaves_the_one_theme_and_stands_in_the_other() -> None:
    source, target = move_comments({"a"}, RENT, REPAIRS)
    assert (source.comments, source.quote) == (frozenset("bc"), None)
    assert (target.comments, target.quote) == (frozenset("acd"), "d")
    assert code_of(move_comments, {"d"}, RENT, REPAIRS) == "not-in-theme"
    assert code_of(move_comments, {"a"}, RENT, ELSEWHERE) == "themes-of-different-passages"
    assert code_of(move_comments, {"a"}, RENT, RENT) == "same-theme"


def test_adding_twice_and_taking_out() -> None:
    assert add_comments(RENT, ["a", "z", "z"]).comments == frozenset("abcz")
    assert take_out(RENT, ["b"]).quote == "a"
    assert take_out(RENT, ["a"]).quote is None


def test_quote_is_one_of_the_theme_s_own_comments() -> None:
    assert choose_quote(RENT, "b").quote == "b"
    assert code_of(choose_quote, RENT, "x") == "not-in-theme"


def test_theme_is_counted_by_comments_and_by_tables() -> None:
    facts = {"a": CommentFacts(12, 7, 1), "b": CommentFacts(12, 5, 0), "c": CommentFacts(3, 2, 6)}
    assert count_theme(RENT, facts) == ThemeCount(3, 2, 14, 7, is_outlier=False, is_minority=False)


def test_withdrawn_comment_is_not_counted_and_one_from_paper_has_no_table() -> None:
    assert count_theme(RENT, {"a": CommentFacts(None, 1, 0)}) == ThemeCount(1, 0, 1, 0, True, False)


def test_theme_of_a_single_table_is_an_outlier_until_others_join() -> None:
    facts = {"a": CommentFacts(12, 1, 9), "b": CommentFacts(12)}
    count = count_theme(RENT, facts)
    assert count.is_outlier
    assert count.is_minority
    assert not count_theme(RENT, facts, few_tables=1).is_outlier
    assert not count_theme(RENT, {}).is_outlier


def test_room_sees_the_theme_of_most_tables_first() -> None:
    counts = {"x": ThemeCount(9, 2, 0, 0, False, False), "y": ThemeCount(3, 3, 0, 0, False, False),
              "w": ThemeCount(9, 2, 0, 0, False, False)}
    assert order_for_screen(counts) == ["y", "w", "x"]


LETTERS = st.frozensets(st.sampled_from("abcdefgh"), min_size=2)


@given(LETTERS, st.data())
def test_splitting_and_merging_gives_the_theme_back(comments: frozenset[str], data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.sampled_from(sorted(comments)), min_size=1, max_size=len(comments) - 1))
    theme = Theme("t1", "Rents", "HOU", "HOU-1", comments, quote=min(comments))
    rest, new = split_theme(theme, chosen, "t2", "New")
    assert rest.comments | new.comments == comments
    assert not rest.comments & new.comments
    assert merge_themes(rest, [new]) == theme
