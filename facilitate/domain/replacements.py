"""Ballots: whether replaced stamps, any of which may stand for a second vote, could change a result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations

from facilitate.domain.ballots import SINGLE_CHOICE
from facilitate.domain.counting import Result, count_numbers
from facilitate.domain.majority import Rules


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
