"""Hall: what tables answered to a comment: to its own table as counts, to the theme team by name."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from facilitate.queries.view import View
from facilitate.store.rows import ResponseRow

# A database takes only so many parameters in one question.
_AT_ONCE = 900


def responses_of(view: View, ids: list[str]) -> dict[str, list[dict[str, Any]]]:
    """All answers to some comments, by the comment and in the order of the tables.

    Shape: `earlier` says that the table answered a wording that was corrected since.
    """
    found: dict[str, list[dict[str, Any]]] = {}
    for start in range(0, len(ids), _AT_ONCE):
        rows = view.session.scalars(
            select(ResponseRow)
            .where(ResponseRow.comment_id.in_(ids[start : start + _AT_ONCE]))
            .order_by(ResponseRow.table_number)
        )
        for row in rows:
            earlier = row.given_to != row.comment_id
            found.setdefault(row.comment_id, []).append(
                {"table": row.table_number, "response": row.response, "earlier": earlier}
            )
    return found


def responses_for(comment: dict[str, Any], *, named: bool) -> dict[str, Any]:
    """The answers as the comment's own table hears them: without the tables' numbers where none are named."""
    if named:
        return {}
    nameless = [each | {"table": None} for each in comment["responses"]]
    return {"responses": sorted(nameless, key=lambda each: (each["response"], each["earlier"]))}


def response_by(comment: dict[str, Any], table: int | None) -> str | None:
    """What one table answered to a comment."""
    given = [each["response"] for each in comment["responses"] if each["table"] == table]
    return given[0] if given and table is not None else None
