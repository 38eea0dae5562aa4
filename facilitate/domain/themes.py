"""Themes: naming, merging, splitting and counting groups of like comments."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from facilitate.domain.refusal import Refused
from facilitate.domain.wording import nfc

LONGEST_NAME = 140
FEW_TABLES = 2


@dataclass(frozen=True)
class Theme:
    """A named group of like comments on one passage, or on a document as a whole (then without a passage).

    `quote` is the comment chosen to speak for the theme on the screens.
    """

    id: str
    name: str
    document: str
    passage: str | None = None
    comments: frozenset[str] = frozenset()
    quote: str | None = None


@dataclass(frozen=True)
class CommentFacts:
    """What counting a theme needs to know of one comment."""

    table: int | None
    agree: int = 0
    against: int = 0


@dataclass(frozen=True)
class ThemeCount:
    """How much stands behind a theme, and what must not be overlooked.

    An outlier was made at few tables. A minority theme has more of its tables' people against it than with
    it. Both are kept and shown as such.
    """

    comments: int
    tables: int
    agree: int
    against: int
    is_outlier: bool
    is_minority: bool


def check_name(name: str, others: Collection[str] = ()) -> str:
    """The name as it is kept: composed, on one line, unlike the other themes on the same passage.

    Errors: theme-name, theme-name-taken
    """
    kept = " ".join(nfc(name).split())
    if not 0 < len(kept) <= LONGEST_NAME:
        raise Refused("theme-name", f"A theme needs a name of 1 to {LONGEST_NAME} characters; this one has "
                      f"{len(kept)}. The theme and its comments are kept; name it again.", "name")
    if kept.casefold() in {other.casefold() for other in others}:
        raise Refused("theme-name-taken", f"There is a theme called “{kept}” here already. Both are kept; "
                      "merge them, or give this one a name that tells them apart.", "name")
    return kept


def check_belongs(theme: Theme, document: str, passage: str | None) -> None:
    """Refuse a comment on another passage, or on another document.

    Errors: comment-elsewhere
    """
    same_passage = theme.passage is None or theme.passage == passage
    if theme.document != document or not same_passage:
        place = theme.passage or theme.document
        raise Refused("comment-elsewhere", f"This comment is about {passage or document}, the theme about "
                      f"{place}. The comment stays where it was; make a theme on its own passage, or one on "
                      "the whole document.", "theme")


def add_comments(theme: Theme, comments: Collection[str]) -> Theme:
    """The theme with these comments in it; a comment already in it stays in it once."""
    return replace(theme, comments=theme.comments | frozenset(comments))


def take_out(theme: Theme, comments: Collection[str]) -> Theme:
    """The theme without these comments; it may be left empty.

    Errors: not-in-theme
    """
    _check_members(theme, comments)
    left = theme.comments - frozenset(comments)
    return replace(theme, comments=left, quote=theme.quote if theme.quote in left else None)


def _check_members(theme: Theme, comments: Collection[str]) -> None:
    strangers = set(comments) - theme.comments
    if strangers:
        who = "One of these comments is" if len(strangers) == 1 else f"{len(strangers)} of these are"
        raise Refused("not-in-theme", f"{who} not in “{theme.name}” any more. Nothing was moved; "
                      "look at the theme as it is now and choose again.", "comments")


def move_comments(comments: Collection[str], source: Theme, target: Theme) -> tuple[Theme, Theme]:
    """Both themes after comments have moved from one to the other.

    Shape: (source, target).
    Errors: not-in-theme, same-theme, themes-of-different-passages
    """
    _check_alike([source, target])
    return take_out(source, comments), add_comments(target, comments)


def merge_themes(into: Theme, others: Collection[Theme]) -> Theme:
    """One theme with the comments of all, under the name and quote of the first; the others end.

    Errors: nothing-to-merge, same-theme, themes-of-different-passages
    """
    if not others:
        raise Refused("nothing-to-merge", f"Only “{into.name}” is chosen. Nothing was changed; choose "
                      "at least one more theme to merge into it.", "themes")
    _check_alike([into, *others])
    comments = into.comments.union(*(other.comments for other in others))
    quotes = [theme.quote for theme in (into, *others) if theme.quote]
    return replace(into, comments=comments, quote=quotes[0] if quotes else None)


def _check_alike(themes: list[Theme]) -> None:
    if len({theme.id for theme in themes}) < len(themes):
        raise Refused("same-theme", "A theme cannot be merged with itself, nor a comment moved to its own "
                      "place. Nothing was changed; choose another theme.", "themes")
    if len({(theme.document, theme.passage) for theme in themes}) > 1:
        places = " and ".join(sorted({theme.passage or theme.document for theme in themes}))
        raise Refused("themes-of-different-passages", f"These themes belong to {places}. A theme belongs "
                      "to one passage, so that its comments can be followed there. Nothing was changed; use "
                      "one name in both places, or make a theme on the whole document.", "themes")


def split_theme(theme: Theme, comments: Collection[str], new_id: str, new_name: str) -> tuple[Theme, Theme]:
    """The theme without these comments, and a new one on the same passage made of them.

    Shape: (what stays, what is new).
    Errors: nothing-to-split, not-in-theme, theme-name, theme-name-taken
    """
    _check_members(theme, comments)
    if not comments or len(set(comments)) == len(theme.comments):
        raise Refused("nothing-to-split", f"A split of “{theme.name}” has to leave at least one comment on "
                      "either side. Nothing was changed; choose some of its comments.", "comments")
    quote = theme.quote if theme.quote in set(comments) else None
    new = replace(theme, id=new_id, name=check_name(new_name, [theme.name]), comments=frozenset(comments),
                  quote=quote)
    return take_out(theme, comments), new


def choose_quote(theme: Theme, comment: str | None) -> Theme:
    """The theme with this comment speaking for it, or with none.

    Errors: not-in-theme
    """
    if comment is not None:
        _check_members(theme, [comment])
    return replace(theme, quote=comment)


def count_theme(theme: Theme, facts: Mapping[str, CommentFacts], few_tables: int = FEW_TABLES) -> ThemeCount:
    """How many comments and tables stand behind a theme.

    Comments without facts (withdrawn, for instance) are not counted. A comment without a table (from paper
    or the floor) counts as a comment only.

    Units: `few_tables` is the number of tables from which a theme is no outlier any more.
    """
    counted = [facts[comment] for comment in theme.comments if comment in facts]
    tables = len({each.table for each in counted if each.table is not None})
    agree, against = sum(each.agree for each in counted), sum(each.against for each in counted)
    return ThemeCount(len(counted), tables, agree, against,
                      is_outlier=bool(counted) and tables < few_tables, is_minority=against > agree)


def order_for_screen(counts: Mapping[str, ThemeCount]) -> list[str]:
    """Theme ids as the room sees them: by tables, then comments, then by id so that nothing jumps about."""
    return sorted(counts, key=lambda id_: (-counts[id_].tables, -counts[id_].comments, id_))
