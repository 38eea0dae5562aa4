"""Ballots: what lost above the share set before, with the words that go on beside the text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from facilitate.domain.ballots import AGAINST, FOR
from facilitate.domain.counting import OptionVotes, Result
from facilitate.domain.majority import Rules
from facilitate.domain.refusal import Refused
from facilitate.domain.tallies import minority_positions
from facilitate.domain.tally_words import percent_words


@dataclass(frozen=True)
class Proposed:
    """What a ballot was about, as far as it gives a losing side its words.

    Shape: `text` is the wording that was moved and `before` the one that stood, "" where there is none;
    `reference` names the passage or motion that it is about.
    """

    question: str
    text: str = ""
    before: str = ""
    reference: str = ""
    deletes: bool = False


@dataclass(frozen=True)
class Position:
    """One minority position: its votes, its words, and whether its movers wrote these themselves."""

    key: str
    label: str
    votes: int
    text: str
    by_movers: bool
    sentence: str


def positions_of(
    result: Result, rules: Rules, proposed: Proposed, written: Mapping[str, str],
) -> tuple[Position, ...]:
    """The minority positions of a counted ballot; `written` are the words of movers, by option."""
    return tuple(
        _position(each, _sentence(each, result, rules), proposed, written.get(each.key))
        for each in minority_positions(result, rules)
    )


def _position(each: OptionVotes, sentence: str, proposed: Proposed, own: str | None) -> Position:
    words = own or words_of(each.key, each.label, proposed)
    return Position(each.key, each.label, each.votes, words, bool(own), sentence)


def words_of(key: str, label: str, proposed: Proposed) -> str:
    """What a losing side stands for, where its movers have not said it themselves: the wording that lost."""
    if key == FOR and proposed.deletes:
        return f"Delete {proposed.reference}."
    if key == FOR:
        return proposed.text or proposed.question
    if key == AGAINST and proposed.before:
        return proposed.before
    if key == AGAINST:
        return f"Against: {proposed.question}"
    return label


def _sentence(each: OptionVotes, result: Result, rules: Rules) -> str:
    has = percent_words(Fraction(each.votes), Fraction(result.base_number), rules.minority)
    least = percent_words(rules.minority, Fraction(1))
    return (f"{each.votes:,} of {result.base_number:,} for “{each.label}”, {has}; from {least} on it is "
            "recorded as a minority position.")


def check_words(key: str, text: str, positions: tuple[Position, ...]) -> None:
    """Refuse words for a side that is no minority position, and empty ones.

    Errors: no-minority-position, text-missing
    """
    if key not in {position.key for position in positions}:
        raise Refused("no-minority-position", "This side of the ballot did not lose with the share that was "
                      "set for a minority position. Nothing was changed.", "option")
    if not text:
        raise Refused("text-missing", "Write what the minority position says. Nothing was changed.", "text")
