"""Ballots: which sections are counted together, each with its share, as planned and as frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from facilitate.domain.people import Section
from facilitate.domain.refusal import Refused
from facilitate.domain.tallies import merge_sections

# Delegates whom no section sent, as the board names them.
NO_SECTION = "none"
OTHERS = "Others"
SECTION_NAMES = {
    Section.CLP.value: "CLPs", Section.UNION.value: "Unions",
    Section.SOCIALIST_SOCIETY.value: "Socialist societies", Section.MP.value: "MPs",
}  # fmt: skip


@dataclass(frozen=True)
class SectionShare:
    """Sections that are to be counted together, and their share of the tally."""

    sections: tuple[str, ...]
    share: Fraction

    @property
    def name(self) -> str:
        """What they are called together."""
        return listed([SECTION_NAMES.get(each, each) for each in self.sections])

    def as_dict(self) -> dict[str, Any]:
        """The wish as plain values for rows and journal."""
        return {"sections": list(self.sections), "share": str(self.share)}


@dataclass(frozen=True)
class CountedGroup:
    """Delegates who are counted together: of which sections, how many of each, and their share.

    Shape: `parts` are names and sizes, the one that gives the group its place first; a share of nothing
    counts by heads alone.
    """

    name: str
    sections: tuple[str, ...]
    parts: tuple[tuple[str, int], ...]
    share: Fraction

    @property
    def size(self) -> int:
        """How many may vote in it."""
        return sum(size for _, size in self.parts)

    def as_dict(self) -> dict[str, Any]:
        """The group as plain values for rows and journal."""
        return {"name": self.name, "sections": list(self.sections),
                "parts": [list(part) for part in self.parts], "share": str(self.share)}


@dataclass(frozen=True)
class Grouping:
    """How the roll of a ballot is counted by sections; no groups where it is counted by heads alone.

    Shape: `absent` are names that have a share and nobody on the roll.
    """

    smallest: int
    groups: tuple[CountedGroup, ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def shares(self) -> tuple[tuple[str, Fraction], ...]:
        """The shares of the tally by section, by the names under which papers are counted."""
        return tuple((group.name, group.share) for group in self.groups if group.share)

    def place_of(self, section: str) -> int:
        """The group in which a section is counted."""
        return next(at for at, group in enumerate(self.groups) if (section or NO_SECTION) in group.sections)

    def as_dict(self) -> dict[str, Any]:
        """The grouping as plain values for rows and journal."""
        return {"smallest": self.smallest, "groups": [group.as_dict() for group in self.groups],
                "absent": list(self.absent)}


def grouping_from_dict(plain: Mapping[str, Any]) -> Grouping:
    """A stored grouping as it was."""
    groups = tuple(
        CountedGroup(each["name"], tuple(each["sections"]), tuple((n, s) for n, s in each["parts"]),
                     Fraction(each["share"]))
        for each in plain["groups"]
    )  # fmt: skip
    return Grouping(plain["smallest"], groups, tuple(plain["absent"]))


def check_shares(wanted: Sequence[SectionShare]) -> None:
    """Refuse shares of which nobody could say who has them.

    Errors: section-twice, bad-sections
    """
    named = [section for each in wanted for section in each.sections]
    if len(set(named)) < len(named):
        raise Refused("section-twice", "A section has two shares. The ballot is kept; give each section one, "
                      "or count it with another.", "shares")
    if not all(each.sections for each in wanted):
        raise Refused("bad-sections", "A share belongs to no section. The ballot is kept; name one.",
                      "shares")


def plan_sections(wanted: Sequence[SectionShare], sizes: Mapping[str, int], smallest: int) -> Grouping:
    """How a roll will be counted: a section under the smallest size joins the next smallest.

    Whoever is of no section that has a share counts by heads; too few of these join a section as well.
    A share that nobody on the roll has falls away.

    Shape: `sizes` are how many of each section are on the roll; no groups where fewer than two are left.
    """
    members = {each.name: each.sections for each in wanted}
    count = {each.name: sum(sizes.get(section, 0) for section in each.sections) for each in wanted}
    here = {each.name: each.share for each in wanted if count[each.name]}
    absent = tuple(each.name for each in wanted if not count[each.name])
    groups = [
        CountedGroup(
            section.name, tuple(code for name in section.members for code in members[name]),
            tuple((name, count[name]) for name in section.members), section.share)
        for section in merge_sections(count, here, smallest)
    ]  # fmt: skip
    if len(groups) < 2:
        return Grouping(smallest, (), absent)
    return Grouping(smallest, tuple(_with_others(groups, wanted, sizes, smallest)), absent)


def _with_others(
    groups: list[CountedGroup], wanted: Sequence[SectionShare], sizes: Mapping[str, int], smallest: int,
) -> list[CountedGroup]:
    """The groups with those of no section that has a share: apart, or in the smallest group."""
    named = {section for each in wanted for section in each.sections}
    rest = tuple(sorted(section for section, size in sizes.items() if size and section not in named))
    size = sum(sizes[section] for section in rest)
    if not size:
        return groups
    if size >= smallest:
        return [*groups, CountedGroup(OTHERS, rest, ((OTHERS, size),), Fraction(0))]
    last = groups[-1]
    parts = (*last.parts, (OTHERS, size))
    first, *joined = (name for name, _ in parts)
    name = f"{first} with {listed(joined)}"
    return [*groups[:-1], CountedGroup(name, (*last.sections, *rest), parts, last.share)]


def check_grouping(grouping: Grouping, *, sections_decide: bool) -> None:
    """Refuse a ballot that sections are to decide where there are too few of them to count.

    Errors: too-few-for-sections
    """
    if sections_decide and not grouping.groups:
        raise Refused("too-few-for-sections", "Sections are to decide, and fewer than two of them have "
                      f"{grouping.smallest} delegates or more, each alone or joined. Nothing was changed; "
                      "draft it with heads deciding.", "shares")


def grouping_sentences(grouping: Grouping) -> list[str]:
    """Which sections are counted with others, whose share falls away, and who counts by heads alone."""
    if not grouping.groups:
        return ["There is no tally by sections: too few delegates are on the roll."]
    said = [
        f"{listed([f'{name} ({size})' for name, size in group.parts[1:]])} are counted with "
        f"{group.parts[0][0]} ({group.parts[0][1]}), since fewer than {grouping.smallest}."
        for group in grouping.groups if len(group.parts) > 1
    ]
    if grouping.absent:
        said.append(f"Nobody of {listed(grouping.absent)} is on the roll; their share falls away.")
    said += ["Others belong to no section with a share and count by heads alone."
             for group in grouping.groups if not group.share]
    return said


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: CLPs, Unions and MPs."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
