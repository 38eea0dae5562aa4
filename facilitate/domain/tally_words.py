"""Ballots: what heads and sections decided, who votes together and how cards were cast, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from facilitate.domain.majority import Deciding, Rules
from facilitate.domain.round_words import named
from facilitate.domain.tallies import Card, VotingSection


def percent_words(part: Fraction, whole: Fraction) -> str:
    """A share for people, to one decimal; the record keeps it exact."""
    if not whole:
        return "0 %"
    tenths = int(part / whole * 1000 + Fraction(1, 2))
    return f"{tenths // 10}.{tenths % 10} %" if tenths % 10 else f"{tenths // 10} %"


def tallies_sentence(tallies: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    """What heads and sections each decided, which of them decides, and the shares of the options."""
    heads, sections = tallies["heads"], tallies["sections"]
    by_heads, by_sections = _verdict(heads, labels), _verdict(sections, labels)
    decide = f"{tallies['deciding']} decide"
    alike = by_heads == by_sections
    both = f"{by_heads} by heads{' and by sections' if alike else f', {by_sections} by sections'}"
    said = f"{both[0].upper()}{both[1:]}: {decide}."
    cast = Fraction(sections["cast"])
    shares = [f"“{labels[key]}” {percent_words(Fraction(share), cast)}"
              for key, share in sections["shares"].items()]
    return f"{said} Of the sections' shares: {', '.join(shares)}."


def _verdict(tally: Mapping[str, Any], labels: Mapping[str, str]) -> str:
    winners = [key for key in tally["winners"] if key in labels and key != "for"]
    return named(winners, labels) if winners else str(tally["verdict"])


def sections_sentence(rules: Rules) -> str:
    """The sections with their shares and which tally decides, as shown before a ballot opens."""
    whole = sum((share for _, share in rules.shares), Fraction(0))
    parts = [f"“{name}” {percent_words(share, whole)}" for name, share in rules.shares]
    decide = "Heads decide" if rules.deciding is Deciding.HEADS else "Sections decide"
    return f"Also counted by sections: {', '.join(parts)}. {decide}."


def merge_sentences(plan: Sequence[VotingSection], smallest: int) -> list[str]:
    """Which sections vote together, and why."""
    said = [
        f"{named(section.members, {name: name for name in section.members})} vote as one section of "
        f"{section.size}, so that none has fewer than {smallest}, in which a vote could be guessed."
        for section in plan if len(section.members) > 1
    ]
    return [*said, "There is no tally by sections."] if len(plan) == 1 else said


def cards_sentence(cards: Sequence[Card]) -> str:
    """How many cards were cast, and for how many members."""
    cast = [card for card in cards if card.choice is not None]
    members, all_members = sum(card.members for card in cast), sum(card.members for card in cards)
    return (f"{len(cast)} of {len(cards)} delegations cast their card, for {members:,} of {all_members:,} "
            "members.")
