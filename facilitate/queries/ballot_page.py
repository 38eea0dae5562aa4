"""Hall: a ballot's own page: how it stands, what it can be checked against, and every act of staff on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from facilitate.domain.ballot_record import ACTS, who_acted
from facilitate.domain.ballots import Trust
from facilitate.domain.people import Actor, Role
from facilitate.queries.ballots import see_ballots
from facilitate.queries.cards import shown_cards
from facilitate.queries.view import View, viewer_of
from facilitate.store.rows import Ballot, GrantRow, JournalEntry


@dataclass(frozen=True)
class StaffAct:
    """One act of staff on a ballot: when, by whom in office, what, and why where a reason was given."""

    number: int
    at: str
    who: str
    what: str
    reason: str | None


def ballot_page(view: View, actor: Actor, number: int) -> dict[str, Any] | None:
    """What a ballot's page shows to whoever is signed in; a draft is for those who see drafts.

    Staff see no more of the votes than everybody else: no running total, nothing per table.

    Shape: ballot as devices see it, acts in their order, earlier and later the runs beside it by number;
    cards is the roll of a card vote, with what each was cast for once that is published.
    """
    found = view.session.scalar(select(Ballot).where(Ballot.number == number))
    if found is None:
        return None
    drafts = actor.roles & {Role.CHAIR, Role.TELLER, Role.CLERK, Role.THEME_TEAM}
    seen = see_ballots(view, viewer_of("themes" if drafts else "delegates"), {found.id})
    if found.id not in seen:
        return None
    runs = select(Ballot.number).order_by(Ballot.number)
    return {
        "cards": shown_cards(view.session, found) if found.trust == Trust.CARDS else [],
        "ballot": seen[found.id], "acts": _acts(view, found),
        "earlier": view.session.scalars(runs.where(Ballot.id == found.again_of)).first(),
        "later": list(view.session.scalars(runs.where(Ballot.again_of == found.id))),
    }  # fmt: skip


def _acts(view: View, ballot: Ballot) -> list[StaffAct]:
    entries = view.session.scalars(
        select(JournalEntry)
        .where(JournalEntry.subject == f"ballot:{ballot.id}", JournalEntry.action.in_(ACTS))
        .order_by(JournalEntry.number)
    )
    return [
        StaffAct(
            each.number, each.at, who_acted(each.actor, _roles(view, each.actor), each.action),
            ACTS[each.action], each.reason,
        )
        for each in entries
    ]  # fmt: skip


def _roles(view: View, actor: str) -> list[str]:
    person = actor.removeprefix("person:")
    return list(view.session.scalars(select(GrantRow.role).where(GrantRow.person_id == person)))
