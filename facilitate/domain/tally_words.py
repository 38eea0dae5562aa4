"""Ballots: what heads and sections decided, and how cards were cast, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from facilitate.domain.majority import Deciding, Rules
from facilitate.domain.round_words import named
from facilitate.domain.tallies import Card


def percent_words(part: Fraction, whole: Fraction, beside: Fraction | None = None) -> str:
    """A share for people, to one decimal; the record keeps it exact.

    With more decimals where it would else read the same as the share that it is held against.
    """
    if not whole:
        return "0 %"
    for digits in range(1, 7):
        said = _percent(part / whole, digits)
        if beside is None or part == beside * whole or said != _percent(beside, digits):
            break
    return f"{said} %"


def _percent(share: Fraction, digits: int) -> str:
    unit = 10**digits
    whole, rest = divmod(int(share * 100 * unit + Fraction(1, 2)), unit)
    return f"{whole}.{rest:0{digits}}" if rest else str(whole)


def tallies_sentence(tallies: Mapping[str, Any], labels: Mapping[str, str], beside: Fraction) -> str:
    """What heads and sections each decided, which of them decides, and the shares of the options."""
    sections = tallies["sections"]
    cast = Fraction(sections["cast"])
    shares = [f"“{labels[key]}” {percent_words(Fraction(share), cast, beside)}"
              for key, share in sections["shares"].items()]
    return f"{tallies_headline(tallies, labels)}. Of the sections' shares: {', '.join(shares)}."


def tallies_headline(tallies: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """What heads and sections each decided, and which of them decides: the one line that the room reads."""
    by_heads, by_sections = (verdict_words(tallies[each], labels) for each in ("heads", "sections"))
    alike = by_heads == by_sections
    both = f"{by_heads} by heads{' and by sections' if alike else f', {by_sections} by sections'}"
    return f"{both[0].upper()}{both[1:]}: {decide_words(tallies['deciding'])}"


def decide_words(deciding: str) -> str:
    """Which tally decides."""
    return f"{deciding} decide"


def verdict_words(tally: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """What one tally says: its verdict, or what it chose."""
    winners = [key for key in tally["winners"] if key in labels and key != "for"]
    return named(winners, labels) if winners else str(tally["verdict"])


def sections_sentence(rules: Rules) -> str:
    """The sections with their shares and which tally decides, as shown before a ballot opens."""
    whole = sum((share for _, share in rules.shares), Fraction(0))
    parts = [f"“{name}” {percent_words(share, whole)}" for name, share in rules.shares]
    decide = "Heads decide" if rules.deciding is Deciding.HEADS else "Sections decide"
    return f"Also counted by sections: {', '.join(parts)}. {decide}."


def cards_sentence(cards: Sequence[Card]) -> str:
    """How many cards were cast, and for how many members."""
    cast = [card for card in cards if card.choice is not None]
    members, all_members = sum(card.members for card in cast), sum(card.members for card in cards)
    return (f"{len(cast)} of {len(cards)} delegations cast their card, for {members:,} of {all_members:,} "
            "members.")
