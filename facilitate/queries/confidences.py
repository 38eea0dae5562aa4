"""Hall: what delegates told the tellers in confidence."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from facilitate.queries.view import View, Viewer, iso
from facilitate.store.rows import Confidence, Delegation, Person


def see_confidences(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """The tellers alone read what delegates told them in confidence, and from whom where a name was given;
    chair, clerk, theme team and everybody else read none of it.
    """
    if viewer.kind != "tellers":
        return {}
    query = (
        select(Confidence, Person.name, Delegation.name)
        .outerjoin(Person, Person.id == Confidence.person_id)
        .outerjoin(Delegation, Delegation.id == Person.delegation_id)
        .order_by(Confidence.sent_at)
    )
    if ids is not None:
        query = query.where(Confidence.id.in_(ids))
    return {
        row.id: {
            "id": row.id, "text": row.text, "name": name, "delegation": delegation,
            "ballot": row.ballot_number, "sent": iso(row.sent_at), "ended": iso(row.ended_at),
            "note": row.note,
        }
        for row, name, delegation in view.session.execute(query)
    }  # fmt: skip
