"""Ballots: a show of hands, declared by the chair or counted by tellers."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from facilitate.domain.ballots import FOR, SINGLE_CHOICE
from facilitate.domain.counting import Reason, Result, Verdict
from facilitate.domain.majority import Rules
from facilitate.domain.refusal import Refused


class Declaration(StrEnum):
    """What a chair can declare on a show of hands without a count."""

    CLEARLY_CARRIED = "clearly-carried"
    CLEARLY_LOST = "clearly-lost"


def declare(declaration: Declaration) -> Result:
    """The result of a show of hands on the chair's declaration, without a number."""
    carried = declaration is Declaration.CLEARLY_CARRIED
    verdict = Verdict.CARRIED if carried else Verdict.LOST
    winners = (FOR,) if carried else ()
    return Result(verdict, Reason.DECLARED, winner=FOR if carried else None, counted=False, winners=winners)


def check_by_hands(rules: Rules) -> None:
    """Refuse a show of hands for papers that say more than one thing, or that carry their section.

    Errors: not-by-hands
    """
    if rules.shares:
        raise Refused("not-by-hands", "Raised hands do not say their section. Nothing was recorded; count "
                      "by heads alone, or hold this ballot by device or on paper.", "trust")
    if rules.form not in SINGLE_CHOICE:
        raise Refused("not-by-hands", "Hands can be counted for one answer each, and these papers say more "
                      "than one. Nothing was recorded; hold this ballot by device or on paper.", "trust")


def check_hands(numbers: Mapping[str, int], rules: Rules, present: int | None) -> None:
    """Refuse a tellers' count of hands that cannot be right; without a roll nobody knows who is present.

    Errors: not-by-hands, unknown-option, count-negative, more-hands-than-present
    """
    check_by_hands(rules)
    if not set(numbers) <= {option.key for option in rules.options}:
        raise Refused("unknown-option", "This count names an option that the ballot does not offer. "
                      "Nothing was counted; enter it again.", "numbers")
    if any(number < 0 for number in numbers.values()):
        raise Refused("count-negative", "A count of hands is a whole number, 0 or more. "
                      "Nothing was counted; enter it again.", "numbers")
    total = sum(numbers.values())
    if present is not None and total > present:
        raise Refused("more-hands-than-present", f"You counted {total:,} hands; {present:,} who may vote "
                      "are present. Nothing was recorded; count again, or correct who is present.", "numbers")
