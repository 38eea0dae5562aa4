"""Hall: what the hub has of a laptop's commands, for that laptop."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from facilitate.store.rows import CommandRow


def commands_lacking(session: Session, ids: Sequence[str]) -> list[str]:
    """Those of a laptop's commands that were never carried out here, in the order in which it asked.

    Whoever runs a table may ask; an id says nothing about what it stands for.
    """
    here = set(session.scalars(select(CommandRow.id).where(CommandRow.id.in_(ids))))
    return [each for each in ids if each not in here]
