"""Hall: who writes for a table now, for the devices of that table."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from facilitate.queries.view import View, Viewer, iso
from facilitate.store.rows import Writing


def see_writing(view: View, viewer: Viewer, ids: set[str] | None) -> dict[str, dict[str, Any]]:
    """A table sees which of its laptops writes, and the draft that was handed over; nobody else does."""
    row = view.session.scalar(select(Writing).where(Writing.table_number == viewer.table))
    if row is None or (ids is not None and str(row.table_number) not in ids):
        return {}
    return {
        str(row.table_number): {
            "id": str(row.table_number), "laptop": row.laptop, "giver": row.giver, "name": row.name,
            "draft": row.draft, "at": iso(row.at),
        }
    }  # fmt: skip
