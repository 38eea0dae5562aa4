"""Ballots: the text of a filled-in paper, the same on the wire, in the box, on the board and in the count."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from facilitate.domain.ballots import ABSTAIN, BallotForm
from facilitate.domain.majority import Rules
from facilitate.domain.refusal import Refused

NONE = "none"
WEAKEST, STRONGEST = 1, 5
LONGEST_PAPER = 64


@dataclass(frozen=True)
class Paper:
    """What one paper says, and its one text.

    Texts are ASCII, without spaces, of at most LONGEST_PAPER characters; options go by their keys:
    `abstain` in every form, where the rules offer it; `for`, `against`; `2` for one of several;
    `1+4` for approving any, lowest key first, and `none` for approving none of them;
    `3>1>2` for a ranking, best first, as many as wanted, each once and none level;
    `1:5,2:3` for strengths from 1 to 5, lowest key first, unrated options left out;
    `1:6,3:4` for points, lowest key first, at least 1 each, together no more than there are to spend.
    One content has one text, so that nobody can mark a paper by the way of writing it.

    Shape: `chosen` the one option, the approved ones or the ranking, best first; `numbers` key to strength
    or points.
    """

    text: str
    chosen: tuple[str, ...] = ()
    numbers: tuple[tuple[str, int], ...] = ()

    @property
    def abstains(self) -> bool:
        """Whether it is cast for nothing and against nothing."""
        return self.text == ABSTAIN


def check_paper(text: str, rules: Rules) -> str:
    """The one text of what a paper says; who must have it as it is, such as the box, compares it.

    Errors: unknown-option, option-twice, paper-unreadable, strength-out-of-range, points-overspent
    """
    return read_paper(text, rules).text


def read_paper(text: str, rules: Rules) -> Paper:
    """A paper read under the rules of its ballot; parts of it that have no order may come in any.

    Errors: unknown-option, option-twice, paper-unreadable, strength-out-of-range, points-overspent
    """
    places = {option.key: place for place, option in enumerate(rules.options)}
    if text == ABSTAIN and ABSTAIN in places:
        return Paper(ABSTAIN)
    places.pop(ABSTAIN, None)
    if rules.form in (BallotForm.FOR_AGAINST, BallotForm.ONE_OF_SEVERAL):
        return Paper(text, _known([text], places))
    if rules.form is BallotForm.APPROVE_ANY:
        if text == NONE:
            return Paper(NONE)
        approved = sorted(_known(text.split("+"), places), key=places.__getitem__)
        return Paper("+".join(approved), tuple(approved))
    if rules.form is BallotForm.RANK:
        return Paper(text, _known(text.split(">"), places))
    numbers = _numbers(text, places)
    _check_numbers([number for _, number in numbers], rules)
    return Paper(",".join(f"{key}:{number}" for key, number in numbers), numbers=numbers)


def _known(keys: Sequence[str], places: dict[str, int]) -> tuple[str, ...]:
    if not places.keys() >= set(keys):
        raise Refused("unknown-option", "Your ballot paper names what is not on offer. "
                      "Nothing was counted; reload the page and choose again.", "choice")
    if len(set(keys)) < len(keys):
        raise Refused("option-twice", "Your ballot paper names an option twice. "
                      "Nothing was counted; name each once.", "choice")
    return tuple(keys)


def _numbers(text: str, places: dict[str, int]) -> tuple[tuple[str, int], ...]:
    pairs = [part.partition(":") for part in text.split(",")]
    _known([key for key, _, _ in pairs], places)
    for _, _, number in pairs:
        plain = number.isascii() and number.isdecimal() and len(number) < 4
        if not plain or number.startswith("0"):
            raise Refused("paper-unreadable", "Your ballot paper gives an option something that is no whole "
                          "number from 1 on. Nothing was counted; reload the page and fill it in again.",
                          "choice")
    return tuple(sorted(((key, int(number)) for key, _, number in pairs), key=lambda pair: places[pair[0]]))


def _check_numbers(numbers: Sequence[int], rules: Rules) -> None:
    if rules.form is BallotForm.STRENGTH and max(numbers) > STRONGEST:
        raise Refused("strength-out-of-range", f"A strength goes from {WEAKEST} to {STRONGEST}. "
                      "Nothing was counted; rate again.", "choice")
    if rules.form is BallotForm.POINTS and sum(numbers) > rules.points:
        raise Refused("points-overspent", f"You have {rules.points} points and spent {sum(numbers)}. "
                      "Nothing was counted; take some back.", "choice")
