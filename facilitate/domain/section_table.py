"""Ballots: a tally by sections beside the heads, as a table and as a picture."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from facilitate.domain.ballots import ABSTAIN, SINGLE_CHOICE
from facilitate.domain.counting import Result
from facilitate.domain.majority import Rules
from facilitate.domain.sections import CountedGroup, Grouping
from facilitate.domain.tally_words import decide_words, percent_words, tallies_headline, verdict_words

NOT_SHOWN = "not shown"


@dataclass(frozen=True)
class ShareBar:
    """What one option has of the shares of the sections.

    Units: `part` of all shares cast, in thousandths; `exact` the same as a fraction
    """

    key: str
    label: str
    shown: str
    exact: str
    part: int


@dataclass(frozen=True)
class GroupBar:
    """One group's own votes: `parts` of its votes in thousandths, by option; none where it is not shown."""

    name: str
    share: str
    size: int
    parts: dict[str, int]
    votes: dict[str, int]


@dataclass(frozen=True)
class SectionTable:
    """Both tallies for people: which decides, what each says, the shares, the groups and the table."""

    deciding: str
    split: bool
    headline: str
    decide: str
    heads: str
    sections: str
    shares: tuple[ShareBar, ...]
    groups: tuple[GroupBar, ...]
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def section_table(result: Result, rules: Rules, grouping: Grouping) -> SectionTable | None:
    """A counted ballot by heads and by sections; none where heads alone were counted.

    Shape: rows are the groups, then the heads, then the shares; options have columns where a paper has one.
    """
    if result.tallies is None:
        return None
    labels = {each.key: each.label for each in result.votes}
    tallies: dict[str, Any] = result.tallies
    votes = tallies["sections"]["votes"]
    by_heads, by_sections = (verdict_words(tallies[each], labels) for each in ("heads", "sections"))
    shares = _shares(tallies["sections"], labels, rules)
    single = rules.form in SINGLE_CHOICE
    columns = [*labels, ABSTAIN] if single else []
    head = ("Section", "Share", *labels.values(), "Abstained") if single else ("Section", "Share")
    groups = tuple(_bar(group, rules, votes.get(group.name), list(labels)) for group in grouping.groups)
    rows = [
        (bar.name, bar.share, *_cells(votes.get(bar.name), columns), _not_voted(bar, votes.get(bar.name)))
        for bar in groups
    ]
    heads = [f"{each.votes:,}" for each in result.votes] + [f"{result.abstained:,}"]
    rows.append(("By heads", "", *(heads if single else []), f"{result.not_voted:,}"))
    if single:
        said = [f"{bar.shown} ({bar.exact})" if "/" in bar.exact else bar.shown for bar in shares]
        rows.append(("By sections", "100 %", *said, "", ""))
    return SectionTable(
        tallies["deciding"], by_heads != by_sections, tallies_headline(tallies, labels),
        decide_words(tallies["deciding"]), _capital(by_heads), _capital(by_sections), shares, groups,
        (*head, "Did not vote"), tuple(rows))


def group_sentences(table: SectionTable) -> list[str]:
    """What each group did, for an edition without pictures; a group that is not shown says so."""
    columns = [word.lower() for word in table.head[2:]]
    said = []
    for bar, row in zip(table.groups, table.rows, strict=False):
        cells = row[2:]
        what = NOT_SHOWN if NOT_SHOWN in cells else ", ".join(map(" ".join, zip(cells, columns, strict=True)))
        said.append(f"{bar.name} ({bar.share}): {what}.")
    return said


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _shares(sections: dict[str, Any], labels: dict[str, str], rules: Rules) -> tuple[ShareBar, ...]:
    cast = Fraction(sections["cast"])
    found = []
    for key, text in sections["shares"].items():
        share = Fraction(text)
        part = share / cast if cast else Fraction(0)
        shown = percent_words(share, cast, beside=rules.majority)
        found.append(ShareBar(key, labels[key], shown, str(part), int(part * 1000)))
    return tuple(found)


def _bar(group: CountedGroup, rules: Rules, votes: dict[str, int] | None, keys: list[str]) -> GroupBar:
    whole = sum((share for _, share in rules.shares), Fraction(0))
    share = percent_words(group.share, whole) if group.share else "heads only"
    counted = {key: (votes or {}).get(key, 0) for key in keys}
    cast = sum(counted.values())
    shown = votes is not None and rules.form in SINGLE_CHOICE
    parts = {key: number * 1000 // cast for key, number in counted.items()} if shown and cast else {}
    return GroupBar(group.name, share, group.size, parts, counted if shown else {})


def _cells(votes: dict[str, int] | None, columns: list[str]) -> list[str]:
    return [NOT_SHOWN if votes is None else f"{votes.get(key, 0):,}" for key in columns]


def _not_voted(bar: GroupBar, votes: dict[str, int] | None) -> str:
    return NOT_SHOWN if votes is None else f"{max(0, bar.size - sum(votes.values())):,}"
