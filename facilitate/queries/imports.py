"""Before: what is known already, against which a file of delegations, people or submissions is checked."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.store.rows import Delegation, Passage, TableRow


def known_for(session: Session, kind: str) -> dict[str, Any]:
    """What the reader of one kind of file is given to check against.

    Shape: keyword arguments of the reader of that kind.
    """
    if kind == "people":
        return {
            "delegations": set(session.scalars(select(Delegation.code))),
            "tables": set(session.scalars(select(TableRow.number))),
        }
    if kind == "submissions":
        return {"passages": set(session.scalars(select(Passage.reference)))}
    return {}
