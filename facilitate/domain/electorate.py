"""Ballots: who may vote, why somebody may not, and which groups are too small to be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

SMALLEST_GROUP = 10


@dataclass(frozen=True)
class VoterFacts:
    """What decides about one person's vote: before the freeze as it is, afterwards as it was then.

    Shape: two entries with the same `who` are one person, who came with two delegations; `who` is "" where
    nothing tells that. `takes_over` says that the delegate whose place this person has taken keeps the vote
    in this ballot.
    """

    roles: frozenset[str] = frozenset()
    present: bool = False
    replaced: bool = False
    section: str | None = None
    who: str = ""
    on_the_roll: bool | None = None
    votes_elsewhere: bool = False
    has_voted: bool = False
    has_paper: bool = False
    takes_over: bool = False


@dataclass(frozen=True)
class Electorate:
    """Who may vote in a ballot: any of these roles, in any of these sections (none named: all of them)."""

    roles: frozenset[str] = frozenset({"delegate"})
    sections: frozenset[str] = frozenset()
    must_be_present: bool = True

    def as_dict(self) -> dict[str, Any]:
        """The electorate as plain values for rows, journal and wire."""
        return {"sections": sorted(self.sections), "must_be_present": self.must_be_present}


def electorate_from_dict(plain: Mapping[str, Any] | None) -> Electorate:
    """A stored electorate as it was; what is not named is as for every delegate present."""
    given = plain or {}
    return Electorate(
        sections=frozenset(given.get("sections", ())), must_be_present=given.get("must_be_present", True)
    )


@dataclass(frozen=True)
class WhyNot:
    """Why a person may not vote: a stable code, and a sentence for their own device."""

    code: str
    sentence: str


def why_not(facts: VoterFacts, electorate: Electorate | None = None) -> WhyNot | None:
    """The first reason why this person may not vote, or none.

    Whoever is on the frozen roll keeps the vote, whatever has changed since; the others are told why not.

    Errors: none are raised; codes: already-voted, replaced-by-substitute, attendee-without-a-vote,
    not-in-section, votes-once, took-paper, not-present, vote-stays, arrived-after-the-announcement
    """
    electorate = electorate or Electorate()
    if facts.on_the_roll:
        voted = WhyNot("already-voted", "Your vote is in. A vote cannot be changed.")
        if facts.has_paper:
            return WhyNot("took-paper", "You took a paper for this ballot, so none of your devices votes. "
                          "Mark the paper and put it in the box for papers.")
        return voted if facts.has_voted else None
    if facts.replaced:
        return WhyNot("replaced-by-substitute", "A substitute has taken over your place and votes in it.")
    if not facts.roles & electorate.roles:
        return WhyNot("attendee-without-a-vote", "You attend without a vote in this ballot. "
                      "If that is wrong, go to the accreditation desk.")
    if electorate.sections and facts.section not in electorate.sections:
        return WhyNot("not-in-section", "This ballot is for delegates of other sections.")
    if facts.votes_elsewhere:
        return WhyNot("votes-once", "You are here for two delegations and vote once: use the sign-in of the "
                      "other one for this ballot.")
    if electorate.must_be_present and not facts.present:
        return WhyNot("not-present", "You are not marked as present. Go to the accreditation desk; "
                      "you can vote from the next ballot on.")
    if facts.takes_over:
        return WhyNot("vote-stays", "The delegate whose place you took over had taken a stamp or a paper for "
                      "this ballot, or voted. You vote from the next announcement on.")
    if facts.on_the_roll is False:
        return WhyNot("arrived-after-the-announcement", "You were accredited after this ballot was "
                      "announced. You can vote from the next ballot on.")
    return None


def roll_of(everybody: Mapping[str, VoterFacts], electorate: Electorate) -> dict[str, str]:
    """The roll as it is frozen at the announcement: everybody who may vote, each person once.

    Shape: id to section ("" where there is none), in the order of the ids; of two entries for one person
    the first stands.
    """
    roll: dict[str, str] = {}
    seen: set[str] = set()
    for key in sorted(everybody):
        facts = everybody[key]
        if why_not(facts, electorate) is not None or facts.who in seen:
            continue
        if facts.who:
            seen.add(facts.who)
        roll[key] = facts.section or ""
    return roll


Numbers = Mapping[str, int]


def breakdown(groups: Mapping[str, Numbers], smallest: int = SMALLEST_GROUP) -> dict[str, dict[str, int]]:
    """The votes by group, without any group in which a person could be guessed.

    A group under the smallest size, or of one mind, is left out. What was left out must not be found by
    taking the shown groups from the total either, so the smallest of these go too until enough are hidden.

    Shape: group -> option -> votes; groups left out are not named.
    """
    sizes = {name: sum(numbers.values()) for name, numbers in groups.items()}
    hidden = {name for name, numbers in groups.items()
              if sizes[name] and (sizes[name] < smallest or _is_of_one_mind(numbers))}
    for name in sorted(set(groups) - hidden, key=lambda each: (sizes[each], each)):
        together = _sum(groups[each] for each in hidden)
        if not hidden or (sum(together.values()) >= smallest and not _is_of_one_mind(together)):
            break
        hidden.add(name)
    return {name: dict(numbers) for name, numbers in groups.items() if name not in hidden}


def _is_of_one_mind(numbers: Numbers) -> bool:
    return sum(1 for votes in numbers.values() if votes) == 1


def _sum(groups: Iterable[Numbers]) -> dict[str, int]:
    together: Counter[str] = Counter()
    for numbers in groups:
        together.update(numbers)
    return together
