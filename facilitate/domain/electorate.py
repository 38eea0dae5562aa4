"""Ballots: who may vote, why somebody may not, and which groups are too small to be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SMALLEST_GROUP = 10


@dataclass(frozen=True)
class VoterFacts:
    """What decides about one person's vote: before the freeze as it is, afterwards as it was then."""

    roles: frozenset[str] = frozenset()
    present: bool = False
    replaced: bool = False
    section: str | None = None
    on_the_roll: bool | None = None
    has_voted: bool = False


@dataclass(frozen=True)
class Electorate:
    """Who may vote in a ballot: any of these roles, in any of these sections (none named: all of them)."""

    roles: frozenset[str] = frozenset({"delegate"})
    sections: frozenset[str] = frozenset()
    must_be_present: bool = True


@dataclass(frozen=True)
class WhyNot:
    """Why a person may not vote: a stable code, and a sentence for their own device."""

    code: str
    sentence: str


def why_not(facts: VoterFacts, electorate: Electorate | None = None) -> WhyNot | None:
    """The first reason why this person may not vote, or none.

    Errors: none are raised; codes: replaced-by-substitute, attendee-without-a-vote, not-in-section,
    not-present, arrived-after-the-announcement, already-voted
    """
    electorate = electorate or Electorate()
    if facts.replaced:
        return WhyNot("replaced-by-substitute", "A substitute has taken over your place and votes in it.")
    if not facts.roles & electorate.roles:
        return WhyNot("attendee-without-a-vote", "You attend without a vote in this ballot. "
                      "If that is wrong, go to the accreditation desk.")
    if electorate.sections and facts.section not in electorate.sections:
        return WhyNot("not-in-section", "This ballot is for delegates of other sections.")
    if electorate.must_be_present and not facts.present and not facts.on_the_roll:
        return WhyNot("not-present", "You are not marked as present. Go to the accreditation desk; "
                      "you can vote from the next ballot on.")
    if facts.on_the_roll is False:
        return WhyNot("arrived-after-the-announcement", "You were accredited after this ballot was "
                      "announced. You can vote from the next ballot on.")
    if facts.has_voted:
        return WhyNot("already-voted", "Your vote is in. A vote cannot be changed.")
    return None


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
