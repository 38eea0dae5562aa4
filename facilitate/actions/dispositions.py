"""Hall and after: says how each comment, submission and missing point ended, and why."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from facilitate.domain.refusal import Refused
from facilitate.domain.stations import Disposition, check_disposition
from facilitate.store.asked import end_point, questions_asked
from facilitate.store.rows import Comment, Event, MissingPoint, Submission
from facilitate.store.writer import Transaction

_TABLES: dict[str, Any] = {"comment": Comment, "submission": Submission, "missing": MissingPoint}


def set_disposition(tx: Transaction, data: dict[str, Any]) -> dict[str, Any]:
    """Give comments, submissions or missing points their end, with a reason where it is not adopted.

    Errors: `unknown-disposition`, `unknown-item`, `reason-missing`, `unknown-reason`, `note-too-long`,
    `already-withdrawn`, `superseded`.
    """
    try:
        disposition = Disposition(data["disposition"])
    except ValueError:
        raise Refused("unknown-disposition", "There is no such disposition.", "disposition") from None
    reasons = tx.session.get_one(Event, "event").settings["reasons"]
    note = (data["note"] or "").strip()
    check_disposition(disposition, data["reason"], reasons, note)
    table = _TABLES[data["kind"]]
    found = list(tx.session.scalars(select(table).where(table.id.in_(data["ids"]))))
    if len(found) < len(set(data["ids"])):
        raise Refused("unknown-item", "One of these is not here. Nothing was changed.", "ids")
    for row in found:
        _end(tx, row, disposition, data["reason"], note)
    kind = data["kind"]
    audiences = {"themes", "delegates"} | {f"table:{row.table_number}" for row in found if kind == "comment"}
    if kind == "missing":
        audiences |= {f"person:{row.person_id}" for row in found}
    asked = questions_asked(tx.session, found) if kind == "comment" else []
    tx.record(
        "disposition-set", f"{kind}:{found[0].id}", rows=found, reason=data["reason"],
        touches=[*(f"{kind}:{row.id}" for row in found), *asked], audiences=sorted(audiences),
    )  # fmt: skip
    return {"ended": len(found)}


def _end(tx: Transaction, row: Any, disposition: Disposition, reason: str | None, note: str) -> None:
    if isinstance(row, MissingPoint):
        row.state, row.answer = "answered", note or reason or disposition.value
        row.ended_by, row.ended_at = tx.actor.id, tx.now
    else:
        if isinstance(row, Comment) and row.state == "withdrawn":
            raise Refused("already-withdrawn", f"{row.reference} was withdrawn by its table; that stands.")
        if isinstance(row, Comment) and row.state == "superseded":
            raise Refused("superseded", f"{row.reference} was corrected meanwhile. Look at its new wording.")
        end_point(tx, row, disposition, reason, note)
