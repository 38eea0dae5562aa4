"""After: who agreed to be invited about what, for the clerk and the chair; and one's own word."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from facilitate.domain.people import Actor, Role
from facilitate.queries.view import View
from facilitate.store.rows import Comment, Delegation, Invitation, Person, Submission

LISTED_FOR = frozenset({Role.CLERK, Role.CHAIR})


@dataclass(frozen=True)
class Invited:
    """One person to invite, with the references of the points that they wish to be invited about."""

    name: str
    email: str
    body: str
    points: tuple[str, ...]


def own_word(view: View, actor: Actor, reference: str) -> bool | None:
    """Whether the actor agreed to be invited about a point; None for a point that is not theirs."""
    if Role.DELEGATE not in actor.roles:
        return None
    comment = view.session.scalar(select(Comment).where(Comment.reference == reference))
    sent = view.session.scalar(select(Submission).where(Submission.reference == reference))
    own = comment is not None and actor.table is not None and comment.table_number == actor.table
    body = sent is not None and actor.delegation is not None and sent.delegation_id == actor.delegation
    if not (own or body):
        return None
    row = view.session.get(Invitation, (actor.person, reference))
    return row is not None and row.revoked_at is None


def people_to_invite(view: View) -> list[Invited]:
    """Everybody whose word stands, by name; who took it back is not on the list."""
    rows = view.session.execute(
        select(Person, Delegation.name, Invitation.reference)
        .join(Invitation, Invitation.person_id == Person.id)
        .outerjoin(Delegation, Delegation.id == Person.delegation_id)
        .where(Invitation.revoked_at.is_(None))
        .order_by(Person.name, Person.id, Invitation.reference)
    )
    found: dict[str, tuple[Person, str, list[str]]] = {}
    for person, body, reference in rows:
        found.setdefault(person.id, (person, body or "", []))[2].append(reference)
    return [Invited(p.name, p.email, body, tuple(points)) for p, body, points in found.values()]
