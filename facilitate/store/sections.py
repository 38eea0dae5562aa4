"""Hall: who is counted in which section of a ballot: as it would be now, and as it was frozen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fractions import Fraction

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from facilitate.domain.electorate import electorate_from_dict, roll_of
from facilitate.domain.majority import Deciding
from facilitate.domain.sections import (
    NO_SECTION,
    Grouping,
    SectionShare,
    check_grouping,
    grouping_from_dict,
    plan_sections,
)
from facilitate.store.roll import voter_facts
from facilitate.store.rows import Ballot, Elector, Event
from facilitate.store.writer import Transaction

EVERYONE = "Everyone"


def wanted_of(ballot: Ballot) -> tuple[SectionShare, ...]:
    """The shares of the sections as they were drafted."""
    return tuple(SectionShare(tuple(each["sections"]), Fraction(each["share"])) for each in ballot.shares)


def grouping_of(ballot: Ballot) -> Grouping | None:
    """How a ballot's roll was grouped at its announcement; none where heads alone are counted."""
    return grouping_from_dict(ballot.grouping) if ballot.grouping else None


def group_names(ballot: Ballot) -> list[str]:
    """The groups in which papers of a ballot lie, in their order."""
    grouping = grouping_of(ballot)
    return [group.name for group in grouping.groups] if grouping and grouping.groups else [EVERYONE]


def plan_now(session: Session, ballot: Ballot) -> Grouping | None:
    """How a ballot would be grouped if it were announced now; none where heads alone are counted."""
    if not ballot.shares:
        return None
    return _plan(session, ballot, Counter(_roll_now(session, ballot).values()))


def _roll_now(session: Session, ballot: Ballot) -> dict[str, str]:
    return roll_of(voter_facts(session), electorate_from_dict(ballot.electorate))


def _plan(session: Session, ballot: Ballot, sizes: Mapping[str, int]) -> Grouping:
    smallest = session.get_one(Event, "event").settings["min_group"]
    named = {section or NO_SECTION: size for section, size in sizes.items()}
    return plan_sections(wanted_of(ballot), named, smallest)


def freeze_grouping(tx: Transaction, ballot: Ballot) -> None:
    """Sort the frozen roll into its groups, and make their names and shares those of the rules.

    Errors: `too-few-for-sections`.
    """
    if not ballot.shares:
        return
    here = select(Elector.section, func.count()).where(Elector.ballot_id == ballot.id)
    sizes = dict(tx.session.execute(here.group_by(Elector.section)).all())
    grouping = _plan(tx.session, ballot, sizes)
    check_grouping(grouping, sections_decide=ballot.rules["deciding"] == Deciding.SECTIONS)
    for at, group in enumerate(grouping.groups):
        codes = ["" if code == NO_SECTION else code for code in group.sections]
        tx.session.execute(
            update(Elector).values(group=at)
            .where(Elector.ballot_id == ballot.id, Elector.section.in_(codes))
        )  # fmt: skip
    ballot.grouping = grouping.as_dict()
    ballot.rules = ballot.rules | {"shares": {name: str(share) for name, share in grouping.shares}}


def drop_grouping(ballot: Ballot) -> None:
    """Forget the groups of a ballot that is taken back: its sections are as drafted again."""
    ballot.grouping = None
    ballot.rules = ballot.rules | {"shares": drafted_shares(ballot)}


def drafted_shares(ballot: Ballot) -> dict[str, str]:
    """The shares as they are in the rules of a draft, before any section is joined to another."""
    return {each.name: str(each.share) for each in wanted_of(ballot)}
