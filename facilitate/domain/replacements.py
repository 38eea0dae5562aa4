"""Ballots: whether replaced stamps, any of which may stand for a second vote, could change a result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from math import comb

from facilitate.domain.ballots import SINGLE_CHOICE
from facilitate.domain.counting import Result, count_numbers
from facilitate.domain.majority import Rules
from facilitate.domain.tallies import BySection, count_by_section

# Beyond so many ways of taking papers out of sections nobody waits for the answer.
_MOST_WAYS = 4000


def could_have_changed(
    numbers: Mapping[str, int], rules: Rules, entitled: int, present: int | None, replaced: int,
    result: Result,
) -> bool:
    """Whether without some of the papers, as many as stamps were replaced, another result would stand.

    A delegate whose stamp was replaced may have voted with both. Where a paper says more than one choice,
    any replacement counts as one that could have changed the result.
    """
    if not replaced or not sum(numbers.values()):
        return False
    if rules.form not in SINGLE_CHOICE:
        return True
    stands = (result.verdict, result.winner)
    for fewer in _without(numbers, replaced):
        other = count_numbers(fewer, rules, entitled, present)
        if (other.verdict, other.winner) != stands:
            return True
    return False


def _without(numbers: Mapping[str, int], most: int) -> Iterator[dict[str, int]]:
    """The numbers without up to so many papers, taken from one choice or from two."""
    keys = sorted(numbers)
    for key in keys:
        for taken in range(1, min(most, numbers[key]) + 1):
            yield {**numbers, key: numbers[key] - taken}
    for one, other in combinations(keys, 2):
        for taken in range(1, min(most - 1, numbers[one]) + 1):
            rest = min(most - taken, numbers[other])
            yield {**numbers, one: numbers[one] - taken, other: numbers[other] - rest}


def could_have_changed_sections(
    by_section: BySection, rules: Rules, entitled: int, present: int | None, replaced: int, result: Result,
) -> bool:
    """The same where papers carry their section: so many papers of one choice, out of any sections.

    Where that are more ways than can be tried, it counts as one that could have changed the result.
    """
    if not replaced or not any(sum(numbers.values()) for numbers in by_section.values()):
        return False
    if rules.form not in SINGLE_CHOICE or comb(replaced + len(by_section), replaced) > _MOST_WAYS:
        return True
    stands = (result.verdict, result.winner)
    for choice in sorted({key for numbers in by_section.values() for key in numbers}):
        for fewer in _without_in(by_section, choice, replaced, sorted(by_section)):
            other = count_by_section(fewer, rules, entitled, present)
            if (other.verdict, other.winner) != stands:
                return True
    return False


def _without_in(by_section: BySection, choice: str, most: int, sections: list[str]) -> Iterator[BySection]:
    """The numbers without up to so many papers of a choice, taken from these sections."""
    if not sections:
        yield by_section
        return
    first, *others = sections
    for taken in range(min(most, by_section[first].get(choice, 0)) + 1):
        numbers = {**by_section[first], choice: by_section[first].get(choice, 0) - taken}
        yield from _without_in({**by_section, first: numbers}, choice, most - taken, others)
