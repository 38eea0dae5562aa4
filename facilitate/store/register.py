"""Hall: the register of a stamped ballot: its groups and their keys, who was stamped, how often."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from facilitate.domain.ballots import BallotState, Trust, check_stamping
from facilitate.domain.refusal import Refused
from facilitate.domain.stamped_papers import StampGroup as Keyed
from facilitate.domain.stamped_papers import group_from_dict, keys_hash
from facilitate.store.rows import Ballot, Elector, Stamp, StampGroup
from facilitate.store.sections import EVERYONE, grouping_of, plan_now
from facilitate.store.writer import Transaction


@dataclass(frozen=True)
class Planned:
    """Sections that will be counted together and so get one key; none named: all of them."""

    name: str
    sections: tuple[str, ...] = ()


def plan_groups(session: Session, ballot: Ballot) -> list[Planned]:
    """The groups for which a stamped ballot needs a key each, in their order: as frozen, else as of now."""
    grouping = grouping_of(ballot) or plan_now(session, ballot)
    groups = grouping.groups if grouping else ()
    return [Planned(group.name, group.sections) for group in groups] or [Planned(EVERYONE)]


def pin_keys(tx: Transaction, ballot: Ballot, keys: Sequence[dict[str, Any]] | None) -> list[StampGroup]:
    """Write down the fresh keys of a ballot's wording, whose electors are sorted into their groups.

    Shape: keys as the hub's own registrar made them, one for each planned group; the rows for the journal.
    Errors: `stamped-needs-https`, `keys-outdated`.
    """
    check_stamping(keys is not None)
    groups = [group_from_dict(key) for key in keys or ()]
    wanted = plan_groups(tx.session, ballot)
    if [(g.name, g.sections) for g in groups] != [(w.name, w.sections) for w in wanted]:
        raise Refused("keys-outdated", "Who is here has changed just now. Nothing was changed; announce it "
                      "again.")
    ballot.keys_hash = keys_hash(groups)
    rows = [_row(ballot, index, group) for index, group in enumerate(groups)]
    tx.session.add_all(rows)
    return rows


def _row(ballot: Ballot, index: int, group: Keyed) -> StampGroup:
    plain = group.as_dict()
    return StampGroup(
        ballot_id=ballot.id, version=ballot.version, group=index, name=group.name,
        sections=plain["sections"], n=plain["n"], e=plain["e"],
    )  # fmt: skip


def groups_of(session: Session, ballot: Ballot) -> list[Keyed]:
    """The groups of a ballot's present wording, with their keys, in their order."""
    rows = session.scalars(
        select(StampGroup)
        .where(StampGroup.ballot_id == ballot.id, StampGroup.version == ballot.version)
        .order_by(StampGroup.group)
    )
    return [Keyed(row.name, tuple(row.sections), int(row.n, 16), row.e) for row in rows]


def issued_of(session: Session, ballot: Ballot) -> list[int]:
    """How many stamps were issued to each group, replaced ones too: each of them may be in the box."""
    given = func.sum(Stamp.replaced) + func.count().filter(Stamp.signature != "")
    query = (
        select(Stamp.group, given)
        .where(Stamp.ballot_id == ballot.id, Stamp.version == ballot.version)
        .group_by(Stamp.group)
    )
    found = dict(session.execute(query).all())
    return [int(found.get(index, 0)) for index in range(len(groups_of(session, ballot)))]


def replaced_of(session: Session, ballot: Ballot) -> int:
    """How many stamps were replaced in a ballot's present wording."""
    query = select(func.sum(Stamp.replaced)).where(
        Stamp.ballot_id == ballot.id, Stamp.version == ballot.version
    )
    return int(session.scalar(query) or 0)


def stamped_now(session: Session, ballot: Ballot) -> int:
    """How many delegates hold a stamp that is good."""
    query = select(func.count()).where(
        Stamp.ballot_id == ballot.id, Stamp.version == ballot.version, Stamp.signature != ""
    )
    return session.scalar(query) or 0


def place_of(session: Session, ballot: str, version: int, person: str) -> int | None:
    """The group in which a delegate's message can be stamped now; none where the register says otherwise."""
    found = session.execute(
        select(Elector.group, Stamp.blinded, Ballot.state, Ballot.trust, Ballot.version)
        .join(Ballot, Ballot.id == Elector.ballot_id)
        .outerjoin(
            Stamp,
            (Stamp.ballot_id == Elector.ballot_id)
            & (Stamp.person_id == Elector.person_id)
            & (Stamp.version == version),
        )
        .where(Elector.ballot_id == ballot, Elector.person_id == person)
    ).one_or_none()
    if found is None or found.trust != Trust.STAMPED or found.version != version or found.blinded:
        return None
    group: int = found.group
    return group if found.state in (BallotState.ANNOUNCED, BallotState.OPEN) else None
